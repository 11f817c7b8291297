//! What `explain` says of calls and of filters.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod manifest;

use gateway_core::explain::{RequestExplanation, Verdict};
use gateway_core::{Arrival, Profile, Request, Router};

const MANIFEST: &str = "
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: example}
spec: {controllerName: example.com/ctl}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {namespace: shop, name: gw}
spec:
  gatewayClassName: example
  listeners: [{name: http, port: 80, protocol: HTTP}]
---
apiVersion: v1
kind: Service
metadata: {namespace: shop, name: v1}
spec: {ports: [{port: 80}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {namespace: shop, name: web}
spec:
  parentRefs: [{name: gw}]
  hostnames: [web.test]
  rules:
    - filters:
        - {type: CORS, cors: {allowOrigins: ['https://a.test']}}
        - type: ExternalAuth
          externalAuth: {protocol: HTTP, http: {}, backendRef: {name: v1, port: 80}}
        - {type: RequestMirror, requestMirror: {backendRef: {name: v1, port: 80}, percent: 50}}
        - {type: RequestMirror, requestMirror: {backendRef: {name: missing, port: 80}}}
      backendRefs:
        - name: v1
          port: 80
          filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x-a]}}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {namespace: shop, name: calls}
spec:
  parentRefs: [{name: gw}]
  hostnames: [calls.test]
  rules:
    - matches: [{method: {service: a.B, method: C}}, {method: {service: a.B}}, {method: {method: C}}]
      backendRefs: [{name: v1, port: 80}]
    - backendRefs: [{name: v1, port: 80}]
";

fn explain(request: Request<'_>, draw: u64) -> RequestExplanation {
    let router = Router::build(&manifest::snapshot(MANIFEST), &Profile::default()).unwrap();
    let gateway = router.gateway("shop", "gw").unwrap();
    router.explain(gateway, &Arrival { port: 80, ..Arrival::default() }, &request, draw)
}

fn filters(explanation: &RequestExplanation) -> Vec<String> {
    let one = |one: &gateway_core::explain::FilterExplanation| {
        format!("{} {}: {}", one.path, one.filter, one.outcome)
    };
    explanation.filters.iter().map(one).collect()
}

/// FILT-061, FILT-072, FILT-083, REF-41: what each filter did, those of the backend last (FILT-005).
#[test]
fn every_filter_says_what_it_did() {
    let web = Request { authority: b"web.test", ..Request::default() };
    assert_eq!(
        filters(&explain(Request { headers: &[(b"Origin", b"https://a.test")], ..web }, 0)),
        [
            "spec.rules[0].filters[0] CORS: allows https://a.test",
            "spec.rules[0].filters[1] ExternalAuth: asks Service shop/v1:80 first",
            "spec.rules[0].filters[2] RequestMirror: copied to Service shop/v1:80",
            "spec.rules[0].filters[3] RequestMirror: not copied: Service shop/missing:80 cannot be used",
            "spec.rules[0].backendRefs[0].filters[0] RequestHeaderModifier: changes headers of the request",
        ]
    );
    assert_eq!(
        filters(&explain(web, 50))[..3],
        [
            "spec.rules[0].filters[0] CORS: nothing to do: the request has no Origin",
            "spec.rules[0].filters[1] ExternalAuth: asks Service shop/v1:80 first",
            "spec.rules[0].filters[2] RequestMirror: not drawn: 50 of 100 are copied to Service shop/v1:80",
        ]
    );
    let asks: [(&[u8], &[u8]); 2] =
        [(b"Origin", b"https://b.test"), (b"Access-Control-Request-Method", b"PUT")];
    assert_eq!(
        filters(&explain(Request { method: b"OPTIONS", headers: &asks, ..web }, 0)),
        [
            "spec.rules[0].filters[0] CORS: answers the preflight",
            "spec.rules[0].filters[1] ExternalAuth: not reached",
            "spec.rules[0].filters[2] RequestMirror: not reached",
            "spec.rules[0].filters[3] RequestMirror: not reached",
        ]
    );
}

/// MATCH-60, MATCH-61, MATCH-65: matches of calls in their order, in words of their own.
#[test]
fn calls_are_told_as_calls() {
    let call = Request { method: b"POST", authority: b"calls.test", path: b"/a.B/D", ..Request::default() };
    let told = |explanation: &RequestExplanation| -> Vec<_> {
        let calls = explanation.candidates.iter().filter(|one| one.route.starts_with("GRPCRoute"));
        calls.map(|one| (one.conditions.clone(), one.verdict, one.stopped_by.clone())).collect()
    };
    let any = |words: &str| words.to_string();
    assert_eq!(
        told(&explain(call, 0)),
        [
            (any("calls of a.B/C"), Verdict::Stopped, Some(any("path /a.B/D is not exactly /a.B/C"))),
            (any("calls of service a.B"), Verdict::Wins, None),
            (any("calls of method C"), Verdict::Stopped, Some(any("path /a.B/D is not a service, then /C"))),
            (any("any call"), Verdict::Outranked, None),
        ]
    );
    let get = told(&explain(Request { method: b"GET", ..call }, 0));
    assert_eq!(get[3].2.as_deref(), Some("GET is not the method of a gRPC call"));
}
