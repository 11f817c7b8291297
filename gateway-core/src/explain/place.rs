//! Where a request or connection comes in: a Gateway, or a Service of a mesh.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::attach::{ParentEdge, ParentNode};
use crate::explain::request::ListenerExplanation;
use crate::explain::route::{self, RouteExplanation};
use crate::router::{Arrival, Entrance, Router, Transport};
use crate::table::{ServicePortTable, ServiceTable};

/// The Gateway's name, or the Service's.
pub(super) fn names(entrance: Entrance<'_>) -> (Option<String>, Option<String>) {
    match entrance {
        Entrance::Gateway(gateway) => (Some(format!("Gateway/{}", gateway.name)), None),
        Entrance::Service(service) => (None, Some(format!("Service/{}", service.name))),
    }
}

/// Every port of a Service, and whose Routes decide there for the client.
pub(super) fn ports(service: &ServiceTable, arrival: &Arrival<'_>) -> Vec<ListenerExplanation> {
    let is_udp = arrival.transport == Transport::Udp;
    let outcome = |port: &ServicePortTable| {
        let chosen = (port.port, port.is_udp) == (arrival.port, is_udp);
        let client = arrival.client_namespace.filter(|client| port.consumers.contains_key(*client));
        let outcome = if !chosen && port.port != arrival.port {
            format!("the client connects to port {}", arrival.port)
        } else if !chosen {
            (if port.is_udp { "takes datagrams" } else { "takes streams" }).to_string()
        } else if let Some(client) = client {
            format!("the Routes of namespace {client} decide for its clients")
        } else {
            format!("the Routes of namespace {} decide, if there are any", service.name.namespace)
        };
        ListenerExplanation { listener: port.producers.key.section.clone(), chosen, outcome }
    };
    service.ports.iter().map(outcome).collect()
}

/// Routes that name the place and are attached nowhere there, or have dropped rules.
pub(super) fn unattached(router: &Router, entrance: Entrance<'_>) -> Vec<RouteExplanation> {
    let graph = router.graph();
    let names_place = |parent: &&ParentNode| match (&parent.edge, entrance) {
        (ParentEdge::Listeners { owner, .. }, Entrance::Gateway(gateway)) => {
            graph.gateway_of(*owner).is_some_and(|index| graph.gateways[index].name == gateway.name)
        }
        (ParentEdge::Service(binding), Entrance::Service(service)) => binding.service == service.name,
        _ => false,
    };
    let concerned = graph.routes.iter().filter(|route| {
        let here: Vec<_> = route.parents.iter().filter(names_place).collect();
        let dropped = || here.iter().flat_map(|parent| route.rules_for(parent)).any(|rule| !rule.is_valid());
        !here.is_empty() && (here.iter().all(|parent| parent.refusal().is_some()) || dropped())
    });
    concerned.map(|route| route::explain(graph, route)).collect()
}
