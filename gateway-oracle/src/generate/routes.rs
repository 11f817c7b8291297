//! Routes of all kinds.

use gateway_core::model::{
    BackendRef, GrpcBackendRef, GrpcRoute, GrpcRouteRule, GrpcRouteSpec, Hostname, HttpBackendRef, HttpRoute,
    HttpRouteRetry, HttpRouteRule, HttpRouteSpec, HttpRouteTimeouts, ParentReference, SessionPersistence,
    TcpRoute, TcpRouteRule, TcpRouteSpec, TlsRoute, TlsRouteRule, TlsRouteSpec, UdpRoute, UdpRouteRule,
    UdpRouteSpec,
};
use gateway_core::{Object, ObjectKind};
use proptest::prelude::*;
use proptest::sample::select;

use super::alphabet::{HOSTNAMES, chance, maybe, pick};
use super::backends::reference;
use super::gateways::{GATEWAYS, SECTIONS, SETS, created, metadata};
use super::{Settings, filters, matches};

fn parent(settings: &Settings) -> impl Strategy<Value = ParentReference> + use<> {
    let section = maybe(12, pick(&SECTIONS));
    let port = maybe(8, select(vec![80, 443, 8080]));
    let owner = (0..8_u8, chance(if settings.mesh { settings.services } else { 0 }));
    let service =
        select(vec![("shop", "v1"), ("shop", "v1"), ("shop", "v1"), ("other", "far"), ("shop", "ext")]);
    let names = (nearest(&GATEWAYS), nearest(&SETS), service);
    (owner, names, section, port).prop_map(|((owner, in_mesh), (gateway, set, service), section, port)| {
        let (group, kind, namespace, name) = match owner {
            _ if in_mesh => (Some(""), Some("Service"), service.0, service.1.to_owned()),
            6.. => (None, Some("ListenerSet"), if set == "s0" { "infra" } else { "shop" }, set),
            _ => (None, None, "infra", gateway),
        };
        let (section, port) = match port {
            _ if !in_mesh => (section, port),
            // Ports of Services, and one that they do not have.
            Some(443) => (Some("h2c".to_owned()), None),
            Some(8080) => (None, Some(81)),
            other => (None, other.map(|_| 8080)),
        };
        ParentReference {
            group: group.map(Into::into),
            kind: kind.map(Into::into),
            namespace: Some(namespace.into()),
            name: name.into(),
            section_name: section.map(Into::into),
            port: port.map(Into::into),
        }
    })
}

/// One of the names, mostly the first: that one is there.
fn nearest(names: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![2 => Just(names[0].to_owned()), 1 => pick(names)]
}

/// What all kinds of Routes have.
#[derive(Clone, Debug)]
struct Frame {
    namespace: String,
    created: Option<String>,
    parents: Vec<ParentReference>,
    hostnames: Vec<Hostname>,
}

fn frame(settings: &Settings) -> impl Strategy<Value = Frame> + use<> {
    let namespace = prop_oneof![8 => Just("shop".to_owned()), 1 => Just("infra".to_owned()), 1 => Just("other".to_owned())];
    let hostnames = prop_oneof![2 => Just(Vec::new()), 3 => prop::collection::vec(pick(&HOSTNAMES), 1..=2)];
    let parts = (namespace, created(), prop::collection::vec(parent(settings), 1..=2), hostnames);
    parts.prop_map(|(namespace, created, parents, hostnames)| Frame {
        namespace,
        created,
        parents,
        hostnames: hostnames.into_iter().map(Into::into).collect(),
    })
}

fn weight() -> impl Strategy<Value = Option<i32>> {
    maybe(70, select(vec![0, 1, 1, 1, 2, 2, 3]))
}

fn http_rule(settings: &Settings) -> impl Strategy<Value = HttpRouteRule> + use<> {
    // One prefix and filters that replace it, or any matches and filters that do not.
    let prefix = (
        matches::prefix().prop_map(|one| Some(vec![one])),
        filters::http(settings, true),
        filters::redirect(true),
    );
    let lists = maybe(90, prop::collection::vec(matches::http(settings.broken), 1..=2));
    let any = (lists, filters::http(settings, false), filters::redirect(false));
    let backend = {
        let parts = (reference(settings.broken, false), weight(), chance(20), filters::http(settings, false));
        (parts, chance(4), filters::redirect(false)).prop_map(
            |((one, weight, filtered, filters), redirects, redirect)| HttpBackendRef {
                group: one.group,
                kind: one.kind,
                name: one.name,
                namespace: one.namespace,
                port: one.port,
                weight,
                filters: match (filtered, redirects) {
                    (_, true) => Some(vec![redirect]),
                    (true, _) => Some(filters),
                    _ => None,
                },
            },
        )
    };
    let redirects = chance(if settings.filters { 15 } else { 0 });
    let timeouts = maybe(
        15,
        Just(HttpRouteTimeouts { request: Some("10s".into()), backend_request: Some("2s".into()) }),
    );
    let retry = maybe(5, Just(HttpRouteRetry { codes: Some(vec![500]), attempts: Some(2), backoff: None }));
    let session = maybe(
        5,
        Just(SessionPersistence { session_name: Some("s".into()), ..SessionPersistence::default() }),
    );
    let extras = (timeouts, retry, session, maybe(10, Just("named")));
    let backends = prop_oneof![1 => Just(Vec::new()), 20 => prop::collection::vec(backend, 1..=3)];
    (prop_oneof![1 => prefix, 2 => any], redirects, backends, extras).prop_map(
        |(
            (matches, mut filters, redirect),
            redirects,
            backends,
            (timeouts, retry, session_persistence, name),
        )| {
            if redirects {
                filters.retain(|filter| filter.url_rewrite.is_none());
                filters.push(redirect);
            }
            HttpRouteRule {
                name: name.map(Into::into),
                matches,
                filters: Some(filters),
                backend_refs: Some(if redirects { Vec::new() } else { backends }),
                timeouts,
                retry,
                session_persistence,
            }
        },
    )
}

fn http(settings: &Settings) -> BoxedStrategy<Object> {
    (frame(settings), prop::collection::vec(http_rule(settings), 1..=settings.rules.max(1)))
        .prop_map(|(frame, rules)| {
            HttpRoute {
                metadata: metadata(&frame.namespace, "r", frame.created),
                spec: HttpRouteSpec {
                    parent_refs: Some(frame.parents),
                    hostnames: Some(frame.hostnames),
                    rules: Some(rules),
                    use_default_gateways: None,
                },
                ..HttpRoute::default()
            }
            .into()
        })
        .boxed()
}

fn grpc(settings: &Settings) -> BoxedStrategy<Object> {
    let parts = (reference(settings.broken, false), weight(), maybe(20, filters::grpc(settings)));
    let backend = parts.prop_map(|(one, weight, filters)| GrpcBackendRef {
        group: one.group,
        kind: one.kind,
        name: one.name,
        namespace: one.namespace,
        port: one.port,
        weight,
        filters,
    });
    let matches = maybe(85, prop::collection::vec(matches::grpc(), 1..=2));
    let parts = (matches, filters::grpc(settings), prop::collection::vec(backend, 0..=2));
    let rule = parts.prop_map(|(matches, filters, backends)| GrpcRouteRule {
        matches,
        filters: Some(filters),
        backend_refs: Some(backends),
        ..GrpcRouteRule::default()
    });
    // MODEL-GR-04: it may have none.
    (frame(settings), prop::collection::vec(rule, 0..=settings.rules.max(1)))
        .prop_map(|(frame, rules)| {
            GrpcRoute {
                metadata: metadata(&frame.namespace, "r", frame.created),
                spec: GrpcRouteSpec {
                    parent_refs: Some(frame.parents),
                    hostnames: Some(frame.hostnames),
                    rules: Some(rules),
                    use_default_gateways: None,
                },
                ..GrpcRoute::default()
            }
            .into()
        })
        .boxed()
}

fn plain(settings: &Settings, kind: ObjectKind) -> BoxedStrategy<Object> {
    let parts = (reference(settings.broken, kind == ObjectKind::UdpRoute), weight());
    let backend = parts.prop_map(|(one, weight)| BackendRef {
        group: one.group,
        kind: one.kind,
        name: one.name,
        namespace: one.namespace,
        port: one.port,
        weight,
    });
    (frame(settings), prop::collection::vec(backend, 1..=2))
        .prop_map(move |(frame, backend_refs)| {
            let own = metadata(&frame.namespace, "r", frame.created);
            let parent_refs = Some(frame.parents);
            match kind {
                ObjectKind::TlsRoute => {
                    let mut hostnames = frame.hostnames;
                    if hostnames.is_empty() {
                        hostnames.push("*.test".into());
                    }
                    let rules = vec![TlsRouteRule { name: None, backend_refs }];
                    let spec = TlsRouteSpec {
                        parent_refs,
                        use_default_gateways: None,
                        hostnames: Some(hostnames),
                        rules,
                    };
                    TlsRoute { metadata: own, spec, ..TlsRoute::default() }.into()
                }
                ObjectKind::TcpRoute => {
                    let rules = vec![TcpRouteRule { name: None, backend_refs }];
                    let spec = TcpRouteSpec { parent_refs, use_default_gateways: None, rules };
                    TcpRoute { metadata: own, spec, ..TcpRoute::default() }.into()
                }
                _ => {
                    let rules = vec![UdpRouteRule { name: None, backend_refs }];
                    let spec = UdpRouteSpec { parent_refs, use_default_gateways: None, rules };
                    UdpRoute { metadata: own, spec, ..UdpRoute::default() }.into()
                }
            }
        })
        .boxed()
}

/// A Route of one of the kinds; the name is given later.
pub(super) fn route(settings: &Settings) -> BoxedStrategy<Object> {
    let of_kind = |kind: &ObjectKind| match kind {
        ObjectKind::HttpRoute => (4, http(settings)),
        ObjectKind::GrpcRoute => (2, grpc(settings)),
        kind => (1, plain(settings, *kind)),
    };
    proptest::strategy::Union::new_weighted(settings.kinds.iter().map(of_kind).collect()).boxed()
}
