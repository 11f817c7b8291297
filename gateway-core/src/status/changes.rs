//! What differs between the statuses of two graphs. What both share has the same status in both, so that
//! only the rest is put into words and compared.

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::{
    BackendTlsPolicyNode, Graph, ListenerOwner, Named, Slots, TrafficPolicyNode, XBackendNode,
};
use crate::key::{NamespacedName, ObjectKey};
use crate::status::{Author, ObjectStatus};

/// Statuses that are new or another, and the keys of those that are gone. Both authors have the same
/// profile.
pub(crate) fn changes(now: Author<'_>, before: Author<'_>) -> (Vec<ObjectStatus>, Vec<ObjectKey>) {
    let mut found = Found::default();
    let (new, old) = (now.graph, before.graph);
    if !Arc::ptr_eq(&new.classes, &old.classes) {
        found.compare(before.classes().collect(), now.classes().collect());
    }
    // With the same Gateways and ListenerSets only the numbers of their Routes can differ.
    let renumbered = new.has_infrastructure_of(old).then(|| new.renumbered(old));
    if renumbered.as_ref().is_none_or(|owners| !owners.is_empty()) {
        let may_differ = |owner| renumbered.as_ref().is_none_or(|owners| owners.contains(&owner));
        let is_same =
            |slot, known| !may_differ(ListenerOwner::Gateway(slot)) || is_gateway_same(new, slot, old, known);
        let (theirs, ours) = slot_differences(&old.gateways, &new.gateways, is_same);
        let theirs = theirs.into_iter().map(|slot| before.gateway(slot)).collect();
        found.compare(theirs, ours.into_iter().map(|slot| now.gateway(slot)).collect());
        let is_same =
            |slot, known| !may_differ(ListenerOwner::ListenerSet(slot)) || is_set_same(new, slot, old, known);
        let (theirs, ours) = slot_differences(&old.listener_sets, &new.listener_sets, is_same);
        let theirs = theirs.into_iter().map(|slot| before.listener_set(slot)).collect();
        found.compare(theirs, ours.into_iter().map(|slot| now.listener_set(slot)).collect());
    }
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    new.routes.differences(&old.routes, |one, other| {
        theirs.extend(one.map(|route| before.route(route)));
        ours.extend(other.map(|route| now.route(route)));
    });
    found.compare(theirs, ours);
    let same_gateways = Arc::ptr_eq(&new.gateways, &old.gateways);
    macro_rules! compare {
        ($($nodes:ident of $node:ident with $gateways:ident as $status:ident,)*) => {$(
            if !same_gateways || !Arc::ptr_eq(&new.$nodes, &old.$nodes) {
                let is_same = |node: &$node| has_same_controllers(new, old, &node.$gateways);
                let (theirs, ours) = differences(&old.$nodes, &new.$nodes, is_same);
                let theirs = theirs.into_iter().map(|node| before.$status(node)).collect();
                found.compare(theirs, ours.into_iter().map(|node| now.$status(node)).collect());
            }
        )*};
    }
    compare! {
        backend_tls_policies of BackendTlsPolicyNode with ancestors as backend_tls_policy,
        x_backends of XBackendNode with gateways as x_backend,
        traffic_policies of TrafficPolicyNode with ancestors as traffic_policy,
    }
    if !Arc::ptr_eq(&new.meshes, &old.meshes) {
        found.compare(before.meshes().collect(), now.meshes().collect());
    }
    found.removed.sort();
    (found.changed, found.removed)
}

#[derive(Default)]
struct Found {
    changed: Vec<ObjectStatus>,
    removed: Vec<ObjectKey>,
}

impl Found {
    /// Takes statuses of one kind that may differ, as they were and as they are.
    fn compare(&mut self, before: Vec<ObjectStatus>, now: Vec<ObjectStatus>) {
        let keyed = before.into_iter().filter_map(|status| Some((status.key()?, status)));
        let mut before: BTreeMap<_, _> = keyed.collect();
        self.changed.extend(now.into_iter().filter(|status| {
            let known = status.key().and_then(|key| before.remove(&key));
            known.as_ref() != Some(status)
        }));
        self.removed.extend(before.into_keys());
    }
}

/// Nodes of two lists that are not shared, or of which `is_same` does not hold.
fn differences<'n, N: Named>(
    old: &'n [Arc<N>],
    new: &'n [Arc<N>],
    is_same: impl Fn(&N) -> bool,
) -> (Vec<&'n N>, Vec<&'n N>) {
    let find = |nodes: &'n [Arc<N>], name: &NamespacedName| {
        nodes.binary_search_by(|node| node.name().cmp(name)).ok().and_then(|index| nodes.get(index))
    };
    let (mut before, mut now) = (Vec::new(), Vec::new());
    for node in new {
        let known = find(old, node.name());
        if known.is_none_or(|known| !Arc::ptr_eq(known, node) || !is_same(node)) {
            now.push(&**node);
            before.extend(known.map(|known| &**known));
        }
    }
    before.extend(old.iter().filter(|node| find(new, node.name()).is_none()).map(|node| &**node));
    (before, now)
}

/// The same for nodes with numbers: the numbers of both.
fn slot_differences<N: Named>(
    old: &Slots<N>,
    new: &Slots<N>,
    is_same: impl Fn(usize, usize) -> bool,
) -> (Vec<usize>, Vec<usize>) {
    let (mut before, mut now) = (Vec::new(), Vec::new());
    for (slot, node) in new.indexed() {
        let known = old.find(node.name());
        if known.is_none_or(|known| !is_same(slot, known)) {
            now.push(slot);
            before.extend(known);
        }
    }
    before.extend(old.indexed().filter(|(_, node)| new.find(node.name()).is_none()).map(|(slot, _)| slot));
    (before, now)
}

/// Whether a Gateway cannot have another status: it is the same, and so are the numbers it tells.
fn is_gateway_same(new: &Graph, slot: usize, old: &Graph, known: usize) -> bool {
    is_shared(new.gateways.get(slot), old.gateways.get(known))
        && new.attached_to(ListenerOwner::Gateway(slot)) == old.attached_to(ListenerOwner::Gateway(known))
        && new.attached_listener_sets(slot) == old.attached_listener_sets(known)
}

/// Whether a ListenerSet cannot have another status: it is the same, and so is its Gateway.
fn is_set_same(new: &Graph, slot: usize, old: &Graph, known: usize) -> bool {
    let gateway = |graph: &'_ Graph, slot: usize| graph.listener_sets[slot].gateway();
    let parents = match (gateway(new, slot), gateway(old, known)) {
        (None, None) => true,
        (Some(one), Some(other)) => is_shared(new.gateways.get(one), old.gateways.get(other)),
        _ => false,
    };
    let numbers = new.attached_to(ListenerOwner::ListenerSet(slot))
        == old.attached_to(ListenerOwner::ListenerSet(known));
    parents && numbers && is_shared(new.listener_sets.get(slot), old.listener_sets.get(known))
}

fn is_shared<T>(one: Option<&Arc<T>>, other: Option<&Arc<T>>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if Arc::ptr_eq(one, other))
}

/// Whether the Gateways that a shared node names are run by the same controllers in both.
fn has_same_controllers(new: &Graph, old: &Graph, gateways: &[usize]) -> bool {
    gateways.iter().all(|slot| match (new.gateways.get(*slot), old.gateways.get(*slot)) {
        (Some(one), Some(other)) => one.name == other.name && one.controller() == other.controller(),
        _ => false,
    })
}
