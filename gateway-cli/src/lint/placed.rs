//! A finding with its place in the files.

use gateway_core::ObjectKey;
use gateway_core::lint::{Group, Severity};
use gateway_manifest::Location;

/// A finding of any source, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) rule: &'static str,
    pub(crate) group: Group,
    pub(crate) severity: Severity,
    pub(crate) object: Option<ObjectKey>,
    pub(crate) path: String,
    pub(crate) message: String,
    pub(crate) remedy: String,
    pub(crate) place: Option<Location>,
    /// A second place the message speaks of.
    pub(crate) related: Option<Location>,
}

impl Placed {
    /// Where it stands in lists: by file, line and column; what has no place comes first.
    pub(crate) fn order(&self) -> impl Ord + use<'_> {
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
    pub(crate) fn line(&self) -> String {
        match self.path.as_str() {
            "" => self.message.clone(),
            path => format!("{path}: {}", self.message),
        }
    }
}
