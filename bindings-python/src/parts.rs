//! The parts of decisions and findings.

use gateway_core::ObjectKey;
use gateway_core::act::{BackendReport, ListenerReport, RouteReport, UpstreamReport};
use pyo3::prelude::*;

/// Fields, `__repr__` and `__str__` of a part.
macro_rules! repr {
    ($part:ident: $($field:ident),*; $($more:tt)*) => {
        #[pymethods]
        impl $part {
            fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
                let mut fields = Vec::new();
                $(
                    let value = (&self.$field).into_pyobject(py)?;
                    fields.push(format!(concat!(stringify!($field), "={}"), value.into_any().repr()?));
                )*
                Ok(format!(concat!(stringify!($part), "({})"), fields.join(", ")))
            }

            $($more)*
        }
    };
}

/// An object by kind, namespace and name.
#[pyclass(frozen, eq, hash, get_all, module = "gateway_core")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ObjectRef {
    /// The kind.
    kind: String,
    /// The namespace; empty for objects without one.
    namespace: String,
    /// The name.
    name: String,
}

repr!(ObjectRef: kind, namespace, name;
    fn __str__(&self) -> String {
        let parts = [&self.kind, &self.namespace, &self.name];
        parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("/")
    }
);

impl From<&ObjectKey> for ObjectRef {
    fn from(key: &ObjectKey) -> Self {
        Self { kind: key.kind.kind().to_owned(), namespace: key.namespace.clone(), name: key.name.clone() }
    }
}

impl From<&RouteReport> for ObjectRef {
    fn from(route: &RouteReport) -> Self {
        let RouteReport { kind, namespace, name } = route.clone();
        Self { kind, namespace, name }
    }
}

/// A listener by its owner and its own name.
#[pyclass(frozen, eq, hash, get_all, module = "gateway_core")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Listener {
    /// The kind.
    kind: String,
    /// The namespace; empty for objects without one.
    namespace: String,
    /// The name.
    name: String,
    /// The listener's own name.
    section: String,
}

repr!(Listener: kind, namespace, name, section;);

impl From<&ListenerReport> for Listener {
    fn from(listener: &ListenerReport) -> Self {
        let ListenerReport { kind, namespace, name, section } = listener.clone();
        Self { kind, namespace, name, section }
    }
}

/// A backend. Weight and valid are those of the rule's list.
#[pyclass(frozen, eq, hash, get_all, module = "gateway_core")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Backend {
    /// The kind.
    kind: String,
    /// The namespace; empty for objects without one.
    namespace: String,
    /// The name.
    name: String,
    /// The port.
    port: Option<u16>,
    /// The weight.
    weight: Option<u32>,
    /// Whether it can be used.
    valid: Option<bool>,
}

repr!(Backend: kind, namespace, name, port, weight, valid;);

impl From<&BackendReport> for Backend {
    fn from(backend: &BackendReport) -> Self {
        let BackendReport { kind, namespace, name, port, weight, valid } = backend.clone();
        Self { kind, namespace, name, port, weight, valid }
    }
}

/// The request that the backend sees.
#[pyclass(frozen, eq, hash, get_all, module = "gateway_core")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Upstream {
    /// The method.
    method: String,
    /// `Host` or `:authority`.
    authority: String,
    /// The path.
    path: String,
    /// The query without `?`.
    query: Option<String>,
    /// All headers in order.
    headers: Vec<(String, String)>,
}

repr!(Upstream: method, authority, path, query, headers;);

impl From<&UpstreamReport> for Upstream {
    fn from(upstream: &UpstreamReport) -> Self {
        let UpstreamReport { method, authority, path, query, headers } = upstream.clone();
        Self { method, authority, path, query, headers }
    }
}

/// The statuses that are not what they were, and the objects whose status is gone.
#[pyclass(frozen, get_all, module = "gateway_core")]
pub(crate) struct StatusChanges {
    /// A list of statuses.
    pub(crate) changed: Py<PyAny>,
    /// The names of objects.
    pub(crate) removed: Vec<ObjectRef>,
}

#[pymethods]
impl StatusChanges {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let changed = self.changed.bind(py).len()?;
        Ok(format!("<StatusChanges: {changed} changed, {} removed>", self.removed.len()))
    }
}
