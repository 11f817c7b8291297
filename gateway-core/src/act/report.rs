//! A decision as data: the one JSON form that every tool and binding shows.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use crate::act::headers::Line;
use crate::act::report_target::{
    BackendReport, ExternalAuthReport, MirrorReport, UpstreamTlsReport, backend, backends, external_auth,
    listed, protocol, upstream_tls,
};
use crate::act::{
    AuthRequestReport, BudgetReport, Decision, ExtensionReport, Forward, HeaderEdit, Redirect, Respond,
    RetryReport, SessionReport,
};
use crate::matching::RequestView;
use crate::model::{HttpRouteRetry, ObjectKind, SessionPersistence};
use crate::table::{Entry, ListenerTable, Mirror, Rule, Target, written};

/// A decision with the request applied to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "decision", rename_all = "lowercase")]
pub enum DecisionReport {
    /// Sent to a backend.
    Forward(Box<ForwardReport>),
    /// Answered with a redirect.
    Redirect(RedirectReport),
    /// Answered with a status alone.
    Respond(RespondReport),
}

/// The listener that took a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListenerReport {
    /// Kind of its owner.
    pub kind: String,
    /// Namespace of its owner.
    pub namespace: String,
    /// Name of its owner.
    pub name: String,
    /// The listener's own name.
    pub section: String,
}

/// A Route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RouteReport {
    /// Its kind.
    pub kind: String,
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

/// A port of a Service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceReport {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// The port.
    pub port: u16,
}

/// Listener or Service, Route, rule and match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportNames {
    /// The listener, if one took the request.
    pub listener: Option<ListenerReport>,
    /// The Service that it is for, in a mesh only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceReport>,
    /// The Route, if one matched.
    pub route: Option<RouteReport>,
    /// Index of the rule.
    pub rule: Option<usize>,
    /// Name of the rule.
    pub rule_name: Option<String>,
    /// Index of the match in the rule.
    pub r#match: Option<usize>,
}

/// The request that the backend sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpstreamReport {
    /// The method.
    pub method: String,
    /// `Host` or `:authority`.
    pub authority: String,
    /// The path.
    pub path: String,
    /// The query without `?`.
    pub query: Option<String>,
    /// All headers in order.
    pub headers: Vec<(String, String)>,
}

/// Changes to the response, merged so that each header stands once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ResponseReport {
    /// Replace, or create.
    pub set: Vec<(String, String)>,
    /// Append with a comma, or create.
    pub add: Vec<(String, String)>,
    /// Delete.
    pub remove: Vec<String>,
}

/// Timeouts in canonical form; `0s` is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TimeoutReport {
    /// For the whole request.
    pub request: Option<String>,
    /// For each try at a backend.
    pub backend_request: Option<String>,
}

/// [`Decision::Forward`] as data.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ForwardReport {
    /// Which rule.
    #[serde(flatten)]
    pub names: ReportNames,
    /// All backends of the rule.
    pub backends: Vec<BackendReport>,
    /// The one that was drawn.
    pub backend: BackendReport,
    /// The request that it sees.
    pub upstream: UpstreamReport,
    /// Changes to its response.
    pub response: ResponseReport,
    /// Copies.
    pub mirrors: Vec<MirrorReport>,
    /// Timeouts.
    pub timeouts: TimeoutReport,
    /// Retries, as the Route says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry: Option<HttpRouteRetry>,
    /// Session persistence, as the Route says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_persistence: Option<SessionPersistence>,
    /// Who must allow it first, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub external_auth: Vec<ExternalAuthReport>,
    /// What the port of the backend declares to speak: `H2C`, `WS` or `WSS`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// How the connection to the backend is secured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_tls: Option<UpstreamTlsReport>,
    /// Filters of the data plane's own that the request meets first, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<ExtensionReport>,
    /// What each of them is asked with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub auth_requests: Vec<AuthRequestReport>,
    /// Retries, as they are carried out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_plan: Option<RetryReport>,
    /// How many retries the backend takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_budget: Option<BudgetReport>,
    /// The session, as it is carried out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionReport>,
}

/// [`Decision::Redirect`] as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RedirectReport {
    /// The status.
    pub status: u16,
    /// The `Location`.
    pub location: String,
    /// Which rule.
    #[serde(flatten)]
    pub names: ReportNames,
    /// Changes to the answer.
    pub response: ResponseReport,
    /// Filters of the data plane's own that the request meets first, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<ExtensionReport>,
}

/// [`Decision::Respond`] as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RespondReport {
    /// The status.
    pub status: u16,
    /// Why.
    pub reason: String,
    /// The gRPC status to send instead, if a gRPC call is answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grpc_status: Option<u8>,
    /// Headers of the answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// Which listener and rule, as far as the request got.
    #[serde(flatten)]
    pub names: ReportNames,
    /// All backends of the rule, if one matched.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub backends: Vec<BackendReport>,
    /// Filters of the data plane's own that the request meets first, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<ExtensionReport>,
}

impl Decision<'_> {
    /// The decision as data. `request` is the one it was made for.
    pub fn report(&self, request: &impl RequestView) -> DecisionReport {
        let extensions = extensions(self);
        match self {
            Self::Forward(forward) => {
                DecisionReport::Forward(Box::new(forward_report(forward, extensions, request)))
            }
            Self::Redirect(redirect) => {
                DecisionReport::Redirect(redirect_report(redirect, extensions, request))
            }
            Self::Respond(respond) => DecisionReport::Respond(respond_report(respond, extensions, request)),
        }
    }
}

fn extensions(decision: &Decision<'_>) -> Vec<ExtensionReport> {
    let namespace = decision.entry().map(|entry| entry.rule.route.namespace.as_str()).unwrap_or_default();
    decision.extensions().map(|extension| ExtensionReport::new(extension, namespace)).collect()
}

fn forward_report(
    forward: &Forward<'_>,
    extensions: Vec<ExtensionReport>,
    request: &impl RequestView,
) -> ForwardReport {
    let rule = forward.rule();
    let (path, query) = forward.target(request);
    let secured =
        |target: &Target| target.tls.as_deref().map(|tls| upstream_tls(tls, forward.client_certificate()));
    let mirror = |mirror: &Mirror| MirrorReport {
        backend: backend(&mirror.target),
        protocol: protocol(&mirror.target),
        upstream_tls: secured(&mirror.target),
    };
    ForwardReport {
        names: names_of(Some(forward.listener), Some(forward.entry)),
        backends: backends(rule, forward.backend),
        backend: backend(&forward.backend.target),
        upstream: UpstreamReport {
            method: text(request.method()),
            authority: text(forward.authority(request)),
            path: text(&path),
            query: query.map(|query| text(&query)),
            headers: lines(&forward.request_headers(request)),
        },
        response: merged(forward.response_edits(request)),
        mirrors: forward.mirrors().map(mirror).collect(),
        timeouts: TimeoutReport {
            request: rule.timeouts.request.map(written),
            backend_request: rule.timeouts.backend_request.map(written),
        },
        retry: rule.retry.as_deref().cloned(),
        session_persistence: rule.session_persistence.as_deref().cloned(),
        external_auth: forward
            .external_auth()
            .map(|auth| external_auth(auth, secured(&auth.target)))
            .collect(),
        protocol: protocol(&forward.backend.target),
        upstream_tls: secured(&forward.backend.target),
        extensions,
        auth_requests: forward.auth_calls().map(|call| AuthRequestReport::new(call, request)).collect(),
        retry_plan: forward.retry(request).map(Into::into),
        retry_budget: forward.retry_budget().map(Into::into),
        session: forward.session().map(Into::into),
    }
}

fn redirect_report(
    redirect: &Redirect<'_>,
    extensions: Vec<ExtensionReport>,
    request: &impl RequestView,
) -> RedirectReport {
    RedirectReport {
        status: redirect.status(),
        location: redirect.location(request),
        names: names_of(Some(redirect.listener), Some(redirect.entry)),
        response: merged(redirect.response_edits(request)),
        extensions,
    }
}

fn respond_report(
    respond: &Respond<'_>,
    extensions: Vec<ExtensionReport>,
    request: &impl RequestView,
) -> RespondReport {
    let backends = respond.entry.map(|entry| entry.rule.backends.iter().map(listed).collect());
    RespondReport {
        status: respond.status,
        reason: respond.reason.as_str().to_string(),
        grpc_status: respond.grpc_status,
        headers: respond
            .headers(request)
            .map(|(name, value)| (name.to_string(), value.into_owned()))
            .collect(),
        names: names_of(respond.listener, respond.entry),
        backends: backends.unwrap_or_default(),
        extensions,
    }
}

pub(super) fn lines(lines: &[Line<'_>]) -> Vec<(String, String)> {
    lines.iter().map(|(name, value)| (text(name), text(value))).collect()
}

pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn names_of(listener: Option<&ListenerTable>, entry: Option<&Entry>) -> ReportNames {
    names(listener, entry.map(|entry| (&*entry.rule, Some(entry.match_index))))
}

/// The rule comes with the index of the match, where rules have matches.
pub(super) fn names<'r>(
    listener: Option<&'r ListenerTable>,
    found: Option<(&Rule, Option<usize>)>,
) -> ReportNames {
    // MATCH-92: where no Route says anything, the Service's own rule is none to name.
    let found = found.filter(|(rule, _)| rule.route.kind != ObjectKind::Service);
    let rule = found.map(|(rule, _)| rule);
    let owner = |listener: &'r ListenerTable| &listener.key.owner;
    ReportNames {
        listener: listener.filter(|listener| listener.service.is_none()).map(|listener| ListenerReport {
            kind: owner(listener).kind.kind().to_string(),
            namespace: owner(listener).namespace.clone(),
            name: owner(listener).name.clone(),
            section: listener.key.section.clone(),
        }),
        service: listener.filter(|listener| listener.service.is_some()).map(|listener| ServiceReport {
            namespace: owner(listener).namespace.clone(),
            name: owner(listener).name.clone(),
            port: listener.port,
        }),
        route: rule.map(|rule| RouteReport {
            kind: rule.route.kind.kind().to_string(),
            namespace: rule.route.namespace.clone(),
            name: rule.route.name.clone(),
        }),
        rule: rule.map(|rule| rule.index),
        rule_name: rule.and_then(|rule| rule.name.clone()),
        r#match: found.and_then(|(_, index)| index),
    }
}

/// What became of one response header, whatever its value was.
enum Fate {
    Set(String),
    Add(String),
    Remove,
}

/// Edits in order, as one change for each header.
fn merged<'r>(edits: impl Iterator<Item = HeaderEdit<'r>>) -> ResponseReport {
    let mut fates: Vec<(String, Fate)> = Vec::new();
    for edit in edits {
        let known = fates.iter().position(|(name, _)| name.eq_ignore_ascii_case(edit.name()));
        let before = known.map(|index| fates.remove(index).1);
        let fate = match (edit, before) {
            (HeaderEdit::Remove(_), _) => Fate::Remove,
            (HeaderEdit::Set(_, value), _) | (HeaderEdit::Add(_, value), Some(Fate::Remove)) => {
                Fate::Set(value.to_string())
            }
            (HeaderEdit::Add(_, value), None) => Fate::Add(value.to_string()),
            (HeaderEdit::Add(_, value), Some(Fate::Set(old))) => Fate::Set(old + "," + value),
            (HeaderEdit::Add(_, value), Some(Fate::Add(old))) => Fate::Add(old + "," + value),
        };
        fates.push((edit.name().to_string(), fate));
    }
    let mut report = ResponseReport::default();
    for (name, fate) in fates {
        match fate {
            Fate::Set(value) => report.set.push((name, value)),
            Fate::Add(value) => report.add.push((name, value)),
            Fate::Remove => report.remove.push(name),
        }
    }
    report
}
