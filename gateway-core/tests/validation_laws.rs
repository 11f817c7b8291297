//! What holds of validation whatever the object.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::LazyLock;
use std::time::Instant;

use gateway_core::model::{Number, Object, ObjectKind, Value};
use gateway_core::validate::{Channel, Validator};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

static VALIDATORS: LazyLock<[Validator; 2]> = LazyLock::new(|| Channel::ALL.map(Validator::new));

/// Words that fields look at, so that arbitrary objects get somewhere.
const KEYS: &[&str] = &[
    "spec",
    "status",
    "metadata",
    "name",
    "namespace",
    "labels",
    "annotations",
    "finalizers",
    "rules",
    "matches",
    "filters",
    "backendRefs",
    "path",
    "type",
    "value",
    "headers",
    "listeners",
    "port",
    "protocol",
    "tls",
    "hostname",
    "hostnames",
    "parentRefs",
    "targetRefs",
    "validation",
    "addresses",
    "requestRedirect",
    "urlRewrite",
    "cors",
    "requestMirror",
    "timeouts",
    "request",
    "backendRequest",
    "retryConstraint",
    "budget",
    "interval",
    "conditions",
    "certificateRefs",
    "options",
    "infrastructure",
    "method",
    "service",
    "kind",
    "group",
    "from",
    "to",
    "mode",
    "controllerName",
    "gatewayClassName",
    "parentRef",
    "externalHostname",
    "sessionPersistence",
    "cookieConfig",
];
const WORDS: &[&str] = &[
    "",
    "a",
    "Exact",
    "PathPrefix",
    "/",
    "//",
    "1s",
    "1d",
    "-1h",
    "10.0.0.1",
    "::1",
    "Hostname",
    "IPAddress",
    "HTTP",
    "TLS",
    "Terminate",
    "Service",
    "RequestRedirect",
    "URLRewrite",
    "ReplacePrefixMatch",
    "*",
    "é\u{301}",
];

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0..70_000_i64).prop_map(|number| Value::Number(Number::from(number).with_text("written"))),
        ".{0,20}".prop_map(Value::from),
        proptest::sample::select(WORDS).prop_map(Value::from),
    ];
    leaf.prop_recursive(8, 120, 6, |inner| {
        let key = prop_oneof![
            9 => proptest::sample::select(KEYS).prop_map(String::from),
            1 => ".{0,8}",
        ];
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..5).prop_map(Value::List),
            3 => prop::collection::vec((key, inner), 0..8).prop_map(Value::Map),
        ]
    })
}

/// An object of any kind and version with anything in it.
fn any_object() -> impl Strategy<Value = Value> {
    let kinds: Vec<_> = ObjectKind::ALL
        .iter()
        .flat_map(|kind| {
            kind.served_versions().iter().map(|version| (kind.api_version(*version), kind.kind()))
        })
        .collect();
    (proptest::sample::select(kinds), any_value(), any_value(), any_value()).prop_map(
        |((api_version, kind), spec, status, metadata)| {
            Value::Map(vec![
                ("apiVersion".into(), api_version.into()),
                ("kind".into(), kind.into()),
                ("metadata".into(), metadata),
                ("spec".into(), spec),
                ("status".into(), status),
            ])
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(value in any_value(), object in any_object(), old in any_object()) {
        for validator in VALIDATORS.iter() {
            validator.create(&value);
            validator.update(&old, &object);
            validator.update(&value, &object);
            let validation = validator.create(&object);
            prop_assert_eq!(validation.is_valid(), validation.refusal().is_none());
            // What was taken in changes no more, and is judged alike.
            let again = validator.create(&validation.object);
            prop_assert_eq!(&again.object, &validation.object);
            prop_assert_eq!(again.problems, validation.problems);
        }
    }
}

/// Objects of every kind with as little as is allowed, and with much.
fn objects() -> Vec<Json> {
    let a = "gateway.networking.k8s.io/v1";
    let x = "gateway.networking.x-k8s.io/v1alpha1";
    let status = json!({ "parents": [{
        "parentRef": { "name": "g" }, "controllerName": "a.b/c",
        "conditions": [{ "type": "Accepted", "status": "True", "reason": "Accepted", "message": "", "lastTransitionTime": "2024-01-01T00:00:00Z" }],
    }] });
    let plain = |spec: Json| json!({ "spec": spec });
    let rule = json!({ "backendRefs": [{ "name": "b", "port": 1 }] });
    let of = |api_version: &str, kind: &str, mut body: Json| {
        body["apiVersion"] = json!(api_version);
        body["kind"] = json!(kind);
        body["metadata"] = json!({ "name": "it" });
        body
    };
    vec![
        of(a, "GatewayClass", plain(json!({ "controllerName": "a.b/c" }))),
        of(a, "GatewayClass", json!({ "spec": { "controllerName": "a.b/c" }, "status": {} })),
        of(
            a,
            "GatewayClass",
            json!({ "spec": { "controllerName": "a.b/c" }, "status": { "conditions": [], "supportedFeatures": [{ "name": "f" }] } }),
        ),
        of(
            a,
            "Gateway",
            plain(json!({
                "gatewayClassName": "c", "allowedListeners": {}, "addresses": [{ "value": "10.0.0.1" }, { "type": "Hostname" }],
                "listeners": [
                    { "name": "a", "port": 80, "protocol": "HTTP" },
                    { "name": "b", "port": 443, "protocol": "HTTPS", "tls": { "certificateRefs": [{ "name": "s" }] }, "allowedRoutes": { "kinds": [{ "kind": "HTTPRoute" }] } },
                    { "name": "c", "port": 444, "protocol": "TLS", "tls": { "mode": "Passthrough" }, "allowedRoutes": { "namespaces": {} } },
                ],
                "tls": {
                    "backend": { "clientCertificateRef": { "name": "s" } },
                    "frontend": {
                        "default": { "validation": { "caCertificateRefs": [{ "group": "", "kind": "ConfigMap", "name": "ca" }] } },
                        "perPort": [{ "port": 1, "tls": {} }],
                    },
                },
            })),
        ),
        of(
            a,
            "Gateway",
            json!({
                "spec": { "gatewayClassName": "c", "listeners": [{ "name": "a", "port": 80, "protocol": "HTTP" }] },
                "status": { "addresses": [{ "value": "10.0.0.1" }], "listeners": [{ "name": "a", "attachedRoutes": 0, "conditions": [], "supportedKinds": [{ "kind": "HTTPRoute" }] }] },
            }),
        ),
        of(
            a,
            "ListenerSet",
            plain(
                json!({ "parentRef": { "name": "g" }, "listeners": [{ "name": "a", "port": 80, "protocol": "HTTP" }] }),
            ),
        ),
        of(a, "HTTPRoute", plain(json!({}))),
        of(
            a,
            "HTTPRoute",
            json!({ "status": status, "spec": {
            "parentRefs": [{ "name": "g" }, { "name": "s", "group": "", "kind": "Service" }],
            "rules": [
                {},
                { "matches": [{ "path": {} }, { "path": { "type": "Exact" }, "headers": [{ "name": "h", "value": "v" }], "queryParams": [{ "name": "q", "value": "v" }] }] },
                { "matches": [], "filters": [
                    { "type": "RequestRedirect", "requestRedirect": {} },
                    { "type": "CORS", "cors": {} },
                    { "type": "RequestMirror", "requestMirror": { "backendRef": { "name": "m", "port": 1 }, "fraction": { "numerator": 1 } } },
                    { "type": "ExternalAuth", "externalAuth": { "protocol": "GRPC", "grpc": {}, "backendRef": { "name": "a", "port": 1 } } },
                ] },
                { "backendRefs": [{ "name": "b", "port": 1, "filters": [{ "type": "RequestRedirect", "requestRedirect": {} }] }], "sessionPersistence": { "cookieConfig": {} } },
            ],
        } }),
        ),
        of(a, "GRPCRoute", plain(json!({}))),
        of(
            a,
            "GRPCRoute",
            plain(json!({ "rules": [{
            "matches": [{ "method": { "method": "M" }, "headers": [{ "name": "h", "value": "v" }] }],
            "filters": [{ "type": "RequestMirror", "requestMirror": { "backendRef": { "name": "m", "port": 1 }, "fraction": { "numerator": 1 } } }],
            "backendRefs": [{ "name": "b", "port": 1 }], "sessionPersistence": {},
        }] })),
        ),
        of(
            a,
            "TLSRoute",
            plain(json!({ "hostnames": ["a"], "parentRefs": [{ "name": "g" }], "rules": [rule] })),
        ),
        of(a, "TCPRoute", json!({ "status": status, "spec": { "rules": [rule] } })),
        of(a, "UDPRoute", plain(json!({ "rules": [rule] }))),
        of(
            a,
            "ReferenceGrant",
            plain(
                json!({ "from": [{ "group": "", "kind": "K", "namespace": "n" }], "to": [{ "group": "", "kind": "Service" }] }),
            ),
        ),
        of(
            a,
            "BackendTLSPolicy",
            json!({
                "spec": { "targetRefs": [{ "group": "", "kind": "Service", "name": "s" }], "validation": { "hostname": "h", "wellKnownCACertificates": "System" } },
                "status": { "ancestors": [{ "ancestorRef": { "name": "g" }, "controllerName": "a.b/c", "conditions": status["parents"][0]["conditions"] }] },
            }),
        ),
        of(
            x,
            "XBackend",
            json!({
                "spec": { "type": "ExternalHostname", "externalHostname": { "hostname": "h" }, "port": { "port": 1 }, "tls": { "mode": "ClientAndServer", "clientCertificateRef": { "name": "s" } } },
                "status": { "parents": [{ "parentRef": { "name": "g" }, "controllerName": "a.b/c" }] },
            }),
        ),
        of(
            x,
            "XBackendTrafficPolicy",
            plain(
                json!({ "targetRefs": [{ "group": "", "kind": "Service", "name": "s" }], "retryConstraint": {}, "sessionPersistence": {} }),
            ),
        ),
        of(
            x,
            "XBackendTrafficPolicy",
            plain(
                json!({ "targetRefs": [{ "group": "", "kind": "Service", "name": "s" }], "retryConstraint": { "budget": {}, "minRetryRate": { "count": 3 } } }),
            ),
        ),
        of(x, "XMesh", plain(json!({ "controllerName": "a.b/c" }))),
        of(x, "XMesh", json!({ "spec": { "controllerName": "a.b/c" }, "status": {} })),
    ]
}

/// There are two ways to write defaults, into typed objects and into manifests; they write the same.
#[test]
fn model_r16_typed_objects_get_the_same_defaults() {
    let validator = &VALIDATORS[1];
    assert_eq!(validator.channel(), Channel::Experimental);
    for manifest in objects() {
        let given: Value = serde_json::from_value(manifest.clone()).unwrap();
        let validation = validator.create(&given);
        assert!(validation.is_valid(), "{manifest}: {:?}", validation.refusal());
        let mut typed = Object::read(given).unwrap().object;
        typed.apply_defaults();
        assert_eq!(serde_json::to_value(&validation.object).unwrap(), serde_json::to_value(&typed).unwrap());
    }
}

/// How fast: `cargo test --release -p gateway-core --test validation_laws -- --ignored --nocapture`.
#[test]
#[ignore = "measures, decides nothing"]
fn speed_with_ten_rules() {
    let rules: Vec<_> = (0..10)
        .map(|rule| {
            json!({
                "matches": [{ "path": { "type": "PathPrefix", "value": format!("/api/v{rule}") }, "headers": [{ "name": "x-tenant", "value": "a" }] }],
                "filters": [{ "type": "RequestHeaderModifier", "requestHeaderModifier": { "set": [{ "name": "x-a", "value": "b" }] } }],
                "backendRefs": [{ "name": "a", "port": 80, "weight": 90 }, { "name": "b", "port": 80, "weight": 10 }],
                "timeouts": { "request": "10s", "backendRequest": "2s" },
            })
        })
        .collect();
    let manifest: Value = serde_json::from_value(json!({
        "apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": { "name": "it", "namespace": "here" },
        "spec": { "parentRefs": [{ "name": "g", "namespace": "infra" }], "hostnames": ["shop.example.com"], "rules": rules },
    }))
    .unwrap();
    let begun = Instant::now();
    let validator = Validator::new(Channel::Experimental);
    println!("one validator: {:?}", begun.elapsed());
    let begun = Instant::now();
    let mut count = 0;
    while begun.elapsed().as_secs() < 2 {
        for _ in 0..100 {
            assert!(validator.create(std::hint::black_box(&manifest)).is_valid());
        }
        count += 100;
    }
    println!("{:.0} objects per second", f64::from(count) / begun.elapsed().as_secs_f64());
}
