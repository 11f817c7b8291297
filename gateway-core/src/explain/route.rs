//! Why a Route is attached or not, for each parent, and what is wrong with its rules.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use crate::attach::{
    Graph, ListenerNode, ParentEdge, ParentNode, RouteNode, ServiceBinding, ServicePortCandidate,
    ServiceRole, Stop,
};
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
    /// Every port of the parent, when that is a Service.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<PortOutcome>,
}

/// How far a Route got with one port of a Service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PortOutcome {
    /// Its number; absent for all ports of a Service that is not in the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether the Route is bound to it.
    pub attached: bool,
    /// What came of it, in words.
    pub outcome: String,
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
    let rules: Vec<_> = route.rule_sets().flatten().collect();
    let problems = rules.iter().flat_map(|rule| &rule.problems).map(rule_advice);
    let references = rules.iter().flat_map(|rule| rule.edges());
    RouteExplanation {
        route: route.key.to_string(),
        parents: route.parents.iter().map(|parent| parent_explanation(graph, route, parent)).collect(),
        rules: distinct(problems),
        references: distinct(references.filter_map(|edge| backend_advice(&route.key, edge))),
    }
}

/// What Gateways and a mesh both say is said once.
fn distinct(advice: impl Iterator<Item = Advice>) -> Vec<Advice> {
    let mut found: Vec<Advice> = Vec::new();
    for one in advice {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

fn parent_explanation(graph: &Graph, route: &RouteNode, parent: &ParentNode) -> ParentExplanation {
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
            why_not: Some(unresolved_advice(route, parent, *why)),
            listeners: Vec::new(),
            ports: Vec::new(),
        },
        ParentEdge::Listeners { owner, candidates } => {
            let refusal = parent.refusal();
            let listeners = candidates.iter().map(|candidate| {
                let listener = &graph.listeners(*owner)[candidate.listener];
                ListenerOutcome {
                    listener: listener.key.section.clone(),
                    outcome: outcome(listener, candidate.stop.as_ref()),
                    hostnames: candidate.hostnames.iter().map(ToString::to_string).collect(),
                }
            });
            ParentExplanation {
                parent: name,
                attached: refusal.is_none(),
                why_not: refusal.map(|stop| stop_advice(graph, route, parent, stop)),
                listeners: listeners.collect(),
                ports: Vec::new(),
            }
        }
        ParentEdge::Service(binding) => {
            let refusal = parent.refusal();
            ParentExplanation {
                parent: name,
                attached: refusal.is_none(),
                why_not: refusal.map(|stop| stop_advice(graph, route, parent, stop)),
                listeners: Vec::new(),
                ports: binding.ports.iter().map(|port| port_outcome(binding, port)).collect(),
            }
        }
    }
}

fn port_outcome(binding: &ServiceBinding, port: &ServicePortCandidate) -> PortOutcome {
    let stop = binding.refusal.as_ref().or(port.stop.as_ref());
    let words = match (stop, binding.role) {
        (None, ServiceRole::Producer) => "attached",
        (None, ServiceRole::Consumer) => "attached, for requests from the namespace of the Route",
        (Some(stop), _) => stopped(stop),
    };
    PortOutcome {
        port: port.port,
        name: port.name.clone(),
        attached: stop.is_none(),
        outcome: words.to_string(),
    }
}

fn outcome(listener: &ListenerNode, stop: Option<&Stop>) -> String {
    let words = match stop {
        None if !listener.is_accepted() => "attached, but the listener is not accepted and serves nothing",
        None if !listener.is_programmed() => "attached, but the listener has no usable certificate",
        None => "attached",
        Some(stop) => stopped(stop),
    };
    words.to_string()
}

fn stopped(stop: &Stop) -> &'static str {
    match stop {
        Stop::PortFeature => "the controller does not take a port in a parentRef",
        Stop::ConsumerFeature => "the mesh takes no Routes from other namespaces",
        Stop::NoClusterIp => "the Service has no cluster IP",
        Stop::SectionName => "the parentRef names another one",
        Stop::Port => "the parentRef names another port",
        Stop::Kind => "does not take this kind of Route",
        Stop::Namespace => "does not take Routes from this namespace",
        Stop::Hostname => "shares no hostname with the Route",
        Stop::RouteKind(..) => "a Route of another kind has it",
    }
}
