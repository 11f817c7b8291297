//! What a plain scalar means.
//!
//! kubectl reads YAML 1.1 as `sigs.k8s.io/yaml` understands it, and so do we: `yes`, `on` and `y` are
//! booleans, `017` is octal, `1_000` is a number, a date is text, and there is no base 60.

use std::borrow::Cow;

use gateway_core::model::Number;

/// What a plain scalar means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Scalar {
    Null,
    Bool(bool),
    Number(Number),
    /// Infinite or not a number, which JSON cannot say.
    NotFinite,
    Text,
}

/// Finds out what a plain scalar means.
pub(crate) fn resolve(text: &str) -> Scalar {
    match text.as_bytes().first() {
        None => Scalar::Null,
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~') => word(text),
        Some(b'.') => match text {
            ".nan" | ".NaN" | ".NAN" | ".inf" | ".Inf" | ".INF" => Scalar::NotFinite,
            _ => float(text).map_or(Scalar::Text, Scalar::Number),
        },
        Some(b'+' | b'-' | b'0'..=b'9') => match text {
            "+.inf" | "+.Inf" | "+.INF" | "-.inf" | "-.Inf" | "-.INF" => Scalar::NotFinite,
            _ => number(text).map_or(Scalar::Text, Scalar::Number),
        },
        Some(_) => Scalar::Text,
    }
}

fn word(text: &str) -> Scalar {
    match text {
        "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Scalar::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Scalar::Bool(false)
        }
        _ => Scalar::Text,
    }
}

/// A number, with its text when that says more than the number.
fn number(text: &str) -> Option<Number> {
    let plain = if text.contains('_') { Cow::Owned(text.replace('_', "")) } else { Cow::Borrowed(text) };
    match integer(&plain) {
        Some(number) if number.to_string() == text => Some(number),
        Some(number) => Some(number.with_text(text)),
        None => Some(float(&plain)?.with_text(text)),
    }
}

/// An integer as Go's `strconv.ParseInt` with base 0 reads it.
fn integer(text: &str) -> Option<Number> {
    let (negative, magnitude) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    let (radix, digits) = match magnitude.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, magnitude.get(2..)?),
        [b'0', b'o' | b'O', ..] => (8, magnitude.get(2..)?),
        [b'0', b'b' | b'B', ..] => (2, magnitude.get(2..)?),
        [b'0', _, ..] => (8, magnitude.get(1..)?),
        _ => (10, magnitude),
    };
    if !digits.starts_with(|first: char| first.is_digit(radix)) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    if negative { 0_i64.checked_sub_unsigned(magnitude).map(Number::from) } else { Some(magnitude.into()) }
}

/// A float in the style of YAML: digits, a point, an exponent, and nothing else.
fn float(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = unsigned.strip_prefix('.').unwrap_or(unsigned);
    if !digits.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    // What is left to go wrong is left to the parser: it knows no other words that begin with a digit.
    let number: f64 = text.parse().ok()?;
    number.is_finite().then(|| Number::from(number).with_text(text))
}

/// The text of a plain key, which JSON wants; `None` for a null, which cannot be a key.
pub(crate) fn key(text: &str) -> Option<Cow<'_, str>> {
    Some(match resolve(text) {
        Scalar::Null => return None,
        Scalar::Bool(true) => "true".into(),
        Scalar::Bool(false) => "false".into(),
        Scalar::Number(number) => match (number.as_i64(), number.as_u64()) {
            _ if text.contains(['.', 'e', 'E']) && !text.contains(['x', 'X']) => {
                short_float(number.as_f64()).into()
            }
            (Some(number), _) => number.to_string().into(),
            (None, Some(number)) => number.to_string().into(),
            (None, None) => short_float(number.as_f64()).into(),
        },
        Scalar::NotFinite => text.to_ascii_lowercase().trim_start_matches('+').to_owned().into(),
        Scalar::Text => text.into(),
    })
}

/// A float as Go's `strconv.FormatFloat(number, 'g', -1, 32)` writes it.
#[expect(clippy::cast_possible_truncation, reason = "that is what it does")]
fn short_float(number: f64) -> String {
    let number = number as f32;
    let scientific = format!("{number:e}");
    let Some((digits, exponent)) = scientific.split_once('e') else {
        return scientific;
    };
    match exponent.parse::<i32>() {
        Ok(-4..=5) | Err(_) => format!("{number}"),
        Ok(exponent) => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", exponent.unsigned_abs())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Scalar, key, resolve};

    fn written(text: &str) -> (Option<i64>, f64, String) {
        match resolve(text) {
            Scalar::Number(number) => (number.as_i64(), number.as_f64(), number.to_string()),
            other => panic!("`{text}` is {other:?}"),
        }
    }

    #[test]
    fn numbers_are_those_of_go() {
        let integers = [("0", 0), ("80", 80), ("-5", -5), ("+5", 5), ("017", 15), ("0o17", 15), ("0x1F", 31)];
        let more = [("0b101", 5), ("1_000", 1000), ("-0", 0), ("-0x10", -16), ("1_", 1)];
        for (text, number) in integers.into_iter().chain(more) {
            assert_eq!(written(text).0, Some(number), "{text}");
            assert_eq!(written(text).2, text);
        }
        let floats =
            [("1e3", 1000.0), ("089", 89.0), (".5", 0.5), ("-.5", -0.5), ("1.", 1.0), ("80.0", 80.0)];
        for (text, number) in floats {
            assert!((written(text).1 - number).abs() < f64::EPSILON, "{text}");
            assert_eq!(written(text).2, text);
        }
        assert_eq!(written("-9223372036854775808").0, Some(i64::MIN));
        assert!(written("18446744073709551616").1 > 1.8e19);
    }

    #[test]
    fn everything_else_is_text() {
        for text in [
            "1e400",
            "12:30:45",
            "2024-01-01",
            "1.2.3",
            "+",
            "-",
            ".",
            "0x",
            "0xg",
            "08x",
            "tRue",
            "yEs",
            "inf",
            "nan",
            "NaN",
            "1e",
            "e5",
            "--1",
            "+-1",
            "0b12",
            "<<",
            "x",
            "1 000",
            "infinity",
            "0x-1",
            "-+1",
        ] {
            assert_eq!(resolve(text), Scalar::Text, "{text}");
        }
    }

    #[test]
    fn words_are_those_of_yaml_1_1() {
        assert_eq!(resolve("yes"), Scalar::Bool(true));
        assert_eq!(resolve("y"), Scalar::Bool(true));
        assert_eq!(resolve("OFF"), Scalar::Bool(false));
        assert_eq!(resolve("Null"), Scalar::Null);
        assert_eq!(resolve(""), Scalar::Null);
        assert_eq!(resolve("-.Inf"), Scalar::NotFinite);
    }

    #[test]
    fn keys_become_text() {
        let pairs = [("on", "true"), ("8080", "8080"), ("017", "15"), ("1.10", "1.1"), ("1e6", "1e+06")];
        for (written, read) in pairs.into_iter().chain([("name", "name"), (".Inf", ".inf"), ("1.0", "1")]) {
            assert_eq!(key(written).as_deref(), Some(read), "{written}");
        }
        assert_eq!(key("~"), None);
    }
}
