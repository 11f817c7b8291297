//! Every field of every kind survives reading and writing.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gateway_core::model::{Object, ObjectKind, Value, Version};
use serde_json::{Value as Json, json};

/// An instance of each kind of the Gateway API in which every property of the experimental schema is set.
const FULL: [&str; 13] = [
    include_str!("model_full/GatewayClass.json"),
    include_str!("model_full/Gateway.json"),
    include_str!("model_full/ListenerSet.json"),
    include_str!("model_full/HTTPRoute.json"),
    include_str!("model_full/GRPCRoute.json"),
    include_str!("model_full/TLSRoute.json"),
    include_str!("model_full/TCPRoute.json"),
    include_str!("model_full/UDPRoute.json"),
    include_str!("model_full/ReferenceGrant.json"),
    include_str!("model_full/BackendTLSPolicy.json"),
    include_str!("model_full/XBackend.json"),
    include_str!("model_full/XBackendTrafficPolicy.json"),
    include_str!("model_full/XMesh.json"),
];

fn full_objects() -> Vec<Json> {
    FULL.iter().map(|text| serde_json::from_str(text).unwrap()).collect()
}

fn value(json: &Json) -> Value {
    serde_json::from_value(json.clone()).unwrap()
}

/// Reads, expects nothing to complain about, and writes again.
fn round_trip(json: &Json) -> Json {
    let read = Object::read(value(json)).unwrap();
    assert_eq!(read.findings, [], "{}", json["kind"]);
    let written = read.object.to_value();
    let json = serde_json::to_value(&written).unwrap();
    assert_eq!(json, serde_json::to_value(&read.object).unwrap(), "both ways of writing agree");
    json
}

#[test]
fn every_field_survives() {
    let mut kinds = Vec::new();
    for json in full_objects() {
        assert_eq!(round_trip(&json), json);
        kinds.push(Object::read(value(&json)).unwrap().object.kind());
    }
    let all: Vec<_> = ObjectKind::ALL.iter().copied().filter(|kind| kind.is_gateway_api()).collect();
    assert_eq!(kinds, all);
}

#[test]
fn strict_reading_gives_the_same_object() {
    for json in full_objects() {
        let strict: Object = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(strict, Object::read(value(&json)).unwrap().object);
    }
}

#[test]
fn every_served_version_reads_into_the_same_type() {
    for json in full_objects() {
        let kind = Object::read(value(&json)).unwrap().object.kind();
        for version in kind.served_versions() {
            let mut json = json.clone();
            json["apiVersion"] = kind.api_version(*version).into();
            assert_eq!(round_trip(&json), json);
            assert_eq!(Object::read(value(&json)).unwrap().object.version(), *version);
        }
    }
}

#[test]
fn what_the_model_writes_begins_with_its_type() {
    for json in full_objects() {
        let written = serde_json::to_string(&Object::read(value(&json)).unwrap().object).unwrap();
        assert!(written.starts_with(r#"{"apiVersion":""#), "{written}");
        let keys = ["\"apiVersion\"", "\"kind\"", "\"metadata\"", "\"spec\""];
        let places: Vec<_> = keys.iter().map(|key| written.find(key).unwrap()).collect();
        assert!(places.is_sorted(), "{written}");
    }
}

#[test]
fn absent_and_empty_stay_different() {
    let meta = json!({ "name": "r" });
    for spec in [
        json!({}),
        json!({ "rules": [] }),
        json!({ "rules": [{}] }),
        json!({ "rules": [{ "matches": [] }] }),
        json!({ "rules": [{ "matches": [{}] }] }),
        json!({ "rules": [{ "matches": [{ "path": {} }] }] }),
        json!({ "parentRefs": [{ "name": "g", "group": "" }] }),
        json!({ "hostnames": [], "parentRefs": [] }),
    ] {
        let route = json!({ "apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": meta, "spec": spec });
        assert_eq!(round_trip(&route), route);
    }
    for spec in [
        json!({ "gatewayClassName": "c", "listeners": [] }),
        json!({ "gatewayClassName": "c", "listeners": [{ "name": "l", "port": 80, "protocol": "HTTP", "hostname": "", "tls": {}, "allowedRoutes": {} }] }),
        json!({ "gatewayClassName": "c", "listeners": [], "allowedListeners": {}, "infrastructure": { "labels": {} } }),
    ] {
        let gateway = json!({ "apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "metadata": meta, "spec": spec });
        assert_eq!(round_trip(&gateway), gateway);
    }
}

#[test]
fn core_kinds_keep_what_routing_reads() {
    let meta = json!({ "name": "x", "namespace": "shop", "labels": { "a": "b" } });
    for object in [
        json!({
            "apiVersion": "v1", "kind": "Service", "metadata": meta,
            "spec": {
                "type": "ClusterIP", "clusterIP": "10.0.0.1", "clusterIPs": ["10.0.0.1"], "externalName": "x.example",
                "ports": [
                    { "name": "web", "protocol": "TCP", "appProtocol": "kubernetes.io/h2c", "port": 80, "targetPort": 8080, "nodePort": 30080 },
                    { "port": 81, "targetPort": "http" },
                ],
                "selector": { "app": "x" }, "sessionAffinity": "None",
            },
        }),
        json!({ "apiVersion": "v1", "kind": "Secret", "metadata": meta, "type": "Opaque", "data": { "a": "Zm9v" }, "stringData": { "b": "c" } }),
        json!({ "apiVersion": "v1", "kind": "ConfigMap", "metadata": meta, "data": { "ca.crt": "x" }, "binaryData": { "b": "Zg==" } }),
        json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": "shop", "labels": { "a": "b" } } }),
        json!({
            "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": meta, "addressType": "IPv4",
            "endpoints": [{ "addresses": ["10.0.0.2"], "conditions": { "ready": true, "serving": true, "terminating": false } }],
            "ports": [{ "name": "web", "protocol": "TCP", "appProtocol": "http", "port": 8080 }],
        }),
        json!({
            "apiVersion": "multicluster.x-k8s.io/v1alpha1", "kind": "ServiceImport", "metadata": meta,
            "spec": { "type": "ClusterSetIP", "ips": ["10.1.0.1"], "ports": [{ "name": "web", "protocol": "TCP", "appProtocol": "http", "port": 80 }] },
        }),
    ] {
        assert_eq!(round_trip(&object), object);
    }
}

#[test]
fn unknown_fields_of_core_kinds_are_not_reported() {
    let service = json!({
        "apiVersion": "v1", "kind": "Service", "metadata": { "name": "x" },
        "spec": { "ipFamilies": ["IPv4"], "ports": [{ "port": 80, "novel": true }] }, "status": { "loadBalancer": {} },
    });
    assert_eq!(Object::read(value(&service)).unwrap().findings, []);
}

#[test]
fn a_version_its_kind_does_not_have_is_written_as_the_newest() {
    let mesh = gateway_core::model::XMesh::default();
    assert_eq!(mesh.version, Version::V1);
    assert_eq!(Object::from(mesh).api_version(), "gateway.networking.x-k8s.io/v1alpha1");
}
