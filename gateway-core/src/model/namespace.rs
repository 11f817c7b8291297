//! Namespace of the Kubernetes core.

use serde::{Deserialize, Serialize};

use super::metadata::or_default;
use super::{ObjectMeta, Version};

/// A namespace, of which only name and labels count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Namespace {
    /// The served version it was written in.
    #[serde(skip)]
    pub version: Version,
    /// Name, namespace, labels and the rest of what every object has.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
}
