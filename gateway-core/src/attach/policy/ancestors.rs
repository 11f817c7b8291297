//! Which Gateways of ours use a backend through their attached Routes (ATT-221, ATT-247).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::backend::BackendProblem;
use crate::attach::kinds::terminates_tls;
use crate::attach::policy::{Concerning, PolicyTarget};
use crate::attach::reads::Read;
use crate::attach::route::ParentEdge;
use crate::attach::rule::RuleNode;
use crate::attach::{Graph, RouteNode, XBackendNode};
use crate::key::NamespacedName;
use crate::model::ObjectKind;

/// A backend.
type Target = (ObjectKind, NamespacedName);

/// A Gateway that uses a backend, and whether through a listener where TLS ends or plain HTTP comes in:
/// bytes that are passed through are not ours to encrypt (FILT-170).
type Use = (usize, bool);

/// What changed about the uses of backends.
#[derive(Default)]
struct Changes {
    gained: BTreeMap<Target, BTreeSet<Use>>,
    lost: BTreeMap<Target, BTreeSet<Use>>,
}

/// Finds the ancestors of all policies and XBackends: for those that are new through all Routes that use
/// them, for the others through what changed.
pub(in crate::attach) fn find(graph: &mut Graph, old: &Graph) {
    let targets = Arc::clone(&graph.plain_policies);
    let mut changes = Changes::default();
    let is_kept = !old.backend_tls_policies.is_empty()
        || !old.traffic_policies.is_empty()
        || !old.x_backends.is_empty();
    if is_kept {
        graph.routes.differences(&old.routes, |before, after| {
            let uses = |graph, route: Option<&Arc<RouteNode>>| {
                route.map(|route| uses(graph, route, &targets.targets)).unwrap_or_default()
            };
            let (before, after) = (uses(old, before), uses(graph, after));
            for (target, one) in before.difference(&after) {
                changes.lost.entry(target.clone()).or_default().insert(*one);
            }
            for (target, one) in after.difference(&before) {
                changes.gained.entry(target.clone()).or_default().insert(*one);
            }
        });
    }
    let mut tls = Arc::clone(&graph.backend_tls_policies);
    update(&mut tls, &old.backend_tls_policies, graph, &changes, true, |node| of_policy(&node.targets));
    let mut traffic = Arc::clone(&graph.traffic_policies);
    update(&mut traffic, &old.traffic_policies, graph, &changes, false, |node| of_policy(&node.targets));
    let mut x_backends = Arc::clone(&graph.x_backends);
    let itself = |node: &XBackendNode| [(ObjectKind::XBackend, node.name.clone())].into();
    update(&mut x_backends, &old.x_backends, graph, &changes, false, itself);
    (graph.backend_tls_policies, graph.traffic_policies, graph.x_backends) = (tls, traffic, x_backends);
}

fn of_policy(targets: &[PolicyTarget]) -> Vec<Target> {
    targets.iter().filter_map(|target| Some((target.kind?, target.name.clone()))).collect()
}

/// Brings the ancestors of all nodes of one kind up to date; `tls` are those that only concern TLS.
fn update<N: Concerning + Clone>(
    nodes: &mut Arc<Vec<Arc<N>>>,
    old: &Arc<Vec<Arc<N>>>,
    graph: &Graph,
    changes: &Changes,
    tls: bool,
    targets: impl Fn(&N) -> Vec<Target>,
) {
    let none_changed = changes.gained.is_empty() && changes.lost.is_empty();
    if Arc::ptr_eq(nodes, old) && none_changed {
        return;
    }
    let mut found: Vec<(usize, Vec<usize>)> = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        let before = old.binary_search_by(|before| before.name().cmp(node.name())).ok();
        let is_kept = before.and_then(|index| old.get(index)).is_some_and(|known| Arc::ptr_eq(known, node));
        let mut gateways: BTreeSet<usize> = BTreeSet::new();
        if is_kept {
            if none_changed {
                continue;
            }
            gateways.extend(node.ancestors());
            let targets = targets(node);
            let through = |changes: &BTreeMap<Target, BTreeSet<Use>>| -> BTreeSet<usize> {
                let uses = targets.iter().filter_map(|target| changes.get(target)).flatten();
                uses.filter(|one| one.1 == tls).map(|one| one.0).collect()
            };
            gateways.extend(through(&changes.gained));
            for gateway in through(&changes.lost) {
                if !targets.iter().any(|target| is_used(graph, target, (gateway, tls))) {
                    gateways.remove(&gateway);
                }
            }
        } else {
            for target in targets(node) {
                let only = BTreeSet::from([target.clone()]);
                for route in readers(graph, &target) {
                    let uses = uses(graph, route, &only);
                    gateways.extend(uses.iter().filter(|(_, one)| one.1 == tls).map(|(_, one)| one.0));
                }
            }
        }
        let mut gateways: Vec<_> = gateways.into_iter().collect();
        gateways.sort_by(|one, other| graph.gateways[*one].name.cmp(&graph.gateways[*other].name));
        if gateways != *node.ancestors() {
            found.push((index, gateways));
        }
    }
    if found.is_empty() {
        return;
    }
    let nodes = Arc::make_mut(nodes);
    for (index, gateways) in found {
        Arc::make_mut(&mut nodes[index]).set_ancestors(gateways);
    }
}

fn readers<'g>(graph: &'g Graph, target: &Target) -> impl Iterator<Item = &'g Arc<RouteNode>> + use<'g> {
    let (kind, name) = target;
    graph.routes.readers(Read::Object(*kind, &name.namespace, &name.name).number())
}

fn is_used(graph: &Graph, target: &Target, wanted: Use) -> bool {
    let only = BTreeSet::from([target.clone()]);
    readers(graph, target).any(|route| uses(graph, route, &only).iter().any(|(_, one)| *one == wanted))
}

/// The backends among `targets` that a Route uses, each with the Gateways it is attached to.
fn uses(graph: &Graph, route: &RouteNode, targets: &BTreeSet<Target>) -> BTreeSet<(Target, Use)> {
    let mut found = BTreeSet::new();
    if targets.is_empty() || !route.has_valid_rule() {
        return found;
    }
    let mut gateways = None;
    for edge in route.rules.iter().filter(|rule| rule.is_valid()).flat_map(RuleNode::edges) {
        // A reference that is not permitted uses nothing and reveals nothing (REF-08).
        let Some(kind) = edge.target.filter(|_| edge.problem != Some(BackendProblem::NotPermitted)) else {
            continue;
        };
        if let Some(target) = targets.get(&(kind, edge.name.clone())) {
            let gateways = gateways.get_or_insert_with(|| gateways_of(graph, route));
            found.extend(gateways.iter().map(|one| (target.clone(), *one)));
        }
    }
    found
}

fn gateways_of(graph: &Graph, route: &RouteNode) -> BTreeSet<Use> {
    let mut gateways = BTreeSet::new();
    for parent in &route.parents {
        let ParentEdge::Listeners { owner, candidates } = &parent.edge else { continue };
        let Some(gateway) = graph.gateway_of(*owner) else { continue };
        let listeners = graph.listeners(*owner);
        for candidate in candidates.iter().filter(|candidate| candidate.stop.is_none()) {
            gateways.insert((gateway, false));
            let ends_tls = match route.key.kind {
                ObjectKind::HttpRoute | ObjectKind::GrpcRoute => true,
                ObjectKind::TlsRoute => terminates_tls(&listeners[candidate.listener].spec),
                _ => false,
            };
            if ends_tls {
                gateways.insert((gateway, true));
            }
        }
    }
    gateways
}
