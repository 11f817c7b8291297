//! What came of looking at an object.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Problem;
use crate::model::Value;

/// What came of looking at an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validation {
    /// Why the API server would refuse the object; empty when it takes it.
    pub problems: Vec<Problem>,
    /// The object without unknown fields and with defaults, as the API server would store it.
    pub object: Value,
}

impl Validation {
    /// Whether the API server takes the object.
    pub fn is_valid(&self) -> bool {
        self.problems.is_empty()
    }

    /// The refusal as the API server words it; nothing when it takes the object.
    ///
    /// `HTTPRoute.gateway.networking.k8s.io "shop" is invalid: [first problem, second problem]`, without
    /// the brackets for a single problem. What is said twice is printed once.
    pub fn refusal(&self) -> Option<String> {
        let mut lines: Vec<String> = Vec::new();
        for problem in &self.problems {
            let line = problem.to_string();
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        let text = |key| self.object.get(key).and_then(Value::as_str).unwrap_or_default();
        let kind = match text("apiVersion").rsplit_once('/') {
            Some((group, _)) => format!("{}.{group}", text("kind")),
            None => text("kind").into(),
        };
        let metadata = self.object.get("metadata");
        let name = metadata.and_then(|metadata| metadata.get("name")).and_then(Value::as_str);
        let name = name.unwrap_or_default();
        match lines.as_slice() {
            [] => None,
            [line] => Some(format!("{kind} \"{name}\" is invalid: {line}")),
            lines => Some(format!("{kind} \"{name}\" is invalid: [{}]", lines.join(", "))),
        }
    }
}
