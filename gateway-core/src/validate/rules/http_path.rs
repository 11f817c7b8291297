//! Rules about the path of a match of HTTPRoute (rules 02 §3.7). Regular expressions are free of all but one.

use super::Rule;
use super::view::{is, text_or_empty};
use crate::model::Value;
use crate::validate::pattern::Pattern;

pub(in crate::validate) static ABSOLUTE: Rule = Rule::new(
    "VAL-HM-01",
    "value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']",
    "a path begins with a slash",
    |path, _| is_free(path) || value(path).starts_with('/'),
);

pub(in crate::validate) static NO_EMPTY_SEGMENT: Rule = Rule::new(
    "VAL-HM-02",
    "must not contain '//' when type one of ['Exact', 'PathPrefix']",
    "a path has no empty segment",
    |path, _| is_free(path) || !value(path).contains("//"),
);

pub(in crate::validate) static NO_DOT_SEGMENT: Rule = Rule::new(
    "VAL-HM-03",
    "must not contain '/./' when type one of ['Exact', 'PathPrefix']",
    "a path has no segment `.`",
    |path, _| is_free(path) || !value(path).contains("/./"),
);

pub(in crate::validate) static NO_DOT_DOT_SEGMENT: Rule = Rule::new(
    "VAL-HM-04",
    "must not contain '/../' when type one of ['Exact', 'PathPrefix']",
    "a path has no segment `..`",
    |path, _| is_free(path) || !value(path).contains("/../"),
);

pub(in crate::validate) static NO_LOWER_ENCODED_SLASH: Rule = Rule::new(
    "VAL-HM-05",
    "must not contain '%2f' when type one of ['Exact', 'PathPrefix']",
    "a path has no encoded slash",
    |path, _| is_free(path) || !value(path).contains("%2f"),
);

pub(in crate::validate) static NO_UPPER_ENCODED_SLASH: Rule = Rule::new(
    "VAL-HM-06",
    "must not contain '%2F' when type one of ['Exact', 'PathPrefix']",
    "a path has no encoded slash, in upper case either",
    |path, _| is_free(path) || !value(path).contains("%2F"),
);

pub(in crate::validate) static NO_FRAGMENT: Rule = Rule::new(
    "VAL-HM-07",
    "must not contain '#' when type one of ['Exact', 'PathPrefix']",
    "a path has no fragment",
    |path, _| is_free(path) || !value(path).contains('#'),
);

pub(in crate::validate) static NO_DOT_DOT_END: Rule = Rule::new(
    "VAL-HM-08",
    "must not end with '/..' when type one of ['Exact', 'PathPrefix']",
    "a path does not end in the segment `..`",
    |path, _| is_free(path) || !value(path).ends_with("/.."),
);

pub(in crate::validate) static NO_DOT_END: Rule = Rule::new(
    "VAL-HM-09",
    "must not end with '/.' when type one of ['Exact', 'PathPrefix']",
    "a path does not end in the segment `.`",
    |path, _| is_free(path) || !value(path).ends_with("/."),
);

/// The words of the schema say the same, and refuse other words first.
pub(in crate::validate) static KNOWN_TYPE: Rule = Rule::new(
    "VAL-HM-10",
    "type must be one of ['Exact', 'PathPrefix', 'RegularExpression']",
    "a path is compared in one of three ways",
    |path, _| !is_free(path) || is(path, "type", "RegularExpression"),
);

pub(in crate::validate) static VALID_CHARACTERS: Rule = Rule::new(
    "VAL-HM-11",
    "must only contain valid characters (matching ^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$) for types ['Exact', 'PathPrefix']",
    "a path has only the characters of RFC 3986, others encoded",
    |path, patterns| is_free(path) || patterns.matches(Pattern::PathCharacters, value(path)),
);

/// Whether the value is not a plain path.
fn is_free(path: &Value) -> bool {
    !is(path, "type", "Exact") && !is(path, "type", "PathPrefix")
}

fn value(path: &Value) -> &str {
    text_or_empty(path, "value")
}
