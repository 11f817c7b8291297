//! Connections of any kind, with any server name: decided without allocation, and without a panic.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use gateway_core::explain::Verdict;
use gateway_core::{
    Arrival, Connection, Entrance, Object, ObjectKind, Profile, Request, Router, Snapshot, Transport,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn route(kind: &str, name: &str, parent: &Value, hostnames: &[&str]) -> Value {
    let mut route = json!({
        "apiVersion": "gateway.networking.k8s.io/v1", "kind": kind,
        "metadata": {"namespace": "shop", "name": name},
        "spec": {"parentRefs": [parent], "rules": [{"backendRefs": [
            {"name": "a", "port": 80, "weight": 2}, {"name": "missing", "port": 80, "weight": 1}]}]}
    });
    if !hostnames.is_empty() {
        route["spec"]["hostnames"] = json!(hostnames);
    }
    route
}

fn router() -> Router {
    let service = |name: &str| {
        json!({"apiVersion": "v1", "kind": "Service", "metadata": {"namespace": "shop", "name": name},
            "spec": {"ports": [{"name": "tcp", "port": 80}, {"name": "udp", "port": 80, "protocol": "UDP"}]}})
    };
    let gateway = |section: &str| json!({"name": "gw", "sectionName": section});
    let in_mesh = || json!({"group": "", "kind": "Service", "name": "a"});
    let objects = [
        json!({"apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass",
            "metadata": {"name": "example"}, "spec": {"controllerName": "example.com/controller"}}),
        json!({"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway",
            "metadata": {"namespace": "shop", "name": "gw"},
            "spec": {"gatewayClassName": "example", "tls": {"backend": {"clientCertificateRef": {"name": "assumed"}}},
                "listeners": [
                {"name": "any", "port": 443, "protocol": "TLS", "tls": {"mode": "Passthrough"}},
                {"name": "wild", "port": 443, "protocol": "TLS", "hostname": "*.a.test", "tls": {"mode": "Passthrough"}},
                {"name": "tcp", "port": 80, "protocol": "TCP"},
                {"name": "udp", "port": 80, "protocol": "UDP"}]}}),
        service("a"),
        service("b"),
        route("TLSRoute", "one", &gateway("any"), &["b.test", "*.test"]),
        route("TLSRoute", "two", &gateway("wild"), &["*.x.a.test"]),
        route("TCPRoute", "tcp", &gateway("tcp"), &[]),
        route("UDPRoute", "udp", &gateway("udp"), &[]),
        route("TCPRoute", "in-mesh", &in_mesh(), &[]),
        route("UDPRoute", "in-mesh", &in_mesh(), &[]),
    ];
    let objects = objects.into_iter().map(|object| serde_json::from_value::<Object>(object).unwrap());
    let profile = Profile { assume: [ObjectKind::Secret].into(), ..Profile::default() };
    Router::build(&objects.collect::<Snapshot>(), &profile).unwrap()
}

fn entrance(router: &Router, index: usize) -> Entrance<'_> {
    match index {
        0 => router.gateway("shop", "gw").unwrap().into(),
        1 => router.service("shop", "a").unwrap().into(),
        _ => router.service("shop", "b").unwrap().into(),
    }
}

/// A server name that may meet a hostname, or anything at all.
fn server_name() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[abx*.:\\[\\]]{0,12}", "((x|b|a|test)\\.){0,4}test\\.?"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]
    #[test]
    fn any_connection_is_decided_without_allocation(
        index in 0..3_usize,
        port in prop_oneof![Just(80), Just(443), any::<u16>()],
        sni in proptest::option::of(server_name()),
        is_udp in any::<bool>(),
        client in proptest::option::of("shop|other|"),
        draw in any::<u64>(),
    ) {
        thread_local!(static ROUTER: Router = router());
        ROUTER.with(|router| {
            let transport = if is_udp { Transport::Udp } else { Transport::Tcp };
            let arrival = Arrival { port, sni: sni.as_deref(), transport, client_namespace: client.as_deref() };
            let entrance = entrance(router, index);
            let mut decided = None;
            let counted = allocation_counter::measure(|| {
                let arrived = router.arrive(entrance, &arrival);
                decided = Some(router.connect(arrived, draw));
                // Whoever reads HTTP from it all the same gets an answer, too.
                let _ = router.route(arrived, &Request::default(), draw);
            });
            assert_eq!(counted.count_total, 0);
            let decision = decided.unwrap();
            let why = router.explain_connection(entrance, &arrival, draw);
            assert_eq!(why.decision, decision.report());
            // An explanation has a winner exactly where a rule was carried out.
            let winner = why.candidates.iter().any(|one| one.verdict == Verdict::Wins);
            let rule = match decision {
                Connection::Forward(_) => true,
                Connection::Reject(reject) => reject.entry.is_some(),
                Connection::Http(_) => false,
            };
            assert_eq!(winner, rule);
        });
    }
}

#[test]
fn match_80_shares_are_exact() {
    let router = router();
    for (index, transport) in
        [(0, Transport::Tcp), (0, Transport::Udp), (1, Transport::Tcp), (1, Transport::Udp)]
    {
        let arrival = Arrival { port: 80, transport, ..Arrival::default() };
        let arrived = router.arrive(entrance(&router, index), &arrival);
        let forwarded =
            (0..300_u64).filter(|draw| matches!(router.connect(arrived, *draw), Connection::Forward(_)));
        // FILT-117, FILT-118: a third of the weight is that of a Service that is missing. Port 80 for
        // datagrams is there, too.
        assert_eq!(forwarded.count(), 200, "{index} {transport:?}");
    }
}

/// FILT-176: the Gateway has a certificate for its backends; a mesh has none to read it from.
#[test]
fn filt_176_the_certificate_to_show() {
    let router = router();
    let arrival = Arrival { port: 80, ..Arrival::default() };
    for (index, expected) in [(0, Some("shop/assumed")), (1, None)] {
        let connection = router.connect(router.arrive(entrance(&router, index), &arrival), 0);
        let Connection::Forward(pass) = connection else { panic!("{connection:?}") };
        assert_eq!(pass.client_certificate().map(ToString::to_string).as_deref(), expected);
    }
}
