//! What to say when a document cannot be read on.

use crate::tree::{Stop, StopKind};
use crate::{Limits, NoteCode};

use super::Diagnostic;

impl Stop {
    pub(super) fn diagnostic(self, limits: &Limits) -> Diagnostic {
        let (code, message) = match self.kind {
            StopKind::TooDeep => too_deep(limits),
            StopKind::TooManyNodes => {
                let message = format!("more than {} values in one document: split it", limits.nodes);
                (NoteCode::TooLarge, message)
            }
            StopKind::AliasBudget => {
                let message = "aliases make too much out of too little: write out what is needed";
                (NoteCode::AliasBudget, message.to_owned())
            }
            StopKind::AliasCycle => syntax("the alias stands in what it stands for: write it out"),
            StopKind::UnknownAnchor => syntax("no anchor of that name stands before the alias"),
            StopKind::ComplexKey => syntax("a map or list cannot be a key: put it in quotes if it is text"),
            StopKind::NullKey => syntax("a key is missing: put it in quotes if `~` or `null` is its name"),
            StopKind::MergeNotMap => syntax("`<<` merges maps only: give it a map or a list of maps"),
        };
        Diagnostic::error(code, message, self.span).under(self.path)
    }
}

pub(super) fn too_deep(limits: &Limits) -> (NoteCode, String) {
    let limit = limits.max_depth();
    (NoteCode::TooDeep, format!("nested deeper than {limit} levels, more than any object of Kubernetes"))
}

fn syntax(message: &str) -> (NoteCode, String) {
    (NoteCode::Syntax, message.to_owned())
}
