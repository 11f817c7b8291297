//! What is wrong with manifests, for Python.

use gateway_ask::findings::{DOCS, JsonFinding, Placed};
use pyo3::prelude::*;

use crate::parts::ObjectRef;
use crate::{python, text};

/// Something that is wrong with a manifest.
#[pyclass(frozen, eq, module = "gateway_core")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding(pub(crate) Placed);

/// Findings as the command prints them.
pub(crate) fn json(findings: &[Placed], pretty: bool) -> PyResult<String> {
    let findings: Vec<_> = findings.iter().map(|finding| JsonFinding::new(finding, DOCS)).collect();
    text::json(&findings, pretty)
}

#[pymethods]
impl Finding {
    /// The id of the rule, documented in ``docs/lint-rules.md``.
    #[getter]
    fn rule(&self) -> &'static str {
        self.0.rule
    }

    /// The group of the rule.
    #[getter]
    fn group(&self) -> &'static str {
        self.0.group.as_str()
    }

    /// How bad it is.
    #[getter]
    fn severity(&self) -> &'static str {
        self.0.severity.as_str()
    }

    /// The object it is about.
    #[getter]
    fn object(&self) -> Option<ObjectRef> {
        self.0.object.as_ref().map(ObjectRef::from)
    }

    /// The field; empty for the whole.
    #[getter]
    fn path(&self) -> &str {
        &self.0.path
    }

    /// What is wrong.
    #[getter]
    fn message(&self) -> &str {
        &self.0.message
    }

    /// What to do; may be empty.
    #[getter]
    fn remedy(&self) -> &str {
        &self.0.remedy
    }

    /// The file, if it is from one.
    #[getter]
    fn file(&self) -> Option<&str> {
        self.0.place.as_ref().map(|place| &*place.file)
    }

    /// The line, counted from 1.
    #[getter]
    fn line(&self) -> Option<usize> {
        self.0.place.as_ref().map(|place| place.line)
    }

    /// The column, counted from 1.
    #[getter]
    fn column(&self) -> Option<usize> {
        self.0.place.as_ref().map(|place| place.column)
    }

    /// The JSON form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        python::object(py, &JsonFinding::new(&self.0, DOCS))
    }

    /// The JSON form as text.
    #[pyo3(signature = (*, pretty = false))]
    fn to_json(&self, pretty: bool) -> PyResult<String> {
        text::json(&JsonFinding::new(&self.0, DOCS), pretty)
    }

    fn __str__(&self) -> String {
        let place = self.0.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        let object = self.0.object.as_ref().map(|key| format!("{key}: ")).unwrap_or_default();
        format!("{place}{}: {object}{} [{}]", self.severity(), self.0.line(), self.0.rule)
    }

    fn __repr__(&self) -> String {
        format!("<Finding {self}>", self = self.__str__())
    }
}
