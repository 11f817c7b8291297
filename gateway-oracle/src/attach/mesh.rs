//! Routes on Services.

use gateway_core::{Feature, ObjectKind};
use gateway_core::model::ParentReference;

use super::{Graph, ParentState, ServicePorts, routes, validity};
use crate::world::World;
use crate::world::route::Route;

/// ATT-193: who writes entries for a mesh.
fn controller(world: &World) -> Option<String> {
    let own = world.profile.controller.as_ref().map(|one| one.0.clone());
    let mut meshes: Vec<_> = world.meshes.iter().collect();
    meshes.sort_by_key(|mesh| mesh.metadata.name.clone());
    own.or_else(|| meshes.first().map(|mesh| mesh.spec.controller_name.0.clone()))
}

/// ATT-210, ATT-211, ATT-213, ATT-214.
pub(crate) fn parent(world: &World, route: &Route, reference: &ParentReference) -> Option<ParentState> {
    if !world.supports(Feature::Mesh) || route.kind == ObjectKind::UdpRoute {
        return None;
    }
    let namespace = reference.namespace_or(&route.namespace);
    let service = world.service(namespace, &reference.name)?;
    let section = reference.section_name.as_deref().filter(|section| !section.is_empty());
    let chosen = service.ports().iter().filter(|port| {
        reference.port.is_none_or(|wanted| port.port == wanted)
            && section.is_none_or(|wanted| port.name.as_deref() == Some(wanted))
    });
    let ports: Vec<_> = chosen.map(|port| port.port.0).collect();
    let refused = if ports.is_empty() {
        Some("NoMatchingParent")
    } else {
        validity::refused(world, route, true)
    };
    Some(ParentState {
        reference: reference.clone(),
        controller: controller(world)?,
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
        _ => 3,
    }
}

/// ATT-215, AMBIG-15: on each port of a Service the most specific kind stays.
pub(crate) fn conflicts(world: &World, graph: &mut Graph) {
    let mut claims = Vec::new();
    for state in &graph.routes {
        let kind = specificity(world.routes[state.route].kind);
        for service in state.parents.iter().filter_map(|parent| parent.service.as_ref()) {
            claims.extend(service.ports.iter().map(|port| {
                (service.namespace.clone(), service.name.clone(), *port, kind)
            }));
        }
    }
    for state in &mut graph.routes {
        let own = specificity(world.routes[state.route].kind);
        for parent in &mut state.parents {
            let Some(service) = parent.service.as_mut().filter(|service| !service.ports.is_empty()) else {
                continue;
            };
            let (namespace, name) = (service.namespace.clone(), service.name.clone());
            service.ports.retain(|port| {
                !claims.iter().any(|(theirs, service, claimed, kind)| {
                    (theirs, service, claimed) == (&namespace, &name, port) && *kind < own
                })
            });
            if service.ports.is_empty() {
                parent.refused = Some("Conflicted");
                parent.partially = None;
            }
        }
    }
}
