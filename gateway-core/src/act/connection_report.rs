//! What becomes of a connection, as data: the one JSON form that every tool and binding shows.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use crate::act::report::{self, ReportNames};
use crate::act::report_target::{self, BackendReport, UpstreamTlsReport};
use crate::act::{Connection, Pass, Reject};
use crate::table::{ConnectionEntry, ListenerTable};

/// What becomes of a connection.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "decision", rename_all = "lowercase")]
pub enum ConnectionReport {
    /// Its bytes go to a backend.
    Forward(Box<PassReport>),
    /// It is closed, or the datagram is dropped.
    Reject(RejectReport),
    /// It carries HTTP: each request is decided by itself.
    Http(ReportNames),
}

/// [`Connection::Forward`] as data.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PassReport {
    /// Which rule.
    #[serde(flatten)]
    pub names: ReportNames,
    /// `Passthrough` or `Terminate` on a listener for TLS.
    pub tls: Option<String>,
    /// All backends of the rule.
    pub backends: Vec<BackendReport>,
    /// The one that was drawn.
    pub backend: BackendReport,
    /// How the connection to it is secured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_tls: Option<UpstreamTlsReport>,
}

/// [`Connection::Reject`] as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RejectReport {
    /// Why.
    pub reason: String,
    /// Which listener and rule, as far as the connection got.
    #[serde(flatten)]
    pub names: ReportNames,
    /// All backends of the rule, if one matched.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub backends: Vec<BackendReport>,
}

impl Connection<'_> {
    /// The decision as data.
    pub fn report(&self) -> ConnectionReport {
        match self {
            Self::Forward(pass) => ConnectionReport::Forward(Box::new(pass_report(pass))),
            Self::Reject(reject) => ConnectionReport::Reject(reject_report(reject)),
            Self::Http(listener) => ConnectionReport::Http(names(*listener, None)),
        }
    }
}

fn pass_report(pass: &Pass<'_>) -> PassReport {
    PassReport {
        names: names(Some(pass.listener), Some(pass.entry)),
        tls: pass.tls().map(|tls| tls.as_str().to_string()),
        backends: report_target::backends(pass.rule(), pass.backend),
        backend: report_target::backend(&pass.backend.target),
        upstream_tls: pass
            .upstream_tls()
            .map(|tls| report_target::upstream_tls(tls, pass.client_certificate())),
    }
}

fn reject_report(reject: &Reject<'_>) -> RejectReport {
    let backends = reject.entry.map(|entry| entry.rule.backends.iter().map(report_target::listed).collect());
    RejectReport {
        reason: reject.reason.as_str().to_string(),
        names: names(reject.listener, reject.entry),
        backends: backends.unwrap_or_default(),
    }
}

fn names(listener: Option<&ListenerTable>, entry: Option<&ConnectionEntry>) -> ReportNames {
    report::names(listener, entry.map(|entry| (&*entry.rule, None)))
}
