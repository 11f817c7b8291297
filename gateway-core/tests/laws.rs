//! Laws that hold for every configuration: order is irrelevant, shares are exact.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::collections::BTreeMap;

use gateway_core::model::{
    Gateway, GatewayClass, GatewaySpec, GrpcBackendRef, GrpcMethodMatch, GrpcRoute, GrpcRouteMatch,
    GrpcRouteRule, GrpcRouteSpec, HttpBackendRef, HttpPathMatch, HttpRequestMirrorFilter, HttpRoute,
    HttpRouteFilter, HttpRouteFilterType, HttpRouteMatch, HttpRouteRule, HttpRouteSpec, Listener, ObjectMeta,
    ParentReference, PathMatchType, Service, ServicePort, ServiceSpec,
};
use gateway_core::{Arrival, Decision, Object, Profile, Request, Router, Snapshot};
use proptest::prelude::*;

const HOSTS: [&str; 4] = ["", "a.test", "*.test", "b.a.test"];
const PATHS: [&str; 5] = ["/", "/a", "/a/", "/a/b", "/b"];

fn meta(name: &str) -> ObjectMeta {
    ObjectMeta { name: name.into(), namespace: Some("shop".into()), ..ObjectMeta::default() }
}

fn backend(name: &str, weight: Option<i32>) -> HttpBackendRef {
    HttpBackendRef { name: name.into(), port: Some(80.into()), weight, ..HttpBackendRef::default() }
}

fn base() -> Vec<Object> {
    let mut class = GatewayClass::default();
    class.metadata.name = "example".into();
    let listener = |name: &str, hostname: &str| Listener {
        name: name.into(),
        hostname: (!hostname.is_empty()).then(|| hostname.into()),
        port: 80.into(),
        protocol: "HTTP".into(),
        ..Listener::default()
    };
    let gateway = Gateway {
        metadata: meta("gw"),
        spec: GatewaySpec {
            gateway_class_name: "example".into(),
            listeners: vec![listener("all", ""), listener("wild", "*.test"), listener("one", "a.test")],
            ..GatewaySpec::default()
        },
        ..Gateway::default()
    };
    let service = |name: &str| Service {
        metadata: meta(name),
        spec: ServiceSpec {
            ports: Some(vec![ServicePort { port: 80.into(), ..ServicePort::default() }]),
            ..ServiceSpec::default()
        },
        ..Service::default()
    };
    vec![class.into(), gateway.into(), service("v1").into(), service("v2").into()]
}

fn route(index: usize, host: usize, paths: &[usize], exact: bool) -> HttpRoute {
    let path = |path: &usize| HttpRouteMatch {
        path: Some(HttpPathMatch {
            r#type: Some(if exact { PathMatchType::Exact } else { PathMatchType::PathPrefix }),
            value: Some(PATHS[*path].into()),
        }),
        ..HttpRouteMatch::default()
    };
    let rule = |one: &usize| HttpRouteRule {
        matches: Some(vec![path(one)]),
        backend_refs: Some(vec![backend(if index.is_multiple_of(2) { "v1" } else { "v2" }, None)]),
        ..HttpRouteRule::default()
    };
    HttpRoute {
        metadata: meta(&format!("route-{index}")),
        spec: HttpRouteSpec {
            parent_refs: Some(vec![ParentReference { name: "gw".into(), ..ParentReference::default() }]),
            hostnames: (host > 0).then(|| vec![HOSTS[host].into()]),
            rules: Some(paths.iter().map(rule).collect()),
            ..HttpRouteSpec::default()
        },
        ..HttpRoute::default()
    }
}

/// Service and method of a match; empty is any.
type Call = (&'static str, &'static str);

const CALLS: [Call; 6] =
    [("", ""), ("a.A", ""), ("", "M"), ("a.A", "M"), ("a.A", "N"), ("b.LongerService", "")];

fn grpc_route(index: usize, host: usize, calls: &[Call]) -> GrpcRoute {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let method = |(service, method): Call| GrpcMethodMatch {
        service: given(service),
        method: given(method),
        ..GrpcMethodMatch::default()
    };
    let rule = |call: &Call| GrpcRouteRule {
        matches: (*call != ("", ""))
            .then(|| vec![GrpcRouteMatch { method: Some(method(*call)), headers: None }]),
        backend_refs: Some(vec![GrpcBackendRef {
            name: "v1".into(),
            port: Some(80.into()),
            ..GrpcBackendRef::default()
        }]),
        ..GrpcRouteRule::default()
    };
    GrpcRoute {
        metadata: meta(&format!("calls-{index}")),
        spec: GrpcRouteSpec {
            parent_refs: Some(vec![ParentReference { name: "gw".into(), ..ParentReference::default() }]),
            hostnames: (host > 0).then(|| vec![HOSTS[host].into()]),
            rules: Some(calls.iter().map(rule).collect()),
            ..GrpcRouteSpec::default()
        },
        ..GrpcRoute::default()
    }
}

/// What a match of a GRPCRoute is worth and whether it holds (MATCH-61, MATCH-65), worked out from its text.
fn holds((service, method): Call, path: &str) -> Option<(usize, usize)> {
    let (found_service, found_method) = path.strip_prefix('/')?.split_once('/')?;
    let service_holds = service.is_empty() || service == found_service;
    let method_holds = method.is_empty() || method == found_method;
    (service_holds && method_holds).then_some((service.len(), method.len()))
}

fn decide(router: &Router, host: &str, path: &str, draw: u64) -> serde_json::Value {
    decide_with(router, "GET", host, path, draw)
}

fn decide_with(router: &Router, method: &str, host: &str, path: &str, draw: u64) -> serde_json::Value {
    let request = Request {
        method: method.as_bytes(),
        authority: host.as_bytes(),
        path: path.as_bytes(),
        ..Request::default()
    };
    let gateway = router.gateway("shop", "gw").unwrap();
    let arrived = router.arrive(gateway, &Arrival { port: 80, ..Arrival::default() });
    serde_json::to_value(router.route(arrived, &request, draw).report(&request)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// MATCH-96: results never depend on the order of the input; and what `explain` calls the winner
    /// is what `route` decides.
    #[test]
    fn order_is_irrelevant(
        specs in proptest::collection::vec((0..HOSTS.len(), proptest::collection::vec(0..PATHS.len(), 1..4), any::<bool>()), 1..6),
        rotation in 0usize..10,
    ) {
        let mut objects = base();
        objects.extend(specs.iter().enumerate().map(|(index, (host, paths, exact))| route(index, *host, paths, *exact).into()));
        let build = |objects: &[Object]| Router::build(&objects.iter().cloned().collect::<Snapshot>(), &Profile::default()).unwrap();
        let one = build(&objects);
        let middle = rotation % objects.len();
        objects.rotate_left(middle);
        objects.reverse();
        let other = build(&objects);
        prop_assert_eq!(one.statuses(), other.statuses());
        for host in ["a.test", "b.a.test", "c.test", "test", "x.y"] {
            for path in ["/", "/a", "/a/", "/a/b", "/a/b/c", "/ab", "/b"] {
                let decision = decide(&one, host, path, 0);
                prop_assert_eq!(&decision, &decide(&other, host, path, 0));
                let request = Request { authority: host.as_bytes(), path: path.as_bytes(), ..Request::default() };
                let gateway = one.gateway("shop", "gw").unwrap();
                let why = serde_json::to_value(one.explain(gateway, &Arrival { port: 80, ..Arrival::default() }, &request, 0)).unwrap();
                let winner = why["candidates"].as_array().unwrap().iter().find(|candidate| candidate["verdict"] == "wins").cloned();
                prop_assert_eq!(winner.is_some(), decision["route"].is_object());
                if let Some(winner) = winner {
                    let route = &decision["route"];
                    let name = format!("HTTPRoute/{}/{}", route["namespace"].as_str().unwrap(), route["name"].as_str().unwrap());
                    prop_assert_eq!(winner["route"].as_str().unwrap(), name);
                    prop_assert_eq!(&winner["rule"], &decision["rule"]);
                }
            }
        }
    }

    /// MATCH-96, MATCH-65, MATCH-60: GRPCRoutes likewise, beside HTTPRoutes; of those on one hostname the
    /// longest service has the call, then the longest method, then the first Route and rule; and no GET.
    #[test]
    fn calls_follow_the_order_of_their_kind(
        specs in proptest::collection::vec((0..HOSTS.len(), proptest::collection::vec(proptest::sample::select(&CALLS[..]), 1..4)), 1..5),
        https in proptest::collection::vec((0..HOSTS.len(), proptest::collection::vec(0..PATHS.len(), 1..3)), 0..3),
        rotation in 0usize..10,
    ) {
        let mut objects = base();
        objects.extend(specs.iter().enumerate().map(|(index, (host, calls))| grpc_route(index, *host, calls).into()));
        let alone: Snapshot = objects.iter().cloned().collect();
        let alone = Router::build(&alone, &Profile::default()).unwrap();
        objects.extend(https.iter().enumerate().map(|(index, (host, paths))| route(index, *host, paths, false).into()));
        let build = |objects: &[Object]| Router::build(&objects.iter().cloned().collect::<Snapshot>(), &Profile::default()).unwrap();
        let one = build(&objects);
        let middle = rotation % objects.len();
        objects.rotate_left(middle);
        objects.reverse();
        let other = build(&objects);
        for host in ["a.test", "b.a.test", "c.test", "x.y"] {
            for path in ["/a.A/M", "/a.A/N", "/a.A/O", "/b.LongerService/M", "/c/M", "/c", "/"] {
                let decision = decide_with(&one, "POST", host, path, 0);
                prop_assert_eq!(&decision, &decide_with(&other, "POST", host, path, 0));
                let unasked = decide(&alone, host, path, 0);
                prop_assert_eq!(&unasked["reason"], "NoMatchingRoute", "a GET is no call: {}", unasked);
                // All on the hostname of the listener: the choice is among the matches alone.
                if specs.iter().all(|(host, _)| *host == 0) {
                    let mut best: Option<((usize, usize), String, usize)> = None;
                    for (index, (_, calls)) in specs.iter().enumerate() {
                        for (rule, call) in calls.iter().enumerate() {
                            let Some(worth) = holds(*call, path).or((*call == ("", "")).then_some((0, 0))) else { continue };
                            if best.as_ref().is_none_or(|(known, ..)| worth > *known) {
                                best = Some((worth, format!("calls-{index}"), rule));
                            }
                        }
                    }
                    let found = decide_with(&alone, "POST", host, path, 0);
                    let found = found["rule"].as_u64().map(|rule| (found["route"]["name"].as_str().unwrap().to_owned(), usize::try_from(rule).unwrap()));
                    prop_assert_eq!(found, best.map(|(_, route, rule)| (route, rule)));
                }
            }
        }
    }

    /// FILT-100, FILT-061, FILT-105: over a full period every share is exact, and mirrors are
    /// independent of the backend.
    #[test]
    fn shares_are_exact(weights in proptest::collection::vec(0i32..6, 1..5), numerator in 0i32..4) {
        let mut objects = base();
        let mut spec = route(0, 0, &[0], false);
        let rule = &mut spec.spec.rules.as_mut().unwrap()[0];
        rule.backend_refs = Some(weights.iter().enumerate().map(|(index, weight)| backend(if index % 2 == 0 { "v1" } else { "v2" }, Some(*weight))).collect());
        rule.filters = Some(vec![HttpRouteFilter {
            r#type: HttpRouteFilterType::RequestMirror,
            request_mirror: Some(HttpRequestMirrorFilter {
                backend_ref: gateway_core::model::BackendObjectReference { name: "v2".into(), port: Some(80.into()), ..Default::default() },
                fraction: Some(gateway_core::model::Fraction { numerator, denominator: Some(3) }),
                ..HttpRequestMirrorFilter::default()
            }),
            ..HttpRouteFilter::default()
        }]);
        objects.push(spec.into());
        let router = Router::build(&objects.into_iter().collect::<Snapshot>(), &Profile::default()).unwrap();
        let total: u64 = weights.iter().map(|weight| u64::try_from(*weight).unwrap()).sum();
        let request = Request { authority: b"x.y", ..Request::default() };
        let gateway = router.gateway("shop", "gw").unwrap();
        let arrived = router.arrive(gateway, &Arrival { port: 80, ..Arrival::default() });
        let mut counts = BTreeMap::<(&str, u32, usize), u64>::new();
        for draw in 0..total.max(1) * 3 {
            match router.route(arrived, &request, draw) {
                Decision::Forward(forward) => {
                    let mirrored = forward.mirrors().count();
                    *counts.entry((&forward.backend.target.name, forward.backend.weight, mirrored)).or_default() += 1;
                }
                Decision::Respond(respond) => prop_assert_eq!((respond.status, total), (500, 0)),
                Decision::Redirect(_) => prop_assert!(false),
            }
        }
        for (index, weight) in weights.iter().enumerate() {
            let name = if index % 2 == 0 { "v1" } else { "v2" };
            let weight = u32::try_from(*weight).unwrap();
            let twins = weights.iter().enumerate().filter(|(other, value)| other % 2 == index % 2 && u32::try_from(**value).unwrap() == weight).count() as u64;
            let mirrored = u64::try_from(numerator.min(3)).unwrap();
            let expected = u64::from(weight) * twins * mirrored;
            prop_assert_eq!(counts.get(&(name, weight, 1)).copied().unwrap_or(0), expected);
        }
    }
}
