//! A request of any bytes gives a decision: no panic, and not one allocation.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use gateway_core::model::{
    Gateway, GatewayClass, GatewaySpec, HeaderMatchType, HttpBackendRef, HttpHeaderMatch, HttpPathMatch,
    HttpQueryParamMatch, HttpRoute, HttpRouteMatch, HttpRouteRule, HttpRouteSpec, Listener, ObjectMeta,
    ParentReference, PathMatchType, QueryParamMatchType, Service, ServicePort, ServiceSpec,
};
use gateway_core::{Arrival, Profile, Request, Router, Snapshot};
use proptest::prelude::*;

fn meta(name: &str) -> ObjectMeta {
    ObjectMeta { name: name.into(), namespace: Some("shop".into()), ..ObjectMeta::default() }
}

fn path(r#type: PathMatchType, value: &str) -> HttpRouteMatch {
    let path = HttpPathMatch { r#type: Some(r#type), value: Some(value.into()) };
    HttpRouteMatch { path: Some(path), ..HttpRouteMatch::default() }
}

/// Every kind of condition, so that the walk visits all of them.
fn router() -> Router {
    let header = |r#type, value: &str| HttpHeaderMatch {
        r#type: Some(r#type),
        name: "x-a".into(),
        value: value.into(),
    };
    let query = |r#type, value: &str| HttpQueryParamMatch {
        r#type: Some(r#type),
        name: "a".into(),
        value: value.into(),
    };
    let matches = vec![
        path(PathMatchType::Exact, "/exact"),
        path(PathMatchType::PathPrefix, "/a/b"),
        path(PathMatchType::RegularExpression, "/[a-c]+/(x|xy)"),
        HttpRouteMatch {
            headers: Some(vec![header(HeaderMatchType::Exact, "b,c")]),
            ..HttpRouteMatch::default()
        },
        HttpRouteMatch {
            headers: Some(vec![header(HeaderMatchType::RegularExpression, "b+,?c*")]),
            query_params: Some(vec![query(QueryParamMatchType::RegularExpression, "(?i)[a-z ]+")]),
            method: Some("POST".into()),
            ..HttpRouteMatch::default()
        },
        HttpRouteMatch {
            query_params: Some(vec![query(QueryParamMatchType::Exact, "b c")]),
            ..HttpRouteMatch::default()
        },
    ];
    let rule = HttpRouteRule {
        matches: Some(matches),
        backend_refs: Some(vec![HttpBackendRef {
            name: "v1".into(),
            port: Some(80.into()),
            ..HttpBackendRef::default()
        }]),
        ..HttpRouteRule::default()
    };
    let listener = |name: &str, hostname: Option<&str>| Listener {
        name: name.into(),
        hostname: hostname.map(Into::into),
        port: 80.into(),
        protocol: "HTTP".into(),
        ..Listener::default()
    };
    let mut snapshot = Snapshot::new();
    let mut class = GatewayClass::default();
    class.metadata.name = "example".into();
    snapshot.upsert(class);
    snapshot.upsert(Gateway {
        metadata: meta("gw"),
        spec: GatewaySpec {
            gateway_class_name: "example".into(),
            listeners: vec![
                listener("a", Some("*.example.com")),
                listener("b", Some("a.example.com")),
                listener("c", None),
            ],
            ..GatewaySpec::default()
        },
        ..Gateway::default()
    });
    snapshot.upsert(HttpRoute {
        metadata: meta("route"),
        spec: HttpRouteSpec {
            parent_refs: Some(vec![ParentReference { name: "gw".into(), ..ParentReference::default() }]),
            rules: Some(vec![rule]),
            ..HttpRouteSpec::default()
        },
        ..HttpRoute::default()
    });
    snapshot.upsert(Service {
        metadata: meta("v1"),
        spec: ServiceSpec {
            ports: Some(vec![ServicePort { port: 80.into(), ..ServicePort::default() }]),
            ..ServiceSpec::default()
        },
        ..Service::default()
    });
    Router::build(&snapshot, &Profile::default()).unwrap()
}

/// Bytes that often look like the configuration, and often do not.
fn bytes(near: &'static str) -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..40),
        proptest::collection::vec(proptest::sample::select(near.as_bytes()), 0..12),
        Just(near.as_bytes().to_vec()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]
    #[test]
    fn any_request_is_decided_without_allocation(
        method in bytes("POST"),
        authority in bytes("a.example.com:80"),
        path in bytes("/a/b/exact"),
        query in proptest::option::of(bytes("a=b+c&a=%41%")),
        name in bytes("x-a"),
        value in bytes("b,c"),
        repeated in bytes("bbb"),
        draw in any::<u64>(),
    ) {
        thread_local!(static ROUTER: Router = router());
        ROUTER.with(|router| {
            let headers: [(&[u8], &[u8]); 2] = [(&name, &value), (b"X-A", &repeated)];
            let request = Request { method: &method, authority: &authority, path: &path, query: query.as_deref(), headers: &headers };
            let gateway = router.gateway("shop", "gw").unwrap();
            let mut decided = None;
            let counted = allocation_counter::measure(|| {
                let arrived = router.arrive(gateway, &Arrival { port: 80, ..Arrival::default() });
                decided = Some(router.route(arrived, &request, draw));
            });
            assert_eq!(counted.count_total, 0);
            // The report may allocate, but must not panic either.
            let _ = decided.unwrap().report(&request);
        });
    }
}
