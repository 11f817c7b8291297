//! Paths of HTTPRoutes.

use super::pattern;
use crate::rule::PathCondition;

/// MATCH-31..MATCH-36: the bytes of the path as they come.
pub(crate) fn matches(condition: &PathCondition, path: &str) -> bool {
    match condition {
        PathCondition::Exact(value) => path == value,
        PathCondition::Prefix(value) => has_prefix(value, path),
        PathCondition::Regex(value) => pattern::matches(value, path.as_bytes()),
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

#[cfg(test)]
mod tests {
    use super::has_prefix;

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
