//! Connections, and Services of a mesh.

use serde_json::Value;

use crate::ran::{Ran, gateway_with};

const DATABASE: &str = "
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: example}
spec: {controllerName: example.com/controller}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {namespace: infra, name: gw}
spec:
  gatewayClassName: example
  listeners:
    - {name: tls, port: 443, protocol: TLS, tls: {mode: Passthrough}, allowedRoutes: {namespaces: {from: All}}}
    - {name: tcp, port: 9000, protocol: TCP, allowedRoutes: {namespaces: {from: All}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: {namespace: shop, name: by-name}
spec:
  parentRefs: [{namespace: infra, name: gw, sectionName: tls}]
  hostnames: [db.test]
  rules: [{backendRefs: [{name: db, port: 5432, weight: 3}, {name: copy, port: 5432}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: {namespace: shop, name: a-later, creationTimestamp: '2026-01-02T00:00:00Z'}
spec:
  parentRefs: [{namespace: infra, name: gw, sectionName: tcp}]
  rules: [{backendRefs: [{name: copy, port: 5432}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: {namespace: shop, name: by-port, creationTimestamp: '2026-01-01T00:00:00Z'}
spec:
  parentRefs: [{namespace: infra, name: gw, sectionName: tcp}]
  rules: [{backendRefs: [{name: db, port: 5432}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {namespace: shop, name: in-mesh}
spec:
  parentRefs: [{group: '', kind: Service, name: db, port: 80}]
  rules: [{matches: [{path: {value: /a}}], backendRefs: [{name: copy, port: 5432}]}]
---
apiVersion: v1
kind: Service
metadata: {namespace: shop, name: db}
spec: {ports: [{name: db, port: 5432}, {name: web, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {namespace: shop, name: copy}
spec: {ports: [{name: db, port: 5432}]}
";

fn ask(args: &[&str]) -> Ran {
    gateway_with(&[&["route", "-f", "-"], args].concat(), DATABASE)
}

#[test]
fn connections_are_told_to_people() {
    let tls = ask(&["tls://db.test"]);
    assert_eq!((tls.code, tls.err.as_str()), (0, ""), "{}", tls.out);
    for words in [
        "tls connection to port 443 for db.test",
        "Service shop/db:5432",
        "75 %",
        "TLSRoute shop/by-name",
        "passes through",
    ] {
        assert!(tls.out.contains(words), "{words}: {}", tls.out);
    }
    let rejected = ask(&["tls://other.test", "--explain"]);
    assert_eq!(rejected.code, 1, "{}", rejected.out);
    for words in ["NoMatchingRoute", "server name other.test is not db.test", "✓ tls", "on port 9000"] {
        assert!(rejected.out.contains(words), "{words}: {}", rejected.out);
    }
    let nameless = ask(&["tls://db.test", "--no-sni", "--explain"]);
    assert!(nameless.out.contains("the client sent no server name"), "{}", nameless.out);
}

#[test]
fn connections_are_told_to_programs() {
    let tcp = ask(&["tcp://gateway:9000", "-o", "json"]);
    assert_eq!((tcp.code, &tcp.json()["backend"]["name"]), (0, &Value::from("db")));
    assert_eq!(tcp.json()["route"]["name"], "by-port");
    let why = ask(&["tcp://gateway:9000", "-o", "json", "--explain"]).json();
    let verdicts: Vec<_> = why["candidates"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| (&one["route"], &one["verdict"]))
        .collect();
    let told = ["TCPRoute/shop/by-port", "TCPRoute/shop/a-later"].map(Value::from);
    let words = ["wins", "outranked"].map(Value::from);
    assert_eq!(verdicts, [(&told[0], &words[0]), (&told[1], &words[1])]);

    let udp = ask(&["udp://gateway:9000", "-o", "json"]);
    assert_eq!((udp.code, &udp.json()["reason"]), (1, &Value::from("NoMatchingListener")));
    let by_name = ask(&["tls://anything", "--sni", "db.test", "--draw", "3", "-o", "json"]);
    assert_eq!(by_name.json()["backend"]["name"], "copy");
}

#[test]
fn questions_about_connections_must_make_sense() {
    for url in ["tcp://gateway", "tcp://gateway:9000/path", "ftp://gateway"] {
        let ran = ask(&[url]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{url}: {}", ran.err);
    }
    let method = ask(&["-X", "GET", "tcp://gateway:9000"]);
    assert!(method.code == 2 && method.err.contains("a connection has no method"), "{}", method.err);
}

#[test]
fn services_of_a_mesh_answer_too() {
    let taken = ask(&["--service", "shop/db", "--client-namespace", "web", "http://db.shop/a"]);
    assert_eq!(taken.code, 0, "{}", taken.err);
    for words in ["Service shop/copy:5432", "shop/db port 80", "HTTPRoute shop/in-mesh"] {
        assert!(taken.out.contains(words), "{words}: {}", taken.out);
    }
    let plain = ask(&["--service", "shop/db", "tcp://db.shop:5432", "--explain"]);
    assert_eq!(plain.code, 0, "{}", plain.err);
    for words in ["Service shop/db:5432", "ports of Service/shop/db", "✓ 5432"] {
        assert!(plain.out.contains(words), "{words}: {}", plain.out);
    }
    let missed = ask(&["--service", "shop/db", "http://db.shop/b", "--explain"]);
    assert_eq!(missed.code, 1);
    assert!(missed.out.contains("path /b is not below /a"), "{}", missed.out);
    let unknown = ask(&["--service", "shop/nobody", "http://nobody.shop/"]);
    assert!(unknown.code == 2 && unknown.err.contains("shop/db"), "{}", unknown.err);
    let both = ask(&["--service", "shop/db", "--gateway", "infra/gw", "http://db.shop/"]);
    assert_eq!(both.code, 2);
}
