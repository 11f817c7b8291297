//! XBackend: a backend that is not a Service; experimental (MODEL-K11).

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::metadata::or_default;
use super::{
    BackendTlsPolicyValidation, Condition, ControllerName, ObjectMeta, ParentReference, PortNumber,
    PreciseHostname, SecretObjectReference, Version, XBackendProtocol, XBackendTlsMode, XBackendType,
};

/// A backend outside the cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct XBackend {
    /// The served version it was written in.
    #[serde(skip)]
    pub version: Version,
    /// Name, namespace, labels and the rest of what every object has.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// What is wanted (MODEL-XB-01).
    pub spec: XBackendSpec,
    /// What became of it (MODEL-XB-13).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<XBackendStatus>,
}

/// What is wanted of an XBackend.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct XBackendSpec {
    /// What it stands for (MODEL-XB-12).
    pub r#type: XBackendType,
    /// The host, for `ExternalHostname` (MODEL-XB-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_hostname: Option<XBackendExternalHostname>,
    /// Its port (MODEL-XB-04).
    pub port: XBackendPort,
    /// What it speaks (MODEL-XB-07).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<XBackendProtocol>,
    /// TLS towards it (MODEL-XB-08).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls: Option<XBackendTls>,
}

/// A host outside the cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct XBackendExternalHostname {
    /// Its name (MODEL-XB-03).
    pub hostname: PreciseHostname,
}

/// The port of an XBackend.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct XBackendPort {
    /// Name, a DNS label or empty (MODEL-XB-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Number (MODEL-XB-06).
    pub port: PortNumber,
}

/// TLS towards an XBackend.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct XBackendTls {
    /// Who shows a certificate (MODEL-XB-10).
    pub mode: XBackendTlsMode,
    /// The certificate shown to it (MODEL-XB-09).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_certificate_ref: Option<SecretObjectReference>,
    /// How its certificate is verified (MODEL-XB-11).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validation: Option<BackendTlsPolicyValidation>,
}

/// What became of an XBackend.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct XBackendStatus {
    /// One entry for each parent and controller, at most 32 (MODEL-XB-14).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parents: Option<Vec<XBackendParentStatus>>,
}

/// What became of an XBackend at one parent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct XBackendParentStatus {
    /// The parent (MODEL-XB-17).
    pub parent_ref: ParentReference,
    /// Who says so (MODEL-XB-16).
    pub controller_name: ControllerName,
    /// What it says (MODEL-XB-15).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditions: Option<Vec<Condition>>,
}
