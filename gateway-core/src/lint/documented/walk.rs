//! Reading the parts of a manifest that are there, whatever else is wrong with it.

use alloc::vec::Vec;

use crate::model::{FieldPath, Value};

/// The elements of the list under a key, each with its path.
pub(super) fn items<'v>(path: &FieldPath, value: &'v Value, key: &str) -> Vec<(FieldPath, &'v Value)> {
    let elements = value.get(key).and_then(Value::as_list).unwrap_or_default();
    let path = path.clone().key(key);
    elements.iter().enumerate().map(|(index, element)| (path.clone().index(index), element)).collect()
}

/// The value under several keys, each inside the one before, with its path.
pub(super) fn inside<'v>(
    path: &FieldPath,
    value: &'v Value,
    keys: &[&str],
) -> Option<(FieldPath, &'v Value)> {
    let found = keys.iter().try_fold(value, |value, key| value.get(key))?;
    let path = keys.iter().fold(path.clone(), |path, key| path.key(*key));
    Some((path, found))
}

/// The text under a key.
pub(super) fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}
