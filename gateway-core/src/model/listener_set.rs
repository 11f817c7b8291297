//! ListenerSet: listeners that extend a Gateway (MODEL-K03).

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::metadata::or_default;
use super::{Condition, ListenerEntry, ListenerEntryStatus, ObjectMeta, ParentGatewayReference, Version};

/// Listeners added to a Gateway from outside of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListenerSet {
    /// The served version it was written in.
    #[serde(skip)]
    pub version: Version,
    /// Name, namespace, labels and the rest of what every object has.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// What is wanted (MODEL-LS-01).
    pub spec: ListenerSetSpec,
    /// What became of it (MODEL-LS-08).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ListenerSetStatus>,
}

/// What is wanted of a ListenerSet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListenerSetSpec {
    /// The Gateway it extends (MODEL-LS-03).
    pub parent_ref: ParentGatewayReference,
    /// Its listeners, 1 to 64 (MODEL-LS-02).
    pub listeners: Vec<ListenerEntry>,
}

/// What became of a ListenerSet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListenerSetStatus {
    /// Its conditions, at most 8 (MODEL-LS-09).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditions: Option<Vec<Condition>>,
    /// What became of each listener, at most 64 (MODEL-LS-10).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listeners: Option<Vec<ListenerEntryStatus>>,
}
