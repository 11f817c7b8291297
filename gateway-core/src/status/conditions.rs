//! Building conditions.

use alloc::string::String;
use alloc::vec::Vec;

use crate::model::{Condition, ConditionStatus, ObjectMeta};
use crate::status::reasons;
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

/// The conditions of an object that nobody reconciles: what the API server writes before any controller
/// has (MODEL-R11).
pub(crate) fn unreconciled(metadata: &ObjectMeta) -> Vec<Condition> {
    let pending = |kind: &&str| {
        let message = "Waiting for controller";
        let pending = condition(metadata, kind, ConditionStatus::Unknown, reasons::PENDING, message);
        Condition { observed_generation: None, ..pending }
    };
    [reasons::ACCEPTED, reasons::PROGRAMMED].iter().map(pending).collect()
}

/// A condition that is true for the reason of the same name.
pub(crate) fn holds(metadata: &ObjectMeta, kind: &str, message: &str) -> Condition {
    condition(metadata, kind, ConditionStatus::True, kind, message)
}

/// A condition that is false for one reason out of several problems; the message lists all.
pub(crate) fn refused_for(metadata: &ObjectMeta, kind: &str, reason: &str, problems: &[Advice]) -> Condition {
    let sentences: Vec<_> = problems.iter().map(Advice::sentence).collect();
    condition(metadata, kind, ConditionStatus::False, reason, sentences.join(". "))
}

/// A condition that is false for the reason of the advice.
pub(crate) fn refused(metadata: &ObjectMeta, kind: &str, advice: &Advice) -> Condition {
    condition(metadata, kind, ConditionStatus::False, advice.reason, advice.sentence())
}
