//! A finding with its place in the files.

use gateway_core::ObjectKey;
use gateway_core::lint::{Group, Severity};
use gateway_manifest::Location;

/// A finding of any source, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The id of the rule.
    pub rule: &'static str,
    /// The group of the rule.
    pub group: Group,
    /// How bad it is.
    pub severity: Severity,
    /// The object it is about.
    pub object: Option<ObjectKey>,
    /// The field, such as `spec.rules[0].name`; empty for the whole.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to do; may be empty.
    pub remedy: String,
    /// Where it stands.
    pub place: Option<Location>,
    /// A second place the message speaks of.
    pub related: Option<Location>,
}

impl Placed {
    /// Where it stands in lists: by file, line and column; what has no place comes first.
    pub fn order(&self) -> impl Ord + use<'_> {
        let place = self.place.as_ref();
        (
            place.map(|at| (&*at.file, at.line, at.column)),
            self.object.as_ref(),
            self.path.as_str(),
            self.rule,
            self.message.as_str(),
        )
    }

    /// The message as one line that also names the field.
    pub fn line(&self) -> String {
        match self.path.as_str() {
            "" => self.message.clone(),
            path => format!("{path}: {}", self.message),
        }
    }
}
