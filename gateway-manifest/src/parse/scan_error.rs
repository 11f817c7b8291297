//! What to say about an error of the YAML parser.

use granit_parser::{ErrorKind, ScanError};

use crate::source::Span;
use crate::{Limits, NoteCode};

use super::Diagnostic;
use super::stop::too_deep;

/// What to say about an error of the YAML parser.
pub(super) fn diagnostic(error: &ScanError, text: &str, limits: &Limits) -> Diagnostic {
    let end = text.trim_end().len();
    let offset = error.marker().byte_offset().unwrap_or_default();
    let rest = text.get(offset..).unwrap_or_default();
    if rest.starts_with('\0') {
        return nul_byte(offset);
    }
    let (code, message) = match error.kind() {
        ErrorKind::RecursionLimitExceeded => too_deep(limits),
        ErrorKind::BomInsideDocument => {
            let message = "a byte order mark in the middle, as when files are joined: remove it";
            (NoteCode::ByteOrderMark, message.to_owned())
        }
        kind => (NoteCode::Syntax, syntax(kind, offset >= end)),
    };
    let span = if offset >= end {
        Span::at(end)
    } else {
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        Span::new(offset, offset + word.max(first))
    };
    Diagnostic::error(code, message, span)
}

/// What to say about a NUL byte.
pub(super) fn nul_byte(offset: usize) -> Diagnostic {
    let message = "a NUL byte, which no manifest has: is this a text file? save it as UTF-8";
    Diagnostic::error(NoteCode::NulByte, message, Span::new(offset, offset + 1))
}

fn syntax(kind: &ErrorKind, at_end: bool) -> String {
    let message = match kind {
        ErrorKind::TabInBlockIndentation | ErrorKind::TabInIndentation | ErrorKind::TabNotAllowed => {
            "a tab in the indentation: use spaces"
        }
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => {
            "the quote is never closed: close it, or look whether the file is cut off"
        }
        ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping => {
            "the bracket is never closed: close it, or look whether the file is cut off"
        }
        ErrorKind::UnclosedFlowCollection { open } => {
            return format!("`{open}` is never closed: close it, or look whether the file is cut off");
        }
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => {
            "a `:` is not allowed here: indent the line as its neighbours, or put the text in quotes"
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            "a key without its `:`: add it, or look whether the file is cut off"
        }
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::InvalidIndentation => {
            "does not fit what stands before: indent the line as its neighbours"
        }
        ErrorKind::UnexpectedCharacter { character } => {
            return format!(
                "`{}` cannot stand here: put the text in quotes, or remove it",
                character.escape_debug()
            );
        }
        ErrorKind::UnknownAnchor => "no anchor of that name stands before the alias",
        other if at_end => return format!("{other}: look whether the file is cut off"),
        other => return other.to_string(),
    };
    message.to_owned()
}
