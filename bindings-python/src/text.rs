//! Answers as JSON text, the same that the command prints.

use pyo3::prelude::*;
use serde::Serialize;

use crate::errors::InternalError;

/// JSON on one line, or for people.
pub(crate) fn json(answer: &impl Serialize, pretty: bool) -> PyResult<String> {
    let text = if pretty { serde_json::to_string_pretty(answer) } else { serde_json::to_string(answer) };
    text.map_err(|error| unwritable(&error))
}

pub(crate) fn unwritable(error: &serde_json::Error) -> PyErr {
    InternalError::new_err(format!("the answer cannot be written: {error}"))
}
