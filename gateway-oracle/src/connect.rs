//! From a connection to its backend: TLSRoute, TCPRoute, UDPRoute.

use gateway_core::ObjectKind;
use gateway_core::model::TlsMode;
use serde::Serialize;

use crate::act::draw::Draw;
use crate::act::tls;
use crate::attach::{Graph, ListenerState};
use crate::decide::{best, bound, client_certificate, has_port, of_rule, serving};
use crate::decision::{BackendName, Origin, ServiceName, UpstreamTls, WeightedBackend};
use crate::rule::Backend;
use crate::world::backend::{Found, Referrer, name, resolve};
use crate::world::route::Route;
use crate::world::{World, hostname, policy};
use crate::{Arrival, Target};

/// What becomes of a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "decision", rename_all = "lowercase")]
pub enum Connection {
    /// Its bytes go to a backend.
    Forward(Box<Pass>),
    /// It is closed at once; a datagram is dropped.
    Reject {
        /// Which rule it was.
        #[serde(flatten)]
        origin: Origin,
        /// `NoMatchingListener`, `NoMatchingRoute`, `NoBackends`, `InvalidBackend` or `NoEndpoints`.
        reason: &'static str,
        /// Every backend of the rule, if there are any.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        backends: Vec<WeightedBackend>,
    },
    /// It carries HTTP, so each request is decided by itself.
    Http {
        /// Which listener it was.
        #[serde(flatten)]
        origin: Origin,
    },
}

/// A connection whose bytes go to a backend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pass {
    /// Which rule it was.
    #[serde(flatten)]
    pub origin: Origin,
    /// `Passthrough` or `Terminate` on a TLS listener, otherwise `null`.
    pub tls: Option<String>,
    /// Every backend of the rule.
    pub backends: Vec<WeightedBackend>,
    /// The backend that was drawn.
    pub backend: BackendName,
    /// How the connection to the backend is secured, when the gateway does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_tls: Option<UpstreamTls>,
}

pub(crate) fn connect(world: &World, graph: &Graph, arrival: &Arrival, udp: bool, draw: u64) -> Connection {
    match &arrival.target {
        Target::Gateway { namespace, name } => {
            at_gateway(world, graph, arrival, (namespace, name), udp, draw)
        }
        Target::Service { namespace, name } => in_mesh(world, graph, arrival, (namespace, name), udp, draw),
    }
}

/// MATCH-04: by port and protocol; TLS and HTTPS by server name too, the more specific first.
fn at_gateway(
    world: &World,
    graph: &Graph,
    arrival: &Arrival,
    (gateway_namespace, gateway): (&str, &str),
    udp: bool,
    draw: u64,
) -> Connection {
    let of_port: Vec<_> = serving(world, graph, arrival, gateway_namespace, gateway).collect();
    let of_protocol =
        |protocol: &str| of_port.iter().copied().find(|one| one.spec.protocol.as_str() == protocol);
    if udp {
        return match of_protocol("UDP") {
            Some(listener) => oldest(world, graph, listener, ObjectKind::UdpRoute, draw),
            None => reject(Origin::default(), "NoMatchingListener"),
        };
    }
    if let Some(listener) = of_protocol("TCP") {
        return oldest(world, graph, listener, ObjectKind::TcpRoute, draw);
    }
    if of_protocol("HTTP").is_some() {
        return Connection::Http { origin: Origin::default() };
    }
    let sni = arrival.sni.as_deref().map(hostname::of_sni);
    let listeners =
        ["TLS", "HTTPS"].map(|protocol| best(&of_port, protocol, sni.as_deref().unwrap_or_default()));
    let chosen = listeners.into_iter().flatten().max_by_key(|one| hostname::specificity(one.hostname()));
    match chosen {
        None => reject(Origin::default(), "NoMatchingListener"),
        Some(listener) if listener.spec.protocol.as_str() == "HTTPS" => {
            Connection::Http { origin: on(listener) }
        }
        Some(listener) => by_server_name(world, graph, listener, sni.as_deref(), draw),
    }
}

fn on(listener: &ListenerState) -> Origin {
    Origin { listener: Some(listener.key()), ..Origin::default() }
}

fn reject(origin: Origin, reason: &'static str) -> Connection {
    Connection::Reject { origin, reason, backends: Vec::new() }
}

/// The Routes of a kind on a listener, with their hostnames there.
fn attached<'a>(
    world: &'a World,
    graph: &Graph,
    listener: &ListenerState,
    kind: ObjectKind,
) -> Vec<(&'a Route, Vec<String>)> {
    let mut routes = Vec::new();
    for state in &graph.routes {
        let parents = state.parents.iter().filter(|parent| parent.refused.is_none());
        let listed = parents.flat_map(|parent| &parent.listeners);
        let here = listed.filter(|(index, _)| graph.listeners[*index].key() == listener.key());
        let names: Vec<_> = here.flat_map(|(_, names)| names.clone()).collect();
        if world.routes[state.route].kind == kind && !names.is_empty() {
            routes.push((&world.routes[state.route], names));
        }
    }
    routes
}

/// MATCH-80..MATCH-82: all of a port goes to the oldest Route.
fn oldest(world: &World, graph: &Graph, listener: &ListenerState, kind: ObjectKind, draw: u64) -> Connection {
    let routes = attached(world, graph, listener, kind);
    match routes.into_iter().map(|(route, _)| route).min_by_key(|route| route.age.clone()) {
        Some(route) => pass(world, route, on(listener), &End::default(), draw),
        None => reject(on(listener), "NoMatchingRoute"),
    }
}

/// MATCH-70..MATCH-73: by server name; without one nothing matches.
fn by_server_name(
    world: &World,
    graph: &Graph,
    listener: &ListenerState,
    sni: Option<&str>,
    draw: u64,
) -> Connection {
    let Some(sni) = sni else { return reject(on(listener), "NoMatchingRoute") };
    let matching =
        attached(world, graph, listener, ObjectKind::TlsRoute).into_iter().filter_map(|(route, names)| {
            let best = names
                .iter()
                .filter(|name| hostname::matches(name, sni))
                .map(|name| hostname::specificity(name))
                .max();
            best.map(|best| (std::cmp::Reverse(best), route.age.clone(), route))
        });
    let mode =
        listener.spec.tls.as_ref().map_or(TlsMode::Terminate, gateway_core::model::ListenerTlsConfig::mode);
    // FILT-176: on every connection that the Gateway itself secures.
    let end = End {
        client_certificate: client_certificate(world, &world.gateways[listener.gateway]),
        mode: Some(mode),
        mesh: false,
    };
    match matching.min_by(|one, other| (&one.0, &one.1).cmp(&(&other.0, &other.1))) {
        Some((_, _, route)) => pass(world, route, on(listener), &end, draw),
        None => reject(on(listener), "NoMatchingRoute"),
    }
}

/// Where a connection ends, as far as its backends are concerned.
#[derive(Default)]
struct End {
    /// What becomes of TLS, on a TLS listener.
    mode: Option<TlsMode>,
    /// The Gateway's own certificate.
    client_certificate: Option<String>,
    mesh: bool,
}

/// MATCH-81, FILT-100, FILT-116..FILT-118: the first rule, by weight.
fn pass(world: &World, route: &Route, place: Origin, end: &End, draw: u64) -> Connection {
    let referrer = Referrer { kind: route.kind, namespace: &route.namespace, mesh: end.mesh };
    let Some(rule) = route.rules.first() else { return reject(place, "NoBackends") };
    let origin =
        Origin { listener: place.listener, service: place.service, r#match: None, ..of_rule(route, 0, 0) };
    // FILT-170: only who terminates TLS can secure what is behind.
    let secured = end.mode == Some(TlsMode::Terminate);
    let found = |backend: &Backend| -> Option<Found<'_>> {
        let found = resolve(world, referrer, &backend.reference).ok();
        found
            .filter(|found| found.sound)
            .filter(|found| !secured || found.policy.is_none_or(|one| policy::is_valid(world, one)))
    };
    let weighted = |backend: &Backend| WeightedBackend {
        backend: name(referrer, &backend.reference),
        weight: backend.weight,
        valid: found(backend).is_some(),
    };
    let backends: Vec<_> = rule.backends.iter().map(weighted).collect();
    let refuse = |reason| Connection::Reject { origin: origin.clone(), reason, backends: backends.clone() };
    let Some(chosen) = Draw::new(draw).backend(&rule.backends, world.profile.choices.lone_zero_weight) else {
        return refuse("NoBackends");
    };
    let backend = &rule.backends[chosen];
    let Some(found) = found(backend) else { return refuse("InvalidBackend") };
    if !found.has_endpoints {
        return refuse("NoEndpoints");
    }
    Connection::Forward(Box::new(Pass {
        origin,
        tls: end.mode.as_ref().map(|mode| mode.as_str().to_owned()),
        backends,
        backend: name(referrer, &backend.reference),
        upstream_tls: found
            .policy
            .filter(|_| secured)
            .map(|one| tls::upstream(one, end.client_certificate.clone())),
    }))
}

/// MATCH-90..MATCH-92, ATT-215: connections to a port of a Service.
fn in_mesh(
    world: &World,
    graph: &Graph,
    arrival: &Arrival,
    (service_namespace, service): (&str, &str),
    udp: bool,
    draw: u64,
) -> Connection {
    if !has_port(world, arrival, (service_namespace, service), udp) {
        return reject(Origin::default(), "NoMatchingListener");
    }
    let here =
        ServiceName { namespace: service_namespace.to_owned(), name: service.to_owned(), port: arrival.port };
    let origin = Origin { service: Some(here.clone()), ..Origin::default() };
    let bound = bound(world, graph, arrival, service_namespace, service);
    let mut routes: Vec<_> = bound.into_iter().map(|state| &world.routes[state.route]).collect();
    routes.retain(|route| (route.kind == ObjectKind::UdpRoute) == udp);
    if routes.iter().any(|route| matches!(route.kind, ObjectKind::HttpRoute | ObjectKind::GrpcRoute)) {
        return Connection::Http { origin };
    }
    if routes.is_empty() {
        let backend = BackendName {
            kind: "Service".to_owned(),
            namespace: here.namespace,
            name: here.name,
            port: Some(here.port),
        };
        return Connection::Forward(Box::new(Pass {
            origin,
            tls: None,
            backends: vec![WeightedBackend { backend: backend.clone(), weight: 1, valid: true }],
            backend,
            upstream_tls: None,
        }));
    }
    // ATT-213: hostnames of Routes do not matter in a mesh.
    match routes.into_iter().min_by_key(|route| route.age.clone()) {
        Some(route) => pass(world, route, origin, &End { mesh: true, ..End::default() }, draw),
        None => reject(origin, "NoMatchingRoute"),
    }
}
