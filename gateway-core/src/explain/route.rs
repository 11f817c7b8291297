//! Why a Route is attached or not, for each parent, and what is wrong with its rules.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use crate::attach::{Graph, ListenerNode, ParentEdge, ParentNode, RouteNode, Stop};
use crate::status::{Advice, backend_advice, rule_advice, stop_advice, unresolved_advice};

/// Everything about one Route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RouteExplanation {
    /// The Route.
    pub route: String,
    /// One for each parentRef, in order.
    pub parents: Vec<ParentExplanation>,
    /// Rules that are dropped, and why.
    pub rules: Vec<Advice>,
    /// References that do not resolve.
    pub references: Vec<Advice>,
}

/// One parentRef.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParentExplanation {
    /// The parent, as `Kind/namespace/name`.
    pub parent: String,
    /// Whether at least one listener took the Route.
    pub attached: bool,
    /// Why not, and what to change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_not: Option<Advice>,
    /// Every listener of the parent.
    pub listeners: Vec<ListenerOutcome>,
}

/// How far a Route got with one listener.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListenerOutcome {
    /// The listener's name.
    pub listener: String,
    /// What came of it, in words.
    pub outcome: String,
    /// The hostnames that the Route serves there.
    pub hostnames: Vec<String>,
}

pub(crate) fn explain(graph: &Graph, route: &RouteNode) -> RouteExplanation {
    let references = route.rules.iter().flat_map(|rule| rule.backends.iter().chain(&rule.mirrors));
    RouteExplanation {
        route: route.key.to_string(),
        parents: route
            .parents
            .iter()
            .enumerate()
            .map(|(index, parent)| parent_explanation(graph, route, index, parent))
            .collect(),
        rules: route.rules.iter().flat_map(|rule| &rule.problems).map(rule_advice).collect(),
        references: references.filter_map(|edge| backend_advice(&route.key, edge)).collect(),
    }
}

fn parent_explanation(
    graph: &Graph,
    route: &RouteNode,
    index: usize,
    parent: &ParentNode,
) -> ParentExplanation {
    let reference = &parent.reference;
    let name = alloc::format!(
        "{}/{}/{}",
        reference.kind(),
        reference.namespace_or(&route.key.namespace),
        reference.name
    );
    match &parent.edge {
        ParentEdge::Unresolved(why) => ParentExplanation {
            parent: name,
            attached: false,
            why_not: Some(unresolved_advice(route, index, parent, *why)),
            listeners: Vec::new(),
        },
        ParentEdge::Listeners { owner, candidates } => {
            let refusal = parent.refusal();
            let listeners = candidates.iter().map(|candidate| {
                let listener = &graph.listeners(*owner)[candidate.listener];
                ListenerOutcome {
                    listener: listener.key.section.clone(),
                    outcome: outcome(listener, candidate.stop),
                    hostnames: candidate.hostnames.iter().map(ToString::to_string).collect(),
                }
            });
            ParentExplanation {
                parent: name,
                attached: refusal.is_none(),
                why_not: refusal.map(|stop| stop_advice(graph, route, index, parent, stop)),
                listeners: listeners.collect(),
            }
        }
    }
}

fn outcome(listener: &ListenerNode, stop: Option<Stop>) -> String {
    let words = match stop {
        None if !listener.is_accepted() => "attached, but the listener is not accepted and serves nothing",
        None if !listener.is_programmed() => "attached, but the listener has no usable certificate",
        None => "attached",
        Some(Stop::SectionName) => "the parentRef names another listener",
        Some(Stop::Port) => "the parentRef names another port",
        Some(Stop::Kind) => "does not take this kind of Route",
        Some(Stop::Namespace) => "does not take Routes from this namespace",
        Some(Stop::Hostname) => "shares no hostname with the Route",
    };
    words.to_string()
}
