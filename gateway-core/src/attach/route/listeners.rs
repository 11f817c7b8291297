//! A Route and the listeners of one parent (ATT-141..146).

use alloc::vec::Vec;

use crate::attach::hostname::HostPattern;
use crate::attach::listener::ListenerNode;
use crate::attach::reads::Read;
use crate::attach::route::{Candidate, ListenerOwner, ParentEdge, Parents, Stop, takes_port};
use crate::attach::route_object::RouteObject;
use crate::attach::selector;
use crate::attach::world::World;
use crate::key::NamespacedName;
use crate::model::{FromNamespaces, ObjectKind, ParentReference};

pub(super) fn edge(
    parents: Parents<'_>,
    route: &NamespacedName,
    object: &RouteObject,
    reference: &ParentReference,
    owner: ListenerOwner,
) -> ParentEdge {
    let Parents { world, infrastructure, .. } = parents;
    let listeners = infrastructure.listeners(owner);
    if let Some((kind, name)) = infrastructure.owner(owner) {
        world.note(Read::Listeners(kind, object.kind(), name));
    }
    let hostnames = hostnames(object);
    let candidate = |(listener, node): (usize, &ListenerNode)| match attach(
        world,
        route,
        object.kind(),
        &hostnames,
        reference,
        node,
    ) {
        Ok(hostnames) => Candidate { listener, stop: None, hostnames },
        Err(stop) => Candidate { listener, stop: Some(stop), hostnames: Vec::new() },
    };
    ParentEdge::Listeners { owner, candidates: listeners.iter().enumerate().map(candidate).collect() }
}

/// ATT-160; a Route of a kind without hostnames serves all.
fn hostnames(object: &RouteObject) -> Vec<HostPattern> {
    match object.hostnames() {
        [] => [HostPattern::Any].into(),
        hostnames => hostnames.iter().map(|hostname| HostPattern::new(Some(hostname))).collect(),
    }
}

/// The steps of attachment to one listener, in the rules' order.
fn attach(
    world: &World<'_>,
    route: &NamespacedName,
    kind: ObjectKind,
    hostnames: &[HostPattern],
    reference: &ParentReference,
    listener: &ListenerNode,
) -> Result<Vec<HostPattern>, Stop> {
    if reference.port.is_some() && !takes_port(world, kind) {
        return Err(Stop::PortFeature);
    }
    let section = reference.section_name.as_deref().unwrap_or_default();
    if !section.is_empty() && section != listener.key.section {
        return Err(Stop::SectionName);
    }
    if reference.port.is_some_and(|port| port != listener.spec.port) {
        return Err(Stop::Port);
    }
    if !listener.kinds.take(kind) {
        return Err(Stop::Kind);
    }
    if !takes_namespace(world, &route.namespace, listener) {
        return Err(Stop::Namespace);
    }
    let shared = common(hostnames, listener);
    if shared.is_empty() { Err(Stop::Hostname) } else { Ok(shared) }
}

/// The hostnames that a Route and a listener share, most specific first.
pub(super) fn shared(object: &RouteObject, listener: &ListenerNode) -> Vec<HostPattern> {
    common(&hostnames(object), listener)
}

fn common(hostnames: &[HostPattern], listener: &ListenerNode) -> Vec<HostPattern> {
    let mut shared: Vec<_> =
        hostnames.iter().filter_map(|hostname| listener.hostname.intersection(hostname)).collect();
    shared.sort();
    shared.dedup();
    shared
}

/// ATT-144, MODEL-AR-03: which namespaces a listener takes Routes from. `Same` is that of its owner.
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
