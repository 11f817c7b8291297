//! GRPCRoute: routing of gRPC calls (MODEL-K05).

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::backend_references::backend_reference;
use super::metadata::or_default;
use super::{
    Group, GrpcMethodMatchType, GrpcRouteFilterType, HeaderMatchType, HeaderName, Hostname, HttpHeaderFilter,
    HttpRequestMirrorFilter, Kind, LocalObjectReference, NamespaceName, ObjectMeta, ObjectName,
    ParentReference, PortNumber, RouteStatus, SectionName, SessionPersistence, UseDefaultGateways, Version,
};

/// Which gRPC calls go where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GrpcRoute {
    /// The served version it was written in.
    #[serde(skip)]
    pub version: Version,
    /// Name, namespace, labels and the rest of what every object has.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// What is wanted (MODEL-GR-01).
    pub spec: GrpcRouteSpec,
    /// What became of it (MODEL-GR-18).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<RouteStatus>,
}

/// What is wanted of a GRPCRoute.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GrpcRouteSpec {
    /// What it attaches to, at most 32 (MODEL-GR-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_refs: Option<Vec<ParentReference>>,
    /// Whether it attaches to default Gateways; experimental (MODEL-GR-17).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub use_default_gateways: Option<UseDefaultGateways>,
    /// Hosts it serves, at most 16; none means those of the listener (MODEL-GR-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostnames: Option<Vec<Hostname>>,
    /// Its rules, at most 16; none means that nothing matches (MODEL-GR-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Vec<GrpcRouteRule>>,
}

/// Matches, what is done with what they take, and where it goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GrpcRouteRule {
    /// Name, unique in the route (MODEL-GR-15).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<SectionName>,
    /// Any of them must hold, at most 64; none means every call (MODEL-GR-14).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matches: Option<Vec<GrpcRouteMatch>>,
    /// Steps of processing, at most 16 (MODEL-GR-13).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filters: Option<Vec<GrpcRouteFilter>>,
    /// Where calls go, at most 16 (MODEL-GR-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend_refs: Option<Vec<GrpcBackendRef>>,
    /// How a client stays with its backend; experimental (MODEL-GR-16).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_persistence: Option<SessionPersistence>,
}

/// Conditions that must all hold (MODEL-GM-01..08).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GrpcRouteMatch {
    /// Service and method; absent means any (MODEL-GM-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<GrpcMethodMatch>,
    /// Headers, at most 16 (MODEL-GM-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<Vec<GrpcHeaderMatch>>,
}

/// What is asked of service and method.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GrpcMethodMatch {
    /// How both are compared; absent means `Exact` (MODEL-GM-08).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<GrpcMethodMatchType>,
    /// The service, at most 1024 characters; absent or empty means any (MODEL-GM-07).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The method, at most 1024 characters; absent or empty means any (MODEL-GM-06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
}

impl GrpcMethodMatch {
    /// How both are compared, with the default (MODEL-R14).
    pub fn match_type(&self) -> GrpcMethodMatchType {
        self.r#type.clone().unwrap_or(GrpcMethodMatchType::Exact)
    }
}

/// What is asked of a header.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GrpcHeaderMatch {
    /// How it is compared; absent means `Exact` (MODEL-GM-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<HeaderMatchType>,
    /// Name, compared without regard to case (MODEL-GM-02).
    pub name: HeaderName,
    /// With what, 1 to 4096 characters of any kind (MODEL-GM-04).
    pub value: String,
}

impl GrpcHeaderMatch {
    /// How the header is compared, with the default (MODEL-R14).
    pub fn match_type(&self) -> HeaderMatchType {
        self.r#type.clone().unwrap_or(HeaderMatchType::Exact)
    }
}

/// One step of processing; `type` names the field that holds it (MODEL-GF-01..05).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GrpcRouteFilter {
    /// Which field counts (MODEL-GF-05).
    pub r#type: GrpcRouteFilterType,
    /// Changes request headers (MODEL-GF-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_header_modifier: Option<HttpHeaderFilter>,
    /// Changes response headers (MODEL-GF-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_header_modifier: Option<HttpHeaderFilter>,
    /// Copies calls elsewhere (MODEL-GF-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_mirror: Option<HttpRequestMirrorFilter>,
    /// A filter of the implementation (MODEL-GF-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension_ref: Option<LocalObjectReference>,
}

/// A weighted backend of a GRPCRoute rule (MODEL-GR-05..12).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GrpcBackendRef {
    /// API group; absent means core (MODEL-GR-07).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Kind; absent means `Service` (MODEL-GR-08).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Name (MODEL-GR-09).
    pub name: ObjectName,
    /// Namespace; absent means the route's (MODEL-GR-10).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<NamespaceName>,
    /// The Service's port, not the pod's; needed for a Service (MODEL-GR-11).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<PortNumber>,
    /// Share of the rule's traffic, 0 to 1000000; absent means 1 (MODEL-GR-12).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<i32>,
    /// Steps for calls to this backend, at most 16 (MODEL-GR-06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filters: Option<Vec<GrpcRouteFilter>>,
}

backend_reference!(GrpcBackendRef, weighted);
