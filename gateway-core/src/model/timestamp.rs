//! Points in time as Kubernetes writes them (RFC 3339).

use alloc::format;
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

impl Timestamp {
    /// The point in time so many seconds after 1970-01-01T00:00:00Z, or before it; years before 0 and after
    /// 9999, which RFC 3339 cannot write, become the first and the last second that it can.
    ///
    /// ```
    /// use gateway_core::model::Timestamp;
    /// assert_eq!(Timestamp::of_seconds(1_714_558_830), Timestamp::from("2024-05-01T10:20:30Z"));
    /// ```
    pub fn of_seconds(seconds: i64) -> Self {
        let seconds = seconds.clamp(-62_167_219_200, 253_402_300_799);
        let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (year, month, day) = date_of(days);
        let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
        Self::from(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
    }
}

/// Year, month and day so many days after 1970-01-01: the inverse of [`days_since_1970`].
fn date_of(days: i64) -> (i64, i64, i64) {
    // From 0000-03-01, in cycles of 400 years.
    let days = days + 719_468;
    let (cycle, of_cycle) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_cycle - of_cycle / 1_460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
    let of_year = of_cycle - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + cycle * 400 + i64::from(month <= 2), month, day)
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
    fn writes_what_it_reads() {
        let mut seconds = -62_167_219_200;
        while seconds <= 253_402_300_799 {
            assert_eq!(Timestamp::of_seconds(seconds).seconds(), Some(seconds), "{seconds}");
            // Some 80 days, at changing times of the day.
            seconds += 7_000_003;
        }
        assert_eq!(Timestamp::of_seconds(951_825_600).as_str(), "2000-02-29T12:00:00Z");
        assert_eq!(Timestamp::of_seconds(-1).as_str(), "1969-12-31T23:59:59Z");
        assert_eq!(Timestamp::of_seconds(i64::MAX).as_str(), "9999-12-31T23:59:59Z");
        assert_eq!(Timestamp::of_seconds(i64::MIN).as_str(), "0000-01-01T00:00:00Z");
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
