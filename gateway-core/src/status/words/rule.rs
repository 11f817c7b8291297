//! Rules that are dropped (ATT-174, ATT-175).

use alloc::format;
use alloc::string::ToString;

use crate::attach::{RuleFault, RuleProblem};
use crate::status::reasons;
use crate::status::words::Advice;

pub(crate) fn rule_advice(problem: &RuleProblem) -> Advice {
    let path = problem.path.clone();
    match &problem.fault {
        RuleFault::Unsupported { value, remedy } => Advice {
            reason: reasons::UNSUPPORTED_VALUE,
            message: format!("`{value}` is not supported"),
            remedy: remedy.clone(),
            path,
        },
        RuleFault::Feature(feature) => Advice {
            reason: reasons::UNSUPPORTED_VALUE,
            message: format!("it needs feature {feature}, which the controller does not have"),
            remedy: "remove it, or use a controller with the feature".to_string(),
            path,
        },
        RuleFault::Surplus => Advice {
            reason: reasons::UNSUPPORTED_VALUE,
            message: "only the first rule of a Route of this kind is carried out".to_string(),
            remedy: "move the backends to the first rule, or the rule to a Route of its own".to_string(),
            path,
        },
        RuleFault::SessionAffinity { service } => Advice {
            reason: reasons::UNSUPPORTED_VALUE,
            message: format!("Service {service} has sessionAffinity ClientIP, which clashes with it"),
            remedy: "remove one of the two; until then the whole Route is rejected".to_string(),
            path,
        },
        RuleFault::Regex { pattern, reason } => Advice {
            reason: reasons::UNSUPPORTED_VALUE,
            message: format!("regular expression `{pattern}`: {reason}"),
            remedy: "correct the expression; its syntax is that of RE2".to_string(),
            path,
        },
        RuleFault::Incompatible { what } => Advice {
            reason: reasons::INCOMPATIBLE_FILTERS,
            message: what.clone(),
            remedy: "split the rule, or remove one of the filters".to_string(),
            path,
        },
    }
}
