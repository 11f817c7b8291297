//! XMesh: a service mesh and who runs it; experimental (MODEL-K13).

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::metadata::or_default;
use super::{Condition, ControllerName, ObjectMeta, ParametersReference, SupportedFeature, Version};

/// A service mesh; cluster-scoped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct XMesh {
    /// The served version it was written in.
    #[serde(skip)]
    pub version: Version,
    /// Name, namespace, labels and the rest of what every object has.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// What is wanted (MODEL-XM-01).
    pub spec: XMeshSpec,
    /// What became of it (MODEL-XM-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<XMeshStatus>,
}

/// What is wanted of an XMesh.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct XMeshSpec {
    /// The controller that runs it; immutable (MODEL-XM-02).
    pub controller_name: ControllerName,
    /// Settings of the implementation (MODEL-XM-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters_ref: Option<ParametersReference>,
    /// For people, at most 64 characters (MODEL-XM-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// What became of an XMesh.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct XMeshStatus {
    /// Its conditions, at most 8 (MODEL-XM-06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditions: Option<Vec<Condition>>,
    /// What the controller can do, ascending by name, at most 64 (MODEL-XM-07).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supported_features: Option<Vec<SupportedFeature>>,
}
