//! Extensions, questions to authorization servers, retries, retry budgets and sessions as data.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use crate::act::report::{lines, text};
use crate::act::{AuthCall, Budget, Retry, Session};
use crate::matching::RequestView;
use crate::model::ExternalAuthProtocol;
use crate::profile::BudgetCounting;
use crate::table::{Extension, SessionCarrier, written};

/// A filter of the data plane's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExtensionReport {
    /// Its API group; empty is core.
    pub group: String,
    /// Its kind.
    pub kind: String,
    /// Its namespace: that of the Route (REF-17).
    pub namespace: String,
    /// Its name.
    pub name: String,
}

impl ExtensionReport {
    pub(crate) fn new(extension: &Extension, namespace: &str) -> Self {
        Self {
            group: extension.group.clone(),
            kind: extension.kind.clone(),
            namespace: namespace.to_string(),
            name: extension.name.clone(),
        }
    }
}

/// What an authorization server is asked with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuthRequestReport {
    /// The method; `null` for a server that speaks gRPC, as are the next three.
    pub method: Option<String>,
    /// The `Host`.
    pub authority: Option<String>,
    /// The path.
    pub path: Option<String>,
    /// The query without `?`.
    pub query: Option<String>,
    /// The headers. `content-length` is there when no body is sent along: otherwise it is the length of
    /// what is.
    pub headers: Vec<(String, String)>,
}

impl AuthRequestReport {
    pub(crate) fn new(call: AuthCall<'_>, request: &impl RequestView) -> Self {
        let http = call.auth.protocol != ExternalAuthProtocol::Grpc;
        let (path, query) = call.target(request);
        let headers = match call.body_limit() {
            0 => call.headers(request, 0),
            _ => call.headers_without_length(request),
        };
        Self {
            method: http.then(|| text(request.method())),
            authority: http.then(|| text(request.authority())),
            path: http.then(|| text(&path)),
            query: query.filter(|_| http).map(text),
            headers: lines(&headers),
        }
    }
}

/// Retries with everything that the Route leaves open filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RetryReport {
    /// How often after the first try, at most.
    pub attempts: u32,
    /// Statuses that are worth another try, sorted.
    pub codes: Vec<u16>,
    /// Whether connection errors are.
    pub connection_errors: bool,
    /// Whether a try that met its timeout is.
    pub backend_timeouts: bool,
    /// How long to wait before.
    pub backoff: BackoffReport,
}

/// The bounds of the wait before a retry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BackoffReport {
    /// The least.
    pub min: String,
    /// The longest.
    pub max: String,
}

impl From<Retry<'_>> for RetryReport {
    fn from(retry: Retry<'_>) -> Self {
        use crate::act::Outcome;
        Self {
            attempts: retry.attempts(),
            codes: retry.codes().to_vec(),
            connection_errors: retry.should_retry(Outcome::ConnectionError),
            backend_timeouts: retry.should_retry(Outcome::BackendTimeout),
            backoff: BackoffReport { min: written(retry.least_wait()), max: written(retry.longest_wait()) },
        }
    }
}

/// How many retries a backend takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BudgetReport {
    /// The XBackendTrafficPolicy, as `namespace/name`.
    pub policy: String,
    /// Retries for each 100 requests.
    pub percent: u32,
    /// The time over which both are counted; `null` when what is under way is counted.
    pub interval: Option<String>,
    /// Retries that are always allowed.
    pub min_retry_rate: RateReport,
}

/// A number in a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RateReport {
    /// How many.
    pub count: u32,
    /// In which time.
    pub interval: String,
}

impl From<Budget<'_>> for BudgetReport {
    fn from(budget: Budget<'_>) -> Self {
        let limits = budget.limits;
        Self {
            policy: budget.policy.to_string(),
            percent: limits.percent,
            interval: (budget.counting == BudgetCounting::Window).then(|| written(limits.interval)),
            min_retry_rate: RateReport { count: limits.min_count, interval: written(limits.min_interval) },
        }
    }
}

/// The session that a request belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionReport {
    /// `Cookie` or `Header`.
    pub r#type: String,
    /// Name of the cookie or header.
    pub name: String,
    /// The XBackendTrafficPolicy that wants it, as `namespace/name`; left out when the rule does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// How long it lasts at most; `null` is without end.
    pub absolute_timeout: Option<String>,
    /// Attributes of the cookie; left out for a header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cookie: Option<CookieReport>,
}

/// Attributes of a session's cookie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CookieReport {
    /// `Path`; `null` is none.
    pub path: Option<String>,
    /// `Max-Age` in seconds; `null` is none.
    pub max_age: Option<u64>,
    /// Whether it is for HTTPS alone.
    pub secure: bool,
}

impl From<Session<'_>> for SessionReport {
    fn from(session: Session<'_>) -> Self {
        let is_header = session.carrier == SessionCarrier::Header;
        Self {
            r#type: if is_header { "Header" } else { "Cookie" }.to_string(),
            name: session.name().to_string(),
            policy: session.policy.map(ToString::to_string),
            absolute_timeout: session.absolute_timeout().map(written),
            cookie: (!is_header).then(|| CookieReport {
                path: session.cookie_path().map(ToString::to_string),
                max_age: session.max_age(),
                secure: session.is_secure(),
            }),
        }
    }
}
