//! From a request to its decision.

use gateway_core::ObjectKind;
use gateway_core::model::Gateway;
use gateway_core::profile::Hosts;
use serde::Serialize;

use crate::act::{self, Taken};
use crate::attach::{Graph, ListenerState, RouteState};
use crate::decision::{
    BackendName, Decision, Edits, Forward, ListenerName, Origin, Respond, RouteName, ServiceName, Timeouts,
    Upstream, WeightedBackend,
};
use crate::matching::{failed, grpc, path, rank};
use crate::rule::{Match, PathCondition};
use crate::world::backend::Referrer;
use crate::world::route::Route;
use crate::world::{World, certificate, hostname, is, namespace};
use crate::{Arrival, Request, Target};

/// A decision, and what was considered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Traced {
    /// What becomes of the request.
    pub decision: Decision,
    /// What was considered.
    pub trace: Trace,
}

/// What was considered, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// The listener whose Routes were considered.
    pub listener: Option<ListenerName>,
    /// Every match of every rule of its Routes, best first.
    pub candidates: Vec<Candidate>,
}

/// A match of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// Its Route.
    pub route: RouteName,
    /// Index of the rule.
    pub rule: usize,
    /// Index of the match in it.
    pub r#match: usize,
    /// The first condition that failed: `rule` (it is dropped), `hostname`, `path`, `method`, `header NAME`,
    /// `query NAME`; `null` when all hold, so the first of these is the one.
    pub failed: Option<String>,
}

/// A Route that is a candidate, with its hostnames there.
struct Eligible<'a> {
    route: &'a Route,
    faults: &'a [Option<&'static str>],
    hostnames: Vec<String>,
}

pub(crate) fn decide(
    world: &World,
    graph: &Graph,
    arrival: &Arrival,
    request: &Request,
    draw: u64,
) -> Traced {
    // AMBIG-23: before it is matched, rewritten and sent on.
    let path = path::normalized(world.profile.choices.path_normalization, &request.path);
    let request = &Request { path, ..request.clone() };
    match &arrival.target {
        Target::Gateway { namespace, name } => {
            match listener(world, graph, arrival, namespace, name, request) {
                Ok(listener) => on_listener(world, graph, arrival, listener, request, draw),
                Err((status, reason, listener)) => Traced {
                    decision: refusal(request, origin(listener), status, reason),
                    trace: Trace::default(),
                },
            }
        }
        Target::Service { namespace, name } => {
            in_mesh(world, graph, arrival, (namespace, name), request, draw)
        }
    }
}

type Refusal<'a> = (u16, &'static str, Option<&'a ListenerState>);

/// MATCH-01..MATCH-16: the listener that takes the request.
fn listener<'a>(
    world: &World,
    graph: &'a Graph,
    arrival: &Arrival,
    gateway_namespace: &str,
    gateway: &str,
    request: &Request,
) -> Result<&'a ListenerState, Refusal<'a>> {
    let of_port: Vec<_> = serving(world, graph, arrival, gateway_namespace, gateway).collect();
    let host = hostname::of_authority(&request.authority);
    let plain = best(&of_port, "HTTP", &host);
    if let Some(plain) = plain {
        return Ok(plain);
    }
    let nobody = (404, "NoMatchingListener", None);
    // MATCH-12.
    let sni = arrival.sni.as_deref().map(hostname::of_sni).unwrap_or_default();
    let by_sni = best(&of_port, "HTTPS", &sni).ok_or(nobody)?;
    // MATCH-04: a TLS listener that names the server better has the connection, and sees no requests.
    let passed = best(&of_port, "TLS", &sni);
    if passed
        .is_some_and(|one| hostname::specificity(one.hostname()) > hostname::specificity(by_sni.hostname()))
    {
        return Err(nobody);
    }
    // MATCH-16.
    if !world.supports(gateway_core::Feature::GatewayHttpsListenerDetectMisdirectedRequests) {
        return Ok(by_sni);
    }
    // MATCH-13.
    let by_host = best(&of_port, "HTTPS", &host).ok_or(nobody)?;
    if std::ptr::eq(by_sni, by_host) { Ok(by_sni) } else { Err((421, "MisdirectedRequest", Some(by_sni))) }
}

/// MATCH-01: the listeners of a Gateway and its sets that take traffic on a port.
pub(crate) fn serving<'a>(
    world: &World,
    graph: &'a Graph,
    arrival: &Arrival,
    gateway_namespace: &str,
    gateway: &str,
) -> impl Iterator<Item = &'a ListenerState> {
    let index = world.gateways.iter().position(|one| is(&one.metadata, gateway_namespace, gateway));
    let port = arrival.port;
    graph
        .listeners
        .iter()
        .filter(move |one| Some(one.gateway) == index && one.serves && one.spec.port == port)
}

/// MATCH-02, MATCH-03: the most specific listener of a protocol for a name.
pub(crate) fn best<'a>(
    listeners: &[&'a ListenerState],
    protocol: &str,
    name: &str,
) -> Option<&'a ListenerState> {
    let matching = listeners
        .iter()
        .filter(|one| one.spec.protocol.as_str() == protocol && hostname::matches(one.hostname(), name));
    matching.copied().max_by_key(|one| hostname::specificity(one.hostname()))
}

fn on_listener(
    world: &World,
    graph: &Graph,
    arrival: &Arrival,
    listener: &ListenerState,
    request: &Request,
    draw: u64,
) -> Traced {
    let routes = attached(world, graph, listener);
    let (candidates, taken) = choose(world, &routes, request);
    let trace = Trace { listener: Some(listener.key()), candidates };
    let Some((route, rule, index, matched)) = taken else {
        return Traced { decision: refusal(request, origin(Some(listener)), 404, "NoMatchingRoute"), trace };
    };
    let taken = Taken {
        world,
        referrer: Referrer { kind: route.kind, namespace: &route.namespace, mesh: false },
        origin: Origin { listener: Some(listener.key()), ..of_rule(route, rule, index) },
        rule: &route.rules[rule],
        matched: &matched,
        request,
        scheme: if listener.spec.protocol.as_str() == "HTTPS" { "https" } else { "http" },
        port: arrival.port,
        parent: None,
        client_certificate: client_certificate(world, &world.gateways[listener.gateway]),
    };
    Traced { decision: act::act(&taken, draw), trace }
}

/// FILT-176, REF-12: the Gateway's own certificate, if it can be used.
pub(crate) fn client_certificate(world: &World, gateway: &Gateway) -> Option<String> {
    let own = namespace(&gateway.metadata);
    let reference = gateway.spec.tls.as_ref()?.backend.as_ref()?.client_certificate_ref.as_ref()?;
    let usable = world.supports(gateway_core::Feature::GatewayBackendClientCertificate)
        && certificate::certificate(world, ObjectKind::Gateway, own, reference);
    usable.then(|| format!("{}/{}", reference.namespace_or(own), reference.name))
}

/// MATCH-11, MATCH-20: the Routes of a listener, with their hostnames there.
fn attached<'a>(world: &'a World, graph: &'a Graph, listener: &ListenerState) -> Vec<Eligible<'a>> {
    let mut routes = Vec::new();
    for state in &graph.routes {
        let parents = state.parents.iter().filter(|parent| parent.refused.is_none());
        let here = parents.flat_map(|parent| &parent.listeners).filter(|(index, _)| {
            std::ptr::eq(&raw const graph.listeners[*index], std::ptr::from_ref(listener))
        });
        let hostnames: Vec<_> = here.flat_map(|(_, names)| names.clone()).collect();
        if !hostnames.is_empty() {
            routes.push(Eligible { route: &world.routes[state.route], faults: &state.faults, hostnames });
        }
    }
    routes
}

type Chosen<'a> = (&'a Route, usize, usize, Match);

/// MATCH-21..MATCH-25, MATCH-44..MATCH-50, MATCH-65, MATCH-93: every candidate in order, and the first that holds.
fn choose<'a>(
    world: &World,
    routes: &[Eligible<'a>],
    request: &Request,
) -> (Vec<Candidate>, Option<Chosen<'a>>) {
    let host = hostname::of_authority(&request.authority);
    // AMBIG-22: the best hostname of all that match owns the request, if the profile says so.
    let matching = routes.iter().flat_map(|one| &one.hostnames).filter(|one| hostname::matches(one, &host));
    let best = matching.map(|one| hostname::precedence(one)).max();
    let owns = |one: &str| {
        world.profile.choices.hosts == Hosts::FallThrough || Some(hostname::precedence(one)) == best
    };
    let mut all = Vec::new();
    for Eligible { route, faults, hostnames } in routes {
        let names: Vec<_> = hostnames
            .iter()
            .map(String::as_str)
            .filter(|one| hostname::matches(one, &host) && owns(one))
            .collect();
        for (index, rule) in route.rules.iter().enumerate() {
            for (place, one) in effective(route.kind, &rule.matches).into_iter().enumerate() {
                let reason = if faults.get(index).is_some_and(Option::is_some) {
                    Some("rule".to_owned())
                } else if names.is_empty() {
                    Some("hostname".to_owned())
                } else {
                    failed(&world.profile.choices, route.kind, &one, request)
                };
                let worth = rank::worth(&world.profile.choices, route.kind, &names, &one);
                all.push((std::cmp::Reverse(worth), route.age.clone(), index, place, *route, one, reason));
            }
        }
    }
    all.sort_by(|one, other| (&one.0, &one.1, one.2, one.3).cmp(&(&other.0, &other.1, other.2, other.3)));
    let candidates = all.iter().map(|(_, _, rule, place, route, _, reason)| Candidate {
        route: RouteName::of(route),
        rule: *rule,
        r#match: *place,
        failed: reason.clone(),
    });
    let candidates = candidates.collect();
    let taken = all.into_iter().find(|(.., reason)| reason.is_none());
    (candidates, taken.map(|(_, _, rule, place, route, one, _)| (route, rule, place, one)))
}

/// MATCH-30, MATCH-48: no matches are one that always holds.
fn effective(kind: ObjectKind, matches: &[Match]) -> Vec<Match> {
    if !matches.is_empty() {
        return matches.to_vec();
    }
    let path = match kind {
        ObjectKind::GrpcRoute => PathCondition::Call { service: String::new(), method: String::new() },
        _ => PathCondition::Prefix("/".to_owned()),
    };
    vec![Match { path, method: None, headers: Vec::new(), query: Vec::new() }]
}

/// MATCH-90..MATCH-95: traffic to a Service.
fn in_mesh(
    world: &World,
    graph: &Graph,
    arrival: &Arrival,
    (service_namespace, service): (&str, &str),
    request: &Request,
    draw: u64,
) -> Traced {
    if !has_port(world, arrival, (service_namespace, service), false) {
        let decision = refusal(request, Origin::default(), 404, "NoMatchingListener");
        return Traced { decision, trace: Trace::default() };
    }
    let here =
        ServiceName { namespace: service_namespace.to_owned(), name: service.to_owned(), port: arrival.port };
    let parent = BackendName {
        kind: "Service".to_owned(),
        namespace: here.namespace.clone(),
        name: here.name.clone(),
        port: Some(here.port),
    };
    let bound = bound(world, graph, arrival, service_namespace, service);
    let kinds = [ObjectKind::HttpRoute, ObjectKind::GrpcRoute];
    let routes: Vec<_> = bound
        .into_iter()
        .map(|state| (&world.routes[state.route], &state.mesh_faults))
        .filter(|(route, _)| kinds.contains(&route.kind))
        .map(|(route, faults)| Eligible { route, faults, hostnames: vec![String::new()] })
        .collect();
    // MATCH-92.
    if routes.is_empty() {
        let origin = Origin { service: Some(here), ..Origin::default() };
        return Traced { decision: passed_on(origin, parent, request), trace: Trace::default() };
    }
    let (candidates, taken) = choose(world, &routes, request);
    let trace = Trace { listener: None, candidates };
    let Some((route, rule, index, matched)) = taken else {
        let origin = Origin { service: Some(here), ..Origin::default() };
        return Traced { decision: refusal(request, origin, 404, "NoMatchingRoute"), trace };
    };
    let taken = Taken {
        world,
        referrer: Referrer { kind: route.kind, namespace: &route.namespace, mesh: true },
        origin: Origin { service: Some(here), ..of_rule(route, rule, index) },
        rule: &route.rules[rule],
        matched: &matched,
        request,
        scheme: request.scheme.as_deref().unwrap_or("http"),
        port: arrival.port,
        parent: Some(parent),
        client_certificate: None,
    };
    Traced { decision: act::act(&taken, draw), trace }
}

/// MATCH-90: a port that a Service does not have is nobody's.
pub(crate) fn has_port(
    world: &World,
    arrival: &Arrival,
    (service_namespace, service): (&str, &str),
    udp: bool,
) -> bool {
    let transport = if udp { "UDP" } else { "TCP" };
    let found = world.parent_service(service_namespace, service);
    found.is_some_and(|service| {
        service.ports().iter().any(|port| port.port == arrival.port && port.protocol() == transport)
    })
}

/// ATT-212, MATCH-91: the Routes on a port of a Service, as a client of some namespace sees them.
pub(crate) fn bound<'a>(
    world: &World,
    graph: &'a Graph,
    arrival: &Arrival,
    service_namespace: &str,
    service: &str,
) -> Vec<&'a RouteState> {
    let is_bound = |state: &&RouteState| {
        state.parents.iter().filter(|parent| parent.refused.is_none()).any(|parent| {
            parent.service.as_ref().is_some_and(|one| {
                (one.namespace.as_str(), one.name.as_str()) == (service_namespace, service)
                    && one.ports.contains(&arrival.port)
            })
        })
    };
    let of = |state: &RouteState| world.routes[state.route].namespace.as_str();
    let (producers, consumers): (Vec<_>, Vec<_>) =
        graph.routes.iter().filter(is_bound).partition(|state| of(state) == service_namespace);
    let client = arrival.client_namespace.as_deref();
    let ours: Vec<_> = consumers
        .into_iter()
        .filter(|state| Some(of(state)) == client)
        .filter(|_| world.supports(gateway_core::Feature::MeshConsumerRoute))
        .collect();
    if ours.is_empty() { producers } else { ours }
}

/// MATCH-92: nobody says anything, so the Service itself gets it.
fn passed_on(origin: Origin, parent: BackendName, request: &Request) -> Decision {
    Decision::Forward(Box::new(Forward {
        origin,
        backends: vec![WeightedBackend { backend: parent.clone(), weight: 1, valid: true }],
        backend: parent,
        upstream: Upstream {
            method: request.method.clone(),
            authority: request.authority.clone(),
            path: request.path.clone(),
            query: request.query.clone(),
            headers: request.headers.clone(),
        },
        response: Edits::default(),
        mirrors: Vec::new(),
        timeouts: Timeouts::default(),
        retry: None,
        session_persistence: None,
        external_auth: Vec::new(),
        protocol: None,
        upstream_tls: None,
    }))
}

fn origin(listener: Option<&ListenerState>) -> Origin {
    Origin { listener: listener.map(ListenerState::key), ..Origin::default() }
}

pub(crate) fn of_rule(route: &Route, rule: usize, index: usize) -> Origin {
    Origin {
        listener: None,
        service: None,
        route: Some(RouteName::of(route)),
        rule: Some(rule),
        rule_name: route.rules[rule].name.clone(),
        r#match: Some(index),
    }
}

/// MATCH-06, MATCH-13, MATCH-25, MATCH-66: UNIMPLEMENTED for calls that nobody takes.
fn refusal(request: &Request, origin: Origin, status: u16, reason: &'static str) -> Decision {
    Decision::Respond(Respond {
        origin,
        status,
        reason,
        grpc_status: (grpc::is_call(request) && status == 404).then_some(12),
        headers: Vec::new(),
        backends: Vec::new(),
    })
}
