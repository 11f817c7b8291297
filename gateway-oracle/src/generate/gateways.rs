//! Gateways and ListenerSets.

use gateway_core::ObjectKind;
use gateway_core::model::{
    AllowedListeners, AllowedRoutes, FromNamespaces, Gateway, GatewayBackendTls, GatewaySpec,
    GatewayTlsConfig, LabelSelector, Listener, ListenerNamespaces, ListenerSet, ListenerSetSpec,
    ListenerTlsConfig, ObjectMeta, ParentGatewayReference, RouteGroupKind, RouteNamespaces,
    SecretObjectReference, TlsMode,
};
use proptest::prelude::*;
use proptest::sample::select;

use super::Settings;
use super::alphabet::{HOSTNAMES, chance, maybe, pick};

pub(super) const GATEWAYS: [&str; 3] = ["g0", "g1", "g2"];
pub(super) const SETS: [&str; 3] = ["s0", "s1", "s2"];
pub(super) const SECTIONS: [&str; 6] = ["l0", "l1", "l2", "l3", "l4", "l5"];

/// Ports and what mostly listens there.
const PLAIN: [(i32, &str); 4] = [(80, "HTTP"), (8080, "HTTP"), (9000, "TCP"), (9001, "UDP")];
const SECURE: [(i32, &str); 3] = [(443, "HTTPS"), (8443, "TLS"), (443, "TLS")];
const PROTOCOLS: [&str; 6] = ["HTTP", "HTTPS", "TLS", "TCP", "UDP", "example.com/own"];

pub(super) fn metadata(namespace: &str, name: &str, created: Option<String>) -> ObjectMeta {
    ObjectMeta {
        namespace: Some(namespace.to_owned()),
        name: name.to_owned(),
        creation_timestamp: created.map(Into::into),
        ..ObjectMeta::default()
    }
}

/// When an object was created: often equal, sometimes not known.
pub(super) fn created() -> impl Strategy<Value = Option<String>> {
    let times =
        ["2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", "2026-01-01T01:00:00+01:00", "2026-01-02T00:00:00Z"];
    maybe(75, select(times.to_vec()).prop_map(str::to_owned))
}

fn from() -> impl Strategy<Value = (FromNamespaces, Option<LabelSelector>)> {
    let labels = |key: &str, value: &str| LabelSelector {
        match_labels: Some([(key.to_owned(), value.to_owned())].into()),
        match_expressions: None,
    };
    prop_oneof![
        6 => Just((FromNamespaces::All, None)),
        1 => Just((FromNamespaces::Same, None)),
        1 => Just((FromNamespaces::Selector, Some(labels("team", "shop")))),
        1 => Just((FromNamespaces::Selector, Some(labels("kubernetes.io/metadata.name", "other")))),
    ]
}

fn listener(settings: &Settings) -> impl Strategy<Value = Listener> + use<> {
    let places: Vec<_> =
        if settings.tls { PLAIN.iter().chain(&SECURE).copied().collect() } else { PLAIN.to_vec() };
    // Most listeners are for HTTP where Routes are: that is where rules collide.
    let http =
        [ObjectKind::HttpRoute, ObjectKind::GrpcRoute].iter().any(|kind| settings.kinds.contains(kind));
    let (plain, secure, any) = if http { (3, 2, 3) } else { (1, 1, 8) };
    let place = prop_oneof![plain => Just((80, "HTTP")), secure => Just(if settings.tls { (443, "HTTPS") } else { (80, "HTTP") }), any => select(places)];
    let broken = chance(settings.broken);
    let hostname = maybe(50, pick(&HOSTNAMES));
    let kinds = maybe(6, select(vec!["HTTPRoute", "GRPCRoute", "TLSRoute"]));
    let parts = (place, broken, select(&PROTOCOLS[..]), hostname, from(), kinds, chance(50));
    parts.prop_map(|((port, protocol), broken, other, hostname, (from, selector), kind, passthrough)| {
        let protocol = if broken { other } else { protocol };
        let has_names = matches!(protocol, "HTTP" | "HTTPS" | "TLS");
        let terminates = protocol == "HTTPS" || protocol == "TLS" && !passthrough;
        let certificate = SecretObjectReference { name: "pair".into(), ..SecretObjectReference::default() };
        let tls = ListenerTlsConfig {
            mode: Some(if terminates { TlsMode::Terminate } else { TlsMode::Passthrough }),
            certificate_refs: terminates.then(|| vec![certificate]),
            options: None,
        };
        Listener {
            name: "l0".into(),
            hostname: hostname.filter(|_| has_names).map(Into::into),
            port: port.into(),
            protocol: protocol.into(),
            tls: matches!(protocol, "HTTPS" | "TLS").then_some(tls),
            allowed_routes: Some(AllowedRoutes {
                namespaces: Some(RouteNamespaces { from: Some(from), selector }),
                kinds: kind.map(|kind| vec![RouteGroupKind { group: None, kind: kind.into() }]),
            }),
        }
    })
}

/// A list of listeners with names of their own and, mostly, keys of their own.
fn listeners(settings: &Settings, most: usize) -> impl Strategy<Value = Vec<Listener>> + use<> {
    let lists = prop::collection::vec(listener(settings), 1..=most.max(1));
    (lists, chance(settings.broken)).prop_map(|(mut listeners, broken)| {
        let mut seen: Vec<(i32, String, Option<String>)> = Vec::new();
        listeners.retain(|one| {
            let key = (one.port.0, one.protocol.0.clone(), one.hostname.as_ref().map(|name| name.0.clone()));
            let is_new = !seen.contains(&key);
            seen.push(key);
            is_new || broken
        });
        for (listener, name) in listeners.iter_mut().zip(SECTIONS) {
            listener.name = name.into();
        }
        listeners.truncate(SECTIONS.len());
        listeners
    })
}

/// What a Gateway shows to backends; mostly one that it may use.
fn client_certificate() -> impl Strategy<Value = SecretObjectReference> {
    let names = prop_oneof![4 => Just((None, "pair")), 1 => Just((Some("shop"), "pair")), 1 => Just((None, "missing"))];
    names.prop_map(|(namespace, name)| SecretObjectReference {
        name: name.into(),
        namespace: namespace.map(Into::into),
        ..SecretObjectReference::default()
    })
}

pub(super) fn gateway(settings: &Settings) -> impl Strategy<Value = Gateway> + use<> {
    let class = prop_oneof![20 => Just("ours"), 1 => Just("theirs"), 1 => Just("nobody")];
    let certificate = maybe(if settings.endpoints_and_policies { 30 } else { 0 }, client_certificate());
    let parts = (listeners(settings, settings.listeners), class, from(), created(), certificate);
    parts.prop_map(|(listeners, class, (from, selector), created, certificate)| Gateway {
        metadata: metadata("infra", "g0", created),
        spec: GatewaySpec {
            gateway_class_name: class.into(),
            listeners,
            tls: certificate.map(|certificate| GatewayTlsConfig {
                backend: Some(GatewayBackendTls { client_certificate_ref: Some(certificate) }),
                ..GatewayTlsConfig::default()
            }),
            allowed_listeners: Some(AllowedListeners {
                namespaces: Some(ListenerNamespaces { from: Some(from), selector }),
            }),
            ..GatewaySpec::default()
        },
        ..Gateway::default()
    })
}

pub(super) fn listener_set(settings: &Settings) -> impl Strategy<Value = ListenerSet> + use<> {
    let parent = prop_oneof![2 => Just("g0".to_owned()), 1 => pick(&GATEWAYS)];
    let parts = (listeners(settings, 2), pick(&["infra", "shop"]), parent, created());
    parts.prop_map(|(listeners, namespace, gateway, created)| ListenerSet {
        metadata: metadata(&namespace, "s0", created),
        spec: ListenerSetSpec {
            parent_ref: ParentGatewayReference {
                name: gateway.as_str().into(),
                namespace: Some("infra".into()),
                ..ParentGatewayReference::default()
            },
            listeners,
        },
        ..ListenerSet::default()
    })
}
