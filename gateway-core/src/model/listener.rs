//! Listeners of Gateways and ListenerSets, and what their status says.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{
    AnnotationValue, Condition, FromNamespaces, Hostname, LabelSelector, PortNumber, ProtocolType,
    RouteGroupKind, SecretObjectReference, SectionName, TlsMode,
};

/// A port that takes traffic, with what it takes (MODEL-LSN-01..06).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Listener {
    /// Name, unique in its own object (MODEL-LSN-03).
    pub name: SectionName,
    /// Host name it serves; absent or empty means all (MODEL-LSN-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostname: Option<Hostname>,
    /// Port it listens on (MODEL-LSN-04).
    pub port: PortNumber,
    /// What it speaks (MODEL-LSN-05).
    pub protocol: ProtocolType,
    /// Certificates and what to do with TLS (MODEL-LSN-06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls: Option<ListenerTlsConfig>,
    /// Which routes may attach (MODEL-LSN-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_routes: Option<AllowedRoutes>,
}

/// A listener of a ListenerSet: the same fields as one of a Gateway.
pub type ListenerEntry = Listener;

impl Listener {
    /// From which namespaces routes may attach, with all defaults (MODEL-R15).
    pub fn routes_from(&self) -> FromNamespaces {
        self.allowed_routes.as_ref().map_or(FromNamespaces::Same, AllowedRoutes::from)
    }
}

/// TLS of one listener (MODEL-LTLS-01..03).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListenerTlsConfig {
    /// Terminate or pass through; absent means `Terminate` (MODEL-LTLS-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<TlsMode>,
    /// Certificates, at most 64 (MODEL-LTLS-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_refs: Option<Vec<SecretObjectReference>>,
    /// Settings of the implementation, at most 16 (MODEL-LTLS-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<BTreeMap<String, AnnotationValue>>,
}

impl ListenerTlsConfig {
    /// The mode with its default (MODEL-R15).
    pub fn mode(&self) -> TlsMode {
        self.mode.clone().unwrap_or(TlsMode::Terminate)
    }
}

/// Which routes may attach to a listener (MODEL-AR-01..04).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AllowedRoutes {
    /// Where they may come from (MODEL-AR-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespaces: Option<RouteNamespaces>,
    /// Their kinds, at most 8; none means those of the protocol (MODEL-AR-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kinds: Option<Vec<RouteGroupKind>>,
}

impl AllowedRoutes {
    /// From which namespaces, with both defaults (MODEL-R15).
    pub fn from(&self) -> FromNamespaces {
        self.namespaces.as_ref().map_or(FromNamespaces::Same, RouteNamespaces::from)
    }

    /// The selector, which counts only with [`FromNamespaces::Selector`].
    pub fn selector(&self) -> Option<&LabelSelector> {
        self.namespaces.as_ref()?.selector.as_ref()
    }
}

/// Where routes may come from (MODEL-AR-03..04).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RouteNamespaces {
    /// Which namespaces; absent means `Same` (MODEL-AR-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<FromNamespaces>,
    /// Labels of the namespaces, for `Selector` (MODEL-AR-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selector: Option<LabelSelector>,
}

impl RouteNamespaces {
    /// Which namespaces, with the default (MODEL-R15).
    pub fn from(&self) -> FromNamespaces {
        self.from.clone().unwrap_or(FromNamespaces::Same)
    }
}

/// What became of a listener (MODEL-LST-01..04).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListenerStatus {
    /// The listener's name (MODEL-LST-03).
    pub name: SectionName,
    /// Route kinds it takes, at most 8 (MODEL-LST-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supported_kinds: Option<Vec<RouteGroupKind>>,
    /// How many routes attached (MODEL-LST-01).
    pub attached_routes: i32,
    /// Its conditions, at most 8 (MODEL-LST-02).
    pub conditions: Vec<Condition>,
}

/// The status of a listener of a ListenerSet: the same fields as one of a Gateway.
pub type ListenerEntryStatus = ListenerStatus;
