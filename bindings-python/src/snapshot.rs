//! The objects that a program knows, for Python.

use std::path::PathBuf;
use std::sync::{PoisonError, RwLock};

use gateway_ask::{Manifested, World, named_key};
use gateway_core::ObjectKey;
use gateway_manifest::{Loader, ManifestError, Manifests, Options, Severity, Strictness};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyString, PyTuple};

use crate::guard::detached;
use crate::parts::ObjectRef;
use crate::{errors, python};

/// Objects by kind, namespace and name.
#[pyclass(frozen, module = "gateway_core")]
pub(crate) struct Snapshot {
    world: RwLock<World>,
}

/// A text to read, under its name.
struct Text {
    name: String,
    bytes: Vec<u8>,
}

impl Snapshot {
    pub(crate) fn world(&self) -> World {
        self.world.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn empty() -> Self {
        Self { world: RwLock::default() }
    }

    /// Takes in what was read, unless it has errors that are to be raised.
    fn take(
        &self,
        py: Python<'_>,
        read: Result<Manifests, ManifestError>,
        keep_errors: bool,
        is_placed: bool,
    ) -> PyResult<Vec<ObjectRef>> {
        let mut manifests = match read {
            Ok(manifests) => manifests,
            Err(error) => return Err(errors::unreadable(py, &error)?),
        };
        let error = manifests.notes.iter_mut().find(|note| note.severity == Severity::Error);
        if let Some(note) = error.filter(|_| !keep_errors) {
            if !is_placed {
                note.location = None;
            }
            return Err(errors::noted(py, note)?);
        }
        let keys = detached(py, || {
            self.world.write().unwrap_or_else(PoisonError::into_inner).take(manifests, is_placed)
        })?;
        Ok(keys.iter().map(ObjectRef::from).collect())
    }

    fn take_texts(
        &self,
        py: Python<'_>,
        texts: Vec<Text>,
        errors: Errors,
        is_placed: bool,
    ) -> PyResult<Vec<ObjectRef>> {
        let read = detached(py, || {
            let mut loader = errors.loader();
            for Text { name, bytes } in texts {
                loader.text(&name, bytes)?;
            }
            Ok(loader.finish())
        })?;
        self.take(py, read, errors.keep, is_placed)
    }
}

/// What is to be done about errors.
#[derive(Clone, Copy)]
struct Errors {
    keep: bool,
    strict: bool,
}

impl Errors {
    fn new(word: &str, strict: bool) -> PyResult<Self> {
        match word {
            "raise" => Ok(Self { keep: false, strict }),
            "keep" => Ok(Self { keep: true, strict }),
            _ => Err(PyValueError::new_err("errors must be 'raise' or 'keep'")),
        }
    }

    fn loader(self) -> Loader {
        let strictness = if self.strict { Strictness::Strict } else { Strictness::Lenient };
        Loader::new(Options { strictness, keep_manifests: true, ..Options::default() })
    }
}

/// One path, or several.
fn paths(paths: &Bound<'_, PyAny>) -> PyResult<Vec<PathBuf>> {
    if let Ok(path) = paths.extract::<PathBuf>() {
        return Ok(vec![path]);
    }
    paths.try_iter()?.map(|path| path?.extract()).collect()
}

/// Each object as a text. A list stands for what is in it, and a text is a manifest already.
fn texts(objects: &Bound<'_, PyAny>) -> PyResult<Vec<Text>> {
    let is_one = objects.cast::<PyDict>().is_ok()
        || !(objects.cast::<PyList>().is_ok() || objects.cast::<PyTuple>().is_ok());
    let is_text =
        |object: &Bound<'_, PyAny>| object.cast::<PyString>().is_ok() || object.cast::<PyBytes>().is_ok();
    if is_text(objects) {
        return Err(PyTypeError::new_err("this is text: use Snapshot.from_text or add_text"));
    }
    if is_one && !objects.get_type().hasattr("__next__")? {
        return Ok(vec![Text { name: "object.json".to_owned(), bytes: python::json(objects)?.into_bytes() }]);
    }
    let mut texts = Vec::new();
    for (index, object) in objects.try_iter()?.enumerate() {
        let json = python::json(&object?).map_err(|error| within(objects.py(), error, index))?;
        texts.push(Text { name: format!("objects[{index}].json"), bytes: json.into_bytes() });
    }
    Ok(texts)
}

/// An error says which of the objects it is about.
fn within(py: Python<'_>, error: PyErr, index: usize) -> PyErr {
    if !error.is_instance_of::<errors::ObjectError>(py) {
        return error;
    }
    let value = error.value(py);
    let path: String = value.getattr("path").and_then(|path| path.extract()).unwrap_or_default();
    let message = value.str().map(|text| text.to_string_lossy().into_owned()).unwrap_or_default();
    let why = message.strip_prefix(&format!("{path}: ")).unwrap_or(&message).to_owned();
    let dot = if path.is_empty() || path.starts_with('[') { "" } else { "." };
    errors::object(py, &format!("[{index}]{dot}{path}"), &why)
}

#[pymethods]
impl Snapshot {
    #[new]
    #[pyo3(signature = (objects = None, *, errors = "raise", strict = false))]
    fn new(py: Python<'_>, objects: Option<&Bound<'_, PyAny>>, errors: &str, strict: bool) -> PyResult<Self> {
        let snapshot = Self::empty();
        if let Some(objects) = objects {
            snapshot.upsert(py, objects, errors, strict)?;
        }
        Ok(snapshot)
    }

    /// Reads files, and folders with all below them.
    #[staticmethod]
    #[pyo3(signature = (paths, *, errors = "raise", strict = false))]
    fn from_path(py: Python<'_>, paths: &Bound<'_, PyAny>, errors: &str, strict: bool) -> PyResult<Self> {
        let snapshot = Self::empty();
        snapshot.add_path(py, paths, errors, strict)?;
        Ok(snapshot)
    }

    /// Reads YAML or JSON with any number of documents; ``name`` stands in errors.
    #[staticmethod]
    #[pyo3(signature = (text, *, name = "<text>", errors = "raise", strict = false))]
    fn from_text(
        py: Python<'_>,
        text: &Bound<'_, PyAny>,
        name: &str,
        errors: &str,
        strict: bool,
    ) -> PyResult<Self> {
        let snapshot = Self::empty();
        snapshot.add_text(py, text, name, errors, strict)?;
        Ok(snapshot)
    }

    /// Reads files and folders into this snapshot, in place of objects of the same name.
    #[pyo3(signature = (paths, *, errors = "raise", strict = false))]
    fn add_path(
        &self,
        py: Python<'_>,
        paths: &Bound<'_, PyAny>,
        errors: &str,
        strict: bool,
    ) -> PyResult<Vec<ObjectRef>> {
        let errors = Errors::new(errors, strict)?;
        let paths = self::paths(paths)?;
        let read = detached(py, || {
            let mut loader = errors.loader();
            for path in paths {
                loader.path(path)?;
            }
            Ok(loader.finish())
        })?;
        self.take(py, read, errors.keep, true)
    }

    /// Reads a text into this snapshot, in place of objects of the same name.
    #[pyo3(signature = (text, *, name = "<text>", errors = "raise", strict = false))]
    fn add_text(
        &self,
        py: Python<'_>,
        text: &Bound<'_, PyAny>,
        name: &str,
        errors: &str,
        strict: bool,
    ) -> PyResult<Vec<ObjectRef>> {
        let bytes = match text.cast::<PyString>() {
            Ok(text) => text.to_cow()?.into_owned().into_bytes(),
            Err(_) => text.extract().map_err(|_| PyTypeError::new_err("text must be str or bytes"))?,
        };
        self.take_texts(py, vec![Text { name: name.to_owned(), bytes }], Errors::new(errors, strict)?, true)
    }

    /// Adds objects, or replaces those of the same kind, namespace and name.
    #[pyo3(signature = (objects, *, errors = "raise", strict = false))]
    fn upsert(
        &self,
        py: Python<'_>,
        objects: &Bound<'_, PyAny>,
        errors: &str,
        strict: bool,
    ) -> PyResult<Vec<ObjectRef>> {
        let errors = Errors::new(errors, strict)?;
        self.take_texts(py, texts(objects)?, errors, false)
    }

    /// Removes an object, and says whether it was there.
    #[pyo3(signature = (kind, namespace, name))]
    fn remove(&self, kind: &str, namespace: Option<&str>, name: &str) -> PyResult<bool> {
        let key = named_key(kind, namespace, name).map_err(|error| errors::ask(&error))?;
        Ok(self.world.write().unwrap_or_else(PoisonError::into_inner).remove(&key))
    }

    /// All objects by name, sorted.
    fn keys(&self) -> Vec<ObjectRef> {
        let world = self.world();
        world.snapshot().keys().map(|key| ObjectRef::from(&key)).collect()
    }

    /// What was noticed while the manifests were read.
    #[getter]
    fn notes(&self) -> Vec<String> {
        self.world().notes().iter().map(ToString::to_string).collect()
    }

    /// A snapshot of its own; the objects are shared.
    fn copy(&self) -> Self {
        Self { world: RwLock::new(self.world()) }
    }

    fn __copy__(&self) -> Self {
        self.copy()
    }

    fn __len__(&self) -> usize {
        self.world.read().unwrap_or_else(PoisonError::into_inner).snapshot().len()
    }

    fn __contains__(&self, key: (String, Option<String>, String)) -> PyResult<bool> {
        let (kind, namespace, name) = key;
        let key: ObjectKey =
            named_key(&kind, namespace.as_deref(), &name).map_err(|error| errors::ask(&error))?;
        Ok(self.world().item(&key).is_some())
    }

    fn __repr__(&self) -> String {
        let world = self.world();
        let notes = match world.notes().len() {
            0 => String::new(),
            count => format!(", {count} notes"),
        };
        format!("<Snapshot of {} objects{notes}>", world.snapshot().len())
    }
}
