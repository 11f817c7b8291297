//! Paths of HTTPRoutes.

use gateway_core::profile::{Choices, PathNormalization};

use super::pattern;
use crate::rule::PathCondition;

/// MATCH-31..MATCH-36: the bytes of the path as they come.
pub(crate) fn matches(choices: &Choices, condition: &PathCondition, path: &str) -> bool {
    match condition {
        PathCondition::Exact(value) => path == value,
        PathCondition::Prefix(value) => has_prefix(value, path),
        PathCondition::Regex(value) => pattern::matches(choices, value, path.as_bytes()),
        PathCondition::Call { .. } | PathCondition::CallRegex { .. } | PathCondition::Unknown => false,
    }
}

/// MATCH-33: element by element; a trailing `/` of the prefix does not count.
fn has_prefix(prefix: &str, path: &str) -> bool {
    if prefix == "/" {
        return true;
    }
    let prefix: Vec<_> = without_slash(prefix).split('/').collect();
    let path: Vec<_> = path.split('/').collect();
    path.starts_with(&prefix)
}

/// One trailing `/` less.
pub(crate) fn without_slash(prefix: &str) -> &str {
    prefix.strip_suffix('/').unwrap_or(prefix)
}

/// AMBIG-23: the path in the form that the profile asks for (RFC 3986, section 6.2.2).
pub(crate) fn normalized(choice: PathNormalization, path: &str) -> String {
    if choice == PathNormalization::Off || !path.starts_with('/') {
        return path.to_owned();
    }
    let path = without_dots(&unescaped(path, choice == PathNormalization::Rfc3986));
    if choice == PathNormalization::Rfc3986 { path } else { merged(&path) }
}

/// Escapes of unreserved characters decoded; others in upper case, if asked for. Where a `%` without its
/// digits stands before them, digits stay escapes: decoded, they would make an escape of it.
fn unescaped(path: &str, upper: bool) -> String {
    let mut text = String::new();
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        text.push_str(&rest[..at]);
        let digits =
            rest.get(at + 1..at + 3).filter(|digits| digits.bytes().all(|one| one.is_ascii_hexdigit()));
        let Some(digits) = digits else {
            text.push('%');
            rest = &rest[at + 1..];
            continue;
        };
        let byte = u8::from_str_radix(digits, 16).unwrap_or_default();
        let stray = text.rsplit_once('%').is_some_and(|(_, after)| {
            after.is_empty() || (after.len() == 1 && after.bytes().all(|one| one.is_ascii_hexdigit()))
        });
        if stray && byte.is_ascii_hexdigit() {
            text.push('%');
            text.push_str(&if upper { digits.to_ascii_uppercase() } else { digits.to_owned() });
        } else if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push('%');
            text.push_str(&if upper { digits.to_ascii_uppercase() } else { digits.to_owned() });
        }
        rest = &rest[at + 3..];
    }
    text + rest
}

/// RFC 3986, section 5.2.4.
fn without_dots(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    let all: Vec<_> = path.split('/').skip(1).collect();
    for (index, segment) in all.iter().enumerate() {
        let last = index + 1 == all.len();
        match *segment {
            "." | ".." => {
                if *segment == ".." {
                    segments.pop();
                }
                if last {
                    segments.push("");
                }
            }
            segment => segments.push(segment),
        }
    }
    format!("/{}", segments.join("/"))
}

fn merged(path: &str) -> String {
    let mut text = String::new();
    for character in path.chars() {
        if character != '/' || !text.ends_with('/') {
            text.push(character);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use gateway_core::profile::PathNormalization;

    use super::{has_prefix, normalized};

    #[test]
    fn normal_forms() {
        let rfc = |path| normalized(PathNormalization::Rfc3986, path);
        assert_eq!(rfc("/a/./b/../c"), "/a/c");
        assert_eq!(rfc("/%61%2f%7E/.."), "/");
        assert_eq!(rfc("/a%2fb//c/."), "/a%2Fb//c/");
        assert_eq!(normalized(PathNormalization::Envoy, "//a%2f///b/"), "/a%2f/b/");
        assert_eq!(normalized(PathNormalization::Off, "/%61/.."), "/%61/..");
        assert_eq!(rfc("/%%32%65%61"), "/%%32ea");
        assert_eq!(rfc("/%2%65%61"), "/%2%65a");
    }

    /// The vectors of MATCH-33.
    #[test]
    fn prefixes() {
        for path in ["/abc", "/abc/", "/abc/def"] {
            assert!(has_prefix("/abc", path) && has_prefix("/abc/", path), "{path}");
        }
        for path in ["/abcd", "/ab", "/", "/Abc"] {
            assert!(!has_prefix("/abc", path), "{path}");
        }
        assert!(has_prefix("/", "/") && has_prefix("/", "/x") && has_prefix("/match/", "/match"));
    }
}
