//! ServiceImport: a Service of a cluster set.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::metadata::{is_default, or_default};
use super::{ObjectMeta, PortNumber, ServiceImportType, Version};

/// A Service of another cluster, or of several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceImport {
    /// The served version it was written in.
    #[serde(skip)]
    pub version: Version,
    /// Name, namespace, labels and the rest of what every object has.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// What is wanted; empty when absent.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "is_default")]
    pub spec: ServiceImportSpec,
}

/// What is wanted of a ServiceImport.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceImportSpec {
    /// What kind of address it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<ServiceImportType>,
    /// Its ports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ports: Option<Vec<ServiceImportPort>>,
    /// Its addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ips: Option<Vec<String>>,
}

/// A port of a ServiceImport.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceImportPort {
    /// Name; needed when there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `TCP`, `UDP` or `SCTP`; absent means `TCP`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// What is spoken on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_protocol: Option<String>,
    /// The port.
    pub port: PortNumber,
}

impl ServiceImport {
    /// Its ports; none when there is no list.
    pub fn ports(&self) -> &[ServiceImportPort] {
        self.spec.ports.as_deref().unwrap_or_default()
    }
}
