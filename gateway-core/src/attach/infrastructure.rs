//! Classes, Gateways and ListenerSets: worked out anew where something they read changed, and merged anew
//! where one of the merged objects did.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::Graph;
use crate::attach::class::{self, ClassNode, MeshNode};
use crate::attach::gateway::{self, GatewayNode};
use crate::attach::kinds::tls_mode;
use crate::attach::listener::ListenerNode;
use crate::attach::listener_set::{self, ListenerSetNode};
use crate::attach::merge;
use crate::attach::reads::{self, Changed, Known, Read, Reads};
use crate::attach::route::ListenerOwner;
use crate::attach::slots::{Named, Slots};
use crate::attach::world::World;
use crate::key::NamespacedName;
use crate::model::{Gateway, GatewayDefaultScope, ListenerSet, ObjectKind};

/// The kinds that are part of it.
const OWN: [ObjectKind; 4] =
    [ObjectKind::GatewayClass, ObjectKind::Gateway, ObjectKind::ListenerSet, ObjectKind::XMesh];

/// What Routes attach to, and what that belongs to.
#[derive(Debug)]
pub(crate) struct Infrastructure {
    pub(super) classes: Arc<BTreeMap<String, ClassNode>>,
    pub(super) meshes: Arc<BTreeMap<String, MeshNode>>,
    pub(super) gateways: Arc<Slots<GatewayNode>>,
    pub(super) listener_sets: Arc<Slots<ListenerSetNode>>,
    pub(super) plain: Arc<Plain>,
}

/// Gateways and ListenerSets as they are without each other's listeners.
#[derive(Debug, Default)]
pub(super) struct Plain {
    gateways: BTreeMap<NamespacedName, Arc<Known<GatewayNode>>>,
    sets: BTreeMap<NamespacedName, Arc<Known<ListenerSetNode>>>,
    /// Everything that they read.
    reads: Reads,
}

impl Infrastructure {
    /// The next one; `reached` gets what Routes may have read of it that is not as it was.
    pub(super) fn next(
        world: &World<'_>,
        old: &Graph,
        changed: &Changed,
        reached: &mut BTreeSet<u64>,
    ) -> Self {
        let old = Self {
            classes: Arc::clone(&old.classes),
            meshes: Arc::clone(&old.meshes),
            gateways: Arc::clone(&old.gateways),
            listener_sets: Arc::clone(&old.listener_sets),
            plain: Arc::clone(&old.plain_infrastructure),
        };
        // ConfigMaps are the parameters of classes.
        let own = changed.includes(&OWN) || changed.includes(&[ObjectKind::ConfigMap]);
        if !own && !changed.reaches(&old.plain.reads) {
            return old;
        }
        let classes = class::classes(world);
        let plain_gateways = plain_gateways(world, &classes, &old.plain, changed);
        let before = (&*old.gateways, &old.plain.gateways);
        let mut gateways = Slots::next(&old.gateways, first_nodes(&plain_gateways, before));
        let plain_sets = plain_sets(world, &gateways, &old.plain, changed);
        let before = (&*old.listener_sets, &old.plain.sets);
        let mut listener_sets = Slots::next(&old.listener_sets, first_nodes(&plain_sets, before));
        let reads = plain_gateways.values().flat_map(|known| &known.reads);
        let reads = reads.chain(plain_sets.values().flat_map(|known| &known.reads));
        let reads = reads::reads(reads.copied().collect());
        let plain = Plain { gateways: plain_gateways, sets: plain_sets, reads };

        for (slot, sets) in taken(world, &gateways, &listener_sets) {
            let is_known = old.gateways.get(slot).is_some_and(|before| before.listener_sets == sets)
                && is_same(&plain.gateways, &old.plain.gateways, &gateways[slot].name)
                && sets.iter().all(|set| is_same(&plain.sets, &old.plain.sets, &listener_sets[*set].name));
            if !is_known {
                let plain_sets = sets.iter().filter_map(|set| plain.sets.get(&listener_sets[*set].name));
                let mut merged: Vec<_> = plain_sets.map(|known| known.node.clone()).collect();
                let Some(known) = plain.gateways.get(&gateways[slot].name) else { continue };
                let mut gateway = known.node.clone();
                merge::merge(world, &mut gateway, &mut merged);
                for (set, node) in sets.iter().zip(merged) {
                    listener_sets.replace(*set, Arc::new(node));
                }
                gateway.listener_sets = sets;
                gateways.replace(slot, Arc::new(gateway));
                continue;
            }
            if let Some(before) = old.gateways.get(slot) {
                gateways.replace(slot, Arc::clone(before));
            }
            for set in sets {
                if let Some(before) = old.listener_sets.get(set) {
                    listener_sets.replace(set, Arc::clone(before));
                }
            }
        }
        keep_equal(&mut gateways, &old.gateways);
        keep_equal(&mut listener_sets, &old.listener_sets);
        let next = Self {
            classes: Arc::new(classes),
            meshes: Arc::new(class::meshes(world)),
            gateways: Arc::new(gateways),
            listener_sets: Arc::new(listener_sets),
            plain: Arc::new(plain),
        };
        next.reach_routes(&old, reached);
        next
    }

    /// The kind and name of an owner of listeners.
    pub(super) fn owner(&self, owner: ListenerOwner) -> Option<(ObjectKind, &NamespacedName)> {
        match owner {
            ListenerOwner::Gateway(slot) => {
                self.gateways.get(slot).map(|node| (ObjectKind::Gateway, &node.name))
            }
            ListenerOwner::ListenerSet(slot) => {
                self.listener_sets.get(slot).map(|node| (ObjectKind::ListenerSet, &node.name))
            }
        }
    }

    /// The listeners of an owner.
    pub(super) fn listeners(&self, owner: ListenerOwner) -> &[ListenerNode] {
        match owner {
            ListenerOwner::Gateway(slot) => self.gateways.get(slot).map(|node| &node.listeners[..]),
            ListenerOwner::ListenerSet(slot) => self.listener_sets.get(slot).map(|node| &node.listeners[..]),
        }
        .unwrap_or_default()
    }

    /// What Routes may have read and would now read otherwise.
    fn reach_routes(&self, old: &Self, reached: &mut BTreeSet<u64>) {
        let mut reach = |kind, name: &NamespacedName| {
            reached.insert(Read::Object(kind, &name.namespace, &name.name).number());
        };
        let mut defaults = false;
        let is_default =
            |gateway: &GatewayNode| gateway.object.spec.default_scope() == GatewayDefaultScope::All;
        each_difference(&self.gateways, &old.gateways, |before, after| {
            let seen = |gateway: &GatewayNode| (gateway.controller().cloned(), is_default(gateway));
            let same = match (before, after) {
                (Some(before), Some(after)) => {
                    seen(before) == seen(after) && looks_same(&before.listeners, &after.listeners)
                }
                _ => false,
            };
            for gateway in before.into_iter().chain(after).filter(|_| !same) {
                reach(ObjectKind::Gateway, &gateway.name);
                defaults |= is_default(gateway);
            }
        });
        each_difference(&self.listener_sets, &old.listener_sets, |before, after| {
            let same = match (before, after) {
                (Some(before), Some(after)) => {
                    before.parent == after.parent && looks_same(&before.listeners, &after.listeners)
                }
                _ => false,
            };
            for set in before.into_iter().chain(after).filter(|_| !same) {
                reach(ObjectKind::ListenerSet, &set.name);
            }
        });
        // A ListenerSet is another one to Routes when its Gateway has become another's.
        for (slot, set) in self.listener_sets.indexed() {
            let owned = |graph: &Self| {
                set.gateway().and_then(|gateway| graph.gateways.get(gateway)?.controller().cloned())
            };
            if old.listener_sets.get(slot).is_some() && owned(self) != owned(old) {
                reach(ObjectKind::ListenerSet, &set.name);
            }
        }
        if defaults {
            reached.insert(Read::Defaults.number());
        }
    }
}

/// Whether Routes see the same in both: whatever decides about attachment, or words about it.
fn looks_same(before: &[ListenerNode], after: &[ListenerNode]) -> bool {
    let seen = |one: &ListenerNode, other: &ListenerNode| {
        one.key == other.key
            && one.protocol == other.protocol
            && one.hostname == other.hostname
            && one.kinds == other.kinds
            && one.spec.port == other.spec.port
            && one.spec.allowed_routes == other.spec.allowed_routes
            && tls_mode(&one.spec) == tls_mode(&other.spec)
    };
    before.len() == after.len() && before.iter().zip(after).all(|(one, other)| seen(one, other))
}

/// Calls `each` with nodes of one number that are not the same.
fn each_difference<T>(after: &Slots<T>, before: &Slots<T>, mut each: impl FnMut(Option<&T>, Option<&T>)) {
    for (slot, node) in after.shared() {
        match before.get(slot) {
            Some(known) if Arc::ptr_eq(known, node) => {}
            known => each(known.map(|known| &**known), Some(node)),
        }
    }
    for (slot, node) in before.shared() {
        if after.get(slot).is_none() {
            each(Some(node), None);
        }
    }
}

/// Takes the old nodes where the new ones say the same.
fn keep_equal<T: PartialEq + Named>(next: &mut Slots<T>, old: &Slots<T>) {
    let equal: Vec<_> = next
        .shared()
        .filter_map(|(slot, node)| {
            let before = old.get(slot)?;
            (!Arc::ptr_eq(before, node) && **before == **node).then_some((slot, before))
        })
        .collect();
    for (slot, node) in equal {
        next.replace(slot, Arc::clone(node));
    }
}

/// Nodes before they are merged: the old ones, merged already, where nothing they read changed.
fn first_nodes<'a, T: Clone + Named>(
    plain: &'a BTreeMap<NamespacedName, Arc<Known<T>>>,
    (old, old_plain): (&'a Slots<T>, &'a BTreeMap<NamespacedName, Arc<Known<T>>>),
) -> impl Iterator<Item = Arc<T>> + 'a {
    plain.iter().map(move |(name, known)| {
        let before = old.find(name).filter(|_| is_same(plain, old_plain, name));
        let before = before.and_then(|slot| old.get(slot));
        before.map_or_else(|| Arc::new(known.node.clone()), Arc::clone)
    })
}

fn is_same<T>(
    new: &BTreeMap<NamespacedName, Arc<T>>,
    old: &BTreeMap<NamespacedName, Arc<T>>,
    name: &NamespacedName,
) -> bool {
    matches!((new.get(name), old.get(name)), (Some(one), Some(other)) if Arc::ptr_eq(one, other))
}

fn plain_gateways(
    world: &World<'_>,
    classes: &BTreeMap<String, ClassNode>,
    old: &Plain,
    changed: &Changed,
) -> BTreeMap<NamespacedName, Arc<Known<GatewayNode>>> {
    let node = |(name, gateway): (&NamespacedName, &Arc<Gateway>)| {
        let class = class::edge(world, classes, &gateway.spec.gateway_class_name);
        let known = old.gateways.get(name).filter(|known| {
            Arc::ptr_eq(&known.node.object, gateway)
                && known.node.class == class
                && !changed.reaches(&known.reads)
        });
        let known = known.cloned();
        let known =
            known.unwrap_or_else(|| Arc::new(world.known(|| gateway::gateway(world, name, gateway, class))));
        (name.clone(), known)
    };
    world.all().gateways.iter().map(node).collect()
}

fn plain_sets(
    world: &World<'_>,
    gateways: &Slots<GatewayNode>,
    old: &Plain,
    changed: &Changed,
) -> BTreeMap<NamespacedName, Arc<Known<ListenerSetNode>>> {
    let node = |(name, set): (&NamespacedName, &Arc<ListenerSet>)| {
        let fresh = || world.known(|| listener_set::listener_set(world, gateways, name, set));
        let known = old.sets.get(name).filter(|known| {
            Arc::ptr_eq(&known.node.object, set)
                && known.node.parent == listener_set::parent(world, gateways, name, set)
                && !changed.reaches(&known.reads)
        });
        (name.clone(), known.cloned().unwrap_or_else(|| Arc::new(fresh())))
    };
    world.all().listener_sets.iter().map(node).collect()
}

/// The ListenerSets that each Gateway takes, in merge order (ATT-015).
fn taken(
    world: &World<'_>,
    gateways: &Slots<GatewayNode>,
    sets: &Slots<ListenerSetNode>,
) -> BTreeMap<usize, Vec<usize>> {
    let mut taken: BTreeMap<_, Vec<_>> = gateways.indexed().map(|(slot, _)| (slot, Vec::new())).collect();
    for (slot, set) in sets.indexed() {
        if let Some(of_gateway) = set.taken_by().and_then(|gateway| taken.get_mut(&gateway)) {
            of_gateway.push(slot);
        }
    }
    for of_gateway in taken.values_mut() {
        of_gateway.sort_by_cached_key(|slot| world.age(&sets[*slot].object.metadata, &sets[*slot].name));
    }
    taken
}

impl Named for GatewayNode {
    fn name(&self) -> &NamespacedName {
        &self.name
    }
}

impl Named for ListenerSetNode {
    fn name(&self) -> &NamespacedName {
        &self.name
    }
}
