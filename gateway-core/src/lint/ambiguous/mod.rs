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

use crate::attach::Graph;
use crate::key::ObjectKey;
use crate::lint::declared::Findings;
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

/// AMBIG-32: two Routes tie, and there is no age to decide.
pub(in crate::lint) fn tie_without_age(
    route: &ObjectKey,
    path: impl Into<alloc::string::String>,
    winner: &str,
    found: &mut Findings,
) {
    let message = alloc::format!(
        "ties with {winner}, and not both have a creationTimestamp; objects without one come last here, then the name decides"
    );
    let remedy = "do not rely on it: in a cluster the older object wins; make the matches differ";
    found.add(&declared::NO_AGE, route, path, message, remedy);
}
