//! Secret of the Kubernetes core.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::base64;
use super::metadata::or_default;
use super::{ObjectMeta, Version};

/// Named secret values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Secret {
    /// The served version it was written in.
    #[serde(skip)]
    pub version: Version,
    /// Name, namespace, labels and the rest of what every object has.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// What it holds, such as `kubernetes.io/tls`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// Values in base64, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<BTreeMap<String, String>>,
    /// Values as text; the API server moves them to `data`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub string_data: Option<BTreeMap<String, String>>,
}

impl Secret {
    /// The type of a Secret with a certificate and its key.
    pub const TLS: &'static str = "kubernetes.io/tls";

    /// A value, decoded; `None` when it is absent or not base64.
    pub fn value(&self, key: &str) -> Option<Vec<u8>> {
        match self.string_data.as_ref().and_then(|values| values.get(key)) {
            Some(text) => Some(text.clone().into_bytes()),
            None => base64::decode(self.data.as_ref()?.get(key)?),
        }
    }
}
