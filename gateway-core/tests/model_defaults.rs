//! Defaults of the schema: written in, and as effective values (MODEL-R10..R16).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::needless_pass_by_value, reason = "`json!` makes values")]

use gateway_core::model::{
    AllowedListeners, AllowedRoutes, FromNamespaces, Gateway, HttpPathMatch, HttpRoute, Listener, Object,
    ObjectKind, PathMatchType,
};
use serde_json::{Value as Json, json};

/// The object that the API server makes of one.
fn defaulted(api_version: &str, kind: &str, mut json: Json) -> Json {
    json["apiVersion"] = api_version.into();
    json["kind"] = kind.into();
    let mut object = Object::read(serde_json::from_value(json).unwrap()).unwrap().object;
    object.apply_defaults();
    let once = serde_json::to_value(&object).unwrap();
    object.apply_defaults();
    assert_eq!(serde_json::to_value(&object).unwrap(), once, "defaults are complete at once");
    once
}

fn route(spec: Json) -> Json {
    defaulted("gateway.networking.k8s.io/v1", "HTTPRoute", json!({ "spec": spec }))["spec"].take()
}

fn pending(condition: &str) -> Json {
    json!({
        "type": condition, "status": "Unknown", "lastTransitionTime": "1970-01-01T00:00:00Z",
        "reason": "Pending", "message": "Waiting for controller",
    })
}

#[test]
fn rules_matches_and_paths_nest() {
    let any = json!({ "path": { "type": "PathPrefix", "value": "/" } });
    for (given, matches) in [
        (json!({}), json!([any])),
        (json!({ "rules": [{}] }), json!([any])),
        (json!({ "rules": [{ "matches": [] }] }), json!([])),
        (json!({ "rules": [{ "matches": [{}] }] }), json!([any])),
        (json!({ "rules": [{ "matches": [{ "path": {} }] }] }), json!([any])),
        (
            json!({ "rules": [{ "matches": [{ "path": { "type": "Exact" }, "method": "GET" }] }] }),
            json!([{ "path": { "type": "Exact", "value": "/" }, "method": "GET" }]),
        ),
        (
            json!({ "rules": [{ "matches": [{
                "path": { "value": "/a" },
                "headers": [{ "name": "h", "value": "v" }],
                "queryParams": [{ "name": "q", "value": "v", "type": "RegularExpression" }],
            }] }] }),
            json!([{
                "path": { "type": "PathPrefix", "value": "/a" },
                "headers": [{ "name": "h", "value": "v", "type": "Exact" }],
                "queryParams": [{ "name": "q", "value": "v", "type": "RegularExpression" }],
            }]),
        ),
    ] {
        assert_eq!(route(given.clone()), json!({ "rules": [{ "matches": matches }] }), "{given}");
    }
    assert_eq!(route(json!({ "rules": [] })), json!({ "rules": [] }), "what is refused is not repaired");
}

#[test]
fn filters_and_backends_of_an_http_route() {
    let given = json!({
        "parentRefs": [{ "name": "g" }, { "name": "s", "group": "", "kind": "Service" }],
        "rules": [{
            "matches": [],
            "filters": [
                { "type": "RequestRedirect", "requestRedirect": {} },
                { "type": "CORS", "cors": {} },
                { "type": "RequestMirror", "requestMirror": { "backendRef": { "name": "m" }, "fraction": { "numerator": 1 } } },
                { "type": "ExternalAuth", "externalAuth": { "protocol": "GRPC", "backendRef": { "name": "a" } } },
            ],
            "backendRefs": [{ "name": "b", "weight": 0, "filters": [{ "type": "RequestRedirect", "requestRedirect": { "statusCode": 301 } }] }],
            "sessionPersistence": { "cookieConfig": {} },
        }],
    });
    let service = |name: &str| json!({ "name": name, "group": "", "kind": "Service" });
    assert_eq!(
        route(given),
        json!({
            "parentRefs": [
                { "name": "g", "group": "gateway.networking.k8s.io", "kind": "Gateway" },
                { "name": "s", "group": "", "kind": "Service" },
            ],
            "rules": [{
                "matches": [],
                "filters": [
                    { "type": "RequestRedirect", "requestRedirect": { "statusCode": 302 } },
                    { "type": "CORS", "cors": { "maxAge": 5 } },
                    { "type": "RequestMirror", "requestMirror": { "backendRef": service("m"), "fraction": { "numerator": 1, "denominator": 100 } } },
                    { "type": "ExternalAuth", "externalAuth": { "protocol": "GRPC", "backendRef": service("a") } },
                ],
                "backendRefs": [{
                    "name": "b", "group": "", "kind": "Service", "weight": 0,
                    "filters": [{ "type": "RequestRedirect", "requestRedirect": { "statusCode": 301 } }],
                }],
                "sessionPersistence": { "type": "Cookie", "cookieConfig": { "lifetimeType": "Session" } },
            }],
        })
    );
}

#[test]
fn a_grpc_route_has_few_defaults() {
    let grpc =
        |spec| defaulted("gateway.networking.k8s.io/v1", "GRPCRoute", json!({ "spec": spec }))["spec"].take();
    assert_eq!(grpc(json!({})), json!({}));
    assert_eq!(grpc(json!({ "rules": [{ "matches": [{}] }] })), json!({ "rules": [{ "matches": [{}] }] }));
    assert_eq!(
        grpc(
            json!({ "rules": [{ "matches": [{ "method": {}, "headers": [{ "name": "h", "value": "v" }] }], "backendRefs": [{ "name": "b" }] }] })
        ),
        json!({ "rules": [{
            "matches": [{ "method": { "type": "Exact" }, "headers": [{ "name": "h", "value": "v", "type": "Exact" }] }],
            "backendRefs": [{ "name": "b", "group": "", "kind": "Service", "weight": 1 }],
        }] })
    );
}

#[test]
fn a_gateway_and_its_first_status() {
    let given = json!({ "spec": {
        "gatewayClassName": "c",
        "listeners": [
            { "name": "a", "port": 80, "protocol": "HTTP" },
            { "name": "b", "port": 443, "protocol": "HTTPS", "tls": { "certificateRefs": [{ "name": "s" }] }, "allowedRoutes": { "kinds": [{ "kind": "HTTPRoute" }] } },
            { "name": "c", "port": 444, "protocol": "TLS", "tls": {}, "allowedRoutes": { "namespaces": {} } },
        ],
        "addresses": [{ "value": "10.0.0.1" }],
        "allowedListeners": {},
        "tls": {
            "backend": { "clientCertificateRef": { "name": "s" } },
            "frontend": { "default": { "validation": { "caCertificateRefs": [] } }, "perPort": [{ "port": 1, "tls": { "validation": { "caCertificateRefs": [] } } }] },
        },
    } });
    let same = json!({ "from": "Same" });
    let secret = json!({ "name": "s", "group": "", "kind": "Secret" });
    let validation = json!({ "validation": { "caCertificateRefs": [], "mode": "AllowValidOnly" } });
    let gateway = defaulted("gateway.networking.k8s.io/v1", "Gateway", given);
    assert_eq!(
        gateway["spec"],
        json!({
            "gatewayClassName": "c",
            "listeners": [
                { "name": "a", "port": 80, "protocol": "HTTP", "allowedRoutes": { "namespaces": same } },
                {
                    "name": "b", "port": 443, "protocol": "HTTPS", "tls": { "mode": "Terminate", "certificateRefs": [secret] },
                    "allowedRoutes": { "namespaces": same, "kinds": [{ "kind": "HTTPRoute", "group": "gateway.networking.k8s.io" }] },
                },
                { "name": "c", "port": 444, "protocol": "TLS", "tls": { "mode": "Terminate" }, "allowedRoutes": { "namespaces": same } },
            ],
            "addresses": [{ "type": "IPAddress", "value": "10.0.0.1" }],
            "allowedListeners": { "namespaces": { "from": "None" } },
            "tls": {
                "backend": { "clientCertificateRef": secret },
                "frontend": { "default": validation, "perPort": [{ "port": 1, "tls": validation }] },
            },
        })
    );
    assert_eq!(gateway["status"], json!({ "conditions": [pending("Accepted"), pending("Programmed")] }));
}

#[test]
fn the_first_status_of_the_other_kinds() {
    let status = |kind: &str, given: Json| {
        let group = if kind == "XMesh" {
            "gateway.networking.x-k8s.io/v1alpha1"
        } else {
            "gateway.networking.k8s.io/v1"
        };
        defaulted(group, kind, given).get("status").cloned()
    };
    let accepted = json!({ "conditions": [pending("Accepted")] });
    let both = json!({ "conditions": [pending("Accepted"), pending("Programmed")] });
    let none = json!({});
    let empty = json!({ "status": {} });
    let set = json!({ "status": { "conditions": [] } });

    assert_eq!(status("GatewayClass", none.clone()), Some(accepted.clone()));
    assert_eq!(status("GatewayClass", empty.clone()), Some(accepted.clone()));
    assert_eq!(status("ListenerSet", none.clone()), Some(both.clone()));
    assert_eq!(status("XMesh", none.clone()), Some(accepted));
    assert_eq!(status("XMesh", empty), Some(both));
    assert_eq!(status("XMesh", set), Some(json!({ "conditions": [] })));
    assert_eq!(status("HTTPRoute", none), None);
}

#[test]
fn a_retry_budget_is_filled_in_part_or_in_whole() {
    let policy = |constraint: Json| {
        let given = json!({ "spec": { "targetRefs": [], "retryConstraint": constraint } });
        defaulted("gateway.networking.x-k8s.io/v1alpha1", "XBackendTrafficPolicy", given)["spec"]["retryConstraint"].take()
    };
    let rate = json!({ "count": 10, "interval": "1s" });
    assert_eq!(
        policy(json!({})),
        json!({ "budget": { "percent": 20, "interval": "10s" }, "minRetryRate": rate })
    );
    assert_eq!(
        policy(json!({ "budget": { "percent": 5 }, "minRetryRate": { "count": 3 } })),
        json!({ "budget": { "percent": 5, "interval": "10s" }, "minRetryRate": { "count": 3 } })
    );
}

#[test]
fn core_kinds_stay_as_they_are() {
    for kind in ObjectKind::ALL.iter().filter(|kind| !kind.is_gateway_api()) {
        let json = json!({ "apiVersion": kind.api_version(kind.newest_version()), "kind": kind.kind() });
        let object = Object::read(serde_json::from_value(json).unwrap()).unwrap().object;
        let mut defaulted = object.clone();
        defaulted.apply_defaults();
        assert_eq!(defaulted, object);
    }
}

#[test]
fn effective_values_need_no_writing() {
    let route = HttpRoute::default();
    let rules = route.spec.rules();
    assert_eq!(rules.len(), 1);
    assert_eq!(rules[0].matches()[0].path().value(), "/");
    assert_eq!(rules[0].matches()[0].path().match_type(), PathMatchType::PathPrefix);
    assert_eq!(HttpPathMatch { r#type: Some("Exact".into()), value: None }.value(), "/");

    assert_eq!(Listener::default().routes_from(), FromNamespaces::Same);
    assert_eq!(AllowedRoutes::default().from(), FromNamespaces::Same);
    assert_eq!(Gateway::default().spec.listeners_from(), FromNamespaces::None);
    assert_eq!(AllowedListeners::default().from(), FromNamespaces::None);
}
