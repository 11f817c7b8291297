//! TCPRoute: routing of TCP connections by port (MODEL-K07).

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::metadata::or_default;
use super::{BackendRef, ObjectMeta, ParentReference, RouteStatus, SectionName, UseDefaultGateways, Version};

/// Where the TCP connections of a port go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TcpRoute {
    /// The served version it was written in.
    #[serde(skip)]
    pub version: Version,
    /// Name, namespace, labels and the rest of what every object has.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// What is wanted (MODEL-TCPR-01).
    pub spec: TcpRouteSpec,
    /// What became of it (MODEL-TCPR-07).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<RouteStatus>,
}

/// What is wanted of a TCPRoute.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TcpRouteSpec {
    /// What it attaches to, at most 32 (MODEL-TCPR-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_refs: Option<Vec<ParentReference>>,
    /// Whether it attaches to default Gateways; experimental (MODEL-TCPR-06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub use_default_gateways: Option<UseDefaultGateways>,
    /// Its rules: one, in v1alpha2 1 to 16 (MODEL-TCPR-03, MODEL-R03).
    pub rules: Vec<TcpRouteRule>,
}

/// Where connections go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TcpRouteRule {
    /// Name (MODEL-TCPR-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<SectionName>,
    /// Where they go, 1 to 16 (MODEL-TCPR-04).
    pub backend_refs: Vec<BackendRef>,
}
