//! Defaults of statuses: that of an object no controller has seen, and those of parts (MODEL-R10..R12).

use alloc::vec;
use alloc::vec::Vec;

use crate::model::{
    Condition, ConditionStatus, PolicyAncestorStatus, PolicyStatus, RouteParentStatus, RouteStatus,
};

use super::Fill;

/// The condition `Accepted` of an object that no controller has seen.
pub(super) fn pending() -> Vec<Condition> {
    vec![unknown("Accepted")]
}

/// The conditions `Accepted` and `Programmed` of an object that no controller has seen.
pub(super) fn pending_and_unprogrammed() -> Vec<Condition> {
    vec![unknown("Accepted"), unknown("Programmed")]
}

fn unknown(condition: &str) -> Condition {
    Condition {
        r#type: condition.into(),
        status: ConditionStatus::Unknown,
        observed_generation: None,
        last_transition_time: Some("1970-01-01T00:00:00Z".into()),
        reason: "Pending".into(),
        message: "Waiting for controller".into(),
    }
}

impl Fill for RouteStatus {
    fn fill(&mut self) {
        self.parents.fill();
    }
}

impl Fill for RouteParentStatus {
    fn fill(&mut self) {
        self.parent_ref.fill();
    }
}

impl Fill for PolicyStatus {
    fn fill(&mut self) {
        self.ancestors.fill();
    }
}

impl Fill for PolicyAncestorStatus {
    fn fill(&mut self) {
        self.ancestor_ref.fill();
    }
}
