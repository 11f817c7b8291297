//! Gateway: addresses and listeners (MODEL-K02).

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::metadata::or_default;
use super::{
    AddressType, AnnotationValue, Condition, FromNamespaces, GatewayDefaultScope, GatewayTlsConfig,
    LabelSelector, LabelValue, Listener, ListenerStatus, LocalObjectReference, ObjectMeta, ObjectName,
    Version,
};

/// An entry point for traffic.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Gateway {
    /// The served version it was written in.
    #[serde(skip)]
    pub version: Version,
    /// Name, namespace, labels and the rest of what every object has.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// What is wanted (MODEL-GW-01).
    pub spec: GatewaySpec,
    /// What became of it (MODEL-GW-24).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<GatewayStatus>,
}

/// What is wanted of a Gateway.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GatewaySpec {
    /// The GatewayClass (MODEL-GW-10).
    pub gateway_class_name: ObjectName,
    /// Its listeners, 1 to 64 (MODEL-GW-15).
    pub listeners: Vec<Listener>,
    /// Addresses asked for, at most 16 (MODEL-GW-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub addresses: Option<Vec<GatewaySpecAddress>>,
    /// What is made for it (MODEL-GW-11).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub infrastructure: Option<GatewayInfrastructure>,
    /// Which ListenerSets may extend it (MODEL-GW-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_listeners: Option<AllowedListeners>,
    /// TLS of all its listeners and towards backends (MODEL-GW-16).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls: Option<GatewayTlsConfig>,
    /// Whether routes may attach without naming it; experimental (MODEL-GW-09).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_scope: Option<GatewayDefaultScope>,
}

impl GatewaySpec {
    /// From which namespaces ListenerSets may extend it, with all defaults (MODEL-R15).
    pub fn listeners_from(&self) -> FromNamespaces {
        self.allowed_listeners.as_ref().map_or(FromNamespaces::None, AllowedListeners::from)
    }

    /// The default scope; absent means `None` (MODEL-GW-09).
    pub fn default_scope(&self) -> GatewayDefaultScope {
        self.default_scope.clone().unwrap_or(GatewayDefaultScope::None)
    }
}

/// An address asked for (MODEL-GW-02..04).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GatewaySpecAddress {
    /// What it is; absent means `IPAddress` (MODEL-GW-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<AddressType>,
    /// The address; absent or empty leaves the choice to the implementation (MODEL-GW-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

impl GatewaySpecAddress {
    /// The type with its default (MODEL-R15).
    pub fn address_type(&self) -> &str {
        self.r#type.as_deref().unwrap_or(AddressType::IP_ADDRESS)
    }

    /// The address, empty when the implementation chooses.
    pub fn value(&self) -> &str {
        self.value.as_deref().unwrap_or_default()
    }
}

/// An address in use (MODEL-GW-25..27).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GatewayStatusAddress {
    /// What it is; absent means `IPAddress` (MODEL-GW-26).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<AddressType>,
    /// The address (MODEL-GW-27).
    pub value: String,
}

impl GatewayStatusAddress {
    /// The type with its default (MODEL-R15).
    pub fn address_type(&self) -> &str {
        self.r#type.as_deref().unwrap_or(AddressType::IP_ADDRESS)
    }
}

/// What is made for a Gateway and how it is marked (MODEL-GW-11..14).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GatewayInfrastructure {
    /// Labels for it, at most 8 (MODEL-GW-13).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<BTreeMap<String, LabelValue>>,
    /// Annotations for it, at most 16 (MODEL-GW-12).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<BTreeMap<String, AnnotationValue>>,
    /// Settings of the implementation (MODEL-GW-14).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters_ref: Option<LocalObjectReference>,
}

/// Which ListenerSets may extend a Gateway (MODEL-GW-05..08).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AllowedListeners {
    /// Where they may come from (MODEL-GW-06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespaces: Option<ListenerNamespaces>,
}

impl AllowedListeners {
    /// From which namespaces, with both defaults (MODEL-R15).
    pub fn from(&self) -> FromNamespaces {
        self.namespaces.as_ref().map_or(FromNamespaces::None, ListenerNamespaces::from)
    }

    /// The selector, which counts only with [`FromNamespaces::Selector`].
    pub fn selector(&self) -> Option<&LabelSelector> {
        self.namespaces.as_ref()?.selector.as_ref()
    }
}

/// Where ListenerSets may come from (MODEL-GW-07..08).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListenerNamespaces {
    /// Which namespaces; absent means `None` (MODEL-GW-07).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<FromNamespaces>,
    /// Labels of the namespaces, for `Selector` (MODEL-GW-08).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selector: Option<LabelSelector>,
}

impl ListenerNamespaces {
    /// Which namespaces, with the default (MODEL-R15).
    pub fn from(&self) -> FromNamespaces {
        self.from.clone().unwrap_or(FromNamespaces::None)
    }
}

/// What became of a Gateway.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GatewayStatus {
    /// Addresses in use, at most 16 (MODEL-GW-25).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub addresses: Option<Vec<GatewayStatusAddress>>,
    /// Its conditions, at most 8 (MODEL-GW-29).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditions: Option<Vec<Condition>>,
    /// What became of each listener, at most 64 (MODEL-GW-30).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listeners: Option<Vec<ListenerStatus>>,
    /// How many ListenerSets extend it (MODEL-GW-28).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attached_listener_sets: Option<i32>,
}
