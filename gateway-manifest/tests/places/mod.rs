//! What holds of every place that is told.

use gateway_core::model::{FieldPath, Value};
use gateway_manifest::{Note, Positions};

/// Everything a note says about its place must hold for the text.
pub(crate) fn check_notes(text: &str, notes: &[Note]) {
    for note in notes {
        assert!(!note.message.contains('\n'), "{note}");
        for location in note.location.iter().chain(&note.related) {
            assert!(location.line > 0 && location.column > 0, "{note}");
            let shown = text.get(location.offset..location.offset + location.length);
            assert!(shown.is_some_and(|shown| !shown.contains(['\n', '\r'])), "{note:?} about {text:?}");
        }
    }
}

/// Every part of a value has a place.
pub(crate) fn check_positions(positions: &Positions, value: &Value, path: &FieldPath) {
    assert!(positions.value(path).is_some(), "{path}");
    assert!(path.is_root() || positions.key(path).is_some() != ends_in_index(path), "{path}");
    match value {
        Value::List(elements) => {
            for (index, element) in elements.iter().enumerate() {
                check_positions(positions, element, &path.clone().index(index));
            }
        }
        Value::Map(entries) => {
            for (key, entry) in entries {
                check_positions(positions, entry, &path.clone().key(key.as_str()));
            }
        }
        _ => {}
    }
}

fn ends_in_index(path: &FieldPath) -> bool {
    matches!(path.segments().last(), Some(gateway_core::model::PathSegment::Index(_)))
}
