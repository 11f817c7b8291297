//! References to parameters (ATT-094, ATT-115, ATT-119a).

use alloc::format;
use alloc::string::ToString;

use crate::attach::ParametersProblem;
use crate::status::reasons;
use crate::status::words::Advice;

pub(crate) fn parameters_advice(path: &str, problem: &ParametersProblem) -> Advice {
    let (message, remedy) = match problem {
        ParametersProblem::NamespaceMissing { target } => (
            format!("{target} is namespaced, but the reference names no namespace"),
            "add `namespace` to the reference".to_string(),
        ),
        ParametersProblem::NamespaceGiven { target } => (
            format!("{target} is cluster-scoped, but the reference names a namespace"),
            "remove `namespace` from the reference".to_string(),
        ),
        ParametersProblem::UnsupportedKind { target } => (
            format!("{target} is of a kind that the controller does not take parameters from"),
            "refer to a supported kind, or remove the reference".to_string(),
        ),
        ParametersProblem::NotFound { target } => {
            (format!("{target} does not exist"), format!("create {target}, or correct the reference"))
        }
    };
    Advice { reason: reasons::INVALID_PARAMETERS, path: path.to_string(), message, remedy }
}
