//! EndpointSlice: the pods behind a Service.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::metadata::or_default;
use super::{ObjectMeta, PortNumber, Version};

/// Some of the endpoints of a Service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EndpointSlice {
    /// The served version it was written in.
    #[serde(skip)]
    pub version: Version,
    /// Name, namespace, labels and the rest of what every object has.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// `IPv4`, `IPv6` or `FQDN`.
    pub address_type: String,
    /// The endpoints.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoints: Option<Vec<Endpoint>>,
    /// The ports that each of them serves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ports: Option<Vec<EndpointPort>>,
}

impl EndpointSlice {
    /// The label that names the Service a slice belongs to.
    pub const SERVICE_NAME_LABEL: &'static str = "kubernetes.io/service-name";

    /// The Service that the slice belongs to.
    pub fn service_name(&self) -> Option<&str> {
        self.metadata.label(Self::SERVICE_NAME_LABEL)
    }
}

impl EndpointSlice {
    /// Its ports for a port of the Service, which it calls by the same name; no name and an empty one are one.
    pub fn ports_named<'s>(&'s self, name: Option<&'s str>) -> impl Iterator<Item = &'s EndpointPort> {
        let name = name.unwrap_or_default();
        self.ports.iter().flatten().filter(move |port| port.name.as_deref().unwrap_or_default() == name)
    }

    /// The first address of each endpoint that is ready: all addresses of one are the same endpoint.
    pub fn ready_addresses(&self) -> impl Iterator<Item = &str> + Clone {
        let ready = self.endpoints.iter().flatten().filter(|endpoint| endpoint.is_ready());
        ready.filter_map(|endpoint| endpoint.addresses.first().map(String::as_str))
    }
}

/// One endpoint, usually a pod.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Endpoint {
    /// Its addresses, which are all the same endpoint.
    pub addresses: Vec<String>,
    /// Whether it can take traffic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditions: Option<EndpointConditions>,
}

/// Whether an endpoint can take traffic.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EndpointConditions {
    /// Whether it is ready; absent means yes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ready: Option<bool>,
    /// Whether it answers, even while it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serving: Option<bool>,
    /// Whether it is ending.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terminating: Option<bool>,
}

impl Endpoint {
    /// Whether it is ready, with the default.
    pub fn is_ready(&self) -> bool {
        self.conditions.as_ref().and_then(|conditions| conditions.ready).unwrap_or(true)
    }
}

/// A port of all endpoints of a slice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EndpointPort {
    /// The name of the Service's port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `TCP`, `UDP` or `SCTP`; absent means `TCP`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// What is spoken on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_protocol: Option<String>,
    /// The pods' port; absent means all ports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<PortNumber>,
}
