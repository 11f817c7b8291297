//! Vectors for what neither `testdata/` nor the official suite asks of a decision yet. Each is derived from
//! the rule that it names.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use gateway_core::{Object, Profile, Snapshot};
use gateway_oracle::{Arrival, Oracle, Request, Target};
use serde_json::{Value, json};

/// A class, two namespaces, Services, and what a test adds.
fn oracle(objects: &[Value]) -> Oracle {
    let ports = json!([{"name": "http", "port": 80}, {"name": "dns", "port": 53, "protocol": "UDP"}]);
    let service = |name: &str| {
        json!({"apiVersion": "v1", "kind": "Service",
        "metadata": {"namespace": "shop", "name": name}, "spec": {"ports": ports}})
    };
    let mut all = vec![
        json!({"kind": "GatewayClass", "metadata": {"name": "c"}, "spec": {"controllerName": "example.com/c"}}),
        service("v1"),
        service("v2"),
    ];
    all.extend_from_slice(objects);
    let object = |mut object: Value| {
        if object["apiVersion"].is_null() {
            object["apiVersion"] = "gateway.networking.k8s.io/v1".into();
        }
        serde_json::from_value::<Object>(object).unwrap()
    };
    let snapshot: Snapshot = all.into_iter().map(object).collect();
    Oracle::new(&snapshot, &Profile::spec("example.com/c"))
}

fn gateway(listeners: &Value) -> Value {
    json!({"kind": "Gateway", "metadata": {"namespace": "shop", "name": "g"},
        "spec": {"gatewayClassName": "c", "listeners": listeners}})
}

fn route(kind: &str, name: &str, spec: &Value) -> Value {
    let mut spec = spec.clone();
    if spec["parentRefs"].is_null() {
        spec["parentRefs"] = json!([{"name": "g"}]);
    }
    json!({"kind": kind, "metadata": {"namespace": "shop", "name": name}, "spec": spec})
}

fn at_gateway(port: i32, sni: Option<&str>) -> Arrival {
    let target = Target::Gateway { namespace: "shop".to_owned(), name: "g".to_owned() };
    Arrival { target, port, sni: sni.map(str::to_owned), client_namespace: None }
}

fn at_service(port: i32, client: &str) -> Arrival {
    let target = Target::Service { namespace: "shop".to_owned(), name: "v1".to_owned() };
    Arrival { target, port, sni: None, client_namespace: Some(client.to_owned()) }
}

fn decide(oracle: &Oracle, arrival: &Arrival, method: &str, path: &str, headers: &[(&str, &str)]) -> Value {
    let request = Request {
        method: method.to_owned(),
        authority: "a.test".to_owned(),
        path: path.to_owned(),
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        ..Request::default()
    };
    serde_json::to_value(oracle.decide(arrival, &request, 0).decision).unwrap()
}

fn http() -> Value {
    gateway(&json!([{"name": "l", "port": 80, "protocol": "HTTP"}]))
}

/// FILT-114, REF-51, FILT-115: nobody ready is 503, for a call UNAVAILABLE.
#[test]
fn nobody_is_ready() {
    let slice = json!({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
        "metadata": {"namespace": "shop", "name": "s", "labels": {"kubernetes.io/service-name": "v1"}},
        "ports": [{"name": "http", "port": 80}],
        "endpoints": [{"addresses": ["192.0.2.1"], "conditions": {"ready": false}}]});
    let rules = |name: &str| json!({"rules": [{"backendRefs": [{"name": name, "port": 80}]}]});
    let web = oracle(&[http(), slice.clone(), route("HTTPRoute", "r", &rules("v1"))]);
    let found = decide(&web, &at_gateway(80, None), "GET", "/", &[]);
    assert_eq!((&found["status"], &found["reason"]), (&json!(503), &json!("NoEndpoints")), "{found}");
    // Of v2 nothing is known.
    let web = oracle(&[http(), slice.clone(), route("HTTPRoute", "r", &rules("v2"))]);
    assert_eq!(decide(&web, &at_gateway(80, None), "GET", "/", &[])["decision"], "forward");
    let call = oracle(&[http(), slice, route("GRPCRoute", "r", &rules("v1"))]);
    assert_eq!(decide(&call, &at_gateway(80, None), "POST", "/a.B/C", &[])["grpcStatus"], 14);
}

/// FILT-115, AMBIG-49, MATCH-66: calls without a backend and without a rule.
#[test]
fn calls_that_fail() {
    let rules = json!({"rules": [{"matches": [{"method": {"service": "a.B"}}]}]});
    let oracle = oracle(&[http(), route("GRPCRoute", "r", &rules)]);
    let call = [("content-type", "application/grpc+proto")];
    let found = decide(&oracle, &at_gateway(80, None), "POST", "/a.B/C", &call);
    assert_eq!((&found["grpcStatus"], &found["reason"]), (&json!(14), &json!("NoBackends")), "{found}");
    let found = decide(&oracle, &at_gateway(80, None), "POST", "/a.BC/C", &call);
    assert_eq!((&found["grpcStatus"], &found["status"]), (&json!(12), &json!(404)), "{found}");
    // MATCH-60: what is no POST is no call.
    assert_eq!(decide(&oracle, &at_gateway(80, None), "GET", "/a.B/C", &[])["reason"], "NoMatchingRoute");
}

/// MATCH-65: the longer service before the longer method before the number of headers.
#[test]
fn precedence_of_calls() {
    let rule = |method: Value, headers: Value| {
        json!({"matches": [{"method": method, "headers": headers}],
        "backendRefs": [{"name": "v1", "port": 80}]})
    };
    let header = json!([{"name": "x", "value": "1"}]);
    let rules = json!({"rules": [
        rule(json!({"method": "Get"}), header.clone()),
        rule(json!({"service": "a.B"}), header),
        rule(json!({"service": "a.B", "method": "Get"}), json!([])),
    ]});
    let oracle = oracle(&[http(), route("GRPCRoute", "r", &rules)]);
    let rule =
        |path: &str| decide(&oracle, &at_gateway(80, None), "POST", path, &[("x", "1")])["rule"].clone();
    assert_eq!((rule("/a.B/Get"), rule("/a.B/Put"), rule("/c.D/Get")), (json!(2), json!(1), json!(0)));
}

/// FILT-085, REF-43: who cannot be asked lets nobody through; who can is named in order.
#[test]
fn authorization() {
    let auth = |name: &str| {
        json!({"type": "ExternalAuth", "externalAuth": {"protocol": "HTTP",
        "http": {"path": "/check"}, "backendRef": {"name": name, "port": 80}}})
    };
    let rules = json!({"rules": [
        {"matches": [{"path": {"value": "/good"}}], "filters": [auth("v2")], "backendRefs": [{"name": "v1", "port": 80}]},
        {"matches": [{"path": {"value": "/bad"}}], "filters": [auth("nobody")], "backendRefs": [{"name": "v1", "port": 80}]},
    ]});
    let oracle = oracle(&[http(), route("HTTPRoute", "r", &rules)]);
    let found = decide(&oracle, &at_gateway(80, None), "GET", "/good", &[]);
    assert_eq!(found["externalAuth"][0]["backend"]["name"], "v2", "{found}");
    assert_eq!(found["externalAuth"][0]["http"]["path"], "/check", "{found}");
    let found = decide(&oracle, &at_gateway(80, None), "GET", "/bad", &[]);
    assert_eq!((&found["decision"], &found["status"]), (&json!("respond"), &json!(500)), "{found}");
}

/// MATCH-91, MATCH-92, MATCH-95: producers, consumers, a rule without backends, and no Route at all.
#[test]
fn mesh() {
    let parent = json!([{"group": "", "kind": "Service", "namespace": "shop", "name": "v1", "port": 80}]);
    let rules = |path: &str| json!([{"matches": [{"path": {"value": path}}]}]);
    let producer = route("HTTPRoute", "producer", &json!({"parentRefs": parent, "rules": rules("/p")}));
    let mut consumer = route("HTTPRoute", "consumer", &json!({"parentRefs": parent, "rules": rules("/c")}));
    consumer["metadata"]["namespace"] = "away".into();
    let both = oracle(&[producer, consumer]);
    let reason = |client: &str, path: &str| {
        let found = decide(&both, &at_service(80, client), "GET", path, &[]);
        found["reason"].as_str().or(found["backend"]["name"].as_str()).unwrap().to_owned()
    };
    // The parent's own endpoints, not 500 as at a Gateway.
    assert_eq!((reason("shop", "/p"), reason("other", "/p")), ("v1".to_owned(), "v1".to_owned()));
    assert_eq!((reason("away", "/c"), reason("away", "/p")), ("v1".to_owned(), "NoMatchingRoute".to_owned()));
    assert_eq!(reason("shop", "/c"), "NoMatchingRoute");
    let found = decide(&oracle(&[]), &at_service(80, "shop"), "GET", "/x", &[]);
    assert_eq!((&found["backend"]["name"], &found["route"]), (&json!("v1"), &Value::Null), "{found}");
}

/// MATCH-75, MATCH-71, MATCH-72: by server name, the more specific hostname first.
#[test]
fn server_names() {
    let listeners = json!([{"name": "l", "port": 443, "protocol": "TLS", "tls": {"mode": "Passthrough"}}]);
    let rules = |hostname: &str, backend: &str| {
        json!({"hostnames": [hostname],
        "rules": [{"backendRefs": [{"name": backend, "port": 80}]}]})
    };
    let oracle = oracle(&[
        gateway(&listeners),
        route("TLSRoute", "a-wide", &rules("*.com", "v2")),
        route("TLSRoute", "precise", &rules("abc.example.com", "v1")),
    ]);
    let connect = |sni: Option<&str>| {
        let found = serde_json::to_value(oracle.connect(&at_gateway(443, sni), false, 0)).unwrap();
        found["backend"]["name"].as_str().or(found["reason"].as_str()).unwrap().to_owned()
    };
    assert_eq!(
        (connect(Some("abc.example.com")), connect(Some("other.example.com"))),
        ("v1".to_owned(), "v2".to_owned())
    );
    assert_eq!(
        (connect(Some("a.org")), connect(None)),
        ("NoMatchingRoute".to_owned(), "NoMatchingRoute".to_owned())
    );
}

/// MATCH-80, FILT-117, FILT-118: the oldest Route has the port, and its bad share is refused.
#[test]
fn datagrams_and_streams() {
    let listeners =
        json!([{"name": "t", "port": 9, "protocol": "TCP"}, {"name": "u", "port": 9, "protocol": "UDP"}]);
    let rules = |one: &str, port: i32| {
        json!({"rules": [{"backendRefs": [
        {"name": one, "port": port}, {"name": "nobody", "port": port}]}]})
    };
    let mut older = route("TCPRoute", "z-older", &rules("v1", 80));
    older["metadata"]["creationTimestamp"] = "2026-01-01T00:00:00Z".into();
    let oracle = oracle(&[
        gateway(&listeners),
        route("TCPRoute", "a-younger", &rules("v2", 80)),
        older,
        // FILT-154: its second backend has no such port, its first no datagrams there.
        route("UDPRoute", "u", &rules("v1", 80)),
    ]);
    let connect = |udp: bool, draw: u64| {
        let found = serde_json::to_value(oracle.connect(&at_gateway(9, None), udp, draw)).unwrap();
        found["backend"]["name"].as_str().or(found["reason"].as_str()).unwrap().to_owned()
    };
    assert_eq!((connect(false, 0), connect(false, 1)), ("v1".to_owned(), "InvalidBackend".to_owned()));
    assert_eq!(
        (connect(true, 0), connect(true, 1)),
        ("InvalidBackend".to_owned(), "InvalidBackend".to_owned())
    );
}
