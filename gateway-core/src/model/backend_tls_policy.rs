//! BackendTLSPolicy: TLS between Gateway and backend (MODEL-K10).

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::metadata::or_default;
use super::{
    AbsoluteUri, AnnotationValue, Hostname, LocalObjectReference, LocalPolicyTargetReferenceWithSectionName,
    ObjectMeta, PolicyStatus, PreciseHostname, SubjectAltNameType, Version, WellKnownCaCertificates,
};

/// How the certificates of backends are verified.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BackendTlsPolicy {
    /// The served version it was written in.
    #[serde(skip)]
    pub version: Version,
    /// Name, namespace, labels and the rest of what every object has.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// What is wanted (MODEL-BTP-01).
    pub spec: BackendTlsPolicySpec,
    /// What became of it (MODEL-BTP-09).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<PolicyStatus>,
}

/// What is wanted of a BackendTLSPolicy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BackendTlsPolicySpec {
    /// The backends, 1 to 16 (MODEL-BTP-03).
    pub target_refs: Vec<LocalPolicyTargetReferenceWithSectionName>,
    /// How they are verified (MODEL-BTP-08).
    pub validation: BackendTlsPolicyValidation,
    /// Settings of the implementation, at most 16 (MODEL-BTP-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<BTreeMap<String, AnnotationValue>>,
}

/// How a backend's certificate is verified (MODEL-BTV-01..04).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BackendTlsPolicyValidation {
    /// Who may have signed it, at most 8 (MODEL-BTV-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_certificate_refs: Option<Vec<LocalObjectReference>>,
    /// The same by name; instead of references (MODEL-BTV-04).
    #[serde(rename = "wellKnownCACertificates", skip_serializing_if = "Option::is_none")]
    pub well_known_ca_certificates: Option<WellKnownCaCertificates>,
    /// The server name asked for, and the name in the certificate (MODEL-BTV-02).
    pub hostname: PreciseHostname,
    /// Names accepted in the certificate instead, at most 5 (MODEL-BTV-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_alt_names: Option<Vec<SubjectAltName>>,
}

/// A name in a certificate (MODEL-SAN-01..03).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubjectAltName {
    /// Which field counts (MODEL-SAN-02).
    pub r#type: SubjectAltNameType,
    /// A DNS name (MODEL-SAN-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostname: Option<Hostname>,
    /// A URI (MODEL-SAN-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<AbsoluteUri>,
}
