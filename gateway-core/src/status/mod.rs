//! Words for the graph: conditions, reasons, counts, in Kubernetes' own shape. Decides nothing.

mod class;
mod conditions;
mod gateway;
mod listener;
mod merge;
mod reasons;
mod route;
mod words;

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use crate::attach::Graph;
use crate::key::{NamespacedName, ObjectKey};
use crate::model::{GatewayClassStatus, GatewayStatus, ObjectKind, ObjectMeta, RouteStatus};
use crate::profile::Profile;

pub use merge::{LeftOut, MergedStatus, StatusWriter};
pub use words::Advice;
pub(crate) use words::{backend_advice, rule_advice, stop_advice, unresolved_advice};

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
    /// Of a Route.
    Route(RouteStatus),
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

/// Statuses of GatewayClasses, Gateways and Routes, by kind and name.
pub(crate) fn statuses(graph: &Graph, profile: &Profile) -> Vec<ObjectStatus> {
    let classes = graph.classes.iter().map(|(name, class)| {
        let name = NamespacedName::new("", name.clone());
        let version = ObjectKind::GatewayClass.api_version(class.object.version);
        let status = KindStatus::GatewayClass(class::class_status(class));
        ObjectStatus::new(ObjectKind::GatewayClass, version, &class.object.metadata, &name, status)
    });
    let gateways = graph.gateways.iter().map(|gateway| {
        let version = ObjectKind::Gateway.api_version(gateway.object.version);
        let status = KindStatus::Gateway(gateway::gateway_status(gateway, profile));
        ObjectStatus::new(ObjectKind::Gateway, version, &gateway.object.metadata, &gateway.name, status)
    });
    let routes = graph.routes.iter().map(|route| {
        let version = route.key.kind.api_version(route.object.version());
        let name = NamespacedName::new(route.key.namespace.clone(), route.key.name.clone());
        let status = KindStatus::Route(route::route_status(graph, route));
        ObjectStatus::new(route.key.kind, version, route.object.metadata(), &name, status)
    });
    classes.chain(gateways).chain(routes).collect()
}
