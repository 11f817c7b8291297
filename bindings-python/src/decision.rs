//! What becomes of a request or connection, for Python.

use std::sync::OnceLock;

use gateway_ask::{Answer, Decided};
use gateway_core::act::{BackendReport, ConnectionReport, DecisionReport, ReportNames};
use pyo3::prelude::*;

use crate::guard::guarded;
use crate::parts::{Backend, Listener, ObjectRef, Upstream};
use crate::{python, text};

/// What becomes of a request, or of a connection.
#[pyclass(frozen, module = "gateway_core")]
pub(crate) struct Decision {
    decided: Decided,
    /// Boxed: few decisions are looked at in full, and small objects are had faster.
    answer: OnceLock<Box<Answer>>,
}

impl Decision {
    pub(crate) fn new(decided: Decided) -> Self {
        Self { decided, answer: OnceLock::new() }
    }

    fn answer(&self) -> PyResult<&Answer> {
        if let Some(answer) = self.answer.get() {
            return Ok(answer);
        }
        let answer = guarded(|| Ok(Box::new(self.decided.answer())))?;
        Ok(self.answer.get_or_init(|| answer))
    }

    /// A key of the JSON form.
    fn key<'py>(&self, py: Python<'py>, key: &str) -> PyResult<Bound<'py, PyAny>> {
        let dict = self.to_dict(py)?;
        dict.call_method1("get", (key,))
    }

    fn names(&self) -> PyResult<&ReportNames> {
        Ok(match self.answer()? {
            Answer::Request(DecisionReport::Forward(forward)) => &forward.names,
            Answer::Request(DecisionReport::Redirect(redirect)) => &redirect.names,
            Answer::Request(DecisionReport::Respond(respond)) => &respond.names,
            Answer::Connection(ConnectionReport::Forward(pass)) => &pass.names,
            Answer::Connection(ConnectionReport::Reject(reject)) => &reject.names,
            Answer::Connection(ConnectionReport::Http(names)) => names,
        })
    }

    fn drawn(&self) -> PyResult<Option<&BackendReport>> {
        Ok(match self.answer()? {
            Answer::Request(DecisionReport::Forward(forward)) => Some(&forward.backend),
            Answer::Connection(ConnectionReport::Forward(pass)) => Some(&pass.backend),
            _ => None,
        })
    }
}

#[pymethods]
impl Decision {
    /// What to do: the last two are about connections.
    #[getter]
    fn decision(&self) -> PyResult<&'static str> {
        Ok(match self.answer()? {
            Answer::Request(DecisionReport::Forward(_))
            | Answer::Connection(ConnectionReport::Forward(_)) => "forward",
            Answer::Request(DecisionReport::Redirect(_)) => "redirect",
            Answer::Request(DecisionReport::Respond(_)) => "respond",
            Answer::Connection(ConnectionReport::Reject(_)) => "reject",
            Answer::Connection(ConnectionReport::Http(_)) => "http",
        })
    }

    /// The listener that took the request.
    #[getter]
    fn listener(&self) -> PyResult<Option<Listener>> {
        Ok(self.names()?.listener.as_ref().map(Listener::from))
    }

    /// The port of a Service that the request is for, in a mesh.
    #[getter]
    fn service<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.key(py, "service")
    }

    /// The Route that matched.
    #[getter]
    fn route(&self) -> PyResult<Option<ObjectRef>> {
        Ok(self.names()?.route.as_ref().map(ObjectRef::from))
    }

    /// The index of the rule.
    #[getter]
    fn rule(&self) -> PyResult<Option<usize>> {
        Ok(self.names()?.rule)
    }

    /// The name of the rule.
    #[getter]
    fn rule_name(&self) -> PyResult<Option<&str>> {
        Ok(self.names()?.rule_name.as_deref())
    }

    /// The index of the match in the rule.
    #[getter(r#match)]
    fn match_index(&self) -> PyResult<Option<usize>> {
        Ok(self.names()?.r#match)
    }

    /// All backends of the rule.
    #[getter]
    fn backends(&self) -> PyResult<Vec<Backend>> {
        let listed = match self.answer()? {
            Answer::Request(DecisionReport::Forward(forward)) => &forward.backends,
            Answer::Request(DecisionReport::Respond(respond)) => &respond.backends,
            Answer::Connection(ConnectionReport::Forward(pass)) => &pass.backends,
            Answer::Connection(ConnectionReport::Reject(reject)) => &reject.backends,
            Answer::Request(DecisionReport::Redirect(_)) | Answer::Connection(ConnectionReport::Http(_)) => {
                return Ok(Vec::new());
            }
        };
        Ok(listed.iter().map(Backend::from).collect())
    }

    /// The backend that was drawn.
    #[getter]
    fn backend(&self) -> PyResult<Option<Backend>> {
        Ok(self.drawn()?.map(Backend::from))
    }

    /// The request that it sees.
    #[getter]
    fn upstream(&self) -> PyResult<Option<Upstream>> {
        Ok(match self.answer()? {
            Answer::Request(DecisionReport::Forward(forward)) => Some(Upstream::from(&forward.upstream)),
            _ => None,
        })
    }

    /// Where copies are sent.
    #[getter]
    fn mirrors(&self) -> PyResult<Vec<Backend>> {
        Ok(match self.answer()? {
            Answer::Request(DecisionReport::Forward(forward)) => {
                forward.mirrors.iter().map(|mirror| Backend::from(&mirror.backend)).collect()
            }
            _ => Vec::new(),
        })
    }

    /// Changes to the response: ``set``, ``add`` and ``remove``.
    #[getter]
    fn response<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.key(py, "response")
    }

    /// ``request`` and ``backendRequest``.
    #[getter]
    fn timeouts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.key(py, "timeouts")
    }

    /// The HTTP status, unless it is the backend's.
    #[getter]
    fn status(&self) -> PyResult<Option<u16>> {
        Ok(match self.answer()? {
            Answer::Request(DecisionReport::Redirect(redirect)) => Some(redirect.status),
            Answer::Request(DecisionReport::Respond(respond)) => Some(respond.status),
            _ => None,
        })
    }

    /// The target of a redirect.
    #[getter]
    fn location(&self) -> PyResult<Option<&str>> {
        Ok(match self.answer()? {
            Answer::Request(DecisionReport::Redirect(redirect)) => Some(&redirect.location),
            _ => None,
        })
    }

    /// Why it is answered with a status alone, or rejected.
    #[getter]
    fn reason(&self) -> PyResult<Option<&str>> {
        Ok(match self.answer()? {
            Answer::Request(DecisionReport::Respond(respond)) => Some(&respond.reason),
            Answer::Connection(ConnectionReport::Reject(reject)) => Some(&reject.reason),
            _ => None,
        })
    }

    /// The gRPC status to send instead.
    #[getter]
    fn grpc_status(&self) -> PyResult<Option<u8>> {
        Ok(match self.answer()? {
            Answer::Request(DecisionReport::Respond(respond)) => respond.grpc_status,
            _ => None,
        })
    }

    /// Headers of the answer.
    #[getter]
    fn headers(&self) -> PyResult<Vec<(String, String)>> {
        Ok(match self.answer()? {
            Answer::Request(DecisionReport::Respond(respond)) => respond.headers.clone(),
            _ => Vec::new(),
        })
    }

    /// The JSON form, with all keys.
    pub(crate) fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        python::object(py, self.answer()?)
    }

    /// The JSON form as text: a line of ``gateway route --requests``, or ``gateway route -o json``
    /// when pretty.
    #[pyo3(signature = (*, pretty = false))]
    fn to_json(&self, pretty: bool) -> PyResult<String> {
        text::json(self.answer()?, pretty)
    }

    fn __getitem__<'py>(&self, py: Python<'py>, key: &str) -> PyResult<Bound<'py, PyAny>> {
        self.to_dict(py)?.get_item(key)
    }

    fn __eq__(&self, other: &Self) -> PyResult<bool> {
        Ok(self.answer()? == other.answer()?)
    }

    fn __hash__(&self) -> PyResult<u64> {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        self.to_json(false)?.hash(&mut hasher);
        Ok(hasher.finish())
    }

    fn __repr__(&self) -> PyResult<String> {
        let mut words = vec![self.decision()?.to_owned()];
        if let Some(status) = self.status()? {
            words.push(status.to_string());
        }
        words.extend(self.reason()?.map(str::to_owned));
        words.extend(self.location()?.map(|location| format!("to {location}")));
        words.extend(self.drawn()?.map(|backend| {
            let port = backend.port.map(|port| format!(":{port}")).unwrap_or_default();
            format!("to {}/{}{port}", backend.namespace, backend.name)
        }));
        let names = self.names()?;
        if let (Some(route), Some(rule)) = (&names.route, names.rule) {
            let name = names.rule_name.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
            words.push(format!("by {}/{}/{} rule {rule}{name}", route.kind, route.namespace, route.name));
        } else if let Some(listener) = &names.listener {
            words.push(format!(
                "at listener {} of {}/{}",
                listener.section, listener.namespace, listener.name
            ));
        }
        Ok(format!("<Decision {}>", words.join(" ")))
    }
}
