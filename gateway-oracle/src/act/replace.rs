//! New paths.

use gateway_core::model::{HttpPathModifier, PathModifierType};
use gateway_core::profile::{Choices, RelativeReplacement, ReplacedPathQuery, ReplacedRoot};

use crate::matching::path::without_slash;

/// FILT-041, FILT-043..FILT-048: the path and query after a modifier.
pub(crate) fn replace(
    choices: &Choices,
    modifier: &HttpPathModifier,
    prefix: &str,
    path: &str,
    query: Option<&str>,
) -> (String, Option<String>) {
    let rooted = |path: &str| {
        let keeps = path.starts_with('/') || choices.relative_replacement == RelativeReplacement::AsWritten;
        if keeps { path.to_owned() } else { format!("/{path}") }
    };
    let replaced = match modifier.r#type {
        PathModifierType::ReplaceFullPath => {
            rooted(modifier.replace_full_path.as_deref().unwrap_or_default())
        }
        PathModifierType::ReplacePrefixMatch => {
            let replacement = modifier.replace_prefix_match.as_deref().unwrap_or_default();
            // AMBIG-40: as if it began with `/`.
            let replacement = if replacement.is_empty() { String::new() } else { rooted(replacement) };
            let rest = path.strip_prefix(without_slash(prefix)).unwrap_or(path);
            // AMBIG-39.
            let root = choices.replaced_root == ReplacedRoot::WithoutSlash && (prefix, path) == ("/", "/");
            let rest = if root { "" } else { rest };
            let whole = format!("{}{rest}", without_slash(&replacement));
            if whole.is_empty() { "/".to_owned() } else { whole }
        }
        PathModifierType::Other(_) => path.to_owned(),
    };
    // AMBIG-38: the query stays, unless the replacement brings one.
    match replaced.split_once('?') {
        Some((path, query)) => (path.to_owned(), Some(query.to_owned())),
        None if choices.replaced_path_query == ReplacedPathQuery::Drop => (replaced, None),
        None => (replaced, query.map(str::to_owned)),
    }
}

#[cfg(test)]
mod tests {
    use gateway_core::model::{HttpPathModifier, PathModifierType};
    use gateway_core::profile::Choices;

    use super::replace;

    /// The table of FILT-044, and FILT-045.
    #[test]
    fn table() {
        for (path, prefix, replacement, result) in [
            ("/foo/bar", "/foo", "/xyz", "/xyz/bar"),
            ("/foo/bar", "/foo", "/xyz/", "/xyz/bar"),
            ("/foo/bar", "/foo/", "/xyz", "/xyz/bar"),
            ("/foo/bar", "/foo/", "/xyz/", "/xyz/bar"),
            ("/foo", "/foo", "/xyz", "/xyz"),
            ("/foo/", "/foo", "/xyz", "/xyz/"),
            ("/foo/bar", "/foo", "", "/bar"),
            ("/foo/", "/foo", "", "/"),
            ("/foo", "/foo", "", "/"),
            ("/foo/", "/foo", "/", "/"),
            ("/foo", "/foo", "/", "/"),
            ("/bar", "/", "/xyz", "/xyz/bar"),
            ("/", "/", "/xyz", "/xyz/"),
        ] {
            let modifier = HttpPathModifier {
                r#type: PathModifierType::ReplacePrefixMatch,
                replace_prefix_match: Some(replacement.to_owned()),
                replace_full_path: None,
            };
            assert_eq!(
                replace(&Choices::DEFAULT, &modifier, prefix, path, None).0,
                result,
                "{path} {prefix} {replacement}"
            );
        }
    }
}
