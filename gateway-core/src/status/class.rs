//! Conditions of GatewayClasses (ATT-114..119).

use alloc::vec;

use crate::attach::ClassNode;
use crate::model::{ConditionStatus, GatewayClassStatus};
use crate::status::conditions::{condition, refused};
use crate::status::reasons;
use crate::status::words::parameters_advice;

pub(crate) fn class_status(class: &ClassNode) -> GatewayClassStatus {
    let metadata = &class.object.metadata;
    let accepted = match &class.problem {
        None => condition(
            metadata,
            reasons::ACCEPTED,
            ConditionStatus::True,
            reasons::ACCEPTED,
            "the class is ours",
        ),
        Some(problem) => {
            refused(metadata, reasons::ACCEPTED, &parameters_advice("spec.parametersRef", problem))
        }
    };
    GatewayClassStatus { conditions: Some(vec![accepted]), supported_features: None }
}
