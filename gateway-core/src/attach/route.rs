//! Routes and their parents (ATT-140..153, ATT-165).

use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::age::Age;
use crate::attach::gateway::GatewayNode;
use crate::attach::hostname::HostPattern;
use crate::attach::listener::ListenerNode;
use crate::attach::route_object::RouteObject;
use crate::attach::rule::{self, RuleNode};
use crate::attach::selector;
use crate::attach::world::World;
use crate::key::{NamespacedName, ObjectKey};
use crate::model::{FromNamespaces, HttpRoute, ObjectKind, ParentReference};

/// A Route with its rules and its parents.
#[derive(Clone, Debug)]
pub struct RouteNode {
    /// Its kind and name.
    pub key: ObjectKey,
    /// The Route.
    pub object: RouteObject,
    /// Its rank among Routes that tie.
    pub age: Age,
    /// Its rules, in order.
    pub rules: Vec<RuleNode>,
    /// One for each parentRef, in order.
    pub parents: Vec<ParentNode>,
}

/// One parentRef of a Route.
#[derive(Clone, Debug)]
pub struct ParentNode {
    /// As written.
    pub reference: ParentReference,
    /// What it came to.
    pub edge: ParentEdge,
}

/// What a parentRef came to.
#[derive(Clone, Debug)]
pub enum ParentEdge {
    /// No status is written: the parent is not ours to judge (ATT-140).
    Unresolved(UnresolvedParent),
    /// The parent is a Gateway or a ListenerSet of ours.
    Listeners {
        /// Which.
        owner: ListenerOwner,
        /// Every listener of the parent, and how far the Route got with it.
        candidates: Vec<Candidate>,
    },
}

/// An object of the graph that lists listeners.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListenerOwner {
    /// The index of a Gateway.
    Gateway(usize),
    /// The index of a ListenerSet.
    ListenerSet(usize),
}

/// Why a parent is not ours to judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnresolvedParent {
    /// A kind that cannot be a parent here.
    Kind,
    /// No such Gateway.
    Missing,
    /// The Gateway exists but is not reconciled by us (ATT-002).
    NotOwned,
}

/// A listener considered for a parentRef.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Index in the owner's listeners.
    pub listener: usize,
    /// What stopped the Route; `None` when it is attached.
    pub stop: Option<Stop>,
    /// The hostnames that listener and Route share, most specific first; empty when stopped.
    pub hostnames: Vec<HostPattern>,
}

/// The first step of attachment that a listener failed. The order is the order of the steps, so the
/// furthest stop of all listeners is the one to report (ATT-147).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stop {
    /// Another section (ATT-142).
    SectionName,
    /// Another port (ATT-142).
    Port,
    /// The listener does not take the kind (ATT-143).
    Kind,
    /// The listener does not take the namespace (ATT-144).
    Namespace,
    /// No hostname in common (ATT-145).
    Hostname,
}

impl ParentNode {
    /// The parent as `Kind namespace/name`.
    pub fn target(&self, own_namespace: &str) -> String {
        let reference = &self.reference;
        format!("{} {}/{}", reference.kind(), reference.namespace_or(own_namespace), reference.name)
    }

    /// What lists the listeners considered, when the parent is ours.
    pub fn owner(&self) -> Option<ListenerOwner> {
        match self.edge {
            ParentEdge::Listeners { owner, .. } => Some(owner),
            ParentEdge::Unresolved(_) => None,
        }
    }

    /// Why the Route is not attached to any listener of this parent; `None` if it is.
    pub fn refusal(&self) -> Option<Stop> {
        match &self.edge {
            ParentEdge::Unresolved(_) => None,
            ParentEdge::Listeners { candidates, .. } => {
                if candidates.iter().any(|candidate| candidate.stop.is_none()) {
                    return None;
                }
                // A Gateway without any listener selects nothing either.
                Some(
                    candidates
                        .iter()
                        .filter_map(|candidate| candidate.stop)
                        .max()
                        .unwrap_or(Stop::SectionName),
                )
            }
        }
    }
}

impl RouteNode {
    /// Whether the Route has at least one rule that can be carried out (ATT-170, ATT-174).
    pub fn has_valid_rule(&self) -> bool {
        self.rules.iter().any(|rule| rule.problems.is_empty())
    }
}

pub(crate) fn routes(world: &World<'_>, gateways: &[GatewayNode]) -> Vec<RouteNode> {
    world.snapshot.http_routes.iter().map(|(name, route)| node(world, gateways, name, route)).collect()
}

fn node(
    world: &World<'_>,
    gateways: &[GatewayNode],
    name: &NamespacedName,
    route: &Arc<HttpRoute>,
) -> RouteNode {
    let rules = route.spec.rules();
    let check = |(index, rule)| rule::check(world, &name.namespace, index, rule);
    let parents = route.spec.parent_refs.iter().flatten();
    RouteNode {
        key: ObjectKey::new(ObjectKind::HttpRoute, name.namespace.clone(), name.name.clone()),
        age: world.age(&route.metadata, name),
        rules: rules.iter().enumerate().map(check).collect(),
        parents: parents
            .map(|reference| ParentNode {
                reference: reference.clone(),
                edge: parent(world, gateways, name, route, reference),
            })
            .collect(),
        object: RouteObject::Http(Arc::clone(route)),
    }
}

fn parent(
    world: &World<'_>,
    gateways: &[GatewayNode],
    name: &NamespacedName,
    route: &HttpRoute,
    reference: &ParentReference,
) -> ParentEdge {
    if ObjectKind::from_group_kind(reference.group(), reference.kind()) != Some(ObjectKind::Gateway) {
        return ParentEdge::Unresolved(UnresolvedParent::Kind);
    }
    let wanted = NamespacedName::new(reference.namespace_or(&name.namespace), &*reference.name);
    let Ok(gateway) = gateways.binary_search_by(|gateway| gateway.name.cmp(&wanted)) else {
        return ParentEdge::Unresolved(UnresolvedParent::Missing);
    };
    if !gateways[gateway].is_owned() {
        return ParentEdge::Unresolved(UnresolvedParent::NotOwned);
    }
    let hostnames: Vec<_> = match route.spec.hostnames.as_deref() {
        None | Some([]) => [HostPattern::Any].into(),
        Some(hostnames) => hostnames.iter().map(|hostname| HostPattern::new(Some(hostname))).collect(),
    };
    let candidate =
        |(listener, node): (usize, &ListenerNode)| match attach(world, name, &hostnames, reference, node) {
            Ok(hostnames) => Candidate { listener, stop: None, hostnames },
            Err(stop) => Candidate { listener, stop: Some(stop), hostnames: Vec::new() },
        };
    let candidates = gateways[gateway].listeners.iter().enumerate().map(candidate).collect();
    ParentEdge::Listeners { owner: ListenerOwner::Gateway(gateway), candidates }
}

/// The steps of attachment to one listener, in the rules' order.
fn attach(
    world: &World<'_>,
    route: &NamespacedName,
    hostnames: &[HostPattern],
    reference: &ParentReference,
    listener: &ListenerNode,
) -> Result<Vec<HostPattern>, Stop> {
    let section = reference.section_name.as_deref().unwrap_or_default();
    if !section.is_empty() && section != listener.key.section {
        return Err(Stop::SectionName);
    }
    if reference.port.is_some_and(|port| port != listener.spec.port) {
        return Err(Stop::Port);
    }
    if !listener.kinds.take(ObjectKind::HttpRoute) {
        return Err(Stop::Kind);
    }
    if !takes_namespace(world, &route.namespace, listener) {
        return Err(Stop::Namespace);
    }
    let mut shared: Vec<_> =
        hostnames.iter().filter_map(|hostname| listener.hostname.intersection(hostname)).collect();
    shared.sort();
    shared.dedup();
    if shared.is_empty() { Err(Stop::Hostname) } else { Ok(shared) }
}

/// ATT-144, MODEL-AR-03: which namespaces a listener takes Routes from.
fn takes_namespace(world: &World<'_>, namespace: &str, listener: &ListenerNode) -> bool {
    match listener.spec.routes_from() {
        FromNamespaces::All => true,
        FromNamespaces::Same => namespace == listener.key.owner.namespace,
        FromNamespaces::Selector => {
            let allowed = listener.spec.allowed_routes.as_ref();
            allowed.and_then(|allowed| allowed.selector()).is_some_and(|wanted| {
                world.assumes(ObjectKind::Namespace)
                    || selector::selects(wanted, world.namespace_labels(namespace))
            })
        }
        // AMBIG-17: `None` is not a value of this field; an unknown word opens nothing.
        FromNamespaces::None | FromNamespaces::Other(_) => false,
    }
}
