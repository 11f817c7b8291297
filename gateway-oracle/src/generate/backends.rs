//! Services, and references to them.

use gateway_core::model::{
    BackendObjectReference, BackendTlsPolicy, BackendTlsPolicySpec, BackendTlsPolicyValidation, ConfigMap,
    Endpoint, EndpointConditions, EndpointPort, EndpointSlice, LocalObjectReference,
    LocalPolicyTargetReferenceWithSectionName, ObjectMeta, ReferenceGrant, ReferenceGrantFrom,
    ReferenceGrantSpec, ReferenceGrantTo, Service, ServicePort, ServiceSpec, ServiceType,
};
use gateway_core::{Object, ObjectKind};
use proptest::prelude::*;
use proptest::sample::select;

use super::Settings;
use super::alphabet::{NAMESPACES, chance, maybe, pick};
use super::gateways::metadata;
use super::pair;

const SERVICES: [(&str, &str); 5] =
    [("shop", "v1"), ("shop", "v2"), ("shop", "v3"), ("other", "far"), ("infra", "v1")];

fn port(number: i32, name: &str, protocol: &str, app_protocol: Option<&str>) -> ServicePort {
    ServicePort {
        name: Some(name.to_owned()),
        protocol: Some(protocol.to_owned()),
        app_protocol: app_protocol.map(str::to_owned),
        port: number.into(),
        target_port: None,
        node_port: None,
    }
}

/// The Services that always are.
pub(super) fn services() -> Vec<Object> {
    let ports = vec![
        port(8080, "http", "TCP", None),
        port(8081, "h2c", "TCP", Some("kubernetes.io/h2c")),
        port(8082, "ws", "TCP", Some("kubernetes.io/ws")),
        port(8083, "wss", "TCP", Some("kubernetes.io/wss")),
        port(5353, "dns", "UDP", None),
    ];
    let mut services: Vec<Object> = SERVICES
        .iter()
        .map(|(namespace, name)| {
            let spec = ServiceSpec { ports: Some(ports.clone()), ..ServiceSpec::default() };
            Service { metadata: metadata(namespace, name, None), spec, ..Service::default() }.into()
        })
        .collect();
    let spec = ServiceSpec {
        r#type: Some(ServiceType::ExternalName),
        external_name: Some("example.org".to_owned()),
        ports: Some(ports),
        ..ServiceSpec::default()
    };
    services.push(Service { metadata: metadata("shop", "ext", None), spec, ..Service::default() }.into());
    services
}

/// A reference to a backend; most are good from `shop`.
pub(super) fn reference(broken: u32, udp: bool) -> impl Strategy<Value = BackendObjectReference> {
    let good_port = if udp { 5353 } else { 8080 };
    let name = prop_oneof![9 => pick(&["v1", "v2", "v3"]), 1 => Just("far".to_owned())];
    let odd = pick(&["ext", "missing", "far", "v1"]);
    let ports = select(vec![8080, 8081, 8082, 8083, 5353, 1]);
    let drawn = (name, odd, chance(broken), ports, chance(12), chance(broken), maybe(10, pick(&NAMESPACES)));
    drawn.prop_map(move |(name, odd, is_odd, other_port, is_other_port, wrong_kind, namespace)| {
        let name = if is_odd { odd } else { name };
        let namespace = namespace.or_else(|| (name == "far").then(|| "other".to_owned()));
        BackendObjectReference {
            group: wrong_kind.then(|| "example.com".into()),
            kind: wrong_kind.then(|| "Bucket".into()),
            name: name.into(),
            namespace: namespace.map(Into::into),
            port: Some(if is_other_port { other_port } else { good_port }.into()),
        }
    })
}

/// A grant: a right one, or one that is wrong in one respect.
pub(super) fn grant() -> impl Strategy<Value = ReferenceGrant> {
    let kind = prop_oneof![4 => Just("HTTPRoute"), 1 => Just("GRPCRoute"), 1 => Just("TLSRoute"), 1 => Just("Gateway")];
    let group = prop_oneof![6 => Just(ObjectKind::HttpRoute.group()), 1 => Just("")];
    let to_kind = prop_oneof![6 => Just("Service"), 1 => Just("Secret")];
    let to_name = maybe(50, pick(&["far", "v1", "near"]));
    let parts = (pick(&NAMESPACES), pick(&["shop", "infra", "other"]), kind, group, to_kind, to_name);
    parts.prop_map(|(namespace, from, kind, group, to_kind, to_name)| ReferenceGrant {
        metadata: metadata(&namespace, "grant", None),
        spec: ReferenceGrantSpec {
            from: vec![ReferenceGrantFrom { group: group.into(), kind: kind.into(), namespace: from.into() }],
            to: vec![ReferenceGrantTo {
                group: "".into(),
                kind: to_kind.into(),
                name: to_name.map(Into::into),
            }],
        },
        ..ReferenceGrant::default()
    })
}

/// EndpointSlices and policies for the Services of `shop`.
pub(super) fn extras(settings: &Settings) -> BoxedStrategy<Vec<Object>> {
    if !settings.endpoints_and_policies {
        return Just(Vec::new()).boxed();
    }
    let slice = (pick(&["v1", "v2", "v3"]), chance(50), chance(80)).prop_map(|(service, ready, named)| {
        let label = (EndpointSlice::SERVICE_NAME_LABEL.to_owned(), service);
        let own = ObjectMeta { labels: Some([label].into()), ..metadata("shop", "slice", None) };
        let endpoint = Endpoint {
            addresses: vec!["198.51.100.1".to_owned()],
            conditions: Some(EndpointConditions { ready: Some(ready), ..EndpointConditions::default() }),
        };
        let name = if named { "http" } else { "other" };
        let port = EndpointPort { name: Some(name.to_owned()), ..EndpointPort::default() };
        EndpointSlice {
            metadata: own,
            address_type: "IPv4".to_owned(),
            endpoints: Some(vec![endpoint]),
            ports: Some(vec![port]),
            ..EndpointSlice::default()
        }
    });
    let parts = (pick(&["v1", "v2", "v3"]), chance(75), maybe(40, Just("http")), super::gateways::created());
    let policy = parts.prop_map(|(service, valid, section, created)| BackendTlsPolicy {
        metadata: metadata("shop", "policy", created),
        spec: BackendTlsPolicySpec {
            target_refs: vec![LocalPolicyTargetReferenceWithSectionName {
                group: "".into(),
                kind: "Service".into(),
                name: service.into(),
                section_name: section.map(Into::into),
            }],
            validation: BackendTlsPolicyValidation {
                ca_certificate_refs: Some(vec![LocalObjectReference {
                    group: "".into(),
                    kind: "ConfigMap".into(),
                    name: if valid { "ca" } else { "missing" }.into(),
                }]),
                hostname: "backend.test".into(),
                ..BackendTlsPolicyValidation::default()
            },
            options: None,
        },
        ..BackendTlsPolicy::default()
    });
    let slices = prop::collection::vec(slice, 0..=2);
    (slices, prop::collection::vec(policy, 0..=2))
        .prop_map(|(slices, policies)| {
            let authority = ConfigMap {
                metadata: metadata("shop", "ca", None),
                data: Some([("ca.crt".to_owned(), pair::CERTIFICATE.to_owned())].into()),
                ..ConfigMap::default()
            };
            let mut objects: Vec<Object> = vec![authority.into()];
            for (index, mut slice) in slices.into_iter().enumerate() {
                slice.metadata.name = format!("slice-{index}");
                objects.push(slice.into());
            }
            for (index, mut policy) in policies.into_iter().enumerate() {
                policy.metadata.name = format!("policy-{index}");
                objects.push(policy.into());
            }
            objects
        })
        .boxed()
}
