//! Everything that follows from a snapshot, for Python.
#![expect(clippy::needless_pass_by_value, reason = "PyO3 hands over what it read")]

use std::borrow::Cow;
use std::sync::Arc;

use gateway_ask::findings::{Placed, Selection};
use gateway_ask::{AskError, Built, Columns, Decided, RequestSpec, TableOptions, list, route_key};
use gateway_core::validate::Channel;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::batch::Batch;
use crate::columns::{Argument, Requests};
use crate::decision::Decision;
use crate::explanation::Explanation;
use crate::finding::{self, Finding};
use crate::guard::{detached, guarded};
use crate::parts::{ObjectRef, StatusChanges};
use crate::request::{Asked, Pairs, Sni};
use crate::snapshot::Snapshot;
use crate::{errors, profile, python, text};

/// A built snapshot.
#[pyclass(frozen, module = "gateway_core")]
pub(crate) struct Router(Built);

/// The groups of what the API server says.
const REFUSALS: [&str; 2] = ["validate", "manifest"];

impl Router {
    fn findings(
        &self,
        py: Python<'_>,
        only: &[String],
        ignore: &[String],
        channel: &str,
        old: Option<&Snapshot>,
    ) -> PyResult<Vec<Placed>> {
        let channel = match channel {
            "standard" => Channel::Standard,
            "experimental" => Channel::Experimental,
            _ => return Err(PyValueError::new_err("channel must be 'standard' or 'experimental'")),
        };
        let wanted = Selection::read(only).map_err(|error| errors::ask(&error))?;
        let ignored = Selection::read(ignore).map_err(|error| errors::ask(&error))?;
        let old = old.map(Snapshot::world).unwrap_or_default();
        let mut findings = detached(py, || self.0.world().findings(channel, &old, self.0.router()))?;
        findings.retain(|finding| wanted.wants(finding) && !ignored.holds(finding));
        Ok(findings)
    }

    fn decide(&self, spec: RequestSpec<Cow<'_, str>>) -> PyResult<Decision> {
        guarded(|| {
            Decided::new(Arc::clone(self.0.router()), spec)
                .map(Decision::new)
                .map_err(|error| errors::ask(&error))
        })
    }
}

#[pymethods]
impl Router {
    #[new]
    #[pyo3(signature = (snapshot, *, profile = None, controller = None, assume = Vec::new()))]
    fn new(
        py: Python<'_>,
        snapshot: &Snapshot,
        profile: Option<&Bound<'_, PyAny>>,
        controller: Option<String>,
        assume: Vec<String>,
    ) -> PyResult<Self> {
        let profile = profile::read(profile, controller, &assume)?;
        let world = snapshot.world();
        let built = detached(py, || Built::new(world, &profile))?;
        built.map(Self).map_err(|error| errors::build(&error))
    }

    /// The router of a snapshot that has changed since, with this one's profile; what no change can
    /// reach is shared.
    fn rebuild(&self, py: Python<'_>, snapshot: &Snapshot) -> PyResult<Self> {
        let world = snapshot.world();
        let built = detached(py, || self.0.rebuild(world))?;
        built.map(Self).map_err(|error| errors::build(&error))
    }

    /// The Gateways that are ours, as ``namespace/name``.
    #[getter]
    fn gateways(&self) -> Vec<String> {
        self.0.router().gateways().map(ToString::to_string).collect()
    }

    /// Decides about a request: a URL, or its parts.
    #[pyo3(
        signature = (url = None, *, method = None, host = None, path = None, query = None, headers = Pairs::default(), scheme = None, port = None, sni = Sni::default(), gateway = None, service = None, client_namespace = None, draw = None),
        text_signature = "($self, url=None, *, method=None, host=None, path=None, query=None, headers=None, scheme=None, port=None, sni=..., gateway=None, service=None, client_namespace=None, draw=None)"
    )]
    #[expect(clippy::too_many_arguments, reason = "they are keywords")]
    fn route(
        &self,
        url: Option<&str>,
        method: Option<&str>,
        host: Option<&str>,
        path: Option<&str>,
        query: Option<&str>,
        headers: Pairs,
        scheme: Option<&str>,
        port: Option<u16>,
        sni: Sni,
        gateway: Option<&str>,
        service: Option<&str>,
        client_namespace: Option<&str>,
        draw: Option<u64>,
    ) -> PyResult<Decision> {
        self.decide(
            Asked {
                url,
                method,
                host,
                path,
                query,
                headers,
                scheme,
                port,
                sni,
                gateway,
                service,
                client_namespace,
                draw,
            }
            .spec()?,
        )
    }

    /// Decides about a connection: ``tls://host``, ``tcp://host:9000`` or ``udp://host:53``, or its
    /// parts.
    #[pyo3(
        signature = (url = None, *, scheme = None, host = None, port = None, sni = Sni::default(), gateway = None, service = None, client_namespace = None, draw = None),
        text_signature = "($self, url=None, *, scheme=None, host=None, port=None, sni=..., gateway=None, service=None, client_namespace=None, draw=None)"
    )]
    #[expect(clippy::too_many_arguments, reason = "they are keywords")]
    fn connect(
        &self,
        url: Option<&str>,
        scheme: Option<&str>,
        host: Option<&str>,
        port: Option<u16>,
        sni: Sni,
        gateway: Option<&str>,
        service: Option<&str>,
        client_namespace: Option<&str>,
        draw: Option<u64>,
    ) -> PyResult<Decision> {
        let scheme = scheme.or(if url.is_none() { Some("tls") } else { None });
        let asked = Asked {
            url,
            method: None,
            host,
            path: None,
            query: None,
            headers: Pairs::default(),
            scheme,
            port,
            sni,
            gateway,
            service,
            client_namespace,
            draw,
        };
        let spec = asked.spec()?.connection().map_err(|error| errors::ask(&error))?;
        self.decide(spec)
    }

    /// Why ``route`` decides as it does: every listener, Route, rule and match that was considered.
    #[pyo3(
        signature = (url = None, *, method = None, host = None, path = None, query = None, headers = Pairs::default(), scheme = None, port = None, sni = Sni::default(), gateway = None, service = None, client_namespace = None, draw = None),
        text_signature = "($self, url=None, *, method=None, host=None, path=None, query=None, headers=None, scheme=None, port=None, sni=..., gateway=None, service=None, client_namespace=None, draw=None)"
    )]
    #[expect(clippy::too_many_arguments, reason = "they are keywords")]
    fn explain(
        &self,
        url: Option<&str>,
        method: Option<&str>,
        host: Option<&str>,
        path: Option<&str>,
        query: Option<&str>,
        headers: Pairs,
        scheme: Option<&str>,
        port: Option<u16>,
        sni: Sni,
        gateway: Option<&str>,
        service: Option<&str>,
        client_namespace: Option<&str>,
        draw: Option<u64>,
    ) -> PyResult<Explanation> {
        let spec = Asked {
            url,
            method,
            host,
            path,
            query,
            headers,
            scheme,
            port,
            sni,
            gateway,
            service,
            client_namespace,
            draw,
        }
        .spec()?;
        guarded(|| {
            let explanation = spec.explain(self.0.router()).map_err(|error| errors::ask(&error))?;
            Explanation::new(format!("{} {}{}", spec.method, spec.host, spec.path), &explanation)
        })
    }

    /// Why a Route is attached or not, by ``KIND/NAMESPACE/NAME``.
    fn explain_route(&self, route: &str) -> PyResult<Explanation> {
        guarded(|| {
            let key = route_key(route).map_err(|error| errors::ask(&error))?;
            let Some(explanation) = self.0.router().explain_route(&key) else {
                let known = list(self.0.router().graph().routes.iter().map(|route| route.key.to_string()));
                return Err(errors::ask(&AskError::UnknownRoute { name: key.to_string(), known }));
            };
            Explanation::new(key.to_string(), &explanation)
        })
    }

    /// The status of every object of ours, as a controller would write it.
    fn statuses<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        python::object(py, &detached(py, || self.0.router().statuses())?)
    }

    /// The same as JSON, as ``gateway status -o json`` prints it when pretty.
    #[pyo3(signature = (*, pretty = false))]
    fn statuses_json(&self, py: Python<'_>, pretty: bool) -> PyResult<String> {
        text::json(&detached(py, || self.0.router().statuses())?, pretty)
    }

    /// The statuses that are not what they were in another router.
    fn status_changes_since(&self, py: Python<'_>, old: &Self) -> PyResult<StatusChanges> {
        let changes = detached(py, || self.0.router().status_changes_since(old.0.router()))?;
        Ok(StatusChanges {
            changed: python::object(py, &changes.changed)?.unbind(),
            removed: changes.removed.iter().map(ObjectRef::from).collect(),
        })
    }

    /// What the API server or the reader of the manifests would refuse or warn of.
    #[pyo3(signature = (*, channel = "experimental"))]
    fn problems(&self, py: Python<'_>, channel: &str) -> PyResult<Vec<Finding>> {
        let only = REFUSALS.map(str::to_owned);
        Ok(self.findings(py, &only, &[], channel, None)?.into_iter().map(Finding).collect())
    }

    /// Everything that ``gateway lint`` finds. ``only`` and ``ignore`` are rules or groups of
    /// rules; objects that are in ``old`` too are judged as updates.
    #[pyo3(signature = (*, only = Vec::new(), ignore = Vec::new(), channel = "experimental", old = None))]
    fn lint(
        &self,
        py: Python<'_>,
        only: Vec<String>,
        ignore: Vec<String>,
        channel: &str,
        old: Option<&Snapshot>,
    ) -> PyResult<Vec<Finding>> {
        Ok(self.findings(py, &only, &ignore, channel, old)?.into_iter().map(Finding).collect())
    }

    /// The same as JSON, as ``gateway lint -o json`` prints it when pretty.
    #[pyo3(signature = (*, only = Vec::new(), ignore = Vec::new(), channel = "experimental", old = None, pretty = false))]
    fn lint_json(
        &self,
        py: Python<'_>,
        only: Vec<String>,
        ignore: Vec<String>,
        channel: &str,
        old: Option<&Snapshot>,
        pretty: bool,
    ) -> PyResult<String> {
        finding::json(&self.findings(py, &only, &ignore, channel, old)?, pretty)
    }

    /// Decides about many requests: a table, a list of URLs, or columns of text.
    #[pyo3(
        signature = (requests = None, *, url = None, method = None, host = None, path = None, query = None, headers = None, port = None, scheme = "http", sni = Sni::default(), gateway = None, draw = 0),
        text_signature = "($self, requests=None, *, url=None, method=None, host=None, path=None, query=None, headers=None, port=None, scheme='http', sni=..., gateway=None, draw=0)"
    )]
    #[expect(clippy::too_many_arguments, reason = "they are keywords")]
    fn route_batch(
        &self,
        py: Python<'_>,
        requests: Option<&Bound<'_, PyAny>>,
        url: Option<Argument>,
        method: Option<Argument>,
        host: Option<Argument>,
        path: Option<Argument>,
        query: Option<Argument>,
        headers: Option<&Bound<'_, PyAny>>,
        port: Option<u16>,
        scheme: &str,
        sni: Sni,
        gateway: Option<String>,
        draw: u64,
    ) -> PyResult<Batch> {
        let scheme = gateway_ask::Scheme::of(scheme)
            .ok_or_else(|| errors::RequestError::new_err("`scheme` must be `http` or `https`"))?;
        let options = TableOptions { gateway, port, scheme, sni: sni.0, draw, ..TableOptions::default() };
        let requests = Requests::read(requests, [url, method, host, path, query], headers)?;
        let answered: Result<Columns, AskError> = detached(py, || requests.answer(self.0.router(), options))?;
        Batch::new(answered.map_err(|error| errors::ask(&error))?)
    }

    fn __repr__(&self) -> String {
        let gateways: Vec<_> = self.gateways();
        let gateways = if gateways.is_empty() { "no Gateway".to_owned() } else { gateways.join(", ") };
        format!("<Router for {gateways} with {} objects>", self.0.world().snapshot().len())
    }
}
