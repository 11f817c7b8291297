//! A Gateway with a Route of which only the rules are given.

use crate::manifest;
use gateway_core::{Arrival, Decision, Forward, Profile, Request, RequestView, Router};

const BASE: &str = "
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: example}
spec: {controllerName: example.com/ctl}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop}
spec:
  gatewayClassName: example
  listeners:
    - {name: http, port: 80, protocol: HTTP}
    - {name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: assumed}]}}
---
apiVersion: v1
kind: Service
metadata: {name: v1, namespace: shop}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: v2, namespace: shop}
spec: {ports: [{port: 80}]}
";

pub(crate) fn router_with(profile: &Profile, name: &str, rules: &str, more: &str) -> Router {
    let route = format!(
        "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n\
         metadata: {{name: {name}, namespace: shop}}\n\
         spec: {{parentRefs: [{{name: gw}}], rules: {rules}}}\n{more}"
    );
    let snapshot = manifest::snapshot(&format!("{BASE}{route}"));
    Router::build(&snapshot, profile).unwrap()
}

pub(crate) fn router(rules: &str) -> Router {
    router_with(&Profile::default(), "r", rules, "")
}

pub(crate) fn decide<'r>(router: &'r Router, request: &Request<'_>, draw: u64) -> Decision<'r> {
    decide_view(router, request, draw)
}

pub(crate) fn decide_view<'r>(router: &'r Router, request: &impl RequestView, draw: u64) -> Decision<'r> {
    let gateway = router.gateway("shop", "gw").unwrap();
    router.route(router.arrive(gateway, &Arrival { port: 80, ..Arrival::default() }), request, draw)
}

pub(crate) fn forward<'r>(router: &'r Router, request: &Request<'_>, draw: u64) -> Forward<'r> {
    match decide(router, request, draw) {
        Decision::Forward(forward) => forward,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn get(path: &str) -> Request<'_> {
    Request { path: path.as_bytes(), authority: b"a.test", ..Request::default() }
}
