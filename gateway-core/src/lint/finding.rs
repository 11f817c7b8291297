//! One thing that was found.

use alloc::string::String;
use core::fmt;

use crate::key::ObjectKey;

/// How bad a finding is; the order is from mild to bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know; nothing has to change.
    Info,
    /// It works, but hardly as meant.
    Warning,
    /// It does not work.
    Error,
}

impl Severity {
    /// The severity as a word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Something that was found, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Id of the rule that found it.
    pub rule: &'static str,
    /// How bad it is here.
    pub severity: Severity,
    /// The object; `None` when it is about the whole input.
    pub object: Option<ObjectKey>,
    /// The field, such as `spec.rules[0].backendRefs[1]`; empty when it is about the whole object.
    pub path: String,
    /// What is wrong: lower case, one line, no final period. For a violation of `validate` the API
    /// server's own message.
    pub message: String,
    /// What to change; empty when the message says it all.
    pub remedy: String,
}
