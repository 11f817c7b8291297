//! A request of any bytes gives a decision: no panic, and not one allocation.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use gateway_core::model::{
    BackendObjectReference, Gateway, GatewayClass, GatewaySpec, GrpcBackendRef, GrpcHeaderMatch,
    GrpcMethodMatch, GrpcMethodMatchType, GrpcRoute, GrpcRouteMatch, GrpcRouteRule, GrpcRouteSpec,
    HeaderMatchType, HttpBackendRef, HttpCorsFilter, HttpExternalAuthFilter, HttpHeader, HttpHeaderFilter,
    HttpHeaderMatch, HttpPathMatch, HttpQueryParamMatch, HttpRequestMirrorFilter, HttpRoute, HttpRouteFilter,
    HttpRouteFilterType, HttpRouteMatch, HttpRouteRule, HttpRouteSpec, Listener, ObjectMeta, ParentReference,
    PathMatchType, QueryParamMatchType, Service, ServicePort, ServiceSpec,
};
use gateway_core::{Arrival, Decision, Profile, Request, Router, Snapshot};
use proptest::prelude::*;

fn meta(name: &str) -> ObjectMeta {
    ObjectMeta { name: name.into(), namespace: Some("shop".into()), ..ObjectMeta::default() }
}

fn path(r#type: PathMatchType, value: &str) -> HttpRouteMatch {
    let path = HttpPathMatch { r#type: Some(r#type), value: Some(value.into()) };
    HttpRouteMatch { path: Some(path), ..HttpRouteMatch::default() }
}

/// Every kind of filter that changes a request or its response, or asks somebody.
fn filters() -> Vec<HttpRouteFilter> {
    let to = || BackendObjectReference { name: "v1".into(), port: Some(80.into()), ..Default::default() };
    let of = |r#type| HttpRouteFilter { r#type, ..HttpRouteFilter::default() };
    let modifier = || {
        let header = HttpHeader { name: "x-b".into(), value: "c".into() };
        Some(HttpHeaderFilter {
            set: Some(vec![header.clone()]),
            add: Some(vec![header]),
            remove: Some(vec!["x-c".into()]),
        })
    };
    vec![
        HttpRouteFilter {
            request_header_modifier: modifier(),
            ..of(HttpRouteFilterType::RequestHeaderModifier)
        },
        HttpRouteFilter {
            response_header_modifier: modifier(),
            ..of(HttpRouteFilterType::ResponseHeaderModifier)
        },
        HttpRouteFilter {
            cors: Some(HttpCorsFilter {
                allow_origins: Some(vec!["https://*.example.com".into(), "http://a.test:8080".into()]),
                allow_methods: Some(vec!["*".into()]),
                allow_headers: Some(vec!["*".into()]),
                allow_credentials: Some(true),
                ..HttpCorsFilter::default()
            }),
            ..of(HttpRouteFilterType::Cors)
        },
        HttpRouteFilter {
            external_auth: Some(HttpExternalAuthFilter {
                protocol: "HTTP".into(),
                backend_ref: to(),
                ..HttpExternalAuthFilter::default()
            }),
            ..of(HttpRouteFilterType::ExternalAuth)
        },
        HttpRouteFilter {
            request_mirror: Some(HttpRequestMirrorFilter {
                backend_ref: to(),
                percent: Some(50),
                ..HttpRequestMirrorFilter::default()
            }),
            ..of(HttpRouteFilterType::RequestMirror)
        },
    ]
}

/// Every kind of condition on a call.
fn calls() -> GrpcRoute {
    let on = |r#type, service: Option<&str>, method: Option<&str>| GrpcRouteMatch {
        method: Some(GrpcMethodMatch {
            r#type: Some(r#type),
            service: service.map(Into::into),
            method: method.map(Into::into),
        }),
        headers: None,
    };
    let with_header = GrpcRouteMatch {
        headers: Some(vec![GrpcHeaderMatch { name: "x-a".into(), value: "b,c".into(), r#type: None }]),
        ..GrpcRouteMatch::default()
    };
    let matches = vec![
        on(GrpcMethodMatchType::Exact, Some("a.B"), Some("C")),
        on(GrpcMethodMatchType::Exact, Some("a.B"), None),
        on(GrpcMethodMatchType::Exact, None, Some("C")),
        on(GrpcMethodMatchType::RegularExpression, Some("[a-c]+|B"), Some("C.*")),
        with_header,
    ];
    let parent =
        ParentReference { name: "gw".into(), section_name: Some("d".into()), ..ParentReference::default() };
    let backend = GrpcBackendRef { name: "v1".into(), port: Some(80.into()), ..GrpcBackendRef::default() };
    GrpcRoute {
        metadata: meta("calls"),
        spec: GrpcRouteSpec {
            parent_refs: Some(vec![parent]),
            rules: Some(vec![GrpcRouteRule {
                matches: Some(matches),
                backend_refs: Some(vec![backend]),
                ..GrpcRouteRule::default()
            }]),
            ..GrpcRouteSpec::default()
        },
        ..GrpcRoute::default()
    }
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
        filters: Some(filters()),
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
                listener("d", Some("d.test")),
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
    snapshot.upsert(calls());
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
        method in prop_oneof![bytes("POST"), bytes("OPTIONS")],
        authority in prop_oneof![bytes("a.example.com:80"), bytes("d.test")],
        path in prop_oneof![bytes("/a/b/exact"), bytes("/a.B/C")],
        query in proptest::option::of(bytes("a=b+c&a=%41%")),
        name in bytes("x-a"),
        value in bytes("b,c"),
        repeated in bytes("bbb"),
        origin in bytes("https://a.example.com"),
        asked in bytes("access-control-request-method"),
        kind in bytes("application/grpc+proto"),
        draw in any::<u64>(),
    ) {
        thread_local!(static ROUTER: Router = router());
        ROUTER.with(|router| {
            let headers: [(&[u8], &[u8]); 5] =
                [(&name, &value), (b"X-A", &repeated), (b"Origin", &origin), (&asked, b"GET"), (b"content-type", &kind)];
            let request = Request { method: &method, authority: &authority, path: &path, query: query.as_deref(), headers: &headers, ..Request::default() };
            let gateway = router.gateway("shop", "gw").unwrap();
            let mut decided = None;
            let counted = allocation_counter::measure(|| {
                let arrived = router.arrive(gateway, &Arrival { port: 80, ..Arrival::default() });
                decided = Some(router.route(arrived, &request, draw));
                // Nor does any change of headers.
                if let Some(Decision::Forward(forward)) = &decided {
                    let edits = forward.request_edits().count() + forward.response_edits(&request).count();
                    assert!(edits + forward.external_auth().count() + forward.mirrors().count() < 100);
                }
            });
            assert_eq!(counted.count_total, 0);
            // The report may allocate, but must not panic either.
            let _ = decided.unwrap().report(&request);
        });
    }
}
