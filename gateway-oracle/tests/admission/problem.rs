//! What the API server says about an object, in its words.

use std::fmt;
use std::fmt::Write as _;

use serde_json::Value as Json;

/// The kind of a problem: `field.ErrorType` of Kubernetes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProblemKind {
    Required,
    Invalid,
    /// An invalid value because of its type: printed alike, but it blocks the rules.
    TypeInvalid,
    Unsupported,
    TooLong,
    TooMany,
    Duplicate,
}

/// One problem (VAL-GEN-04).
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) path: String,
    pub(crate) kind: ProblemKind,
    /// The value as printed.
    pub(crate) value: Option<String>,
    pub(crate) detail: String,
}

/// The path of a problem that belongs to no field.
pub(crate) const NO_PATH: &str = "<nil>";

impl Problem {
    pub(crate) fn new(path: &str, kind: ProblemKind, value: Option<String>, detail: String) -> Self {
        Self { path: path.trim_start_matches('.').to_owned(), kind, value, detail }
    }

    /// Whether it keeps the rules from being evaluated (VAL-GEN-02).
    pub(crate) fn is_blocking(&self) -> bool {
        !matches!(self.kind, ProblemKind::Invalid | ProblemKind::Duplicate)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            ProblemKind::Required => "Required value",
            ProblemKind::Invalid | ProblemKind::TypeInvalid => "Invalid value",
            ProblemKind::Unsupported => "Unsupported value",
            ProblemKind::TooLong => "Too long",
            ProblemKind::TooMany => "Too many",
            ProblemKind::Duplicate => "Duplicate value",
        };
        write!(f, "{}: {kind}", self.path)?;
        if let Some(value) = &self.value {
            write!(f, ": {value}")?;
        }
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        Ok(())
    }
}

/// A value as `field.Error` prints it: scalars plainly, strings quoted, all else as JSON.
pub(crate) fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => quoted(text),
        Json::Number(number) => number_text(number),
        Json::Null | Json::Bool(_) => value.to_string(),
        Json::Array(_) | Json::Object(_) => go_json(value),
    }
}

/// `%v` of an integer or a float64.
fn number_text(number: &serde_json::Number) -> String {
    match (number.as_i64(), number.as_f64()) {
        (Some(whole), _) => whole.to_string(),
        (None, Some(float)) if float.abs() >= 1e21 => {
            let text = format!("{float:e}");
            let (digits, exponent) = text.split_once('e').unwrap();
            format!("{digits}e+{exponent}")
        }
        (None, Some(float)) => float.to_string(),
        (None, None) => number.to_string(),
    }
}

/// JSON as Go writes it: keys sorted, and `<`, `>` and `&` escaped.
fn go_json(value: &Json) -> String {
    let mut sorted = value.clone();
    sorted.sort_all_objects();
    sorted.to_string().replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e")
}

/// A text as Go's `%q` quotes it.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{b}' => quoted.push_str("\\v"),
            letter if letter.is_ascii_control() => {
                write!(quoted, "\\x{:02x}", u32::from(letter)).unwrap();
            }
            letter if letter.is_control() || (letter.is_whitespace() && letter != ' ') => {
                write!(quoted, "\\u{:04x}", u32::from(letter)).unwrap();
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
