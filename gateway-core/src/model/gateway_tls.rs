//! TLS of a whole Gateway, towards clients and towards backends (MODEL-GW-16..23).

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{FrontendValidationMode, ObjectReference, PortNumber, SecretObjectReference};

/// TLS of a Gateway.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GatewayTlsConfig {
    /// Towards backends (MODEL-GW-17).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend: Option<GatewayBackendTls>,
    /// Towards clients (MODEL-GW-19).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frontend: Option<FrontendTlsConfig>,
}

/// TLS of a Gateway towards backends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GatewayBackendTls {
    /// The certificate shown to backends (MODEL-GW-18).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_certificate_ref: Option<SecretObjectReference>,
}

/// TLS of a Gateway towards clients.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FrontendTlsConfig {
    /// For HTTPS listeners on ports that `per_port` does not name (MODEL-GW-20).
    pub default: TlsConfig,
    /// For the listeners of single ports, at most 64 (MODEL-GW-21).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_port: Option<Vec<TlsPortConfig>>,
}

/// TLS towards clients on one port.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TlsPortConfig {
    /// The port (MODEL-GW-22).
    pub port: PortNumber,
    /// What applies on it (MODEL-GW-23).
    pub tls: TlsConfig,
}

/// How clients are verified.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TlsConfig {
    /// Absent means that no client certificate is asked for (MODEL-FTV-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validation: Option<FrontendTlsValidation>,
}

/// How client certificates are verified.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FrontendTlsValidation {
    /// Who may have signed them, 1 to 16 (MODEL-FTV-02).
    pub ca_certificate_refs: Vec<ObjectReference>,
    /// What becomes of others; absent means `AllowValidOnly` (MODEL-FTV-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<FrontendValidationMode>,
}

impl FrontendTlsValidation {
    /// The mode with its default (MODEL-R15).
    pub fn mode(&self) -> FrontendValidationMode {
        self.mode.clone().unwrap_or(FrontendValidationMode::AllowValidOnly)
    }
}
