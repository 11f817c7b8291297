//! A note whose source is not yet known to it.

use gateway_core::ObjectKey;
use gateway_core::model::FieldPath;

use crate::note::one_line;
use crate::source::{Source, Span};
use crate::{Note, NoteCode, Severity};

/// A note on its way: the places in it are spans of the source that is being read.
#[derive(Debug)]
pub(crate) struct Diagnostic {
    pub(crate) severity: Severity,
    pub(crate) code: NoteCode,
    pub(crate) message: String,
    pub(crate) span: Span,
    pub(crate) related: Option<Span>,
    pub(crate) path: Option<FieldPath>,
}

impl Diagnostic {
    pub(crate) fn new(code: NoteCode, severity: Severity, message: impl Into<String>, span: Span) -> Self {
        Self { severity, code, message: message.into(), span, related: None, path: None }
    }

    pub(crate) fn error(code: NoteCode, message: impl Into<String>, span: Span) -> Self {
        Self::new(code, Severity::Error, message, span)
    }

    pub(crate) fn warning(code: NoteCode, message: impl Into<String>, span: Span) -> Self {
        Self::new(code, Severity::Warning, message, span)
    }

    /// The same about a field.
    pub(crate) fn under(self, path: FieldPath) -> Self {
        Self { path: Some(path), ..self }
    }

    /// The note, about an object if it is known.
    pub(crate) fn note(self, source: &Source, object: Option<ObjectKey>) -> Note {
        Note {
            severity: self.severity,
            code: self.code,
            message: one_line(&self.message).into_owned(),
            location: Some(source.location(self.span)),
            related: self.related.map(|span| source.location(span)),
            object,
            path: self.path,
        }
    }
}
