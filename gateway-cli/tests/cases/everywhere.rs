//! What holds of every status, so that no case has to say it.

use serde_json::Value;

use crate::statuses::{feature_names, list};

/// Conditions that are written only when they are True (ATT-195).
const ONLY_TRUE: [&str; 3] = ["OverlappingTLSConfig", "InsecureFrontendValidationMode", "PartiallyInvalid"];

/// The types of conditions that a controller writes; others need a domain in front (ATT-198).
const TYPES: [&str; 9] = [
    "Accepted",
    "Conflicted",
    "DefaultGateway",
    "InsecureFrontendValidationMode",
    "OverlappingTLSConfig",
    "PartiallyInvalid",
    "Programmed",
    "ResolvedRefs",
    "SupportedVersion",
];

/// How long a list of a status may be (ATT-197).
const LIMITS: [(&str, usize); 5] =
    [("conditions", 8), ("listeners", 64), ("parents", 32), ("ancestors", 16), ("addresses", 16)];

/// Lists of entries that have conditions of their own.
const ENTRIES: [&str; 3] = ["listeners", "parents", "ancestors"];

/// Everything below a status that has conditions: itself, its listeners, parents and ancestors.
fn owners(status: &Value) -> impl Iterator<Item = &Value> {
    let below = ENTRIES.into_iter().flat_map(|key| list(&status[key]));
    std::iter::once(status).chain(below)
}

/// Whether nobody has reconciled the object: no more than what the API server writes by default.
pub(crate) fn is_untouched(status: &Value) -> bool {
    let is_default = |condition: &Value| condition["status"] == "Unknown" && condition["reason"] == "Pending";
    let of_a_controller = ["supportedFeatures", "addresses"].into_iter().chain(ENTRIES);
    list(&status["conditions"]).all(is_default)
        && of_a_controller.into_iter().all(|key| list(&status[key]).next().is_none())
}

/// Adds a line for everything that no status may look like (ATT-198 for types, ATT-190, ATT-195, ATT-197).
pub(crate) fn check(name: &str, status: &Value, wrong: &mut Vec<String>) {
    let generation = status["metadata"]["generation"].as_i64().unwrap_or(0);
    let status = &status["status"];
    for owner in owners(status) {
        for (key, limit) in LIMITS {
            let found = list(&owner[key]).count();
            if found > limit {
                wrong.push(format!("{name} {key}: expected at most {limit}, got {found}"));
            }
        }
        let mut seen = Vec::new();
        for condition in list(&owner["conditions"]) {
            let kind = condition["type"].as_str().unwrap_or_default();
            // ATT-199: time is the caller's; a status that nobody reconciled has the API server's own.
            let is_ours = condition["reason"] != "Pending" || condition["status"] != "Unknown";
            if is_ours && !condition["lastTransitionTime"].is_null() {
                wrong.push(format!("{name} {kind}: nothing here has a clock: {condition}"));
            }
            // ATT-190.
            if condition["observedGeneration"] != generation {
                let found = &condition["observedGeneration"];
                wrong.push(format!("{name} {kind}: expected observedGeneration {generation}, got {found}"));
            }
            if !TYPES.contains(&kind) && !kind.contains('/') {
                wrong.push(format!("{name} {kind}: expected no such type"));
            }
            // ATT-192.
            if seen.contains(&kind) {
                wrong.push(format!("{name} {kind}: expected once, got it twice"));
            }
            if ONLY_TRUE.contains(&kind) && condition["status"] != "True" {
                wrong.push(format!("{name} {kind}: expected True or nothing, got {condition}"));
            }
            // MODEL-COND-04.
            if condition["reason"].as_str().is_none_or(str::is_empty) {
                wrong.push(format!("{name} {kind}: expected a reason, got {condition}"));
            }
            seen.push(kind);
        }
    }
    // ATT-074.
    for listener in list(&status["listeners"]) {
        for kind in ["Accepted", "ResolvedRefs", "Programmed"] {
            if !list(&listener["conditions"]).any(|condition| condition["type"] == kind) {
                wrong.push(format!("{name} listener {}: expected {kind}, got nothing", listener["name"]));
            }
        }
    }
    // FEAT-R1.
    let features = feature_names(status);
    if !features.is_sorted() {
        wrong.push(format!("{name} supportedFeatures: expected a sorted list, got {features:?}"));
    }
}
