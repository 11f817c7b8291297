//! Conditions, the sentences of every status.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::{ConditionReason, ConditionStatus, ConditionType, Timestamp};

/// One statement about an object (MODEL-COND-01..06).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Condition {
    /// What it is about (MODEL-COND-06).
    pub r#type: ConditionType,
    /// Whether it holds (MODEL-COND-05).
    pub status: ConditionStatus,
    /// The generation it was computed from, at least 0 (MODEL-COND-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// When `status` last changed; required by the schema, absent until someone with a clock fills it in (MODEL-COND-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_transition_time: Option<Timestamp>,
    /// One word why (MODEL-COND-04).
    pub reason: ConditionReason,
    /// A sentence for people, at most 32768 characters (MODEL-COND-02).
    pub message: String,
}
