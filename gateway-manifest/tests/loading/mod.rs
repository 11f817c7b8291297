//! Loading a text, and finding a note in what came of it.

#![allow(dead_code, reason = "not every test uses all of it")]
#![allow(clippy::unwrap_used, reason = "a test may end here")]

use gateway_core::model::{FieldPath, Value};
use gateway_manifest::{Document, Limits, Loader, Manifests, Note, NoteCode, Options, parse_field_path};

/// Loads one text with the options as they are.
pub(crate) fn load(name: &str, text: impl Into<Vec<u8>>) -> Manifests {
    load_within(&Limits::default(), name, text)
}

/// Loads one text within limits.
pub(crate) fn load_within(limits: &Limits, name: &str, text: impl Into<Vec<u8>>) -> Manifests {
    let mut loader = Loader::new(Options { limits: limits.clone(), ..Options::default() });
    loader.text(name, text).unwrap();
    loader.finish()
}

/// The codes of all notes.
pub(crate) fn codes(notes: &[Note]) -> Vec<NoteCode> {
    notes.iter().map(|note| note.code).collect()
}

/// The only document of a YAML text about which there is nothing to say.
pub(crate) fn document(text: &str) -> Document {
    let (mut documents, notes) = gateway_manifest::read_values("test.yaml", text, &Limits::default());
    assert!(notes.is_empty(), "{notes:?} about {text}");
    assert_eq!(documents.len(), 1, "{text}");
    documents.remove(0)
}

/// The value of a YAML text about which there is nothing to say.
pub(crate) fn value(text: &str) -> Value {
    document(text).value
}

/// A field path.
pub(crate) fn path(text: &str) -> FieldPath {
    parse_field_path(text).unwrap()
}

/// A map of texts to values.
pub(crate) fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}
