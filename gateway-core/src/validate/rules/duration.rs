//! Durations as CEL reads them, which is wider than the pattern of the schema: signs, fractions, `ns`.

/// Nanoseconds of a unit.
const UNITS: [(&str, i64); 8] = [
    ("ns", 1),
    ("us", 1_000),
    ("\u{b5}s", 1_000),
    ("\u{3bc}s", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

/// What evaluation says of a text that is no duration.
pub(super) const NO_DURATION: &str = "type conversion error from 'string' to 'google.protobuf.Duration'";

pub(super) const SECOND: i64 = 1_000_000_000;
pub(super) const HOUR: i64 = 3_600 * SECOND;

/// The nanoseconds of a duration such as `-1.5h` or `100us`.
pub(super) fn nanoseconds(text: &str) -> Result<i64, &'static str> {
    parse(text).ok_or(NO_DURATION)
}

fn parse(text: &str) -> Option<i64> {
    let (is_negative, mut rest) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (text.starts_with('-'), rest),
        None => (false, text),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total: i128 = 0;
    while !rest.is_empty() {
        let (term, after) = first_term(rest)?;
        total += term;
        // The least duration is one nanosecond further from zero than the greatest.
        if total > i128::from(i64::MAX) + 1 {
            return None;
        }
        rest = after;
    }
    i64::try_from(if is_negative { -total } else { total }).ok()
}

/// The nanoseconds of the first number with its unit, and what follows.
fn first_term(text: &str) -> Option<(i128, &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, mut rest) = text.split_at(digits(text));
    let mut fraction = "";
    if let Some(behind) = rest.strip_prefix('.') {
        (fraction, rest) = behind.split_at(digits(behind));
    }
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let letters = rest.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(rest.len());
    let (unit, rest) = rest.split_at(letters);
    let (_, size) = UNITS.into_iter().find(|(name, _)| *name == unit)?;

    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    // Digits beyond the eighteenth are worth less than a nanosecond.
    let mut nanoseconds = i128::from(whole) * i128::from(size);
    let (mut numerator, mut denominator) = (0_i128, 1_i128);
    for digit in fraction.bytes().take(18) {
        numerator = numerator * 10 + i128::from(digit - b'0');
        denominator *= 10;
    }
    nanoseconds += numerator * i128::from(size) / denominator;
    Some((nanoseconds, rest))
}

#[cfg(test)]
mod tests {
    use super::{HOUR, NO_DURATION, SECOND, nanoseconds};

    #[test]
    fn reads_what_the_schema_does_not() {
        for (text, expected) in [
            ("0", 0),
            ("-0", 0),
            ("1s", SECOND),
            ("0.5s", SECOND / 2),
            (".5s", SECOND / 2),
            ("1.s", SECOND),
            ("100us", 100_000),
            ("100\u{b5}s", 100_000),
            ("500ns", 500),
            ("-1h30m", -HOUR * 3 / 2),
            ("99999h", 99_999 * HOUR),
        ] {
            assert_eq!(nanoseconds(text), Ok(expected), "{text}");
        }
        for text in ["", "1", "1d", "s", ".s", "1 s", "+", "99999999h", "9223372036854775808ns"] {
            assert_eq!(nanoseconds(text), Err(NO_DURATION), "{text}");
        }
    }
}
