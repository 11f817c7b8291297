//! Routes and their parents (ATT-140..153, ATT-165, ATT-188a, ATT-200..203, ATT-210..215).

mod defaults;
mod exclusive;
mod listeners;
mod parent;
mod routes;
mod taken;

use alloc::collections::BTreeSet;
use alloc::sync::Arc;
use alloc::vec::Vec;

pub use parent::{
    Candidate, ListenerOwner, ParentEdge, ParentNode, ServiceBinding, ServicePortCandidate, ServiceRole,
    Stop, UnresolvedParent,
};
pub use routes::Routes;

use crate::attach::age::Age;
use crate::attach::infrastructure::Infrastructure;
use crate::attach::listener_set::ListenerSetParent;
use crate::attach::mesh;
use crate::attach::policy::BackendTls;
use crate::attach::reads::{Changed, Read, Reads};
use crate::attach::route_object::RouteObject;
use crate::attach::rule::{self, RuleNode, Scope, Side};
use crate::attach::world::World;
use crate::key::{NamespacedName, ObjectKey};
use crate::model::{ObjectKind, ParentReference};
use crate::profile::Feature;
use crate::snapshot::{Shelf, Snapshot};

/// A Route with its rules and its parents.
#[derive(Clone, Debug)]
pub struct RouteNode {
    /// Its kind and name.
    pub key: Arc<ObjectKey>,
    /// The Route.
    pub object: RouteObject,
    /// Its rank among Routes that tie.
    pub age: Arc<Age>,
    /// Its rules as Gateways see them, in order.
    pub rules: Vec<RuleNode>,
    /// Its rules as a mesh sees them, in order; empty when no Service is its parent.
    pub mesh_rules: Vec<RuleNode>,
    /// One for each parentRef, in order, then one for each default Gateway.
    pub parents: Vec<ParentNode>,
    /// Its number among the Routes of a graph, which stays its own.
    number: u32,
    /// What it was worked out from.
    reads: Reads,
}

impl RouteNode {
    /// Whether Gateways can carry out at least one rule (ATT-170, ATT-174).
    pub fn has_valid_rule(&self) -> bool {
        rule::is_any_valid(&self.rules)
    }

    /// The rules as the parent sees them.
    pub fn rules_for(&self, parent: &ParentNode) -> &[RuleNode] {
        match parent.edge {
            ParentEdge::Service(_) => &self.mesh_rules,
            ParentEdge::Listeners { .. } | ParentEdge::Unresolved(_) => &self.rules,
        }
    }

    /// The rules as its parents see them: of Gateways, of a mesh, or both.
    pub fn rule_sets(&self) -> impl Iterator<Item = &[RuleNode]> {
        let by_mesh = |parent: &ParentNode| matches!(parent.edge, ParentEdge::Service(_));
        let only_mesh = !self.parents.is_empty() && self.parents.iter().all(by_mesh);
        let sets = [(&*self.rules, !only_mesh), (&*self.mesh_rules, !self.mesh_rules.is_empty())];
        sets.into_iter().filter(|(_, shown)| *shown).map(|(rules, _)| rules)
    }

    /// Whether a parent takes the Route: it is bound there, and a rule can be carried out (ATT-170).
    pub fn is_accepted_by(&self, parent: &ParentNode) -> bool {
        !matches!(parent.edge, ParentEdge::Unresolved(_))
            && parent.refusal().is_none()
            && rule::is_any_valid(self.rules_for(parent))
    }
}

/// What a Route is worked out from.
#[derive(Clone, Copy)]
pub(crate) struct Parents<'a> {
    pub(crate) world: &'a World<'a>,
    pub(crate) tls: &'a BackendTls,
    pub(crate) infrastructure: &'a Infrastructure,
}

/// The Routes of the snapshot. Of the old ones those stay that are not among the changed objects and read
/// nothing that is in `reached`.
pub(crate) fn routes(
    parents: Parents<'_>,
    old: &Routes,
    changed: &Changed,
    reached: &BTreeSet<u64>,
) -> Routes {
    let snapshot = parents.world.all();
    let mut routes = match changed {
        Changed::All => Routes::new(every(parents, snapshot)),
        Changed::Some { keys, .. } => {
            let mut routes = old.clone();
            let readers = reached.iter().flat_map(|read| old.readers(*read)).map(|route| &*route.key);
            let is_route = |key: &&ObjectKey| RouteObject::KINDS.contains(&key.kind);
            let dirty: BTreeSet<_> = keys.iter().filter(is_route).chain(readers).collect();
            for key in dirty {
                match RouteObject::find(snapshot, key) {
                    Some(object) => {
                        let name = NamespacedName::new(key.namespace.clone(), key.name.clone());
                        routes.put(node(parents, &name, object));
                    }
                    None => routes.remove(key),
                }
            }
            routes
        }
    };
    let world = parents.world;
    exclusive::refuse(&mut routes, old, parents.infrastructure, world.profile.choices.losing_route_kind);
    mesh::refuse_conflicts(&mut routes, old);
    routes
}

fn every(parents: Parents<'_>, snapshot: &Snapshot) -> Vec<RouteNode> {
    let mut nodes = Vec::new();
    let mut add = |name: &NamespacedName, object| nodes.push(node(parents, name, object));
    each(&snapshot.http_routes, RouteObject::Http, &mut add);
    each(&snapshot.grpc_routes, RouteObject::Grpc, &mut add);
    each(&snapshot.tls_routes, RouteObject::Tls, &mut add);
    each(&snapshot.tcp_routes, RouteObject::Tcp, &mut add);
    each(&snapshot.udp_routes, RouteObject::Udp, &mut add);
    nodes
}

fn each<T>(
    shelf: &Shelf<T>,
    object: fn(Arc<T>) -> RouteObject,
    add: &mut impl FnMut(&NamespacedName, RouteObject),
) {
    for (name, route) in shelf {
        add(name, object(Arc::clone(route)));
    }
}

fn node(parents: Parents<'_>, name: &NamespacedName, object: RouteObject) -> RouteNode {
    let known = parents.world.known(|| unread(parents, name, object));
    RouteNode { reads: known.reads, ..known.node }
}

fn unread(parents: Parents<'_>, name: &NamespacedName, object: RouteObject) -> RouteNode {
    let Parents { world, tls, .. } = parents;
    let kind = object.kind();
    let references = object.parent_refs().iter().enumerate();
    let mut nodes: Vec<_> = references
        .map(|(index, reference)| ParentNode {
            path: alloc::format!("spec.parentRefs[{index}]"),
            reference: reference.clone(),
            edge: edge(parents, name, &object, reference),
        })
        .collect();
    nodes.extend(defaults::parents(parents, name, &object));
    let scope = |side| Scope { world, tls, side, kind, namespace: &name.namespace };
    let in_mesh = nodes.iter().any(|parent| matches!(parent.edge, ParentEdge::Service(_)));
    RouteNode {
        key: Arc::new(ObjectKey::new(kind, name.namespace.clone(), name.name.clone())),
        age: Arc::new(world.age(object.metadata(), name)),
        rules: rule::check(scope(Side::Gateway), &object),
        mesh_rules: if in_mesh { rule::check(scope(Side::Mesh), &object) } else { Vec::new() },
        parents: nodes,
        object,
        number: 0,
        reads: Reads::default(),
    }
}

/// ATT-140: what a parentRef names, and how far the Route gets there.
fn edge(
    parents: Parents<'_>,
    name: &NamespacedName,
    object: &RouteObject,
    reference: &ParentReference,
) -> ParentEdge {
    let Parents { world, infrastructure, .. } = parents;
    let unresolved = ParentEdge::Unresolved;
    if !world.profile.supports(feature(object.kind())) {
        return unresolved(UnresolvedParent::RouteKind);
    }
    let wanted = NamespacedName::new(reference.namespace_or(&name.namespace), &*reference.name);
    let supports = |feature| world.profile.supports(feature);
    match ObjectKind::from_group_kind(reference.group(), reference.kind()) {
        Some(ObjectKind::Gateway) => {
            world.note(Read::Object(ObjectKind::Gateway, &wanted.namespace, &wanted.name));
            let gateways = &infrastructure.gateways;
            let Some(slot) = gateways.find(&wanted) else { return unresolved(UnresolvedParent::Missing) };
            if !gateways[slot].is_owned() {
                return unresolved(UnresolvedParent::NotOwned);
            }
            listeners::edge(parents, name, object, reference, ListenerOwner::Gateway(slot))
        }
        Some(ObjectKind::ListenerSet) if supports(Feature::ListenerSet) => {
            world.note(Read::Object(ObjectKind::ListenerSet, &wanted.namespace, &wanted.name));
            let sets = &infrastructure.listener_sets;
            let Some(slot) = sets.find(&wanted) else { return unresolved(UnresolvedParent::Missing) };
            let set = &sets[slot];
            if !set.gateway().is_some_and(|gateway| infrastructure.gateways[gateway].is_owned()) {
                return unresolved(UnresolvedParent::NotOwned);
            }
            let owner = ListenerOwner::ListenerSet(slot);
            // ATT-012: the listeners of a ListenerSet that its Gateway does not take do not exist.
            if !matches!(set.parent, ListenerSetParent::Gateway { .. }) {
                return ParentEdge::Listeners { owner, candidates: Vec::new() };
            }
            listeners::edge(parents, name, object, reference, owner)
        }
        Some(ObjectKind::Service) if supports(Feature::Mesh) => {
            mesh::edge(world, name, object.kind(), reference, wanted)
        }
        _ => unresolved(UnresolvedParent::Kind),
    }
}

/// The feature that a kind of Route is.
fn feature(kind: ObjectKind) -> Feature {
    match kind {
        ObjectKind::GrpcRoute => Feature::GrpcRoute,
        ObjectKind::TlsRoute => Feature::TlsRoute,
        ObjectKind::TcpRoute => Feature::TcpRoute,
        ObjectKind::UdpRoute => Feature::UdpRoute,
        _ => Feature::HttpRoute,
    }
}

/// Whether `parentRef.port` may be used. It is part of the other kinds; for HTTPRoutes two features
/// stand for it, and either will do (AMBIG-60).
pub(crate) fn takes_port(world: &World<'_>, kind: ObjectKind) -> bool {
    kind != ObjectKind::HttpRoute
        || world.profile.supports(Feature::HttpRouteParentRefPort)
        || world.profile.supports(Feature::HttpRouteDestinationPortMatching)
}

/// Puts Routes into the order of their age: that order decides conflicts (ATT-125).
fn by_age(routes: &mut [&Arc<RouteNode>]) {
    routes.sort_by(|one, other| (&one.age, one.key.kind).cmp(&(&other.age, other.key.kind)));
}
