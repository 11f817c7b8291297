//! Replacing paths (FILT-041..048).

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::matching::PathCondition;
use crate::model::{HttpPathModifier, PathModifierType};
use crate::profile::{Choices, RelativeReplacement, ReplacedPathQuery, ReplacedRoot};
use crate::table::Entry;

/// Path and query after a modifier. The query stays, unless the replacement brings one (AMBIG-38).
pub(crate) fn modified<'q>(
    path: &[u8],
    query: Option<Cow<'q, [u8]>>,
    modifier: &HttpPathModifier,
    entry: &Entry,
    choices: Choices,
) -> (Cow<'q, [u8]>, Option<Cow<'q, [u8]>>) {
    let new = match modifier.r#type {
        PathModifierType::ReplacePrefixMatch => replace_prefix(
            path,
            prefix_of(entry),
            modifier.replace_prefix_match.as_deref().unwrap_or_default(),
            choices,
        ),
        _ => absolute(modifier.replace_full_path.as_deref().unwrap_or_default().as_bytes().to_vec(), choices),
    };
    let Some(mark) = new.iter().position(|byte| *byte == b'?') else {
        let kept = query.filter(|_| choices.replaced_path_query == ReplacedPathQuery::Keep);
        return (Cow::Owned(new), kept);
    };
    let (path, query) = new.split_at(mark);
    let query = query.get(1..).unwrap_or_default().to_vec();
    (Cow::Owned(absolute(path.to_vec(), choices)), Some(Cow::Owned(query)))
}

fn prefix_of(entry: &Entry) -> &str {
    match entry.conditions.as_ref().map(|conditions| &conditions.path) {
        Some(PathCondition::Prefix(prefix)) => prefix,
        _ => "",
    }
}

/// FILT-043: the prefix, free of its trailing `/`, gives way to the replacement, free of its own.
fn replace_prefix(path: &[u8], prefix: &str, replacement: &str, choices: Choices) -> Vec<u8> {
    let rest = path.strip_prefix(prefix.as_bytes()).unwrap_or(path);
    let replacement = replacement.strip_suffix('/').unwrap_or(replacement).as_bytes();
    // Room for the slash that may have to be put in front.
    let mut new = Vec::with_capacity(replacement.len() + rest.len() + 1);
    new.extend_from_slice(replacement);
    // AMBIG-39: `/` below the prefix `/` is all that the table leaves open.
    let is_root = prefix.is_empty() && rest == b"/" && !new.is_empty();
    if !(is_root && choices.replaced_root == ReplacedRoot::WithoutSlash) {
        new.extend_from_slice(rest);
    }
    absolute(new, choices)
}

/// AMBIG-40: a path begins with `/`. An empty one always gets it.
fn absolute(mut path: Vec<u8>, choices: Choices) -> Vec<u8> {
    let wants_slash = path.is_empty() || choices.relative_replacement == RelativeReplacement::AddSlash;
    if wants_slash && path.first() != Some(&b'/') {
        path.insert(0, b'/');
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filt_044_table() {
        for (path, prefix, replacement, expected) in [
            ("/foo/bar", "/foo", "/xyz", "/xyz/bar"),
            ("/foo/bar", "/foo", "/xyz/", "/xyz/bar"),
            ("/foo", "/foo", "/xyz", "/xyz"),
            ("/foo/", "/foo", "/xyz", "/xyz/"),
            ("/foo/bar", "/foo", "", "/bar"),
            ("/foo/", "/foo", "", "/"),
            ("/foo", "/foo", "", "/"),
            ("/foo/", "/foo", "/", "/"),
            ("/foo", "/foo", "/", "/"),
            ("/bar", "", "/xyz", "/xyz/bar"),
            ("/", "", "/xyz", "/xyz/"),
        ] {
            assert_eq!(
                replace_prefix(path.as_bytes(), prefix, replacement, Choices::default()),
                expected.as_bytes()
            );
        }
    }
}
