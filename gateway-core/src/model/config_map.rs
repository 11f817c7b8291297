//! ConfigMap of the Kubernetes core.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::base64;
use super::metadata::or_default;
use super::{ObjectMeta, Version};

/// Named values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConfigMap {
    /// The served version it was written in.
    #[serde(skip)]
    pub version: Version,
    /// Name, namespace, labels and the rest of what every object has.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// Values as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<BTreeMap<String, String>>,
    /// Values in base64, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binary_data: Option<BTreeMap<String, String>>,
}

impl ConfigMap {
    /// A value as bytes; `None` when it is absent, or binary and not base64.
    pub fn value(&self, key: &str) -> Option<Vec<u8>> {
        match self.data.as_ref().and_then(|values| values.get(key)) {
            Some(text) => Some(text.clone().into_bytes()),
            None => base64::decode(self.binary_data.as_ref()?.get(key)?),
        }
    }
}
