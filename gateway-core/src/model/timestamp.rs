//! Points in time as Kubernetes writes them (RFC 3339).

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::macros::text_type;

text_type!(
    /// A point in time, kept as written.
    Timestamp,
    (0, usize::MAX),
    None
);

impl Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z, without the fraction; `None` when it is not RFC 3339.
    pub fn seconds(&self) -> Option<i64> {
        let (date, rest) = self.split_at_checked(10)?;
        let rest = rest.strip_prefix(['T', 't', ' '])?;
        let (time, rest) = rest.split_at_checked(8)?;

        let [year, month, day] = fields(date, '-')?;
        let [hour, minute, second] = fields(time, ':')?;
        let legal = (1..=12).contains(&month)
            && (1..=days_of_month(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second <= 60;
        if !legal {
            return None;
        }
        let local = days_since_1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
        Some(local - offset(without_fraction(rest)?)?)
    }
}

/// Three decimal numbers of fixed width between separators; the first may be longer than two digits.
fn fields(text: &str, separator: char) -> Option<[i64; 3]> {
    let mut parts = text.split(separator);
    let mut next = || {
        let part = parts.next()?;
        let digits = part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse().ok()).flatten()
    };
    Some([next()?, next()?, next()?])
}

/// What follows a fraction of a second, which needs at least one digit.
fn without_fraction(text: &str) -> Option<&str> {
    let Some(fraction) = text.strip_prefix('.') else {
        return Some(text);
    };
    let rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < fraction.len()).then_some(rest)
}

/// Seconds to the east of Greenwich: `Z`, `+hh:mm` or `-hh:mm`.
fn offset(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let number = |text: &str| -> Option<i64> {
        let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok()).flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}

fn days_of_month(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01, counted in years that begin in March so that the leap day comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn counts_seconds() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59Z", -1),
            ("2000-02-29T12:00:00Z", 951_825_600),
            ("2024-05-01T10:20:30Z", 1_714_558_830),
            ("2024-05-01T10:20:30.999999Z", 1_714_558_830),
            ("2024-05-01T12:20:30+02:00", 1_714_558_830),
            ("2024-05-01T04:50:30-05:30", 1_714_558_830),
            ("2016-12-31T23:59:60Z", 1_483_228_800),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
        ] {
            assert_eq!(Timestamp::from(text).seconds(), Some(seconds), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_not_a_time() {
        for text in [
            "",
            "yesterday",
            "2024-05-01",
            "2024-05-01T10:20:30",
            "2024-13-01T10:20:30Z",
            "2023-02-29T10:20:30Z",
            "2024-05-01T24:00:00Z",
            "2024-05-01T10:20:30.Z",
            "2024-05-01T10:20:30+2:00",
            "2024-05-01T10:20:30Zulu",
            "2024-5-001T10:20:30Z",
            "+024-05-01T10:20:30Z",
            "2024-05-0äT10:20:30Z",
        ] {
            assert_eq!(Timestamp::from(text).seconds(), None, "{text}");
        }
    }
}
