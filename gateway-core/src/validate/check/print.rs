//! Values as Kubernetes prints them in errors: the ways of Go's `%q`, `%v` and JSON encoder.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Write;

use crate::model::{Number, Value};

/// A value behind the type of an error: scalars plainly, the rest as JSON.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Number(number) => self::number(number),
        Value::Bool(value) => value.get().to_string(),
        value => json(value),
    }
}

/// A number; whole numbers in decimal however they were written.
pub(super) fn number(number: &Number) -> String {
    if let Some(whole) = number.as_i64() {
        return whole.to_string();
    }
    let float = number.as_f64();
    let magnitude = float.abs();
    if !(1e-4..1e21).contains(&magnitude) && magnitude != 0.0 {
        // Go writes at least two digits of exponent, and its sign.
        let text = format!("{float:e}");
        if let Some((mantissa, exponent)) = text.split_once('e') {
            let (sign, digits) = exponent.strip_prefix('-').map_or(('+', exponent), |digits| ('-', digits));
            return format!("{mantissa}e{sign}{digits:0>2}");
        }
        return text;
    }
    float.to_string()
}

/// A text between quotes, with the escapes of Go.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{b}' => quoted.push_str("\\v"),
            ' '..='~' => quoted.push(c),
            c if u32::from(c) < 0x80 => push(&mut quoted, format_args!("\\x{:02x}", u32::from(c))),
            c if is_printable(c) => quoted.push(c),
            c if u32::from(c) > 0xffff => push(&mut quoted, format_args!("\\U{:08x}", u32::from(c))),
            c => push(&mut quoted, format_args!("\\u{:04x}", u32::from(c))),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a character is shown as it is; behind another one, since marks combine.
fn is_printable(c: char) -> bool {
    let text: String = ['x', c].into_iter().collect();
    text.escape_debug().count() == 2
}

/// A value as compact JSON with sorted keys and the escapes of Go.
pub(super) fn json(value: &Value) -> String {
    let mut text = String::new();
    write_json(value, &mut text);
    text
}

fn write_json(value: &Value, text: &mut String) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(value) => text.push_str(if value.get() { "true" } else { "false" }),
        Value::Number(value) => text.push_str(&number(value)),
        Value::String(value) => write_json_string(value, text),
        Value::List(elements) => {
            text.push('[');
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_json(element, text);
            }
            text.push(']');
        }
        Value::Map(entries) => {
            let mut sorted: Vec<_> = entries.iter().collect();
            sorted.sort_by(|a, b| a.0.cmp(&b.0));
            text.push('{');
            for (index, (key, value)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_json_string(key, text);
                text.push(':');
                write_json(value, text);
            }
            text.push('}');
        }
    }
}

fn write_json_string(value: &str, text: &mut String) {
    text.push('"');
    for c in value.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '<' | '>' | '&' | '\0'..='\u{1f}' | '\u{2028}' | '\u{2029}' => {
                push(text, format_args!("\\u{:04x}", u32::from(c)));
            }
            c => text.push(c),
        }
    }
    text.push('"');
}

fn push(text: &mut String, arguments: core::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = text.write_fmt(arguments);
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::{json, number, quoted};
    use crate::model::{Number, Value};

    #[test]
    fn texts_are_quoted_as_go_does() {
        for (text, expected) in [
            ("a \"b\" \\", r#""a \"b\" \\""#),
            ("\u{1}\u{7f}\n\t", r#""\x01\x7f\n\t""#),
            ("é\u{301}", "\"é\u{301}\""),
            ("\u{200b}\u{a0}", r#""\u200b\u00a0""#),
            ("\u{e0001}", r#""\U000e0001""#),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }

    #[test]
    fn numbers_are_plain() {
        for (given, expected) in [
            (Number::from(17_i64).with_text("0x11"), "17"),
            (Number::from(1.5), "1.5"),
            (Number::from(80.0), "80"),
            (Number::from(1e21), "1e+21"),
            (Number::from(1e-7), "1e-07"),
            (Number::from(2.5e20), "250000000000000000000"),
        ] {
            assert_eq!(number(&given), expected);
        }
    }

    #[test]
    fn maps_are_sorted_json() {
        let value = Value::Map(vec![
            ("b".into(), "<&>".into()),
            ("a".into(), Value::List(vec![Value::Null, true.into()])),
        ]);
        assert_eq!(json(&value), r#"{"a":[null,true],"b":"\u003c\u0026\u003e"}"#);
    }
}
