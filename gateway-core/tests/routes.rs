//! What the graph keeps of Routes and policies for those who carry them out, and what is explained of them.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod manifest;

use gateway_core::act::Reason;
use gateway_core::attach::{Graph, ParentEdge, RouteNode, ServiceBinding, ServiceRole};
use gateway_core::{Arrival, Decision, NamespacedName, ObjectKey, ObjectKind, Profile, Request, Router};

const BASE: &str = "
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
  listeners: [{name: http, port: 80, protocol: HTTP}]
---
apiVersion: v1
kind: Service
metadata: {namespace: shop, name: v1}
spec: {ports: [{name: web, port: 80}, {name: admin, port: 90}]}
---
";

fn router(objects: &str) -> Router {
    let snapshot = manifest::snapshot(&[BASE, objects].concat());
    Router::build(&snapshot, &Profile::every_class()).unwrap()
}

fn key(kind: ObjectKind, namespace: &str, name: &str) -> ObjectKey {
    ObjectKey::new(kind, namespace, name)
}

fn route<'g>(graph: &'g Graph, key: &ObjectKey) -> &'g RouteNode {
    graph.route(key).unwrap()
}

fn bindings(route: &RouteNode) -> Vec<&ServiceBinding> {
    let parents = route.parents.iter();
    parents
        .filter_map(|parent| match &parent.edge {
            ParentEdge::Service(binding) => Some(binding),
            ParentEdge::Listeners { .. } | ParentEdge::Unresolved(_) => None,
        })
        .collect()
}

fn reason(router: &Router, host: &str) -> Option<Reason> {
    let gateway = router.gateway("shop", "gw").unwrap();
    let arrived = router.arrive(gateway, &Arrival { port: 80, ..Arrival::default() });
    let request = Request { authority: host.as_bytes(), ..Request::default() };
    match router.route(arrived, &request, 0) {
        Decision::Respond(respond) => Some(respond.reason),
        Decision::Forward(_) | Decision::Redirect(_) => None,
    }
}

/// REF-42: a filter that nobody here knows is never passed over.
#[test]
fn filters_of_the_implementation_answer_with_an_error() {
    let router = router(
        "
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {namespace: shop, name: extended}
spec:
  parentRefs: [{name: gw}]
  hostnames: [extended.test]
  rules:
    - filters: [{type: ExtensionRef, extensionRef: {group: example.com, kind: Limit, name: slow}}]
      backendRefs: [{name: v1, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {namespace: shop, name: extended-below}
spec:
  parentRefs: [{name: gw}]
  hostnames: [below.test]
  rules:
    - backendRefs:
        - name: v1
          port: 80
          filters: [{type: ExtensionRef, extensionRef: {group: example.com, kind: Limit, name: slow}}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {namespace: shop, name: plain}
spec:
  parentRefs: [{name: gw}]
  hostnames: [plain.test]
  rules: [{backendRefs: [{name: v1, port: 80}]}]
",
    );
    assert_eq!(reason(&router, "extended.test"), Some(Reason::UnsupportedFilter));
    assert_eq!(reason(&router, "below.test"), Some(Reason::UnsupportedFilter));
    assert_eq!(reason(&router, "plain.test"), None);
}

/// ATT-211, ATT-212, REF-27: what a mesh needs to know of a Route.
#[test]
fn a_mesh_finds_ports_roles_and_rules_of_its_own() {
    let router = router(
        "
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {namespace: other, name: consumer}
spec:
  parentRefs: [{group: '', kind: Service, namespace: shop, name: v1, port: 90}, {namespace: shop, name: gw}]
  rules: [{backendRefs: [{namespace: shop, name: v1, port: 80}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {namespace: shop, name: producer}
spec:
  parentRefs: [{group: '', kind: Service, name: v1}]
  rules: [{backendRefs: [{name: v1, port: 80}]}]
",
    );
    let bound = |binding: &ServiceBinding| -> Vec<u16> {
        let free = binding.ports.iter().filter(|port| port.stop.is_none());
        free.filter_map(|port| port.port).collect()
    };
    let consumer = route(router.graph(), &key(ObjectKind::HttpRoute, "other", "consumer"));
    let [binding] = bindings(consumer)[..] else { panic!("one Service is a parent") };
    assert_eq!(binding.role, ServiceRole::Consumer);
    assert_eq!(binding.service, NamespacedName::new("shop", "v1"));
    assert_eq!(bound(binding), [90]);
    // The same backend needs a grant for Gateways, and none in the mesh.
    assert!(consumer.rules[0].backends[0].problem.is_some());
    assert!(consumer.mesh_rules[0].backends[0].problem.is_none());

    let producer = route(router.graph(), &key(ObjectKind::HttpRoute, "shop", "producer"));
    let [binding] = bindings(producer)[..] else { panic!("one Service is a parent") };
    assert_eq!((binding.role, bound(binding)), (ServiceRole::Producer, vec![80, 90]));
    // Nothing but a mesh sees it, so that only those rules are explained.
    assert_eq!(producer.rule_sets().count(), 1);
}

/// ATT-223, ATT-230, FILT-175: the policy in effect for each port.
#[test]
fn every_port_finds_its_policy() {
    let policy = |name: &str, section: &str, authorities: &str| {
        format!(
            "
---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {{namespace: shop, name: {name}}}
spec:
  targetRefs: [{{group: '', kind: Service, name: v1{section}}}]
  validation: {{hostname: v1.internal, {authorities}}}
"
        )
    };
    let system = "wellKnownCACertificates: System";
    let missing = "caCertificateRefs: [{group: '', kind: ConfigMap, name: nothing}]";
    let router =
        router(&[policy("admin", ", sectionName: admin", missing), policy("whole", "", system)].concat());
    let graph = router.graph();
    let service = NamespacedName::new("shop", "v1");
    let of = |port| {
        let choice = graph.backend_tls.of(&service, port).unwrap();
        (graph.backend_tls_policies[choice.policy].name.name.as_str(), choice.fails_closed)
    };
    assert_eq!(of(80), ("whole", false));
    assert_eq!(of(90), ("admin", true));
    assert_eq!(graph.backend_tls.of(&NamespacedName::new("other", "v1"), 80), None);
}

/// ATT-246: only what can be carried out is in effect.
#[test]
fn traffic_policies_in_effect() {
    let policy = |name: &str, created: &str, percent: i32| {
        format!(
            "
---
apiVersion: gateway.networking.x-k8s.io/v1alpha1
kind: XBackendTrafficPolicy
metadata: {{namespace: shop, name: {name}, creationTimestamp: '{created}'}}
spec:
  targetRefs: [{{group: '', kind: Service, name: v1}}]
  retryConstraint: {{budget: {{percent: {percent}}}}}
"
        )
    };
    let older = policy("older", "2026-01-01T00:00:00Z", 20);
    let bad = policy("older", "2026-01-01T00:00:00Z", 120);
    let younger = policy("a-younger", "2026-01-02T00:00:00Z", 20);
    let in_effect = |objects: &str| {
        let router = router(objects);
        let graph = router.graph();
        let found = graph.backend_traffic.get(&(ObjectKind::Service, NamespacedName::new("shop", "v1")));
        found.map(|index| graph.traffic_policies[*index].name.name.clone())
    };
    assert_eq!(in_effect(&[&*younger, &*older].concat()).as_deref(), Some("older"));
    // The older one still wins, but has no effect.
    assert_eq!(in_effect(&[&*younger, &*bad].concat()), None);
}

/// Every kind of Route is explained, with parents of every kind.
#[test]
fn every_kind_of_route_is_explained() {
    let kinds = [
        (ObjectKind::HttpRoute, "v1", ""),
        (ObjectKind::GrpcRoute, "v1", ""),
        (ObjectKind::TlsRoute, "v1", "hostnames: [a.test]"),
        (ObjectKind::TcpRoute, "v1", ""),
        (ObjectKind::UdpRoute, "v1", ""),
    ];
    for (kind, version, more) in kinds {
        let router = router(&format!(
            "
apiVersion: gateway.networking.k8s.io/{version}
kind: {kind}
metadata: {{namespace: shop, name: r}}
spec:
  parentRefs:
    - {{name: gw, sectionName: nothing}}
    - {{kind: ListenerSet, name: nobody}}
    - {{group: '', kind: Service, name: v1, port: 80}}
  {more}
  rules: [{{backendRefs: [{{name: nobody, port: 80}}]}}]
"
        ));
        let explanation = router.explain_route(&key(kind, "shop", "r")).unwrap();
        assert_eq!(explanation.route, format!("{kind}/shop/r"));
        let reasons: Vec<_> = explanation
            .parents
            .iter()
            .map(|parent| parent.why_not.as_ref().map_or("attached", |why| why.reason))
            .collect();
        // UDP has no port of the Service; the ListenerSet is nobody's to judge.
        let service = if kind == ObjectKind::UdpRoute { "NoMatchingParent" } else { "attached" };
        assert_eq!(reasons, ["NoMatchingParent", "", service], "{kind}");
        // Gateways and the mesh say the same of the backend: once is enough.
        let references: Vec<_> = explanation.references.iter().map(|one| one.reason).collect();
        assert_eq!(references, ["BackendNotFound"], "{kind}");
    }
}

#[test]
fn routes_of_all_kinds_are_found_by_key() {
    let kinds = [
        ("UDPRoute", "rules: [{backendRefs: [{name: v1, port: 80}]}]"),
        ("TCPRoute", "rules: [{backendRefs: [{name: v1, port: 80}]}]"),
        ("TLSRoute", "hostnames: [a.test], rules: [{backendRefs: [{name: v1, port: 80}]}]"),
        ("GRPCRoute", "rules: []"),
        ("HTTPRoute", "rules: []"),
    ];
    let object = |(kind, rest): (&str, &str), name: &str| {
        format!(
            "apiVersion: gateway.networking.k8s.io/v1\nkind: {kind}\n\
             metadata: {{namespace: shop, name: {name}}}\nspec: {{{rest}}}\n"
        )
    };
    let objects: Vec<_> =
        kinds.iter().flat_map(|kind| ["b", "a", "c"].map(|name| object(*kind, name))).collect();
    let objects = objects.join("---\n");
    let router = router(&objects);
    assert_eq!(router.graph().routes.len(), 15);
    for route in &router.graph().routes {
        assert_eq!(router.graph().route(&route.key).map(|found| &found.key), Some(&route.key));
    }
    assert!(router.graph().route(&key(ObjectKind::HttpRoute, "shop", "d")).is_none());
}
