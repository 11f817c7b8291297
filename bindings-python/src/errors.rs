//! Exceptions: one base class, and subclasses that say where it went wrong.

use gateway_ask::AskError;
use gateway_core::BuildError as TooLarge;
use gateway_manifest::{ManifestError as Unreadable, Note};
use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

create_exception!(
    gateway_core,
    GatewayError,
    PyException,
    "The base of all errors of this package.\n\nAttributes: file, line, column, path, object; None where they say nothing."
);
create_exception!(
    gateway_core,
    ManifestError,
    GatewayError,
    "A manifest cannot be read, or Kubernetes would refuse it."
);
create_exception!(
    gateway_core,
    ObjectError,
    ManifestError,
    "A Python object cannot be a manifest; path says which part of it."
);
create_exception!(gateway_core, ProfileError, GatewayError, "A profile cannot be used.");
create_exception!(gateway_core, BuildError, GatewayError, "The input is larger than a limit.");
create_exception!(gateway_core, RequestError, GatewayError, "A question cannot be understood.");
create_exception!(
    gateway_core,
    NotFoundError,
    GatewayError,
    "A question is about something that is not in the input."
);
create_exception!(gateway_core, InternalError, GatewayError, "A mistake of this package; please report it.");

/// The error for a question that has no answer.
pub(crate) fn ask(error: &AskError) -> PyErr {
    let message = error.to_string();
    match error {
        AskError::Profile { .. } => ProfileError::new_err(message),
        AskError::NoGateway
        | AskError::UnknownGateway { .. }
        | AskError::UnknownService { .. }
        | AskError::UnknownRoute { .. } => NotFoundError::new_err(message),
        _ => RequestError::new_err(message),
    }
}

/// The error for an input that is too large.
pub(crate) fn build(error: &TooLarge) -> PyErr {
    BuildError::new_err(error.to_string())
}

/// The error for a source that cannot be read at all.
pub(crate) fn unreadable(py: Python<'_>, error: &Unreadable) -> PyResult<PyErr> {
    let file = match error {
        Unreadable::NotFound { path } | Unreadable::Unreadable { path, .. } => {
            Some(path.display().to_string())
        }
        Unreadable::NotText { name, .. } => Some(name.clone()),
        _ => None,
    };
    let raised = ManifestError::new_err(error.to_string());
    raised.value(py).setattr("file", file)?;
    Ok(raised)
}

/// The error for something that was noticed in a manifest.
pub(crate) fn noted(py: Python<'_>, note: &Note) -> PyResult<PyErr> {
    let raised = ManifestError::new_err(note.to_string());
    let value = raised.value(py);
    if let Some(location) = &note.location {
        value.setattr("file", &*location.file)?;
        value.setattr("line", location.line)?;
        value.setattr("column", location.column)?;
    }
    value.setattr("path", note.path.as_ref().map(ToString::to_string))?;
    value.setattr("object", note.object.as_ref().map(ToString::to_string))?;
    Ok(raised)
}

/// The error for a part of a Python object.
pub(crate) fn object(py: Python<'_>, path: &str, why: &str) -> PyErr {
    let message = if path.is_empty() { why.to_owned() } else { format!("{path}: {why}") };
    let raised = ObjectError::new_err(message);
    // Without the attribute the message still says it.
    let _ = raised.value(py).setattr("path", path);
    raised
}
