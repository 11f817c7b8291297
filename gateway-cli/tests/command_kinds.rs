//! `gateway status` and `gateway explain` for Routes of every kind, parents of every kind, and policies.

use std::io::Write;
use std::process::{Command, Stdio};

const CLUSTER: &str = r#"
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: example}
spec: {controllerName: example.com/controller}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {namespace: shop, name: gw}
spec:
  gatewayClassName: example
  allowedListeners: {namespaces: {from: Same}}
  listeners:
    - {name: http, port: 80, protocol: HTTP}
    - {name: tls, port: 443, protocol: TLS, tls: {mode: Passthrough}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: {namespace: shop, name: set}
spec:
  parentRef: {name: gw}
  listeners: [{name: alt, port: 8080, protocol: HTTP}]
---
apiVersion: v1
kind: Service
metadata: {namespace: shop, name: v1}
spec: {ports: [{name: web, port: 80}, {name: admin, port: 90}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {namespace: shop, name: rpc}
spec:
  parentRefs:
    - {kind: ListenerSet, name: set, sectionName: nope}
    - {group: "", kind: Service, name: v1, sectionName: web}
    - {group: "", kind: Service, name: v1, port: 81}
  rules: [{backendRefs: [{name: v1, port: 80}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: {namespace: shop, name: tls}
spec:
  parentRefs: [{name: gw}]
  hostnames: [a.test]
  rules: [{backendRefs: [{name: nobody, port: 80}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {namespace: shop, name: web}
spec:
  parentRefs: [{name: gw}]
  rules: [{backendRefs: [{name: v1, port: 80}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {namespace: shop, name: secure}
spec:
  targetRefs: [{group: "", kind: Service, name: v1}]
  validation: {hostname: v1.shop.internal, caCertificateRefs: [{group: "", kind: ConfigMap, name: nobody}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {namespace: shop, name: unused}
spec:
  targetRefs: [{group: "", kind: Service, name: v9}]
  validation: {hostname: v9.shop.internal, wellKnownCACertificates: System}
"#;

/// Exit code and output, with the spaces of tables made one.
fn gateway(args: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gateway"));
    let mut child = command
        .args(args)
        .args(["-f", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    child.stdin.take().expect("it is piped").write_all(CLUSTER.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let text = String::from_utf8(output.stdout).expect("it writes UTF-8");
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    (output.status.code().unwrap_or(-1), lines.collect::<Vec<_>>().join("\n"))
}

#[test]
fn status_shows_every_kind() {
    let (code, out) = gateway(&["status", "-o", "wide"]);
    assert_eq!(code, 1, "{out}");
    for line in [
        "HTTPRoute shop/web shop/gw True (Accepted) True (ResolvedRefs)",
        "GRPCRoute shop/rpc ListenerSet shop/set:nope False (NoMatchingParent) True (ResolvedRefs)",
        "Service shop/v1:web True (Accepted) True (ResolvedRefs)",
        "Service shop/v1 port 81 False (NoMatchingParent) True (ResolvedRefs)",
        "TLSRoute shop/tls shop/gw True (Accepted) False (BackendNotFound)",
        "POLICY ANCESTOR ACCEPTED RESOLVED",
        "BackendTLSPolicy shop/secure shop/gw False (NoValidCACertificate) False (InvalidCACertificateRef)",
        "BackendTLSPolicy shop/unused none - -",
        "GRPCRoute/shop/rpc at ListenerSet/shop/set listener nope Accepted NoMatchingParent",
        "GRPCRoute/shop/rpc at Service/shop/v1 port 81 Accepted NoMatchingParent",
        "BackendTLSPolicy/shop/secure ResolvedRefs InvalidCACertificateRef",
    ] {
        assert!(out.lines().any(|found| found == line), "{line}\nis not in\n{out}");
    }
    assert!(out.contains("ConfigMap shop/nobody does not exist"), "{out}");
}

#[test]
fn explain_knows_every_kind_and_parent() {
    let (code, out) = gateway(&["explain", "GRPCRoute/shop/rpc"]);
    assert_eq!(code, 0, "one parent takes it: {out}");
    for words in [
        "parent ListenerSet/shop/set: not attached",
        "use one of its listeners: alt (port 8080)",
        "parent Service/shop/v1: attached",
        "✓ port 80 (web): attached",
        "use one of its ports: 80 (web), 90 (admin)",
    ] {
        assert!(out.contains(words), "{words}\nis not in\n{out}");
    }
    let (code, out) = gateway(&["explain", "tlsroutes/shop/tls"]);
    assert_eq!(code, 1);
    assert!(out.contains("✓ listener tls: attached for a.test"), "{out}");
    assert!(out.contains("Service shop/nobody does not exist"), "{out}");
}
