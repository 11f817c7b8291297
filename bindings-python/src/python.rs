//! Python objects as JSON text: dicts, lists and scalars as the kubernetes client and YAML readers give them.

use std::fmt::Write;

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple, PyType};
use serde::Serialize;
use serde_json::Value;

use crate::errors;

/// How deeply objects may nest. Those of Kubernetes stay below 20.
const DEPTH: usize = 100;

/// How large one object may become; what a few lists that contain each other stand for has no end.
const BYTES: usize = 256 << 20;

/// An object as JSON.
pub(crate) fn json(object: &Bound<'_, PyAny>) -> PyResult<String> {
    let mut walk = Walk { text: String::new(), path: Vec::new(), open: Vec::new() };
    walk.value(object)?;
    Ok(walk.text)
}

/// A step into an object.
enum Step {
    Key(String),
    Index(usize),
}

struct Walk {
    text: String,
    path: Vec<Step>,
    /// The containers around.
    open: Vec<usize>,
}

impl Walk {
    fn wrong(&self, py: Python<'_>, why: &str) -> PyErr {
        let mut path = String::new();
        for step in &self.path {
            let dot = if path.is_empty() { "" } else { "." };
            // Writing to a String cannot fail.
            let _ = match step {
                Step::Key(key) if key.contains(['.', '[', '/']) => write!(path, "[{key}]"),
                Step::Key(key) => write!(path, "{dot}{key}"),
                Step::Index(index) => write!(path, "[{index}]"),
            };
        }
        errors::object(py, &path, why)
    }

    fn value(&mut self, object: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = object.py();
        if object.is_none() {
            self.text.push_str("null");
        } else if let Ok(text) = object.cast::<PyString>() {
            self.string(text)?;
        } else if let Ok(bool) = object.cast::<PyBool>() {
            self.text.push_str(if bool.is_true() { "true" } else { "false" });
        } else if object.cast::<PyInt>().is_ok() {
            self.int(object)?;
        } else if let Ok(float) = object.cast::<PyFloat>() {
            let number = float.extract::<f64>()?;
            if !number.is_finite() {
                return Err(self.wrong(py, &format!("{number} is no JSON number")));
            }
            self.text.push_str(
                &serde_json::Number::from_f64(number).map_or_else(String::new, |it| it.to_string()),
            );
        } else if let Ok(dict) = object.cast::<PyDict>() {
            self.open(object)?;
            self.text.push('{');
            for (index, (key, value)) in dict.iter().enumerate() {
                self.entry(index, &key, &value)?;
            }
            self.text.push('}');
            self.open.pop();
        } else if object.cast::<PyList>().is_ok() || object.cast::<PyTuple>().is_ok() {
            self.open(object)?;
            self.text.push('[');
            for (index, item) in object.try_iter()?.enumerate() {
                if index > 0 {
                    self.text.push(',');
                }
                self.path.push(Step::Index(index));
                self.value(&item?)?;
                self.path.pop();
            }
            self.text.push(']');
            self.open.pop();
        } else if let Some(time) = time(object)? {
            self.text.push_str(&serde_json::Value::from(time).to_string());
        } else if object.get_type().hasattr("openapi_types")? {
            let why = "this is a model of the kubernetes client, whose to_dict() renames the fields: pass \
                       ApiClient().sanitize_for_serialization(it)";
            return Err(self.wrong(py, why));
        } else if object.get_type().hasattr("to_dict")? {
            self.open(object)?;
            self.value(&object.call_method0("to_dict")?)?;
            self.open.pop();
        } else if let Ok(mapping) = object.cast::<PyMapping>() {
            self.open(object)?;
            self.text.push('{');
            for (index, item) in mapping.items()?.iter().enumerate() {
                self.entry(index, &item.get_item(0)?, &item.get_item(1)?)?;
            }
            self.text.push('}');
            self.open.pop();
        } else {
            let name = object.get_type().name()?;
            return Err(self.wrong(py, &format!("{name} is neither a dict nor a list nor a scalar")));
        }
        if self.text.len() > BYTES {
            return Err(self.wrong(py, &format!("the object is larger than {BYTES} bytes")));
        }
        Ok(())
    }

    /// Enters a container that must not be around already.
    fn open(&mut self, object: &Bound<'_, PyAny>) -> PyResult<()> {
        let place = object.as_ptr().addr();
        if self.open.contains(&place) {
            return Err(self.wrong(object.py(), "the object contains itself"));
        }
        if self.open.len() >= DEPTH {
            return Err(self.wrong(object.py(), &format!("nested more than {DEPTH} levels deep")));
        }
        self.open.push(place);
        Ok(())
    }

    fn entry(&mut self, index: usize, key: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        if index > 0 {
            self.text.push(',');
        }
        let Ok(key) = key.cast::<PyString>() else {
            let why = format!("the key {} is not text: put it in quotes", key.repr()?);
            return Err(self.wrong(key.py(), &why));
        };
        self.string(key)?;
        self.text.push(':');
        self.path.push(Step::Key(key.to_string_lossy().into_owned()));
        self.value(value)?;
        self.path.pop();
        Ok(())
    }

    fn string(&mut self, text: &Bound<'_, PyString>) -> PyResult<()> {
        let Ok(read) = text.to_cow() else {
            return Err(self.wrong(text.py(), "the text has half a surrogate pair, which UTF-8 cannot say"));
        };
        // A string cannot fail to become JSON.
        self.text.push_str(&serde_json::to_string(&*read).unwrap_or_default());
        Ok(())
    }

    fn int(&mut self, object: &Bound<'_, PyAny>) -> PyResult<()> {
        match object.extract::<i64>() {
            Ok(number) => {
                let _ = write!(self.text, "{number}");
            }
            // Of subclasses, such as enums, the number counts and not the name.
            Err(_) => match object.py().get_type::<PyInt>().call_method1("__repr__", (object,)) {
                Ok(digits) => self.text.push_str(&digits.str()?.to_string_lossy()),
                Err(_) => return Err(self.wrong(object.py(), "the number is too long")),
            },
        }
        Ok(())
    }
}

/// RFC 3339 for a date with a time, and a date as it is.
pub(crate) fn time(object: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    static DATE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    static DATETIME: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let py = object.py();
    if !object.is_instance(DATE.import(py, "datetime", "date")?)? {
        return Ok(None);
    }
    if !object.is_instance(DATETIME.import(py, "datetime", "datetime")?)? {
        return Ok(Some(object.call_method0("isoformat")?.extract()?));
    }
    // Kubernetes knows only UTC; a time without a zone is taken to be in it, as YAML readers mean it.
    if object.getattr("tzinfo")?.is_none() {
        let text: String = object.call_method0("isoformat")?.extract()?;
        return Ok(Some(text + "Z"));
    }
    let utc = py.import("datetime")?.getattr("timezone")?.getattr("utc")?;
    let text: String = object.call_method1("astimezone", (utc,))?.call_method0("isoformat")?.extract()?;
    Ok(Some(text.strip_suffix("+00:00").map_or_else(|| text.clone(), |text| format!("{text}Z"))))
}

/// An answer as dicts, lists and scalars.
pub(crate) fn object<'py>(py: Python<'py>, answer: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    let value = serde_json::to_value(answer).map_err(|error| crate::text::unwritable(&error))?;
    from_value(py, &value)
}

fn from_value<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    match value {
        Value::Null => Ok(py.None().into_bound(py)),
        Value::Bool(bool) => bool.into_bound_py_any(py),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => number.into_bound_py_any(py),
            (None, Some(number)) => number.into_bound_py_any(py),
            (None, None) => number.as_f64().into_bound_py_any(py),
        },
        Value::String(text) => text.into_bound_py_any(py),
        Value::Array(items) => {
            let list = PyList::empty(py);
            for item in items {
                list.append(from_value(py, item)?)?;
            }
            Ok(list.into_any())
        }
        Value::Object(entries) => {
            let dict = PyDict::new(py);
            for (key, value) in entries {
                dict.set_item(key, from_value(py, value)?)?;
            }
            Ok(dict.into_any())
        }
    }
}
