//! Documents that are not manifests.

use gateway_manifest::{Limits, Severity};

/// Reads the documents of a text as values, whatever they describe.
pub fn read_values(name: &str, text: &str) -> Result<Vec<serde_json::Value>, String> {
    let (documents, notes) = gateway_manifest::read_values(name, text, &Limits::default());
    if let Some(note) = notes.iter().find(|note| note.severity == Severity::Error) {
        return Err(note.to_string());
    }
    documents
        .iter()
        .map(|document| serde_json::to_value(&document.value).map_err(|error| error.to_string()))
        .collect()
}
