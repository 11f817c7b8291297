//! Reads JSON.
//!
//! serde_json judges the syntax. It does not say where a value stands, but it hands out the text of a
//! scalar as a slice of the source, and between two scalars there is only punctuation: so a cursor that
//! skips blanks, commas and colons always knows. The text is read once, in one pass.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::limits::AliasBudget;
use crate::source::Span;
use crate::tree::{Builder, Kind, Leaf, RemarkKind, Scalar, Stop, resolve};
use crate::{Limits, NoteCode};

use super::scan_error::nul_byte;
use super::{Diagnostic, Emit, Outcome};

/// Reads all values of a text, one behind the other. What follows a mistake is read again from the next
/// line that begins with a brace.
pub(super) fn read(text: &str, limits: &Limits, budget: &mut AliasBudget, emit: Emit<'_>) {
    let (mut document, mut start) = (0, 0);
    while let Some(rest) = text.get(start..) {
        let mut parser = serde_json::Deserializer::from_str(rest);
        let mut cursor = start;
        loop {
            cursor += blanks(text.get(cursor..).unwrap_or_default());
            if cursor >= text.len() {
                return;
            }
            let builder = Builder::new(text, limits, budget);
            let mut reader = Reader { text, limits, builder, cursor, fault: None };
            let result = (Item { reader: &mut reader }).deserialize(&mut parser);
            cursor = reader.cursor;
            let Reader { builder, fault, .. } = reader;
            match result {
                Ok(()) => {
                    let (tree, remarks) = builder.finish();
                    if let Some(tree) = tree {
                        emit(Outcome::Document { document, tree, remarks });
                    }
                    document += 1;
                }
                Err(error) => {
                    let diagnostic = fault.unwrap_or_else(|| {
                        explain(text, start + offset_of(rest, &error), &error).under(builder.path())
                    });
                    let at = diagnostic.span.start();
                    emit(Outcome::Diagnostic(diagnostic));
                    document += 1;
                    match text.get(at.saturating_sub(1)..).and_then(|rest| rest.find("\n{")) {
                        Some(skipped) => start = (at.saturating_sub(1) + skipped + 1).max(start + 1),
                        None => return,
                    }
                    break;
                }
            }
        }
    }
}

/// What to say about an error of serde_json.
fn explain(text: &str, offset: usize, error: &serde_json::Error) -> Diagnostic {
    // Of a control character in a string, the parser tells the place before it.
    let is_control = |offset: usize| text.as_bytes().get(offset).is_some_and(|byte| *byte < b' ');
    let in_string = error.to_string().starts_with("control character");
    let offset = if in_string && !is_control(offset) && is_control(offset + 1) { offset + 1 } else { offset };
    if text.as_bytes().get(offset) == Some(&0) {
        return nul_byte(offset);
    }
    let end = text.trim_end().len();
    if error.is_eof() || offset >= end {
        let message = "the JSON ends too early: look whether the file is cut off";
        return Diagnostic::error(NoteCode::Syntax, message, Span::at(end));
    }
    // The parser puts the place behind its message, where a note has it elsewhere.
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    let length = text.get(offset..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    Diagnostic::error(NoteCode::Syntax, format!("not JSON: {message}"), Span::new(offset, offset + length))
}

/// Where in a text an error is.
fn offset_of(text: &str, error: &serde_json::Error) -> usize {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let mut offset = lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
    while !text.is_char_boundary(offset) && offset < text.len() {
        offset -= 1;
    }
    offset.min(text.len())
}

/// The length of the blanks a text begins with.
fn blanks(text: &str) -> usize {
    text.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count()
}

struct Reader<'a, 'b> {
    text: &'a str,
    limits: &'b Limits,
    builder: Builder<'b>,
    /// How far the text is read.
    cursor: usize,
    /// Why reading ended, when the parser did not mind.
    fault: Option<Diagnostic>,
}

impl<'a> Reader<'a, '_> {
    fn skip_blanks(&mut self) {
        self.cursor += blanks(self.text.get(self.cursor..).unwrap_or_default());
    }

    /// Skips blanks, a byte if it is there, and blanks again.
    fn skip(&mut self, byte: u8) {
        self.skip_blanks();
        if self.text.as_bytes().get(self.cursor) == Some(&byte) {
            self.cursor += 1;
        }
        self.skip_blanks();
    }

    /// Turns a refusal of the builder into an error that ends the parsing.
    fn check<E: serde::de::Error>(&mut self, result: Result<(), Stop>) -> Result<(), E> {
        result.map_err(|stop| self.fail(stop.diagnostic(self.limits)))
    }

    fn fail<E: serde::de::Error>(&mut self, fault: Diagnostic) -> E {
        self.fault = Some(fault);
        E::custom("stopped")
    }

    fn open<E: serde::de::Error>(&mut self, kind: Kind) -> Result<(), E> {
        self.skip_blanks();
        let result = self.builder.open(kind, Span::new(self.cursor, self.cursor + 1), 0);
        self.cursor += 1;
        self.check(result)
    }

    fn close<E: serde::de::Error>(&mut self) -> Result<(), E> {
        self.skip_blanks();
        self.cursor += 1;
        let result = self.builder.close(Some(self.cursor));
        self.check(result)
    }

    /// Takes the text of a scalar or key, a slice of the source.
    fn scalar<E: serde::de::Error>(&mut self, raw: &'a str) -> Result<(), E> {
        let start = raw.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        self.cursor = start + raw.len();
        let span = Span::new(start, self.cursor);
        let (text, kind) = match raw.as_bytes().first() {
            Some(b'"') => {
                let Ok(text) = unquote(raw) else {
                    let message = "half a surrogate pair in a string: correct its `\\u` escapes";
                    let fault = Diagnostic::error(NoteCode::Syntax, message, span);
                    return Err(self.fail(fault.under(self.builder.path())));
                };
                (text, Kind::String)
            }
            Some(b't' | b'f') => (raw.into(), Kind::Bool),
            Some(b'n') => (raw.into(), Kind::Null),
            _ if matches!(resolve(raw), Scalar::Number(_)) => (raw.into(), Kind::Number),
            _ => {
                self.builder.remark(RemarkKind::NotFinite { written: raw.to_owned() }, span, None);
                (raw.into(), Kind::String)
            }
        };
        let result = self.builder.scalar(&Leaf { span, text, kind, plain: false }, 0);
        self.check(result)
    }
}

/// The text of a string.
fn unquote(raw: &str) -> Result<Cow<'_, str>, serde_json::Error> {
    match raw.get(1..raw.len().saturating_sub(1)) {
        Some(text) if !text.contains('\\') => Ok(text.into()),
        _ => serde_json::from_str::<String>(raw).map(Cow::Owned),
    }
}

/// The next value.
struct Item<'r, 'a, 'b> {
    reader: &'r mut Reader<'a, 'b>,
}

impl<'a> DeserializeSeed<'a> for Item<'_, 'a, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        self.reader.skip_blanks();
        match self.reader.text.as_bytes().get(self.reader.cursor) {
            Some(b'{') => deserializer.deserialize_map(self),
            Some(b'[') => deserializer.deserialize_seq(self),
            _ => {
                let raw = <&'a RawValue>::deserialize(deserializer)?;
                self.reader.scalar(raw.get())
            }
        }
    }
}

impl<'a> Visitor<'a> for Item<'_, 'a, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<(), A::Error> {
        let reader = self.reader;
        reader.open(Kind::List)?;
        while list.next_element_seed(Item { reader })?.is_some() {
            reader.skip(b',');
        }
        reader.close()
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        let reader = self.reader;
        reader.open(Kind::Map)?;
        while let Some(key) = map.next_key::<&'a RawValue>()? {
            reader.scalar::<A::Error>(key.get())?;
            reader.skip(b':');
            map.next_value_seed(Item { reader })?;
        }
        reader.close()
    }
}
