//! What a data plane needs to open connections: endpoints, certificates, whom to trust, which HTTP, which
//! ports (REF-51, MATCH-04, FILT-150..176, ATT-102).
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use gateway_core::model::Timestamp;
use gateway_core::status::KindStatus;
use gateway_core::{
    Arrival, Authorities, Connection, Credentials, Decision, Forward, NamespacedName, Place, PlaceHost,
    Profile, Request, Router, Snapshot, SpokenHttp, Transport,
};
use gateway_manifest::{Loader, Options};

const SHOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/shop/certificates.yaml");

fn world(text: &str) -> (Router, Snapshot) {
    let base = "
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: example}
spec: {controllerName: example.com/ctl}
---
";
    let mut loader = Loader::new(Options::default());
    loader.path(SHOP).unwrap();
    loader.text("case.yaml", format!("{base}{text}")).unwrap();
    let manifests = loader.finish();
    assert!(!manifests.has_errors(), "{:?}", manifests.notes);
    let snapshot: Snapshot = manifests.objects.into_iter().map(|loaded| loaded.object).collect();
    (Router::build(&snapshot, &Profile::default()).unwrap(), snapshot)
}

fn gateway(listeners: &str) -> String {
    format!(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: gw, namespace: shop}}\n\
         spec: {{gatewayClassName: example, listeners: [{listeners}]}}\n---\n"
    )
}

fn decide<'r>(router: &'r Router, request: &Request<'_>) -> Decision<'r> {
    let gateway = router.gateway("shop", "gw").unwrap();
    router.route(router.arrive(gateway, &Arrival { port: 80, ..Arrival::default() }), request, 0)
}

fn forward<'r>(router: &'r Router, request: &Request<'_>) -> Forward<'r> {
    match decide(router, request) {
        Decision::Forward(forward) => forward,
        other => panic!("{other:?}"),
    }
}

const HTTP: &str = "{name: http, port: 80, protocol: HTTP}";

fn http_route(backend: &str) -> String {
    format!(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: r, namespace: shop}}\n\
         spec: {{parentRefs: [{{name: gw}}], rules: [{{backendRefs: [{backend}]}}]}}\n---\n"
    )
}

fn places(text: &str) -> Vec<String> {
    let (router, snapshot) = world(&(gateway(HTTP) + &http_route("{name: be, port: 80}") + text));
    shown(&router.places(&snapshot, &forward(&router, &Request::default()).backend.target, Transport::Tcp))
}

fn shown(places: &[Place]) -> Vec<String> {
    let shown = |place: &Place| match &place.host {
        PlaceHost::Address(address) => format!("{address} {}", place.port),
        PlaceHost::Name(name) => format!("name {name} {}", place.port),
    };
    places.iter().map(shown).collect()
}

#[test]
fn ref_51_endpoints_of_a_service() {
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: be, namespace: shop}\n\
        spec: {clusterIP: 10.0.0.9, ports: [{name: main, port: 80, targetPort: 8080}, {name: other, port: 81}, {name: dns, port: 80, protocol: UDP}]}\n---\n";
    // Without slices, the Service's own address.
    assert_eq!(places(service), ["10.0.0.9 80"]);
    let slice = |name: &str, kind: &str, ports: &str, endpoints: &str| {
        format!(
            "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\n\
             metadata: {{name: {name}, namespace: shop, labels: {{kubernetes.io/service-name: be}}}}\n\
             addressType: {kind}\nports: [{ports}]\nendpoints: [{endpoints}]\n---\n"
        )
    };
    let two = service.to_owned()
        + &slice(
            "b",
            "IPv4",
            "{name: main, port: 8080}, {name: other, port: 8081}",
            "{addresses: [10.0.0.2, 10.0.0.3]}, {addresses: [10.0.0.1]}, {addresses: [10.0.0.7], conditions: {ready: false}}",
        )
        + &slice("a", "IPv6", "{name: main, port: 8090}", "{addresses: ['fd00::1']}")
        + &slice("c", "IPv4", "{name: main, port: 8080}", "{addresses: [10.0.0.1]}")
        + &slice("d", "FQDN", "{name: main}", "{addresses: [pod.example]}")
        + &slice("e", "IPv4", "{name: dns, port: 53}", "{addresses: [10.0.0.8]}");
    assert_eq!(places(&two), ["10.0.0.1 8080", "10.0.0.2 8080", "fd00::1 8090", "name pod.example 80"]);
    let headless = service.replace("10.0.0.9", "None");
    assert_eq!(places(&headless), [""; 0]);
}

#[test]
fn endpoints_of_other_backends() {
    let x_backend = "apiVersion: gateway.networking.x-k8s.io/v1alpha1\nkind: XBackend\nmetadata: {name: be, namespace: shop}\n\
        spec: {type: ExternalHostname, externalHostname: {hostname: api.example}, port: {port: 443}, tls: {mode: ServerOnly}}\n---\n";
    let route = http_route("{group: gateway.networking.x-k8s.io, kind: XBackend, name: be}");
    let (router, snapshot) = world(&(gateway(HTTP) + &route + x_backend));
    let target = &forward(&router, &Request::default()).backend.target;
    assert_eq!(shown(&router.places(&snapshot, target, Transport::Tcp)), ["name api.example 443"]);
    // MODEL-XB-08: it asks for TLS itself.
    let security = router.security(&snapshot, target, None).unwrap();
    assert_eq!((&*security.server_name, security.authorities), ("api.example", Authorities::System));

    let import = "apiVersion: multicluster.x-k8s.io/v1alpha1\nkind: ServiceImport\nmetadata: {name: be, namespace: shop}\n\
        spec: {type: ClusterSetIP, ips: [10.9.0.1], ports: [{port: 80}]}\n---\n";
    let route = http_route("{group: multicluster.x-k8s.io, kind: ServiceImport, name: be, port: 80}");
    let (router, snapshot) = world(&(gateway(HTTP) + &route + import));
    let target = &forward(&router, &Request::default()).backend.target;
    assert_eq!(shown(&router.places(&snapshot, target, Transport::Tcp)), ["10.9.0.1 80"]);
    assert!(router.security(&snapshot, target, None).is_none());
}

const SERVICE: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: be, namespace: shop}\nspec: {ports: [{port: 80PROTOCOL}]}\n---\n";

#[test]
fn filt_030_111_whose_answer_it_is() {
    let headers: &[(&[u8], &[u8])] =
        &[(b"origin", b"https://a.test"), (b"access-control-request-method", b"GET")];
    let request = Request { method: b"OPTIONS", headers, ..Request::default() };
    let cors = "{name: be, port: 80, filters: [{type: CORS, cors: {allowOrigins: ['*']}}]}";
    for (backend, expected) in [("{name: missing, port: 80}", "missing"), (cors, "be")] {
        let (router, _) = world(&(gateway(HTTP) + &http_route(backend) + &SERVICE.replace("PROTOCOL", "")));
        let decision = decide(&router, &request);
        assert!(matches!(decision, Decision::Respond(_)), "{decision:?}");
        assert_eq!(decision.backend().map(|backend| &*backend.target.name), Some(expected));
    }
}

#[test]
fn filt_150_which_http_is_spoken() {
    let call: &[(&[u8], &[u8])] = &[(b"content-type", b"application/grpc")];
    for (protocol, plain, grpc) in [
        ("", SpokenHttp::Any, SpokenHttp::Http2),
        (", appProtocol: kubernetes.io/h2c", SpokenHttp::Http2, SpokenHttp::Http2),
        (", appProtocol: kubernetes.io/ws", SpokenHttp::Http1, SpokenHttp::Http1),
    ] {
        let service = SERVICE.replace("PROTOCOL", protocol);
        let (router, _) = world(&(gateway(HTTP) + &http_route("{name: be, port: 80}") + &service));
        let request = Request::default();
        assert_eq!(forward(&router, &request).spoken(&request), plain, "{protocol}");
        let request = Request { method: b"POST", headers: call, ..Request::default() };
        assert_eq!(forward(&router, &request).spoken(&request), grpc, "{protocol}");
    }
}

#[test]
fn filt_171_172_176_how_backends_are_verified() {
    let policy = "apiVersion: gateway.networking.k8s.io/v1\nkind: BackendTLSPolicy\nmetadata: {name: p, namespace: shop}\n\
        spec: {targetRefs: [{group: '', kind: Service, name: be}], validation: {hostname: be.example, VALIDATION}}\n---\n";
    let security = |validation: &str| {
        let text = gateway(HTTP)
            + &http_route("{name: be, port: 80}")
            + &SERVICE.replace("PROTOCOL", "")
            + &policy.replace("VALIDATION", validation);
        let (router, snapshot) = world(&text);
        let forward = forward(&router, &Request::default());
        let target = &forward.backend.target;
        assert_eq!(forward.upstream_tls().map(|tls| &*tls.server_name), Some("be.example"));
        let shown = NamespacedName::new("infra", "no-such-secret");
        router.security(&snapshot, target, Some(&shown)).unwrap()
    };
    let system = security("wellKnownCACertificates: System");
    assert_eq!((&*system.server_name, &system.authorities), ("be.example", &Authorities::System));
    assert!(system.client_certificate.is_none());
    assert!(system.is_identity(["BE.example"], []) && !system.is_identity(["other.example"], ["be.example"]));
    let names = security(
        "wellKnownCACertificates: System, subjectAltNames: [{type: Hostname, hostname: x.example}, {type: URI, uri: 'spiffe://a/b'}]",
    );
    // FILT-172: the hostname does not count then.
    assert!(!names.is_identity(["be.example"], []));
    assert!(names.is_identity(["*.example"], []) && names.is_identity([], ["spiffe://a/b"]));
    assert!(!names.is_identity([], ["spiffe://a/B"]) && !names.is_identity(["a.x.example"], []));
}

#[test]
fn match_12_certificates_of_a_listener() {
    let secrets: Vec<String> = world("")
        .1
        .keys()
        .filter(|key| key.kind.kind() == "Secret")
        .map(|key| key.namespace + "/" + &key.name)
        .collect();
    let (namespace, name) = secrets[0].split_once('/').unwrap();
    let text = format!(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: gw, namespace: {namespace}}}\n\
         spec: {{gatewayClassName: example, listeners: [\n  {{name: s, port: 443, protocol: HTTPS, tls: {{certificateRefs: [{{name: missing}}, {{name: {name}}}]}}}},\n  {HTTP}]}}\n"
    );
    let (router, snapshot) = world(&text);
    let key = |section: &str| gateway_core::ListenerKey {
        owner: gateway_core::ObjectKey::new(gateway_core::ObjectKind::Gateway, namespace, "gw"),
        section: section.to_owned(),
    };
    let credentials = router.credentials(&snapshot, &key("s"));
    assert_eq!(credentials.iter().map(|one| &*one.secret.name).collect::<Vec<_>>(), [name]);
    assert!(credentials[0].chain.starts_with(b"-----BEGIN CERTIFICATE"));
    // ATT-020
    assert!(!format!("{:?}", credentials[0]).contains("PRIVATE"));
    assert!(router.credentials(&snapshot, &key("http")).is_empty());
    assert!(router.listener_node(&key("none")).is_none());

    let known = |name: &str| Credentials {
        secret: NamespacedName::new("ns", name),
        names: vec![gateway_core::attach::CertificateName::new(name)],
        ..credentials[0].clone()
    };
    let all = [known("a.example"), known("*.b.example"), known("x.b.example")];
    for (asked, expected) in [
        (Some("a.example"), 0),
        (Some("X.B.example"), 1),
        (Some("y.x.b.example"), 0),
        (Some("c.example"), 0),
        (None, 0),
    ] {
        assert_eq!(Credentials::for_server_name(&all, asked), Some(&all[expected]), "{asked:?}");
    }
    assert_eq!(Credentials::for_server_name(&[], None), None);
}

#[test]
fn att_033_ports_and_match_04_how_connections_begin() {
    let tls = "tls: {mode: Passthrough}";
    let listeners = format!(
        "{HTTP}, {{name: b, port: 80, protocol: HTTP, hostname: b.example}}, {{name: t, port: 443, protocol: TLS, hostname: a.example, {tls}}},
         {{name: raw, port: 9000, protocol: TCP}}, {{name: u, port: 9000, protocol: UDP}}"
    );
    let (router, _) = world(&gateway(&listeners));
    let table = router.gateway("shop", "gw").unwrap();
    let (tcp, udp) = (Transport::Tcp, Transport::Udp);
    assert_eq!(
        table.ports().into_iter().collect::<Vec<_>>(),
        [(80, tcp), (443, tcp), (9000, tcp), (9000, udp)]
    );
    for (port, expected) in [(80, false), (443, true), (9000, false), (1, false)] {
        let arrived = router.arrive(table, &Arrival { port, ..Arrival::default() });
        assert_eq!(arrived.begins_with_tls(), expected, "{port}");
        if !expected && port == 80 {
            assert!(matches!(router.connect(arrived, 0), Connection::Http(None)));
        }
    }
}

#[test]
fn att_102_addresses_that_others_give_out() {
    let open = |addresses: &str| {
        let text = format!(
            "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: gw, namespace: shop}}\n\
             spec: {{gatewayClassName: example, listeners: [{HTTP}]{addresses}}}\n"
        );
        let (router, _) = world(&text);
        let found = router.graph().gateways.iter().next().unwrap().addresses.open;
        (found, router)
    };
    for (addresses, expected) in [
        ("", 1),
        (", addresses: [{value: 10.0.0.1}]", 0),
        (", addresses: [{type: IPAddress}, {type: IPAddress}, {value: 10.0.0.1}]", 2),
    ] {
        assert_eq!(open(addresses).0, expected, "{addresses}");
    }
    let given = |addresses: &str| {
        let router = open(addresses).1;
        let mut status = router.statuses().into_iter().find(|status| status.kind == "Gateway").unwrap();
        router.give_addresses(&mut status, ["10.0.0.1".parse().unwrap(), "fd00::1".parse().unwrap()]);
        let KindStatus::Gateway(status) = status.status else { panic!("{status:?}") };
        status.addresses.unwrap_or_default().iter().map(|address| address.value.clone()).collect::<Vec<_>>()
    };
    assert_eq!(given(""), ["10.0.0.1", "fd00::1"]);
    assert_eq!(given(", addresses: [{value: 10.0.0.1}]"), ["10.0.0.1", "fd00::1"]);
    // ATT-112: what is not accepted has none.
    assert!(given(", addresses: [{type: example.com/Other, value: x}]").is_empty());
}

#[test]
fn att_190_some_statuses_are_merged_as_all_are() {
    let (router, snapshot) = world(&(gateway(HTTP) + &http_route("{name: be, port: 80}")));
    let now = Timestamp::from("2024-05-01T10:20:30Z");
    let all = router.statuses_onto(&snapshot, &now);
    let stored = |key: &gateway_core::ObjectKey| snapshot.get(key).as_ref().and_then(KindStatus::of);
    assert_eq!(router.merged_onto(&router.statuses(), &snapshot, &now, stored), all);
    // What was stored keeps its times.
    let later = Timestamp::from("2025-05-01T10:20:30Z");
    let before = |key: &gateway_core::ObjectKey| {
        all.iter().find(|one| one.status.key().as_ref() == Some(key)).map(|one| one.status.status.clone())
    };
    let again = router.merged_onto(&router.statuses(), &snapshot, &later, before);
    assert!(again.iter().all(|merged| !merged.changed));
}
