//! The forms in which parts of a request are compared, one by one.

use gateway_core::profile::{Choices, PathNormalization};

use crate::{matching, world};

/// AMBIG-23: the path that is matched.
pub fn path(choice: PathNormalization, path: &str) -> String {
    matching::path::normalized(choice, path)
}

/// MATCH-05, AMBIG-30: the name that is matched, of an authority.
pub fn host(authority: &str) -> String {
    world::hostname::of_authority(authority)
}

/// MATCH-43, AMBIG-26: the bytes of a name or value in a query.
pub fn query_text(text: &str) -> Vec<u8> {
    matching::query::decoded(text)
}

/// MATCH-36, AMBIG-24: whether a value meets a pattern; `None` when it is no pattern.
pub fn meets(choices: &Choices, pattern: &str, value: &[u8]) -> Option<bool> {
    matching::pattern::is_valid(choices, pattern).then(|| matching::pattern::matches(choices, pattern, value))
}
