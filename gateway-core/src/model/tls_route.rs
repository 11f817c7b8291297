//! TLSRoute: routing of TLS connections by server name (MODEL-K06).

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::metadata::or_default;
use super::{
    BackendRef, Hostname, ObjectMeta, ParentReference, RouteStatus, SectionName, UseDefaultGateways, Version,
};

/// Which TLS connections go where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TlsRoute {
    /// The served version it was written in.
    #[serde(skip)]
    pub version: Version,
    /// Name, namespace, labels and the rest of what every object has.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// What is wanted (MODEL-TLSR-01).
    pub spec: TlsRouteSpec,
    /// What became of it (MODEL-TLSR-08).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<RouteStatus>,
}

/// What is wanted of a TLSRoute.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TlsRouteSpec {
    /// What it attaches to, at most 32 (MODEL-TLSR-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_refs: Option<Vec<ParentReference>>,
    /// Whether it attaches to default Gateways; experimental (MODEL-TLSR-07).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub use_default_gateways: Option<UseDefaultGateways>,
    /// Server names, 1 to 1024; optional in v1alpha2 only (MODEL-TLSR-02, MODEL-R02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostnames: Option<Vec<Hostname>>,
    /// Its rules: one, in v1alpha2 1 to 16 (MODEL-TLSR-04).
    pub rules: Vec<TlsRouteRule>,
}

/// Where connections go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TlsRouteRule {
    /// Name (MODEL-TLSR-06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<SectionName>,
    /// Where they go, 1 to 16 (MODEL-TLSR-05).
    pub backend_refs: Vec<BackendRef>,
}
