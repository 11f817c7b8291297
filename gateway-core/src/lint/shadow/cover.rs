//! Whether one entry takes everything that another would.
//!
//! Every answer of yes holds for all requests: a condition is covered only where that follows from
//! the texts alone. No means "not shown".

use crate::matching::{Conditions, HeaderCondition, PathCondition, QueryCondition, ValueCondition};

/// Whether a request that meets `narrow` always meets `wide`. `None` is met by every request.
pub(super) fn covers(wide: Option<&Conditions>, narrow: Option<&Conditions>) -> bool {
    let Some(wide) = wide else { return true };
    let any_path = matches!(&wide.path, PathCondition::Prefix(prefix) if prefix.is_empty());
    let Some(narrow) = narrow else {
        return any_path && wide.method.is_none() && wide.headers.is_empty() && wide.query.is_empty();
    };
    path_covers(&wide.path, &narrow.path)
        && (wide.method.is_none() || wide.method == narrow.method)
        && wide.headers.iter().all(|wide| header_covered(wide, &narrow.headers))
        && wide.query.iter().all(|wide| query_covered(wide, &narrow.query))
}

fn path_covers(wide: &PathCondition, narrow: &PathCondition) -> bool {
    match (wide, narrow) {
        (PathCondition::Prefix(prefix), _) if prefix.is_empty() => true,
        (wide, PathCondition::Exact(path)) => wide.matches(path.as_bytes()),
        // A prefix stands for itself and everything below, and so does each shorter one of whole elements.
        (PathCondition::Prefix(_), PathCondition::Prefix(prefix)) => wide.matches(prefix.as_bytes()),
        (PathCondition::Regex(wide), PathCondition::Regex(narrow)) => wide.source() == narrow.source(),
        // Of two services one never contains the other, and so with methods.
        (PathCondition::Service(wide), PathCondition::Service(narrow))
        | (PathCondition::Method(wide), PathCondition::Method(narrow)) => wide == narrow,
        _ => false,
    }
}

/// Both conditions see the same joined value, so that it is enough to compare what they ask of it.
fn header_covered(wide: &HeaderCondition, narrow: &[HeaderCondition]) -> bool {
    narrow.iter().any(|narrow| {
        narrow.name.eq_ignore_ascii_case(&wide.name) && value_covers(&wide.value, &narrow.value)
    })
}

fn query_covered(wide: &QueryCondition, narrow: &[QueryCondition]) -> bool {
    narrow.iter().any(|narrow| narrow.name == wide.name && value_covers(&wide.value, &narrow.value))
}

fn value_covers(wide: &ValueCondition, narrow: &ValueCondition) -> bool {
    match (wide, narrow) {
        (ValueCondition::Exact(wide), ValueCondition::Exact(narrow)) => wide == narrow,
        (ValueCondition::Regex(wide), ValueCondition::Exact(narrow)) => wide.matches(narrow.bytes()),
        (ValueCondition::Regex(wide), ValueCondition::Regex(narrow)) => wide.source() == narrow.source(),
        (ValueCondition::Exact(_), ValueCondition::Regex(_)) => false,
    }
}
