//! Limits of the schema that are nearly reached.

use alloc::format;
use alloc::string::ToString;

use crate::key::ObjectKey;
use crate::lint::Severity;
use crate::lint::declared::{Findings, declare};
use crate::model::Value;
use crate::validate::Validator;

/// From this share on, in percent.
const NEAR: usize = 80;
/// Limits below this are a choice of few, not something that one grows into.
const SMALL: usize = 5;

declare! {
    NEAR_LIMIT = "near-limit", Info,
        "a list that is nearly as long as it may be",
        "The API server refuses an object whose list is over its limit, and the next entry may be the one. From 80 percent on this is an info, at the limit a warning. Split the Route, add a ListenerSet, or use a wildcard in time.";
}

pub(in crate::lint) fn check(validator: &Validator, key: &ObjectKey, manifest: &Value, found: &mut Findings) {
    for full in validator.fullness(manifest) {
        // What is over its limit is refused: that is no matter of nearness.
        if full.limit < SMALL || full.count > full.limit || full.count * 100 < full.limit * NEAR {
            continue;
        }
        let severity = if full.count == full.limit { Severity::Warning } else { Severity::Info };
        let what = full.what.unwrap_or("entries");
        let message = format!(
            "{} of at most {} {what} ({} %, {})",
            full.count,
            full.limit,
            full.count * 100 / full.limit,
            full.rule,
        );
        let remedy = "split the object before the limit is reached";
        found.add_as(severity, &NEAR_LIMIT, key, full.path.to_string(), message, remedy);
    }
}
