//! Which Gateways of ours use a backend through their attached Routes (ATT-221).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use crate::attach::backend::BackendProblem;
use crate::attach::listener::ListenerNode;
use crate::attach::route::ParentEdge;
use crate::attach::rule::RuleNode;
use crate::attach::{Graph, RouteNode};
use crate::key::NamespacedName;
use crate::model::ObjectKind;

/// The Gateways that use a backend, by the backend.
#[derive(Debug, Default)]
pub(crate) struct Uses(BTreeMap<(ObjectKind, NamespacedName), BTreeSet<usize>>);

impl Uses {
    /// The Gateways that use any of the backends, in the graph's order.
    pub(crate) fn of<'t>(
        &self,
        targets: impl Iterator<Item = (ObjectKind, &'t NamespacedName)>,
    ) -> Vec<usize> {
        let gateways: BTreeSet<_> =
            targets.filter_map(|(kind, name)| self.0.get(&(kind, name.clone()))).flatten().copied().collect();
        gateways.into_iter().collect()
    }
}

/// Walks every Route that is attached to a listener that `counts`.
pub(crate) fn uses(graph: &Graph, counts: impl Fn(&RouteNode, &ListenerNode) -> bool) -> Uses {
    let mut uses = Uses::default();
    for route in graph.routes.iter().filter(|route| route.has_valid_rule()) {
        let gateways = gateways_of(graph, route, &counts);
        if gateways.is_empty() {
            continue;
        }
        for edge in route.rules.iter().filter(|rule| rule.is_valid()).flat_map(RuleNode::edges) {
            // A reference that is not permitted uses nothing and reveals nothing (REF-08).
            if let Some(kind) = edge.target.filter(|_| edge.problem != Some(BackendProblem::NotPermitted)) {
                uses.0.entry((kind, edge.name.clone())).or_default().extend(&gateways);
            }
        }
    }
    uses
}

fn gateways_of(
    graph: &Graph,
    route: &RouteNode,
    counts: &impl Fn(&RouteNode, &ListenerNode) -> bool,
) -> BTreeSet<usize> {
    let mut gateways = BTreeSet::new();
    for parent in &route.parents {
        let ParentEdge::Listeners { owner, candidates } = &parent.edge else { continue };
        let listeners = graph.listeners(*owner);
        let attached = candidates.iter().filter(|candidate| candidate.stop.is_none());
        if attached.into_iter().any(|candidate| counts(route, &listeners[candidate.listener])) {
            gateways.extend(graph.gateway_of(*owner));
        }
    }
    gateways
}
