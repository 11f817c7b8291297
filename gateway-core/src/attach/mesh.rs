//! Routes of a mesh: bound to Services instead of listeners (ATT-210..215).

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use crate::attach::age::Age;
use crate::attach::route::{
    ParentEdge, RouteNode, ServiceBinding, ServicePortCandidate, ServiceRole, Stop, UnresolvedParent,
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
    let mut meshes = world.snapshot.x_meshes.values();
    match (meshes.next(), meshes.next()) {
        (Some(mesh), None) => mesh.spec.controller_name.clone(),
        _ => UNNAMED_CONTROLLER.into(),
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
    let object = world.snapshot.services.get(&service);
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

/// ATT-215: on one port of a Service the most specific kind wins.
pub(crate) fn refuse_conflicts(routes: &mut [RouteNode]) {
    let mut winners: BTreeMap<Territory, (usize, Age, ObjectKey)> = BTreeMap::new();
    for route in routes.iter() {
        let rank = specificity(route.key.kind);
        for territory in territories(route) {
            let claim = (rank, route.age.clone(), route.key.clone());
            let winner = winners.entry(territory).or_insert_with(|| claim.clone());
            if claim < *winner {
                *winner = claim;
            }
        }
    }
    // A Route without a rule to carry out is refused for that.
    for route in routes.iter_mut().filter(|route| rule::is_any_valid(&route.mesh_rules)) {
        let key = &route.key;
        for parent in &mut route.parents {
            let ParentEdge::Service(binding) = &mut parent.edge else { continue };
            let (service, role) = (binding.service.clone(), binding.role);
            for port in binding.ports.iter_mut().filter(|port| port.stop.is_none()) {
                let winner = winners.get(&territory(&service, role, key, port.port));
                if let Some((_, _, winner)) = winner.filter(|(_, _, winner)| winner.kind != key.kind) {
                    port.stop = Some(Stop::RouteKind(winner.clone(), LosingRouteKind::Conflicted));
                }
            }
        }
    }
}

fn specificity(kind: ObjectKind) -> usize {
    BY_SPECIFICITY.iter().position(|known| *known == kind).unwrap_or(BY_SPECIFICITY.len())
}

fn territory(service: &NamespacedName, role: ServiceRole, route: &ObjectKey, port: Option<u16>) -> Territory {
    let clients = (role == ServiceRole::Consumer).then(|| route.namespace.clone());
    (service.clone(), port, clients, route.kind == ObjectKind::UdpRoute)
}

/// Where a Route is bound, as far as it can be carried out.
fn territories(route: &RouteNode) -> Vec<Territory> {
    let mut found = Vec::new();
    for parent in &route.parents {
        let ParentEdge::Service(binding) = &parent.edge else { continue };
        if binding.refusal.is_some() || !rule::is_any_valid(&route.mesh_rules) {
            continue;
        }
        let bound = binding.ports.iter().filter(|port| port.stop.is_none());
        found.extend(bound.map(|port| territory(&binding.service, binding.role, &route.key, port.port)));
    }
    found
}
