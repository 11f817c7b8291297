//! ReferenceGrant: permission to refer into a namespace (MODEL-K09).

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::metadata::or_default;
use super::{Group, Kind, NamespaceName, ObjectMeta, ObjectName, Version};

/// Lets objects of other namespaces refer to objects of its own; it has no status (MODEL-R09).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReferenceGrant {
    /// The served version it was written in.
    #[serde(skip)]
    pub version: Version,
    /// Name, namespace, labels and the rest of what every object has.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// Who may refer to what (MODEL-RG-01).
    pub spec: ReferenceGrantSpec,
}

/// Who may refer to what: each of `from` to each of `to`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReferenceGrantSpec {
    /// Trusted referrers, 1 to 16 (MODEL-RG-02).
    pub from: Vec<ReferenceGrantFrom>,
    /// What they may refer to, 1 to 16 (MODEL-RG-06).
    pub to: Vec<ReferenceGrantTo>,
}

/// Trusted referrers: a kind in a namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReferenceGrantFrom {
    /// API group (MODEL-RG-03).
    pub group: Group,
    /// Kind (MODEL-RG-04).
    pub kind: Kind,
    /// Namespace (MODEL-RG-05).
    pub namespace: NamespaceName,
}

/// What may be referred to, in the grant's namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReferenceGrantTo {
    /// API group (MODEL-RG-07).
    pub group: Group,
    /// Kind (MODEL-RG-08).
    pub kind: Kind,
    /// Name; absent or empty means all of the kind (MODEL-RG-09).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<ObjectName>,
}
