//! Words for the graph: conditions, reasons, counts, in Kubernetes' own shape. Decides nothing.

mod changes;
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

use crate::attach::{BackendTlsPolicyNode, Graph, RouteNode, TrafficPolicyNode, XBackendNode};
use crate::key::{NamespacedName, ObjectKey};
use crate::model::{
    GatewayClassStatus, GatewayStatus, ListenerSetStatus, ObjectKind, ObjectMeta, PolicyStatus, RouteStatus,
    XBackendStatus, XMeshStatus,
};
use crate::profile::Profile;

pub(crate) use changes::changes;
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

/// Puts a graph into words.
#[derive(Clone, Copy)]
pub(crate) struct Author<'g> {
    pub(crate) graph: &'g Graph,
    pub(crate) profile: &'g Profile,
}

impl<'g> Author<'g> {
    /// Statuses of all objects that have one, by kind and name.
    pub(crate) fn all(self) -> Vec<ObjectStatus> {
        let graph = self.graph;
        self.classes()
            .chain(graph.gateways.indexed().map(|(slot, _)| self.gateway(slot)))
            .chain(graph.listener_sets.indexed().map(|(slot, _)| self.listener_set(slot)))
            .chain(graph.routes.iter().map(|route| self.route(route)))
            .chain(graph.backend_tls_policies.iter().map(|policy| self.backend_tls_policy(policy)))
            .chain(graph.x_backends.iter().map(|backend| self.x_backend(backend)))
            .chain(graph.traffic_policies.iter().map(|policy| self.traffic_policy(policy)))
            .chain(self.meshes())
            .collect()
    }

    fn classes(self) -> impl Iterator<Item = ObjectStatus> + use<'g> {
        self.graph.classes.iter().map(move |(name, class)| {
            let name = NamespacedName::new("", name.clone());
            let version = ObjectKind::GatewayClass.api_version(class.object.version);
            let status = KindStatus::GatewayClass(class::class_status(class, self.profile));
            ObjectStatus::new(ObjectKind::GatewayClass, version, &class.object.metadata, &name, status)
        })
    }

    fn gateway(self, slot: usize) -> ObjectStatus {
        let gateway = &self.graph.gateways[slot];
        let version = ObjectKind::Gateway.api_version(gateway.object.version);
        let status = KindStatus::Gateway(gateway::gateway_status(self.graph, slot, self.profile));
        ObjectStatus::new(ObjectKind::Gateway, version, &gateway.object.metadata, &gateway.name, status)
    }

    fn listener_set(self, slot: usize) -> ObjectStatus {
        let set = &self.graph.listener_sets[slot];
        let version = ObjectKind::ListenerSet.api_version(set.object.version);
        let status = KindStatus::ListenerSet(listener_set::listener_set_status(self.graph, slot));
        ObjectStatus::new(ObjectKind::ListenerSet, version, &set.object.metadata, &set.name, status)
    }

    fn route(self, route: &RouteNode) -> ObjectStatus {
        let version = route.key.kind.api_version(route.object.version());
        let name = NamespacedName::new(route.key.namespace.clone(), route.key.name.clone());
        let status = KindStatus::Route(route::route_status(self.graph, route));
        ObjectStatus::new(route.key.kind, version, route.object.metadata(), &name, status)
    }

    fn backend_tls_policy(self, policy: &BackendTlsPolicyNode) -> ObjectStatus {
        let kind = ObjectKind::BackendTlsPolicy;
        let status = KindStatus::Policy(policy::backend_tls_policy_status(self.graph, policy));
        let version = kind.api_version(policy.object.version);
        ObjectStatus::new(kind, version, &policy.object.metadata, &policy.name, status)
    }

    fn x_backend(self, backend: &XBackendNode) -> ObjectStatus {
        let kind = ObjectKind::XBackend;
        let status = KindStatus::XBackend(x_backend::x_backend_status(self.graph, backend));
        let version = kind.api_version(backend.object.version);
        ObjectStatus::new(kind, version, &backend.object.metadata, &backend.name, status)
    }

    fn traffic_policy(self, policy: &TrafficPolicyNode) -> ObjectStatus {
        let kind = ObjectKind::XBackendTrafficPolicy;
        let status = KindStatus::Policy(policy::traffic_policy_status(self.graph, policy));
        let version = kind.api_version(policy.object.version);
        ObjectStatus::new(kind, version, &policy.object.metadata, &policy.name, status)
    }

    fn meshes(self) -> impl Iterator<Item = ObjectStatus> + use<'g> {
        self.graph.meshes.iter().map(move |(name, mesh)| {
            let version = ObjectKind::XMesh.api_version(mesh.object.version);
            let name = NamespacedName::new("", name.clone());
            let status = KindStatus::XMesh(class::mesh_status(mesh, self.profile));
            ObjectStatus::new(ObjectKind::XMesh, version, &mesh.object.metadata, &name, status)
        })
    }
}
