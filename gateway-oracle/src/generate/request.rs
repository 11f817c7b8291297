//! Requests that are aimed at a cluster: what its objects say, and what is next to it.

use gateway_core::model::{HttpRouteMatch, Listener};
use gateway_core::{Object, Profile};
use proptest::prelude::*;
use proptest::sample::select;

use super::alphabet::{METHODS, chance, maybe, pick};
use super::matches::{CALLS, SERVICES, values};
use super::{Cluster, Exchange};
use crate::rule::{Condition, ConditionKind, Match, PathCondition};
use crate::{Arrival, Oracle, Request, Target};

/// A port that something listens on, and the hostname there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) target: Target,
    pub(super) port: i32,
    pub(super) hostname: String,
}

/// What the objects of a cluster say.
#[derive(Default)]
pub(super) struct Words {
    pub(super) places: Vec<Place>,
    pub(super) hosts: Vec<String>,
    paths: Vec<String>,
    headers: Vec<(String, String)>,
    parameters: Vec<(String, String)>,
}

pub(super) fn words(cluster: &Cluster) -> Words {
    let mut words = Words::default();
    let listeners = |words: &mut Words, target: &Target, listeners: &[Listener]| {
        for listener in listeners {
            let hostname = listener.hostname.as_ref().map(|name| name.0.clone());
            let place = Place {
                target: target.clone(),
                port: listener.port.0,
                hostname: hostname.clone().unwrap_or_default(),
            };
            // Most requests go where requests are served.
            let copies = if listener.protocol.as_str().starts_with("HTTP") { 8 } else { 1 };
            words.places.extend(std::iter::repeat_n(place, copies));
            words.hosts.extend(hostname);
        }
    };
    for object in &cluster.0 {
        match object {
            Object::Gateway(one) => {
                let target =
                    Target::Gateway { namespace: "infra".to_owned(), name: one.metadata.name.clone() };
                listeners(&mut words, &target, &one.spec.listeners);
            }
            Object::ListenerSet(one) => {
                let parent = &one.spec.parent_ref;
                let target = Target::Gateway { namespace: "infra".to_owned(), name: parent.name.0.clone() };
                listeners(&mut words, &target, &one.spec.listeners);
            }
            Object::HttpRoute(one) => {
                words.hosts.extend(one.spec.hostnames.iter().flatten().map(|name| name.0.clone()));
                for rule in one.spec.rules.iter().flatten() {
                    rule.matches.iter().flatten().for_each(|one| of_match(&mut words, one));
                }
            }
            Object::GrpcRoute(one) => {
                words.hosts.extend(one.spec.hostnames.iter().flatten().map(|name| name.0.clone()));
                let rules = one.spec.rules.iter().flatten();
                for one in rules.flat_map(|rule| rule.matches.iter().flatten()) {
                    words.headers.extend(
                        one.headers.iter().flatten().map(|one| (one.name.0.clone(), one.value.clone())),
                    );
                }
            }
            Object::TlsRoute(one) => {
                words.hosts.extend(one.spec.hostnames.iter().flatten().map(|name| name.0.clone()));
            }
            Object::XMesh(_) => {
                let services = [
                    ("v1", "shop", 8080),
                    ("v1", "shop", 8081),
                    ("v1", "shop", 5353),
                    ("far", "other", 8080),
                ];
                for (name, namespace, port) in services {
                    let target = Target::Service { namespace: namespace.to_owned(), name: name.to_owned() };
                    words.places.push(Place { target, port, hostname: String::new() });
                }
            }
            _ => {}
        }
    }
    if words.places.is_empty() {
        // Changes may take the last listener away: nobody answers then.
        let target = Target::Gateway { namespace: "infra".to_owned(), name: "none".to_owned() };
        words.places.push(Place { target, port: 80, hostname: String::new() });
    }
    words.hosts.extend(["a.test", "b.test", "x.a.test", "c.example"].map(str::to_owned));
    words.paths.push("/".to_owned());
    words
}

fn of_match(words: &mut Words, one: &HttpRouteMatch) {
    words.paths.extend(one.path.iter().filter_map(|path| path.value.clone()));
    words.headers.extend(one.headers.iter().flatten().map(|one| (one.name.0.clone(), one.value.0.clone())));
    words
        .parameters
        .extend(one.query_params.iter().flatten().map(|one| (one.name.0.clone(), one.value.clone())));
}

/// A match of a Route, where it is attached.
#[derive(Clone, Debug)]
struct Aim {
    place: Place,
    path: String,
    method: String,
    headers: Vec<(String, String)>,
    query: Vec<String>,
}

/// Every match of every Route on a listener that serves it, as a request that it would take.
fn aims(cluster: &Cluster) -> Vec<Aim> {
    let oracle = Oracle::new(&cluster.snapshot(), &Profile::spec(super::alphabet::CONTROLLER));
    let (world, graph) = (&oracle.world, &oracle.attachments);
    let mut aims = Vec::new();
    for state in &graph.routes {
        let route = &world.routes[state.route];
        for service in state.parents.iter().filter_map(|parent| parent.service.as_ref()) {
            let target = Target::Service { namespace: service.namespace.clone(), name: service.name.clone() };
            for port in &service.ports {
                let place = Place { target: target.clone(), port: *port, hostname: String::new() };
                aims.extend(
                    route.rules.iter().flat_map(|rule| &rule.matches).filter_map(|one| aim(&place, one)),
                );
            }
        }
        for (index, hostnames) in state.parents.iter().flat_map(|parent| &parent.listeners) {
            let listener = &graph.listeners[*index];
            let gateway = &world.gateways[listener.gateway].metadata;
            let target = Target::Gateway { namespace: "infra".to_owned(), name: gateway.name.clone() };
            for hostname in hostnames.iter().filter(|_| listener.serves) {
                let place =
                    Place { target: target.clone(), port: listener.spec.port.0, hostname: hostname.clone() };
                for one in route.rules.iter().flat_map(|rule| &rule.matches) {
                    aims.extend(aim(&place, one));
                }
            }
        }
    }
    aims
}

fn aim(place: &Place, one: &Match) -> Option<Aim> {
    // A value that meets most of the patterns.
    let value =
        |one: &Condition| if one.kind == ConditionKind::Regex { "1".to_owned() } else { one.value.clone() };
    let (path, method) = match &one.path {
        PathCondition::Exact(path) | PathCondition::Prefix(path) => (path.clone(), None),
        PathCondition::Regex(_) => ("/a/b".to_owned(), None),
        PathCondition::Call { service, method } => {
            let part = |part: &str| if part.is_empty() { "Get".to_owned() } else { part.to_owned() };
            (format!("/{}/{}", part(service), part(method)), Some("POST"))
        }
        PathCondition::CallRegex { .. } => ("/shop.Cart/Get".to_owned(), Some("POST")),
        PathCondition::Unknown => return None,
    };
    let encoded = |text: &str| text.replace('+', "%2B").replace(' ', "+");
    Some(Aim {
        place: place.clone(),
        path,
        method: one.method.clone().unwrap_or_else(|| method.unwrap_or("GET").to_owned()),
        headers: one.headers.iter().map(|one| (one.name.clone(), value(one))).collect(),
        query: one.query.iter().map(|one| format!("{}={}", one.name, encoded(&value(one)))).collect(),
    })
}

/// A name that a hostname covers, and its neighbours.
pub(super) fn host(hosts: Vec<String>) -> impl Strategy<Value = String> + use<> {
    (select(hosts), 0..20_u8).prop_map(|(hostname, variant)| {
        let name = match hostname.strip_prefix('*') {
            Some(suffix) if variant % 2 == 0 => format!("x{suffix}"),
            Some(suffix) => format!("y.x{suffix}"),
            None => hostname.clone(),
        };
        match variant {
            0 => name.to_ascii_uppercase(),
            1 => format!("{name}:8080"),
            2 => format!("{name}."),
            3 => format!("x.{name}"),
            4 => format!("{name}x"),
            5 => name.split_once('.').map_or(name.clone(), |(_, rest)| rest.to_owned()),
            6 => "192.0.2.1".to_owned(),
            7 => "[2001:db8::1]:80".to_owned(),
            _ => name,
        }
    })
}

/// A path of the configuration, and its neighbours.
fn path(paths: Vec<String>) -> impl Strategy<Value = String> + use<> {
    (select(paths), 0..24_u8).prop_map(|(path, variant)| {
        let trimmed = path.trim_end_matches('/');
        let path = if path.starts_with('/') && path.is_ascii() { path.clone() } else { "/a".to_owned() };
        let whole = match variant {
            0 => format!("{trimmed}/"),
            1 => format!("{trimmed}/a"),
            2 => format!("{path}a"),
            3 => trimmed.get(..trimmed.len().saturating_sub(1)).unwrap_or("/").to_owned(),
            4 => path.to_ascii_uppercase(),
            5 => path.replacen('a', "%61", 1),
            6 => format!("/{path}"),
            7 => format!("{trimmed}//b"),
            8 => format!("{trimmed}/a/b"),
            9 => path.replace("%20", " "),
            10 => format!("{trimmed}/../a"),
            _ => path,
        };
        if whole.starts_with('/') { whole } else { format!("/{whole}") }
    })
}

fn headers(words: &Words) -> impl Strategy<Value = Vec<(String, String)>> + use<> {
    let mut pool = words.headers.clone();
    pool.extend(
        [("x-a", "1"), ("x-b", "2"), ("accept", "*/*")]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
    );
    let header =
        (select(pool), values(), 0..8_u8).prop_map(|((name, value), other, variant)| match variant {
            0 => (name.to_ascii_uppercase(), value),
            1 => (name, other),
            2 => (format!("{name}x"), value),
            _ => (name.to_ascii_lowercase(), value),
        });
    (prop::collection::vec(header, 0..=3), chance(10)).prop_map(|(mut headers, repeated)| {
        if let (true, Some(first)) = (repeated, headers.first().cloned()) {
            headers.push((first.0, "2".to_owned()));
        }
        // Patterns are words of the configuration, but no values.
        headers.retain(|(_, value)| !value.contains('\\'));
        headers
    })
}

fn query(words: &Words) -> impl Strategy<Value = Option<String>> + use<> {
    let mut pool = words.parameters.clone();
    pool.push(("q".to_owned(), "1".to_owned()));
    let pair = (select(pool), 0..8_u8).prop_map(|((name, value), variant)| {
        let encoded = value.replace('+', "%2B");
        match variant {
            0 => format!("{name}={}", encoded.replace(' ', "+")),
            1 => format!("{}={}", name.to_ascii_uppercase(), encoded.replace(' ', "%20")),
            2 => name,
            3 => format!("{name}="),
            4 => format!("{}={}", name.replace('q', "%71"), encoded.replace(' ', "+")),
            _ => format!("{name}={}", encoded.replace(' ', "%20")),
        }
    });
    maybe(45, prop::collection::vec(pair, 1..=3).prop_map(|pairs| pairs.join("&")))
}

/// A gRPC call to what GRPCRoutes may name.
fn call() -> impl Strategy<Value = (String, String)> {
    (pick(&SERVICES), pick(&CALLS))
        .prop_map(|(service, method)| ("POST".to_owned(), format!("/{service}/{method}")))
}

/// Where a request goes and what it asks for, before the last touches.
#[derive(Clone, Debug)]
struct Draft {
    place: Place,
    authority: String,
    method: String,
    path: String,
    query: Option<String>,
    headers: Vec<(String, String)>,
}

/// Anything that the words of the configuration and their neighbours make.
fn anything(words: &Words, calls: bool) -> BoxedStrategy<Draft> {
    // The host is often one that the listener there covers.
    let hosts = words.hosts.clone();
    let place = select(words.places.clone()).prop_flat_map(move |place| {
        let near = if place.hostname.is_empty() { hosts.clone() } else { vec![place.hostname.clone()] };
        (Just(place), prop_oneof![2 => host(near), 1 => host(hosts.clone())])
    });
    let target = (prop_oneof![5 => Just("GET".to_owned()), 3 => pick(&METHODS)], path(words.paths.clone()));
    let target = if calls { prop_oneof![2 => target, 1 => call()].boxed() } else { target.boxed() };
    (place, target, query(words), headers(words))
        .prop_map(|((place, authority), (method, path), query, headers)| Draft {
            place,
            authority,
            method,
            path,
            query,
            headers,
        })
        .boxed()
}

/// What some match of an attached Route takes, or nearly takes.
fn aimed(words: &Words, aims: Vec<Aim>) -> BoxedStrategy<Draft> {
    let hosts = words.hosts.clone();
    let (more_headers, more_query) = (headers(words), query(words));
    let near = select(aims).prop_flat_map(move |aim| {
        let hosts =
            if aim.place.hostname.is_empty() { hosts.clone() } else { vec![aim.place.hostname.clone()] };
        (host(hosts), path(vec![aim.path.clone()]), Just(aim))
    });
    let methods = maybe(8, pick(&METHODS));
    (near, methods, (chance(6), chance(25), more_headers), (chance(6), chance(25), more_query))
        .prop_map(|((authority, path, aim), method, (no_headers, more, extra), (no_query, longer, other))| {
            let mut headers = if no_headers { Vec::new() } else { aim.headers };
            if more {
                headers.extend(extra);
            }
            let mut query = if no_query { Vec::new() } else { aim.query };
            query.extend(other.filter(|_| longer));
            Draft {
                place: aim.place,
                authority,
                method: method.unwrap_or(aim.method),
                path,
                query: (!query.is_empty()).then(|| query.join("&")),
                headers,
            }
        })
        .boxed()
}

/// A request aimed at a cluster, where it arrives, and a draw.
pub fn exchange(cluster: &Cluster) -> BoxedStrategy<Exchange> {
    let words = words(cluster);
    let calls = cluster.0.iter().any(|object| matches!(object, Object::GrpcRoute(_)));
    let aims = aims(cluster);
    let draft = if aims.is_empty() {
        anything(&words, calls)
    } else {
        prop_oneof![1 => anything(&words, calls), 3 => aimed(&words, aims)].boxed()
    };
    let sni = (0..30_u8, host(words.hosts.clone()));
    let origin = pick(&["https://a.test", "https://x.a.test", "http://b.test:8080", "null"]);
    // Half of them are preflights.
    let crossing = (chance(10), origin, any::<bool>(), chance(50));
    let draws = prop_oneof![Just(0), 0..12_u64, any::<u64>()];
    (draft, sni, pick(&["shop", "other"]), crossing, draws, chance(1))
        .prop_map(
            |(mut draft, (named, other), client, (crossing, origin, preflight, asks), draw, odd_port)| {
                let host = crate::world::hostname::host(&draft.authority).to_owned();
                let is_name = !host.starts_with('[') && host.parse::<std::net::IpAddr>().is_err();
                let sni = match named {
                    0..=2 => Some(crate::world::hostname::host(&other).to_owned())
                        .filter(|one| !one.starts_with('[')),
                    3 => None,
                    _ => is_name.then_some(host),
                };
                if draft.method == "POST" && draft.path.matches('.').count() == 1 {
                    draft.headers.push(("content-type".to_owned(), "application/grpc".to_owned()));
                }
                if crossing {
                    draft.headers.push(("origin".to_owned(), origin));
                }
                if crossing && asks {
                    draft.headers.push(("access-control-request-headers".to_owned(), "x-a, x-b".to_owned()));
                }
                if crossing && preflight {
                    draft.headers.push(("access-control-request-method".to_owned(), "PUT".to_owned()));
                    "OPTIONS".clone_into(&mut draft.method);
                }
                let in_mesh = matches!(draft.place.target, Target::Service { .. });
                Exchange {
                    arrival: Arrival {
                        target: draft.place.target,
                        port: if odd_port { 81 } else { draft.place.port },
                        sni,
                        client_namespace: in_mesh.then_some(client),
                    },
                    request: Request {
                        method: draft.method,
                        scheme: None,
                        authority: draft.authority,
                        path: draft.path,
                        query: draft.query,
                        headers: draft.headers,
                    },
                    draw,
                }
            },
        )
        .boxed()
}
