//! What to say about something odd in a text.

use crate::parse::Diagnostic;
use crate::source::Source;
use crate::tree::{Remark, RemarkKind};
use crate::{NoteCode, Severity};

use super::Strictness;

impl Remark {
    pub(crate) fn diagnostic(self, source: &Source, strictness: Strictness) -> Diagnostic {
        let (code, severity, message) = match self.kind {
            RemarkKind::DuplicateKey { key } => {
                let line = self.related.map_or(0, |first| source.line_of(first));
                let message =
                    format!("`{key}` stands in line {line} already; this one counts: remove one of them");
                (NoteCode::DuplicateKey, strictness.severity(), message)
            }
            RemarkKind::MergeOrder { key } => {
                let message =
                    format!("kubectl overwrites `{key}` by the `<<` below it: put `<<` first in the map");
                (NoteCode::MergeOrder, Severity::Warning, message)
            }
            RemarkKind::KeyNotText { written, read } => {
                let message = format!("the key `{written}` is read as `{read}`: put it in quotes");
                (NoteCode::KeyNotText, Severity::Warning, message)
            }
            RemarkKind::NotFinite { written } => {
                let message = format!("JSON has no number `{written}`: correct it, or put it in quotes");
                (NoteCode::OutOfRange, Severity::Error, message)
            }
            RemarkKind::Tag { message, refused } => {
                let severity = if refused { Severity::Error } else { Severity::Warning };
                (NoteCode::Tag, severity, message)
            }
        };
        let diagnostic = Diagnostic::new(code, severity, message, self.span);
        Diagnostic { related: self.related, ..diagnostic }.under(self.path)
    }
}
