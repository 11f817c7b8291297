//! Building conditions.

use alloc::string::String;

use crate::model::{Condition, ConditionStatus, ObjectMeta};
use crate::status::words::Advice;

/// A condition of an object. Its time is the caller's to fill in: nothing here has a clock (ATT-199).
pub(crate) fn condition(
    metadata: &ObjectMeta,
    r#type: &str,
    status: ConditionStatus,
    reason: &str,
    message: impl Into<String>,
) -> Condition {
    Condition {
        r#type: r#type.into(),
        status,
        // ATT-190; an object that never met an API server counts as generation 0.
        observed_generation: Some(metadata.generation.unwrap_or(0)),
        last_transition_time: None,
        reason: reason.into(),
        message: message.into(),
    }
}

pub(crate) fn truth(value: bool) -> ConditionStatus {
    if value { ConditionStatus::True } else { ConditionStatus::False }
}

/// A condition that is false for the reason of the advice.
pub(crate) fn refused(metadata: &ObjectMeta, kind: &str, advice: &Advice) -> Condition {
    condition(metadata, kind, ConditionStatus::False, advice.reason, advice.sentence())
}
