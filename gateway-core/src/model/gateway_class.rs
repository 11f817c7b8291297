//! GatewayClass: which controller serves a class of Gateways (MODEL-K01).

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::metadata::or_default;
use super::{Condition, ControllerName, ObjectMeta, ParametersReference, Version};

/// A class of Gateways and who serves it; cluster-scoped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GatewayClass {
    /// The served version it was written in.
    #[serde(skip)]
    pub version: Version,
    /// Name, namespace, labels and the rest of what every object has.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// What is wanted (MODEL-GC-01).
    pub spec: GatewayClassSpec,
    /// What became of it (MODEL-GC-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<GatewayClassStatus>,
}

/// What is wanted of a GatewayClass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GatewayClassSpec {
    /// The controller that serves the class; immutable (MODEL-GC-02).
    pub controller_name: ControllerName,
    /// Settings of the implementation (MODEL-GC-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters_ref: Option<ParametersReference>,
    /// For people, at most 64 characters (MODEL-GC-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// What became of a GatewayClass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GatewayClassStatus {
    /// Its conditions, at most 8 (MODEL-GC-06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditions: Option<Vec<Condition>>,
    /// What the controller can do, ascending by name, at most 64 (MODEL-GC-07).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supported_features: Option<Vec<SupportedFeature>>,
}

/// A feature by name; the older form, a bare string, is read as well (MODEL-R33).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SupportedFeature {
    /// The feature's name (MODEL-GC-08).
    pub name: String,
}
