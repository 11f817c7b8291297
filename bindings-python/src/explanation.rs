//! Why, for Python.

use pyo3::prelude::*;
use serde::Serialize;
use serde_json::Value;

use crate::text::unwritable;
use crate::{python, text};

/// Why something is as it is.
#[pyclass(frozen, module = "gateway_core")]
pub(crate) struct Explanation {
    what: String,
    value: Value,
}

impl Explanation {
    pub(crate) fn new(what: String, explanation: &impl Serialize) -> PyResult<Self> {
        let value = serde_json::to_value(explanation).map_err(|error| unwritable(&error))?;
        Ok(Self { what, value })
    }
}

#[pymethods]
impl Explanation {
    /// The JSON form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        python::object(py, &self.value)
    }

    /// The JSON form as text, as the command prints it when pretty.
    #[pyo3(signature = (*, pretty = false))]
    fn to_json(&self, pretty: bool) -> PyResult<String> {
        text::json(&self.value, pretty)
    }

    fn __getitem__<'py>(&self, py: Python<'py>, key: &str) -> PyResult<Bound<'py, PyAny>> {
        self.to_dict(py)?.get_item(key)
    }

    fn __str__(&self) -> PyResult<String> {
        self.to_json(true)
    }

    fn __repr__(&self) -> String {
        format!("<Explanation of {}>", self.what)
    }
}
