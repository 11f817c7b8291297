//! Corners that the specification leaves open and a set of objects touches (rules 08): what is open, and
//! what is done here, so that nobody is surprised on another implementation.
//!
//! Corners that no object can touch or avoid have no rule: AMBIG-08, 30, 54, 57, 59 and 67.

mod declared;
mod filters;
mod gateways;
mod matches;
mod policies;
mod routes;
mod tables;

use alloc::format;

use crate::attach::Graph;
use crate::key::ObjectKey;
use crate::lint::declared::Findings;
use crate::profile::{CHOICES, Choices};
use crate::router::Router;
use crate::snapshot::Snapshot;

pub(in crate::lint) use declared::RULES;

pub(in crate::lint) fn check(snapshot: &Snapshot, router: &Router, found: &mut Findings) {
    let graph: &Graph = router.graph();
    gateways::check(graph, found);
    policies::check(snapshot, found);
    for node in &graph.routes {
        routes::check(graph, node, found);
        routes::check_backends(snapshot, node, found);
        filters::check(node, found);
        matches::check(node, found);
    }
    tables::check(snapshot, router, found);
}

/// The corners whose findings say what the profile chose, with the keys of the choices that decide them.
const CHOSEN: [(&str, &str); 22] = [
    ("AMBIG-04", "losingRouteKind"),
    ("AMBIG-20", "externalName"),
    ("AMBIG-22", "hosts"),
    ("AMBIG-23", "pathNormalization"),
    ("AMBIG-24", "regexRank"),
    ("AMBIG-25", "repeatedHeaders"),
    ("AMBIG-27", "prefixLength"),
    ("AMBIG-32", "missingTimestamp"),
    ("AMBIG-38", "replacedPathQuery"),
    ("AMBIG-39", "replacedRoot"),
    ("AMBIG-40", "relativeReplacement"),
    ("AMBIG-44", "corsOrigin"),
    ("AMBIG-45", "deniedAuth"),
    ("AMBIG-46", "largeAuthBody"),
    ("AMBIG-47", "loneZeroWeight"),
    ("AMBIG-49", "grpcWithoutBackends"),
    ("AMBIG-51", "retryTarget"),
    ("AMBIG-51", "retriedMethods"),
    ("AMBIG-52", "unknownAppProtocol"),
    ("AMBIG-63", "budgetCounting"),
    ("AMBIG-64", "failedHandshake"),
    ("AMBIG-66", "timeoutStatus"),
];

/// Adds to what is open what this profile does, and which key of it says so.
pub(in crate::lint) fn add_choices(choices: &Choices, found: &mut Findings) {
    for finding in found.iter_mut() {
        for (_, key) in CHOSEN.iter().filter(|(id, _)| *id == finding.rule) {
            let Some((word, says)) = chosen(choices, key) else { continue };
            let does = says.trim_end_matches('.');
            finding.message = format!("{}; the profile chooses `{key}: {word}`: {does}", finding.message);
        }
    }
}

/// The word that is chosen for a key, and what it means.
fn chosen(choices: &Choices, key: &str) -> Option<(&'static str, &'static str)> {
    let word = choices.get(key)?;
    let info = CHOICES.iter().find(|info| info.key == key)?;
    info.words.iter().find(|one| one.word == word).map(|one| (one.word, one.says))
}

/// AMBIG-32: two Routes tie, and there is no age to decide.
pub(in crate::lint) fn tie_without_age(
    route: &ObjectKey,
    path: impl Into<alloc::string::String>,
    winner: &str,
    found: &mut Findings,
) {
    let message = format!("ties with {winner}, and not both have a creationTimestamp");
    let remedy = "do not rely on it: in a cluster the older object wins; make the matches differ";
    found.add(&declared::NO_AGE, route, path, message, remedy);
}
