//! Formats of texts, as the API server and CEL's library read them.

use std::net::IpAddr;
use std::sync::LazyLock;

use regex::Regex;

static DATE_TIME: LazyLock<Regex> = LazyLock::new(|| {
    let text = r"^([0-9]{4})-([0-9]{2})-([0-9]{2})t([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|[+-][0-9]{2}:[0-9]{2})(t.*)?$";
    Regex::new(text).unwrap()
});

/// A date and time as in RFC 3339, and what the API server lets pass: any character before a fraction, any
/// offset, and anything behind another `t`.
pub(crate) fn is_date_time(text: &str) -> bool {
    let text = text.to_lowercase();
    let Some(found) = DATE_TIME.captures(&text) else { return false };
    let number = |group: usize| found[group].parse::<u32>().unwrap();
    let (year, month, day) = (number(1), number(2), number(3));
    let is_leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day) && number(4) <= 23 && number(5) <= 59 && number(6) <= 59
}

/// An IP address in which the numbers of IPv4 may have zeros in front, as Go allowed once and the API server
/// still does.
pub(crate) fn is_sloppy_ip(text: &str) -> bool {
    let start = text.rfind(':').map_or(0, |colon| colon + 1);
    let (front, last) = text.split_at(start);
    let part = |part: &str| match part.trim_start_matches('0') {
        "" if !part.is_empty() => "0".to_owned(),
        rest => rest.to_owned(),
    };
    let last = if last.contains('.') {
        last.split('.').map(part).collect::<Vec<_>>().join(".")
    } else {
        last.to_owned()
    };
    format!("{front}{last}").parse::<IpAddr>().is_ok()
}

/// `isIP` of CEL's library of Kubernetes: no zone, and no IPv4 address dressed as IPv6.
pub(crate) fn is_ip(text: &str) -> bool {
    match text.parse::<IpAddr>() {
        Ok(IpAddr::V6(address)) => address.to_ipv4_mapped().is_none(),
        Ok(IpAddr::V4(_)) => true,
        Err(_) => false,
    }
}

/// A label of DNS as in RFC 1123.
pub(crate) fn is_dns_label(text: &str) -> bool {
    let is_inner = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    let ends = [text.bytes().next(), text.bytes().last()];
    text.len() <= 63
        && ends.iter().all(|end| end.is_some_and(is_inner))
        && text.bytes().all(|letter| letter == b'-' || is_inner(letter))
}

/// Go's `time.ParseDuration`, in nanoseconds.
pub(crate) fn go_duration(text: &str) -> Option<i64> {
    let (sign, mut rest) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (1, text),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total: i128 = 0;
    while !rest.is_empty() {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let whole = digits(rest);
        let (number, after) = rest.split_at(whole);
        let (fraction, after) = match after.strip_prefix('.') {
            Some(after) => after.split_at(digits(after)),
            None => ("", after),
        };
        if number.is_empty() && fraction.is_empty() {
            return None;
        }
        let letters =
            after.find(|letter: char| letter == '.' || letter.is_ascii_digit()).unwrap_or(after.len());
        let (unit, after) = after.split_at(letters);
        let unit: i128 = match unit {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => return None,
        };
        let number: i128 = if number.is_empty() { 0 } else { number.parse().ok()? };
        total = total.checked_add(number.checked_mul(unit)?)?;
        let mut part = unit;
        for digit in fraction.bytes().map(|digit| i128::from(digit - b'0')) {
            part /= 10;
            total += digit * part;
        }
        rest = after;
    }
    i64::try_from(sign * total).ok()
}

#[cfg(test)]
mod tests {
    use super::{go_duration, is_date_time, is_dns_label, is_ip, is_sloppy_ip};

    #[test]
    fn durations_are_those_of_go() {
        let second = 1_000_000_000;
        for (text, wanted) in [
            ("0", Some(0)),
            ("0s", Some(0)),
            ("1h1m1s1ms", Some(3661 * second + 1_000_000)),
            ("1.5s", Some(second * 3 / 2)),
            (".5s", Some(second / 2)),
            ("-2s", Some(-2 * second)),
            ("100us", Some(100_000)),
            ("1d", None),
            ("1", None),
            ("s", None),
            ("", None),
            ("-", None),
            ("1e3s", None),
            ("3000000h", None),
        ] {
            assert_eq!(go_duration(text), wanted, "{text}");
        }
    }

    #[test]
    fn formats_are_strict() {
        assert!(is_date_time("2024-02-29T12:00:00Z") && is_date_time("1970-01-01T00:00:00.5+01:00"));
        assert!(!is_date_time("2023-02-29T12:00:00Z") && !is_date_time("2024-02-29T24:00:00Z"));
        assert!(!is_date_time("2024-02-29") && !is_date_time("") && !is_date_time("x"));
        assert!(is_ip("1.2.3.4") && is_ip("::1"));
        assert!(!is_ip("01.2.3.4") && !is_ip("::ffff:1.2.3.4") && !is_ip("fe80::1%eth0") && !is_ip("1.2.3"));
        assert!(is_sloppy_ip("01.002.0.000") && is_sloppy_ip("::01.2.3.4") && is_sloppy_ip("::1"));
        assert!(
            !is_sloppy_ip("1.2.3")
                && !is_sloppy_ip("1..2.3")
                && !is_sloppy_ip("0256.1.1.1")
                && !is_sloppy_ip("a")
        );
        assert!(is_dns_label("a") && is_dns_label("a-b") && is_dns_label(&"a".repeat(63)));
        assert!(!is_dns_label("") && !is_dns_label("-a") && !is_dns_label("A") && !is_dns_label("a.b"));
        assert!(!is_dns_label(&"a".repeat(64)));
    }
}
