//! Routes of a mesh: bound to Services instead of listeners (ATT-210..215).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

use crate::attach::age::Age;
use crate::attach::reads::Read;
use crate::attach::route::{
    ParentEdge, RouteNode, Routes, ServiceBinding, ServicePortCandidate, ServiceRole, Stop, UnresolvedParent,
    takes_port,
};
use crate::attach::rule;
use crate::attach::world::World;
use crate::key::{NamespacedName, ObjectKey};
use crate::model::{
    ControllerName, ObjectKind, ParentReference, PortNumber, Service, ServicePort, ServiceType,
};
use crate::profile::Feature;
use crate::profile::LosingRouteKind;

/// The controller name of a mesh that neither the profile nor a single XMesh names.
const UNNAMED_CONTROLLER: &str = "gateway-core.invalid/mesh";

/// Kinds of Routes, the most specific first: it wins a port (ATT-215). UDP shares no port with the others.
const BY_SPECIFICITY: [ObjectKind; 5] = [
    ObjectKind::GrpcRoute,
    ObjectKind::HttpRoute,
    ObjectKind::TlsRoute,
    ObjectKind::TcpRoute,
    ObjectKind::UdpRoute,
];

/// Who runs the mesh: the profile's controller, or that of the only XMesh in the input.
fn controller(world: &World<'_>) -> ControllerName {
    if let Some(controller) = &world.profile.controller {
        return controller.clone();
    }
    match world.only_mesh() {
        Some(mesh) => mesh.spec.controller_name.clone(),
        None => UNNAMED_CONTROLLER.into(),
    }
}

/// What a parentRef to a Service comes to.
pub(crate) fn edge(
    world: &World<'_>,
    route: &NamespacedName,
    kind: ObjectKind,
    reference: &ParentReference,
    service: NamespacedName,
) -> ParentEdge {
    world.note(Read::ServiceParent(kind, &service));
    let object = world.service(&service);
    if object.is_none() && !world.assumes(ObjectKind::Service) {
        return ParentEdge::Unresolved(UnresolvedParent::Missing);
    }
    let role =
        if route.namespace == service.namespace { ServiceRole::Producer } else { ServiceRole::Consumer };
    let refusal = if reference.port.is_some() && !takes_port(world, kind) {
        Some(Stop::PortFeature)
    } else if role == ServiceRole::Consumer && !world.profile.supports(Feature::MeshConsumerRoute) {
        Some(Stop::ConsumerFeature)
    } else {
        object.filter(|service| !has_cluster_ip(service)).map(|_| Stop::NoClusterIp)
    };
    let ports = match object {
        Some(service) => service.ports().iter().filter_map(|port| candidate(kind, reference, port)).collect(),
        // The ports are not known: the one that is asked for is taken as there.
        None => vec![ServicePortCandidate {
            port: reference.port.and_then(PortNumber::as_u16),
            name: reference.section_name.as_deref().map(ToString::to_string),
            stop: None,
        }],
    };
    ParentEdge::Service(ServiceBinding { service, role, controller: controller(world), ports, refusal })
}

/// ATT-214: without an address of its own requests go straight to pods, past every Route (ATT-213).
fn has_cluster_ip(service: &Service) -> bool {
    service.service_type() != ServiceType::ExternalName
        && service.spec.cluster_ip.as_deref().is_none_or(|address| address != "None")
}

/// ATT-211; a port that carries another protocol than the Route is none of its ports.
fn candidate(
    kind: ObjectKind,
    reference: &ParentReference,
    port: &ServicePort,
) -> Option<ServicePortCandidate> {
    let wanted = if kind == ObjectKind::UdpRoute { "UDP" } else { "TCP" };
    if port.protocol() != wanted {
        return None;
    }
    let section = reference.section_name.as_deref().unwrap_or_default();
    let stop = if !section.is_empty() && port.name.as_deref() != Some(section) {
        Some(Stop::SectionName)
    } else {
        reference.port.filter(|wanted| *wanted != port.port).map(|_| Stop::Port)
    };
    Some(ServicePortCandidate { port: Some(port.port.as_u16()?), name: port.name.clone(), stop })
}

/// A set of requests that Routes of one kind alone decide about: those to a port of a Service, from
/// every namespace or from one (producers and consumers do not meet: MATCH-91). Datagrams are none of
/// the other kinds' requests.
type Territory = (NamespacedName, Option<u16>, Option<String>, bool);

/// ATT-215: on one port of a Service the most specific kind wins. Services are independent of each other, so
/// that only those are judged anew which a changed Route names, and which Routes of several kinds do.
pub(crate) fn refuse_conflicts(routes: &mut Routes, old: &Routes) {
    let mut touched: BTreeMap<NamespacedName, BTreeSet<ObjectKind>> = BTreeMap::new();
    let mut touch = |route: &RouteNode| {
        for parent in &route.parents {
            if let ParentEdge::Service(binding) = &parent.edge {
                touched.entry(binding.service.clone()).or_default().insert(route.key.kind);
            }
        }
    };
    routes.differences(old, |before, after| before.into_iter().chain(after).for_each(|one| touch(one)));
    for (service, mut kinds) in touched {
        let of_kind = |kind| routes.readers(Read::ServiceParent(kind, &service).number());
        kinds.extend(BY_SPECIFICITY.into_iter().filter(|kind| of_kind(*kind).next().is_some()));
        if kinds.len() < 2 {
            continue;
        }
        let nodes: Vec<_> = BY_SPECIFICITY.into_iter().flat_map(of_kind).cloned().collect();
        refuse_losers(routes, &nodes, &service);
    }
}

/// Judges the Routes of one Service.
fn refuse_losers(routes: &mut Routes, nodes: &[Arc<RouteNode>], service: &NamespacedName) {
    let mut winners: BTreeMap<Territory, (usize, Arc<Age>, Arc<ObjectKey>)> = BTreeMap::new();
    for route in nodes {
        let rank = specificity(route.key.kind);
        for territory in territories(route, service) {
            let claim = (rank, route.age.clone(), route.key.clone());
            let winner = winners.entry(territory).or_insert_with(|| claim.clone());
            if claim < *winner {
                *winner = claim;
            }
        }
    }
    for route in nodes {
        // A Route without a rule to carry out is refused for that.
        let is_valid = rule::is_any_valid(&route.mesh_rules);
        let stop = |role, port: &ServicePortCandidate| {
            let territory = territory(service, role, &route.key, port.port);
            let winner = winners.get(&territory).filter(|_| is_valid).map(|(_, _, winner)| winner);
            let winner = winner.filter(|winner| winner.kind != route.key.kind);
            winner.map(|winner| Stop::RouteKind((**winner).clone(), LosingRouteKind::Conflicted))
        };
        let judge = |edge: &mut ParentEdge| {
            let mut changed = false;
            if let ParentEdge::Service(binding) = edge
                && binding.service == *service
            {
                let role = binding.role;
                for port in binding.ports.iter_mut().filter(|port| is_eligible(port)) {
                    let verdict = stop(role, port);
                    changed |= port.stop != verdict;
                    port.stop = verdict;
                }
            }
            changed
        };
        // Only a Route whose verdict is another one becomes a new node.
        let mut edges: Vec<_> = route.parents.iter().map(|parent| parent.edge.clone()).collect();
        let changed: Vec<_> = edges.iter_mut().map(judge).collect();
        if changed.contains(&true) {
            routes.change(&route.key, |route| {
                for (parent, edge) in route.parents.iter_mut().zip(edges) {
                    parent.edge = edge;
                }
            });
        }
    }
}

/// Whether nothing but a Route of another kind could keep a Route from the port.
fn is_eligible(port: &ServicePortCandidate) -> bool {
    matches!(port.stop, None | Some(Stop::RouteKind(..)))
}

fn specificity(kind: ObjectKind) -> usize {
    BY_SPECIFICITY.iter().position(|known| *known == kind).unwrap_or(BY_SPECIFICITY.len())
}

fn territory(service: &NamespacedName, role: ServiceRole, route: &ObjectKey, port: Option<u16>) -> Territory {
    let clients = (role == ServiceRole::Consumer).then(|| route.namespace.clone());
    (service.clone(), port, clients, route.kind == ObjectKind::UdpRoute)
}

/// Where a Route would be bound to a Service alone, as far as it can be carried out.
fn territories(route: &RouteNode, service: &NamespacedName) -> Vec<Territory> {
    let mut found = Vec::new();
    for parent in &route.parents {
        let ParentEdge::Service(binding) = &parent.edge else { continue };
        if binding.service != *service || binding.refusal.is_some() || !rule::is_any_valid(&route.mesh_rules)
        {
            continue;
        }
        let bound = binding.ports.iter().filter(|port| is_eligible(port));
        found.extend(bound.map(|port| territory(&binding.service, binding.role, &route.key, port.port)));
    }
    found
}
