//! Words for the graph: conditions, reasons, counts, in Kubernetes' own shape. Decides nothing.

mod class;
mod conditions;
mod gateway;
mod generated;
mod listener;
mod listener_set;
mod merge;
mod policy;
mod reasons;
mod route;
mod words;
mod x_backend;

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use crate::attach::Graph;
use crate::key::{NamespacedName, ObjectKey};
use crate::model::{
    GatewayClassStatus, GatewayStatus, ListenerSetStatus, ObjectKind, ObjectMeta, PolicyStatus, RouteStatus,
    XBackendStatus, XMeshStatus,
};
use crate::profile::Profile;

pub use generated::GeneratedMetadata;
pub(crate) use generated::generated_metadata;
pub use merge::{LeftOut, MergedStatus, StatusWriter};
pub use words::Advice;
pub(crate) use words::{
    address_advice, address_refusal_advice, authority_advice, backend_advice, backend_authority_advice,
    certificate_advice, client_certificate_advice, extension_advice, kinds_advice, listener_advice,
    overlap_words, parameters_advice, rule_advice, stop_advice, target_advice, tls_policy_advice,
    unresolved_advice, value_advice, x_backend_certificate_advice,
};

/// The status of one object.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ObjectStatus {
    /// Group and version of the object.
    pub api_version: &'static str,
    /// Its kind.
    pub kind: &'static str,
    /// Which object.
    pub metadata: StatusMetadata,
    /// Its status.
    pub status: KindStatus,
}

/// Which object a status belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusMetadata {
    /// The namespace; absent for cluster-scoped kinds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// The name.
    pub name: String,
    /// The generation that the status was worked out from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generation: Option<i64>,
}

/// A status in the shape of its kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum KindStatus {
    /// Of a GatewayClass.
    GatewayClass(GatewayClassStatus),
    /// Of a Gateway.
    Gateway(GatewayStatus),
    /// Of a ListenerSet.
    ListenerSet(ListenerSetStatus),
    /// Of a Route.
    Route(RouteStatus),
    /// Of a policy.
    Policy(PolicyStatus),
    /// Of an XBackend.
    XBackend(XBackendStatus),
    /// Of an XMesh.
    XMesh(XMeshStatus),
}

impl ObjectStatus {
    fn new(
        kind: ObjectKind,
        api_version: &'static str,
        metadata: &ObjectMeta,
        name: &NamespacedName,
        status: KindStatus,
    ) -> Self {
        Self {
            api_version,
            kind: kind.kind(),
            metadata: StatusMetadata {
                namespace: kind.is_namespaced().then(|| name.namespace.clone()),
                name: name.name.clone(),
                generation: metadata.generation,
            },
            status,
        }
    }

    /// The object's key.
    pub fn key(&self) -> Option<ObjectKey> {
        let kind = ObjectKind::ALL.iter().copied().find(|kind| kind.kind() == self.kind)?;
        Some(ObjectKey::new(
            kind,
            self.metadata.namespace.clone().unwrap_or_default(),
            self.metadata.name.clone(),
        ))
    }
}

/// Statuses of all objects that have one, by kind and name.
pub(crate) fn statuses(graph: &Graph, profile: &Profile) -> Vec<ObjectStatus> {
    let classes = graph.classes.iter().map(|(name, class)| {
        let name = NamespacedName::new("", name.clone());
        let version = ObjectKind::GatewayClass.api_version(class.object.version);
        let status = KindStatus::GatewayClass(class::class_status(class, profile));
        ObjectStatus::new(ObjectKind::GatewayClass, version, &class.object.metadata, &name, status)
    });
    let gateways = graph.gateways.iter().enumerate().map(|(index, gateway)| {
        let version = ObjectKind::Gateway.api_version(gateway.object.version);
        let status = KindStatus::Gateway(gateway::gateway_status(graph, index, profile));
        ObjectStatus::new(ObjectKind::Gateway, version, &gateway.object.metadata, &gateway.name, status)
    });
    let sets = graph.listener_sets.iter().map(|set| {
        let version = ObjectKind::ListenerSet.api_version(set.object.version);
        let status = KindStatus::ListenerSet(listener_set::listener_set_status(graph, set));
        ObjectStatus::new(ObjectKind::ListenerSet, version, &set.object.metadata, &set.name, status)
    });
    let routes = graph.routes.iter().map(|route| {
        let version = route.key.kind.api_version(route.object.version());
        let name = NamespacedName::new(route.key.namespace.clone(), route.key.name.clone());
        let status = KindStatus::Route(route::route_status(graph, route));
        ObjectStatus::new(route.key.kind, version, route.object.metadata(), &name, status)
    });
    let tls_policies = graph.backend_tls_policies.iter().map(|policy| {
        let kind = ObjectKind::BackendTlsPolicy;
        let status = KindStatus::Policy(policy::backend_tls_policy_status(graph, policy));
        let version = kind.api_version(policy.object.version);
        ObjectStatus::new(kind, version, &policy.object.metadata, &policy.name, status)
    });
    let x_backends = graph.x_backends.iter().map(|backend| {
        let kind = ObjectKind::XBackend;
        let status = KindStatus::XBackend(x_backend::x_backend_status(graph, backend));
        let version = kind.api_version(backend.object.version);
        ObjectStatus::new(kind, version, &backend.object.metadata, &backend.name, status)
    });
    let traffic_policies = graph.traffic_policies.iter().map(|policy| {
        let kind = ObjectKind::XBackendTrafficPolicy;
        let status = KindStatus::Policy(policy::traffic_policy_status(graph, policy));
        let version = kind.api_version(policy.object.version);
        ObjectStatus::new(kind, version, &policy.object.metadata, &policy.name, status)
    });
    let meshes = graph.meshes.iter().map(|(name, mesh)| {
        let version = ObjectKind::XMesh.api_version(mesh.object.version);
        let name = NamespacedName::new("", name.clone());
        let status = KindStatus::XMesh(class::mesh_status(mesh, profile));
        ObjectStatus::new(ObjectKind::XMesh, version, &mesh.object.metadata, &name, status)
    });
    classes
        .chain(gateways)
        .chain(sets)
        .chain(routes)
        .chain(tls_policies)
        .chain(x_backends)
        .chain(traffic_policies)
        .chain(meshes)
        .collect()
}
