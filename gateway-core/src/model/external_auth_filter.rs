//! Authorization by another service; experimental.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{BackendObjectReference, ExternalAuthPath, ExternalAuthProtocol};

/// Asks a service whether a request may pass (MODEL-EA-01..10).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpExternalAuthFilter {
    /// How the service is asked (MODEL-EA-10).
    pub protocol: ExternalAuthProtocol,
    /// The service (MODEL-EA-01).
    pub backend_ref: BackendObjectReference,
    /// Settings for gRPC (MODEL-EA-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grpc: Option<GrpcAuthConfig>,
    /// Settings for HTTP (MODEL-EA-06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http: Option<HttpAuthConfig>,
    /// How much of the body is sent along; absent means none (MODEL-EA-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forward_body: Option<ForwardBodyConfig>,
}

/// How a gRPC service is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GrpcAuthConfig {
    /// Headers sent along, at most 64; none means all (MODEL-EA-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_headers: Option<Vec<String>>,
}

/// How an HTTP service is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpAuthConfig {
    /// What is put before the request's path (MODEL-EA-09).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<ExternalAuthPath>,
    /// Further headers sent along, at most 64 (MODEL-EA-07).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_headers: Option<Vec<String>>,
    /// Headers of the answer that go to the backend, at most 64 (MODEL-EA-08).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_response_headers: Option<Vec<String>>,
}

/// How much of a request's body is sent along.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ForwardBodyConfig {
    /// Bytes; absent or 0 means none (MODEL-EA-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_size: Option<i64>,
}
