//! Label selectors as written; `attach` decides what they select (MODEL-LSEL-01..05).

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::LabelSelectorOperator;

/// Labels that something must have; everything in it must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LabelSelector {
    /// Keys that must have exactly these values (MODEL-LSEL-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub match_labels: Option<BTreeMap<String, String>>,
    /// Further requirements (MODEL-LSEL-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub match_expressions: Option<Vec<LabelSelectorRequirement>>,
}

/// One requirement on the value of a label.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LabelSelectorRequirement {
    /// The label's key (MODEL-LSEL-02).
    pub key: String,
    /// What is asked of it (MODEL-LSEL-03).
    pub operator: LabelSelectorOperator,
    /// The values asked for; none for `Exists` and `DoesNotExist` (MODEL-LSEL-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<String>>,
}
