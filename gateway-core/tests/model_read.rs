//! Lenient reading: a mistake costs no more than the value it is in.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::needless_pass_by_value, reason = "`json!` makes values")]

use gateway_core::model::{
    Bool, HttpRoute, JsonType, Number, Object, ObjectKind, Read, ReadError, ReadFindingKind, Value,
};
use serde_json::{Value as Json, json};

fn read(json: Json) -> Result<Read, ReadError> {
    Object::read(serde_json::from_value(json).unwrap())
}

/// Reads the spec of an HTTPRoute.
fn read_route(spec: Json) -> (HttpRoute, Vec<String>) {
    let read = read(json!({
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "HTTPRoute",
        "metadata": { "name": "r" },
        "spec": spec,
    }))
    .unwrap();
    let findings = read.findings.iter().map(ToString::to_string).collect();
    match read.object {
        Object::HttpRoute(route) => (route, findings),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_wrong_type_costs_only_its_value() {
    let (route, findings) = read_route(json!({
        "hostnames": "a.example",
        "parentRefs": [{ "name": "g", "port": { "number": 80 } }],
        "rules": [{
            "name": "first",
            "matches": [{ "path": ["/"], "method": "GET", "headers": [{ "name": "x", "value": {} }] }],
            "backendRefs": [{ "name": "a", "port": 80, "weight": true }, { "name": "b", "port": 81 }],
        }],
    }));
    assert_eq!(
        findings,
        [
            "spec.hostnames: must be of type array, but `\"a.example\"` is of type string",
            "spec.parentRefs[0].port: must be of type integer, but `{\"number\":80}` is of type object",
            "spec.rules[0].matches[0].path: must be of type object, but `[\"/\"]` is of type array",
            "spec.rules[0].matches[0].headers[0].value: must be of type string, but `{}` is of type object",
            "spec.rules[0].backendRefs[0].weight: must be of type integer, but `true` is of type boolean",
        ]
    );
    assert_eq!(route.spec.hostnames, None);
    assert_eq!(route.spec.parent_refs.unwrap()[0].port, None);
    let rule = &route.spec.rules.unwrap()[0];
    assert_eq!(rule.name.as_deref(), Some("first"));
    let first = &rule.matches.as_ref().unwrap()[0];
    assert_eq!(first.path, None);
    assert_eq!(first.method.as_ref().unwrap().as_str(), "GET");
    assert_eq!(first.headers.as_ref().unwrap()[0].value, "");
    let backends = rule.backend_refs.as_ref().unwrap();
    assert_eq!(backends[0].weight(), 1, "a weight that cannot be read is absent");
    assert_eq!((&*backends[1].name, backends[1].port.unwrap().0), ("b", 81));
}

#[test]
fn what_is_required_is_missed_once() {
    let (route, findings) = read_route(json!({
        "parentRefs": [{}, { "name": null }],
        "rules": [{ "filters": [{ "type": "RequestMirror", "requestMirror": {} }] }],
    }));
    assert_eq!(
        findings,
        [
            "spec.parentRefs[0].name: required value is missing",
            "spec.parentRefs[1].name: required value is missing",
            "spec.rules[0].filters[0].requestMirror.backendRef: required value is missing",
        ]
    );
    assert_eq!(route.spec.parent_refs.unwrap().len(), 2);

    let whole = read(json!({ "apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway" })).unwrap();
    assert_eq!(whole.findings.len(), 1, "nothing is said about the inside of what is missing");
    assert_eq!(whole.findings[0].to_string(), "spec: required value is missing");
}

#[test]
fn null_reads_as_absent() {
    let (route, findings) = read_route(json!({
        "hostnames": null,
        "rules": [{ "matches": null, "backendRefs": [{ "name": "a", "group": null, "filters": null }] }],
    }));
    assert_eq!(findings, [""; 0]);
    assert_eq!(route.spec.hostnames, None);
    assert_eq!(route.spec.rules.unwrap()[0].matches, None);
}

#[test]
fn scalars_keep_their_meaning() {
    let (route, findings) = read_route(json!({
        "hostnames": [1.5, true, "a.example"],
        "rules": [{ "backendRefs": [{ "name": 80, "port": "8080", "weight": 2.0 }, { "name": "b", "port": "http" }] }],
    }));
    assert_eq!(
        findings,
        [
            "spec.hostnames[0]: must be of type string, but `1.5` is of type number",
            "spec.hostnames[1]: must be of type string, but `true` is of type boolean",
            "spec.rules[0].backendRefs[0].name: must be of type string, but `80` is of type integer",
            "spec.rules[0].backendRefs[0].port: must be of type integer, but `\"8080\"` is of type string",
            "spec.rules[0].backendRefs[1].port: must be of type integer, but `\"http\"` is of type string",
        ]
    );
    assert_eq!(route.spec.hostnames.unwrap(), ["1.5", "true", "a.example"]);
    let backends = route.spec.rules.unwrap()[0].backend_refs.clone().unwrap();
    assert_eq!(backends[0].name, "80");
    assert_eq!(backends[0].port.unwrap(), 8080);
    assert_eq!(backends[0].weight, Some(2));
    assert_eq!(backends[1].port, None);
}

#[test]
fn text_keeps_how_a_scalar_was_written() {
    let entry = |key: &str, value| (key.to_owned(), value);
    let hostnames = Value::List(vec![
        Value::Bool(Bool::with_text(true, "yes")),
        Value::Number(Number::from(15_i64).with_text("017")),
        Value::Number(Number::from(1000.0).with_text("1e3")),
    ]);
    let value = Value::Map(vec![
        entry("apiVersion", "gateway.networking.k8s.io/v1".into()),
        entry("kind", "HTTPRoute".into()),
        entry("metadata", Value::Map(vec![entry("name", "r".into())])),
        entry("spec", Value::Map(vec![entry("hostnames", hostnames)])),
    ]);
    let read = Object::read(value).unwrap();
    let Object::HttpRoute(route) = read.object else { panic!() };
    assert_eq!(route.spec.hostnames.unwrap(), ["yes", "017", "1e3"]);
    let written: Vec<_> = read
        .findings
        .iter()
        .map(|finding| match &finding.kind {
            ReadFindingKind::WrongType { expected: JsonType::String, written, .. } => written.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(written, ["yes", "017", "1e3"]);
}

#[test]
fn elements_keep_their_index() {
    let (route, findings) = read_route(json!({
        "rules": [
            { "name": "zero" }, "one", null, ["three"],
            { "name": "four", "backendRefs": [7, { "name": "b", "port": 1.5 }] },
        ],
    }));
    assert_eq!(
        findings,
        [
            "spec.rules[1]: must be of type object, but `\"one\"` is of type string",
            "spec.rules[2]: must be of type object, but `null` is of type null",
            "spec.rules[3]: must be of type object, but `[\"three\"]` is of type array",
            "spec.rules[4].backendRefs[0]: must be of type object, but `7` is of type integer",
            "spec.rules[4].backendRefs[1].port: must be of type integer, but `1.5` is of type number",
        ]
    );
    let rules = route.spec.rules.unwrap();
    assert_eq!(rules.len(), 5);
    assert_eq!(rules[4].name.as_deref(), Some("four"));
    assert_eq!(rules[4].backend_refs.as_ref().unwrap()[1].name, "b");
}

#[test]
fn numbers_out_of_range_stop_at_the_nearest() {
    let (route, findings) = read_route(json!({
        "rules": [{ "backendRefs": [
            { "name": "a", "port": 3_000_000_000_u64, "weight": -3_000_000_000_i64 },
            { "name": "b", "port": u64::MAX, "weight": 1e30 },
        ] }],
    }));
    let range = "must be between -2147483648 and 2147483647, but is";
    assert_eq!(
        findings,
        [
            format!("spec.rules[0].backendRefs[0].port: {range} `3000000000`"),
            format!("spec.rules[0].backendRefs[0].weight: {range} `-3000000000`"),
            format!("spec.rules[0].backendRefs[1].port: {range} `18446744073709551615`"),
            "spec.rules[0].backendRefs[1].weight: must be of type integer, but `1e30` is of type number"
                .into(),
        ]
    );
    let backends = route.spec.rules.unwrap()[0].backend_refs.clone().unwrap();
    assert_eq!((backends[0].port.unwrap().0, backends[0].weight), (i32::MAX, Some(i32::MIN)));
    assert_eq!((backends[1].port.unwrap().0, backends[1].weight), (i32::MAX, None));
}

#[test]
fn unknown_fields_are_told_where_they_are() {
    let read = read(json!({
        "apiVersion": "gateway.networking.k8s.io/v1beta1",
        "kind": "HTTPRoute",
        "metadata": { "name": "r", "nmae": "x", "clusterName": "y" },
        "data": {},
        "spec": {
            "rules": [{ "backendRef": [{}], "matches": [{ "path": { "type": "Exact", "kind": "x" } }] }],
        },
        "status": { "parents": [], "since": 1 },
    }))
    .unwrap();
    let unknown: Vec<_> = read
        .findings
        .iter()
        .map(|finding| {
            assert_eq!(finding.kind, ReadFindingKind::UnknownField);
            finding.path.to_string()
        })
        .collect();
    assert_eq!(
        unknown,
        [
            "data",
            "metadata.nmae",
            "metadata.clusterName",
            "spec.rules[0].backendRef",
            "spec.rules[0].matches[0].path.kind",
            "status.since",
        ]
    );
}

#[test]
fn a_reference_grant_has_no_status() {
    let read = read(json!({
        "apiVersion": "gateway.networking.k8s.io/v1", "kind": "ReferenceGrant", "metadata": { "name": "g" },
        "spec": { "from": [], "to": [] }, "status": {},
    }))
    .unwrap();
    assert_eq!(read.findings[0].to_string(), "status: unknown field");
}

#[test]
fn map_keys_print_in_brackets() {
    let read = read(json!({
        "apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass",
        "metadata": { "name": "c", "annotations": { "example.com/x": 1, "y": null } },
        "spec": { "controllerName": "example.com/c" },
    }))
    .unwrap();
    let findings: Vec<_> = read.findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        findings,
        [
            "metadata.annotations[example.com/x]: must be of type string, but `1` is of type integer",
            "metadata.annotations.y: must be of type string, but `null` is of type null",
        ]
    );
    assert_eq!(read.object.metadata().annotation("example.com/x"), Some("1"));
}

#[test]
fn of_a_key_that_occurs_twice_the_last_counts() {
    let entry = |key: &str, value| (key.to_owned(), value);
    let value = Value::Map(vec![
        entry("apiVersion", "gateway.networking.k8s.io/v1".into()),
        entry("kind", "GatewayClass".into()),
        entry("metadata", Value::Map(vec![entry("name", "first".into()), entry("name", "last".into())])),
        entry("spec", Value::Map(vec![entry("controllerName", "example.com/c".into())])),
    ]);
    let read = Object::read(value).unwrap();
    assert_eq!(read.object.metadata().name, "last");
    assert_eq!(read.findings.len(), 1);
    assert_eq!(read.findings[0].to_string(), "metadata.name: key occurs more than once");
}

#[test]
fn features_may_be_bare_names() {
    let read = read(json!({
        "apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass", "metadata": { "name": "c" },
        "spec": { "controllerName": "example.com/c" },
        "status": { "supportedFeatures": ["Gateway", { "name": "HTTPRoute" }, 3] },
    }))
    .unwrap();
    let Object::GatewayClass(class) = read.object else { panic!() };
    let features = class.status.unwrap().supported_features.unwrap();
    let names: Vec<_> = features.iter().map(|feature| feature.name.as_str()).collect();
    assert_eq!(names, ["Gateway", "HTTPRoute", ""]);
    assert_eq!(read.findings.len(), 1);
    assert_eq!(read.findings[0].path.to_string(), "status.supportedFeatures[2]");
}

#[test]
fn a_name_may_be_generated() {
    let read = read(json!({
        "apiVersion": "v1", "kind": "Secret", "metadata": { "generateName": "s-" },
    }))
    .unwrap();
    assert_eq!(read.findings, []);
    assert_eq!(read.object.metadata().name, "");
}

#[test]
fn a_target_port_may_be_anything() {
    let read = read(json!({
        "apiVersion": "v1", "kind": "Service", "metadata": { "name": "s" },
        "spec": { "ports": [{ "port": 1, "targetPort": 2 }, { "port": 3, "targetPort": "web" }, { "port": 4, "targetPort": [5] }] },
    }))
    .unwrap();
    assert_eq!(read.findings, []);
    let ports = serde_json::to_value(&read.object).unwrap();
    assert_eq!(ports["spec"]["ports"][2]["targetPort"], json!([5]));
}

#[test]
fn what_has_no_kind_is_an_error() {
    for (json, error) in [
        (json!([]), ReadError::NotAnObject { found: JsonType::Array }),
        (json!(null), ReadError::NotAnObject { found: JsonType::Null }),
        (json!({}), ReadError::NoApiVersion),
        (json!({ "apiVersion": 1, "kind": "Gateway" }), ReadError::NoApiVersion),
        (json!({ "apiVersion": "v1" }), ReadError::NoKind),
        (json!({ "apiVersion": "v1", "kind": "" }), ReadError::NoKind),
        (
            json!({ "apiVersion": "v1", "kind": "Gateway" }),
            ReadError::UnknownKind { api_version: "v1".into(), kind: "Gateway".into() },
        ),
        (
            json!({ "apiVersion": "gateway.networking.k8s.io/v1alpha2", "kind": "HTTPRoute" }),
            ReadError::UnservedVersion {
                api_version: "gateway.networking.k8s.io/v1alpha2".into(),
                kind: ObjectKind::HttpRoute,
            },
        ),
    ] {
        assert_eq!(read(json.clone()).unwrap_err(), error, "{json}");
    }
    let error =
        read(json!({ "apiVersion": "gateway.networking.k8s.io/v2", "kind": "HTTPRoute" })).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`HTTPRoute` is not served as `gateway.networking.k8s.io/v2`, but as \
         `gateway.networking.k8s.io/v1`, `gateway.networking.k8s.io/v1beta1`"
    );
}

#[test]
fn strict_reading_refuses_what_lenient_reading_forgives() {
    let route = |spec: Json| {
        serde_json::from_value::<Object>(json!({
            "apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute",
            "metadata": { "name": "r" }, "spec": spec,
        }))
    };
    let error = route(json!({ "parentRefs": [{ "port": 80 }] })).unwrap_err();
    assert_eq!(error.to_string(), "spec.parentRefs[0].name: required value is missing");
    assert!(route(json!({ "rules": {} })).is_err());
    assert!(route(json!({ "novel": 1 })).is_ok(), "an unknown field is left out, as the API server does");
}

#[test]
fn too_many_mistakes_are_an_error() {
    let rules: Vec<_> = (0..2_000).map(|_| json!(1)).collect();
    let error = read(json!({
        "apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "spec": { "rules": rules },
    }))
    .unwrap_err();
    assert_eq!(error, ReadError::TooManyFindings { limit: 1_000 });
}

/// Lists in lists, or maps in maps, without recursion.
fn nested(depth: usize, wrap: impl Fn(Value) -> Value) -> Value {
    (0..depth).fold(Value::Null, |inner, _| wrap(inner))
}

#[test]
fn hostile_depth_is_harmless() {
    let list = |inner| Value::List(vec![inner]);
    let map = |inner| Value::Map(vec![("a".to_owned(), inner)]);
    let manifest = |key: &str, metadata: Value, value: Value| {
        Value::Map(vec![
            ("apiVersion".to_owned(), "gateway.networking.k8s.io/v1".into()),
            ("kind".to_owned(), "HTTPRoute".into()),
            ("metadata".to_owned(), metadata),
            (key.to_owned(), value),
        ])
    };
    for wrap in [&list as &dyn Fn(Value) -> Value, &map] {
        // Of the wrong type, unknown, and where anything is allowed.
        let spec = Object::read(manifest("spec", Value::Null, nested(10_000, wrap)));
        assert!(!spec.unwrap().findings.is_empty());
        let unknown = Object::read(manifest("novel", Value::Null, nested(10_000, wrap)));
        assert!(!unknown.unwrap().findings.is_empty());
        let metadata =
            Value::Map(vec![("ownerReferences".to_owned(), Value::List(vec![nested(10_000, wrap)]))]);
        let read = Object::read(manifest("spec", metadata, Value::Map(vec![]))).unwrap();
        assert_eq!(read.findings.len(), 1);
        assert!(matches!(read.findings[0].kind, ReadFindingKind::TooDeep { limit: 128 }));
    }
    assert!(Object::read(nested(10_000, list)).is_err());

    let text = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let mut deserializer = serde_json::Deserializer::from_str(&text);
    assert!(serde::Deserialize::deserialize(&mut deserializer).map(|_: Value| ()).is_err());
}

#[test]
fn a_value_keeps_order_and_numbers() {
    let text = r#"{"b":1,"a":[-1,18446744073709551615,1.5,null,true,"x"],"b2":{}}"#;
    let value: Value = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), text);
    assert_eq!(value.excerpt(200), text);
    assert_eq!(value.get("b").unwrap().as_i64(), Some(1));
}
