//! The format `date-time`, as widely as the API server takes it.

use alloc::format;

use crate::model::Timestamp;

/// Whether a text is a date, a `T` and a time with an offset; offsets may be of any size.
pub(super) fn is_date_time(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let mut parts = text.split('t');
    match (parts.next(), parts.next()) {
        (Some(date), Some(time)) => is_date(date) && is_time(time),
        _ => false,
    }
}

fn is_date(date: &str) -> bool {
    let dashes = date.bytes().enumerate().filter(|(_, byte)| *byte == b'-').map(|(index, _)| index);
    date.len() == 10 && dashes.eq([4, 7]) && Timestamp::from(format!("{date}T00:00:00Z")).seconds().is_some()
}

fn is_time(time: &str) -> bool {
    let Some((clock, rest)) = time.split_at_checked(8) else { return false };
    let [hour, minute, second] = [0, 3, 6].map(|start| clock.get(start..start + 2).unwrap_or_default());
    let is_clock = [hour, minute, second].into_iter().all(is_digits)
        && clock.bytes().skip(2).step_by(3).all(|byte| byte == b':')
        && hour <= "23"
        && minute <= "59"
        && second <= "59";
    // The fraction may begin with any character.
    let mut behind_fraction = rest.chars();
    behind_fraction.next();
    let digits = behind_fraction.as_str();
    let offset = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    is_clock && (is_offset(rest) || (offset.len() < digits.len() && is_offset(offset)))
}

fn is_offset(offset: &str) -> bool {
    offset == "z"
        || offset.strip_prefix(['+', '-']).and_then(|rest| rest.split_once(':')).is_some_and(
            |(hours, minutes)| {
                hours.len() == 2 && minutes.len() == 2 && is_digits(hours) && is_digits(minutes)
            },
        )
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::is_date_time;

    #[test]
    fn dates_with_times() {
        for text in [
            "1970-01-01T00:00:00Z",
            "2024-02-29t23:59:59.5z",
            "2024-02-29T10:00:00,123+99:99",
            "2024-02-29T10:00:00Ztail",
        ] {
            assert!(is_date_time(text), "{text}");
        }
        for text in [
            "",
            "2024-02-29",
            "2023-02-29T00:00:00Z",
            "2024-02-29 00:00:00Z",
            "2024-02-29T00:00:60Z",
            "2024-02-29T00:00:00",
            "2024-02-29T00:00:00.Z",
            "024-02-029T00:00:00Z",
            "2024-02-29T0:000:00Z",
        ] {
            assert!(!is_date_time(text), "{text}");
        }
    }
}
