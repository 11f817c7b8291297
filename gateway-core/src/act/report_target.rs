//! Where a decision sends something, as data: backends, mirrors, who authorizes, and how to reach them.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use crate::key::NamespacedName;
use crate::model::{ForwardBodyConfig, GrpcAuthConfig, HttpAuthConfig, LocalObjectReference, SubjectAltName};
use crate::table::{Backend, ExternalAuth, Rule, Target, UpstreamTls};

/// A backend. `weight` and `valid` stand in lists only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BackendReport {
    /// The kind as written.
    pub kind: String,
    /// The namespace.
    pub namespace: String,
    /// The name.
    pub name: String,
    /// The port.
    pub port: Option<u16>,
    /// Its weight.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<u32>,
    /// Whether it can be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid: Option<bool>,
}

/// A copy that is sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MirrorReport {
    /// Where to.
    pub backend: BackendReport,
    /// What the port there declares to speak: `H2C`, `WS` or `WSS`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// How the connection there is secured (FILT-063).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_tls: Option<UpstreamTlsReport>,
}

/// Who must allow the request first, and how to ask.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAuthReport {
    /// `HTTP` or `GRPC`.
    pub protocol: String,
    /// Whom to ask.
    pub backend: BackendReport,
    /// How the connection there is secured (FILT-091).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_tls: Option<UpstreamTlsReport>,
    /// Settings for HTTP, as the Route says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http: Option<HttpAuthConfig>,
    /// Settings for gRPC, as the Route says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grpc: Option<GrpcAuthConfig>,
    /// How much of the body goes along, as the Route says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forward_body: Option<ForwardBodyConfig>,
}

/// How the connection to the backend is secured.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpstreamTlsReport {
    /// The BackendTLSPolicy, as `namespace/name`.
    pub policy: String,
    /// The server name to send.
    pub server_name: String,
    /// Names that the certificate may have instead.
    pub subject_alt_names: Vec<SubjectAltName>,
    /// Who may have signed it.
    pub ca_certificate_refs: Vec<LocalObjectReference>,
    /// The same by name.
    pub well_known_ca_certificates: Option<String>,
    /// The Secret with the Gateway's own certificate, as `namespace/name`.
    pub client_certificate: Option<String>,
}

pub(super) fn protocol(target: &Target) -> Option<String> {
    target.protocol.map(|protocol| protocol.as_str().to_string())
}

pub(super) fn external_auth(
    auth: &ExternalAuth,
    upstream_tls: Option<UpstreamTlsReport>,
) -> ExternalAuthReport {
    ExternalAuthReport {
        protocol: auth.protocol.to_string(),
        backend: backend(&auth.target),
        upstream_tls,
        http: auth.http.clone(),
        grpc: auth.grpc.clone(),
        forward_body: auth.forward_body.clone(),
    }
}

pub(super) fn upstream_tls(tls: &UpstreamTls, certificate: Option<&NamespacedName>) -> UpstreamTlsReport {
    UpstreamTlsReport {
        policy: tls.policy.to_string(),
        server_name: tls.server_name.clone(),
        subject_alt_names: tls.subject_alt_names.clone(),
        ca_certificate_refs: tls.ca_certificate_refs.clone(),
        well_known_ca_certificates: tls.well_known_ca_certificates.clone(),
        client_certificate: certificate.map(ToString::to_string),
    }
}

/// The backends of a rule; where it has none, and the Service itself is drawn, that one.
pub(super) fn backends(rule: &Rule, drawn: &Backend) -> Vec<BackendReport> {
    if rule.backends.is_empty() { [listed(drawn)].into() } else { rule.backends.iter().map(listed).collect() }
}

pub(super) fn backend(target: &Target) -> BackendReport {
    BackendReport {
        kind: target.kind.clone(),
        namespace: target.namespace.clone(),
        name: target.name.clone(),
        port: target.port,
        weight: None,
        valid: None,
    }
}

pub(super) fn listed(one: &Backend) -> BackendReport {
    BackendReport { weight: Some(one.weight), valid: Some(one.target.valid), ..backend(&one.target) }
}
