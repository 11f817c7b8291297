//! Durations of the Gateway API (GEP-2257, MODEL-R20..R24).

use alloc::string::String;
use core::fmt::Write;
use core::time::Duration;

use serde::{Deserialize, Serialize};

use super::macros::text_type;

text_type!(
    /// A duration such as `1h30m`, kept as written (MODEL-S12).
    GatewayDuration,
    (0, usize::MAX),
    Some("^([0-9]{1,5}(h|m|s|ms)){1,4}$")
);

/// The units, the greatest first, in milliseconds.
const UNITS: [(&str, u64); 4] = [("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];
const MAX_TERMS: usize = 4;
const MAX_DIGITS: usize = 5;
/// 99999h59m59s999ms.
const MAX_MILLISECONDS: u64 = 99_999 * 3_600_000 + 59 * 60_000 + 59 * 1_000 + 999;

/// Why a text is not a duration, or a duration has no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DurationError {
    /// There is nothing.
    #[error("a duration must not be empty")]
    Empty,
    /// A term does not begin with a digit.
    #[error("a term of a duration must begin with a digit")]
    NoNumber,
    /// A number is too long.
    #[error("a number in a duration must not have more than 5 digits")]
    TooManyDigits,
    /// A number is followed by nothing or by an unknown unit.
    #[error("a number in a duration must be followed by `h`, `m`, `s` or `ms`")]
    NoUnit,
    /// There are too many terms.
    #[error("a duration must not have more than 4 terms")]
    TooManyTerms,
    /// A duration is not a whole number of milliseconds.
    #[error("a duration cannot be more precise than a millisecond")]
    TooPrecise,
    /// A duration is longer than 99999h59m59s999ms.
    #[error("a duration cannot be longer than 99999h59m59s999ms")]
    TooLong,
}

impl GatewayDuration {
    /// The length of time: the sum of all terms, in any order (MODEL-R21).
    pub fn parse(&self) -> Result<Duration, DurationError> {
        let mut rest = self.as_str();
        if rest.is_empty() {
            return Err(DurationError::Empty);
        }
        let mut milliseconds = 0;
        for _ in 0..MAX_TERMS {
            let (term, after) = first_term(rest)?;
            milliseconds += term;
            rest = after;
            if rest.is_empty() {
                return Ok(Duration::from_millis(milliseconds));
            }
        }
        Err(DurationError::TooManyTerms)
    }

    /// The text of a length of time: greatest unit first, no zero terms, `0s` for zero (MODEL-R22).
    pub fn canonical(duration: Duration) -> Result<String, DurationError> {
        if !duration.subsec_nanos().is_multiple_of(1_000_000) {
            return Err(DurationError::TooPrecise);
        }
        let mut milliseconds = u64::try_from(duration.as_millis())
            .ok()
            .filter(|milliseconds| *milliseconds <= MAX_MILLISECONDS)
            .ok_or(DurationError::TooLong)?;
        if milliseconds == 0 {
            return Ok("0s".into());
        }
        let mut text = String::new();
        for (unit, size) in UNITS {
            let count = milliseconds / size;
            milliseconds %= size;
            if count > 0 {
                // Writing to a String cannot fail.
                let _ = write!(text, "{count}{unit}");
            }
        }
        Ok(text)
    }
}

/// The milliseconds of the first term, and what follows it.
fn first_term(text: &str) -> Result<(u64, &str), DurationError> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return Err(DurationError::NoNumber);
    }
    if digits > MAX_DIGITS {
        return Err(DurationError::TooManyDigits);
    }
    let (number, rest) = text.split_at(digits);
    let letters = rest.bytes().take_while(|byte| !byte.is_ascii_digit()).count();
    let (unit, rest) = rest.split_at(letters);
    let (_, size) = UNITS.into_iter().find(|(name, _)| *name == unit).ok_or(DurationError::NoUnit)?;
    let number: u64 = number.parse().map_err(|_| DurationError::NoNumber)?;
    Ok((number * size, rest))
}

#[cfg(test)]
mod tests {
    use alloc::string::String;
    use core::time::Duration;

    use super::{DurationError, GatewayDuration};

    fn canonical(text: &str) -> Result<String, DurationError> {
        GatewayDuration::from(text).parse().and_then(GatewayDuration::canonical)
    }

    #[test]
    fn parse_vectors_of_gep_2257() {
        for (input, expected) in [
            ("0h", "0s"),
            ("0s", "0s"),
            ("0h0m0s", "0s"),
            ("1h", "1h"),
            ("30m", "30m"),
            ("10s", "10s"),
            ("500ms", "500ms"),
            ("2h30m", "2h30m"),
            ("150m", "2h30m"),
            ("7230s", "2h30s"),
            ("1h30m10s", "1h30m10s"),
            ("10s30m1h", "1h30m10s"),
            ("100ms200ms300ms", "600ms"),
            ("0ms", "0s"),
            ("01h", "1h"),
            ("00060m", "1h"),
            ("1h2h20m10m", "3h30m"),
        ] {
            assert_eq!(canonical(input).as_deref(), Ok(expected), "{input}");
        }
    }

    #[test]
    fn invalid_vectors_of_gep_2257() {
        for (input, error) in [
            ("", DurationError::Empty),
            ("0", DurationError::NoUnit),
            ("1", DurationError::NoUnit),
            ("1m1", DurationError::NoUnit),
            ("1d", DurationError::NoUnit),
            ("1us", DurationError::NoUnit),
            ("1h30m10s20ms50h", DurationError::TooManyTerms),
            ("999999h", DurationError::TooManyDigits),
            ("1.5h", DurationError::NoUnit),
            ("-15m", DurationError::NoNumber),
            (" 1s", DurationError::NoNumber),
            ("1s ", DurationError::NoUnit),
            ("1H", DurationError::NoUnit),
            ("1ä", DurationError::NoUnit),
        ] {
            assert_eq!(canonical(input), Err(error), "{input}");
        }
    }

    #[test]
    fn format_vectors_of_gep_2257() {
        let hours = |hours: u64| Duration::from_secs(hours * 3_600);
        for (duration, expected) in [
            (hours(2) + Duration::from_millis(600), Ok("2h600ms")),
            (hours(2) + Duration::from_millis(30 * 60_000 + 10_600), Ok("2h30m10s600ms")),
            (Duration::from_secs(30), Ok("30s")),
            (Duration::from_millis(500), Ok("500ms")),
            (hours(240), Ok("240h")),
            (Duration::from_micros(100), Err(DurationError::TooPrecise)),
            (Duration::from_micros(500), Err(DurationError::TooPrecise)),
            (hours(240_000), Err(DurationError::TooLong)),
            (Duration::from_millis(100_000 * 3_600_000 - 1), Ok("99999h59m59s999ms")),
            (hours(100_000), Err(DurationError::TooLong)),
            (Duration::MAX, Err(DurationError::TooPrecise)),
        ] {
            assert_eq!(GatewayDuration::canonical(duration).as_deref(), expected.as_ref().copied());
        }
    }
}
