//! Routes on Services.

use gateway_core::model::{ParentReference, ServiceType};
use gateway_core::{Feature, ObjectKind};

use super::{Graph, ParentState, ServicePorts, routes, validity};
use crate::world::World;
use crate::world::route::Route;

/// ATT-193: who writes entries for a mesh; somebody must, so an XMesh that is the only one may say so.
fn controller(world: &World) -> String {
    let own = world.profile.controller.as_ref().map(|one| one.0.clone());
    own.unwrap_or_else(|| match &world.meshes[..] {
        [mesh] => mesh.spec.controller_name.0.clone(),
        _ => "gateway-core.invalid/mesh".to_owned(),
    })
}

/// ATT-210, ATT-211, ATT-213, ATT-214.
pub(crate) fn parent(world: &World, route: &Route, reference: &ParentReference) -> Option<ParentState> {
    if !world.supports(Feature::Mesh) {
        return None;
    }
    let namespace = reference.namespace_or(&route.namespace);
    let service = world.parent_service(namespace, &reference.name)?;
    let section = reference.section_name.as_deref().filter(|section| !section.is_empty());
    // FILT-154: a port that carries another protocol is none for this kind.
    let transport = if route.kind == ObjectKind::UdpRoute { "UDP" } else { "TCP" };
    let chosen = service.ports().iter().filter(|port| port.protocol() == transport).filter(|port| {
        reference.port.is_none_or(|wanted| port.port == wanted)
            && section.is_none_or(|wanted| port.name.as_deref() == Some(wanted))
    });
    let ports: Vec<_> = chosen.map(|port| port.port.0).collect();
    // ATT-214: those two have no front door; ATT-212, FEAT-45: consumers.
    let headless = service.spec.cluster_ip.as_deref() == Some("None");
    let external = service.service_type() == ServiceType::ExternalName;
    let consumer = route.namespace != namespace && !world.supports(Feature::MeshConsumerRoute);
    // What no port could change comes before the ports.
    let refused = if headless || external || consumer || !routes::takes_port(world, route, reference) {
        Some("UnsupportedValue")
    } else if ports.is_empty() && world.service(namespace, &reference.name).is_some() {
        Some("NoMatchingParent")
    } else {
        validity::refused(world, route, true)
    };
    Some(ParentState {
        reference: reference.clone(),
        controller: controller(world),
        refused,
        unresolved: routes::unresolved(world, route, true),
        partially: if refused.is_none() { validity::partially(world, route, true) } else { None },
        listeners: Vec::new(),
        service: Some(ServicePorts {
            namespace: namespace.to_owned(),
            name: reference.name.0.clone(),
            ports: if refused.is_none() { ports } else { Vec::new() },
        }),
    })
}

/// ATT-215: the more specific kind, the smaller number.
fn specificity(kind: ObjectKind) -> usize {
    match kind {
        ObjectKind::GrpcRoute => 0,
        ObjectKind::HttpRoute => 1,
        ObjectKind::TlsRoute => 2,
        ObjectKind::TcpRoute => 3,
        // Datagrams are nobody else's business.
        _ => 4,
    }
}

/// ATT-215, AMBIG-15: on each port of a Service the most specific kind stays.
pub(crate) fn conflicts(world: &World, graph: &mut Graph) {
    let mut claims = Vec::new();
    for state in &graph.routes {
        let route = &world.routes[state.route];
        let kind = specificity(route.kind);
        for service in state.parents.iter().filter_map(|parent| parent.service.as_ref()) {
            claims.extend(service.ports.iter().map(|port| {
                (service.namespace.clone(), service.name.clone(), *port, kind, route.namespace.clone())
            }));
        }
    }
    for state in &mut graph.routes {
        let route = &world.routes[state.route];
        let own = specificity(route.kind);
        for parent in &mut state.parents {
            let Some(service) = parent.service.as_mut().filter(|service| !service.ports.is_empty()) else {
                continue;
            };
            let (namespace, name) = (service.namespace.clone(), service.name.clone());
            service.ports.retain(|port| {
                // Producers and the consumers of each namespace have nothing to do with each other.
                !claims.iter().any(|(theirs, service, claimed, kind, of)| {
                    (theirs, service, claimed) == (&namespace, &name, port)
                        && *kind < own
                        && own < 4
                        && *of == route.namespace
                })
            });
            if service.ports.is_empty() {
                parent.refused = Some("Conflicted");
                parent.partially = None;
            }
        }
    }
}
