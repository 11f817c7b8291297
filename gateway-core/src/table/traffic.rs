//! How long requests may take, when they are tried again, and how clients stay with a backend: what
//! Routes and XBackendTrafficPolicies write, read once.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::time::Duration;

use crate::attach::TrafficPolicyNode;
use crate::key::NamespacedName;
use crate::model::{
    CookieLifetimeType, GatewayDuration, HttpRouteRetry, HttpRouteTimeouts, RetryConstraint,
    SessionPersistence, SessionPersistenceType,
};
use crate::profile::{Feature, Profile};

/// Timeouts of a rule. `None` is not stated: the data plane's own default holds. Zero is no limit
/// (FILT-122).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timeouts {
    /// For the whole transaction with the client, all tries and filters included (FILT-120, FILT-125).
    pub request: Option<Duration>,
    /// For each try at a backend (FILT-121).
    pub backend_request: Option<Duration>,
}

impl From<&HttpRouteTimeouts> for Timeouts {
    fn from(spec: &HttpRouteTimeouts) -> Self {
        Self { request: read(spec.request.as_ref()), backend_request: read(spec.backend_request.as_ref()) }
    }
}

/// When the requests of a rule are tried again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retries {
    /// How often after the first try, at most; `None` is not stated (FILT-130).
    pub attempts: Option<u32>,
    /// Statuses of a backend that are worth another try, sorted (FILT-131).
    pub codes: Vec<u16>,
    /// The least wait before another try; `None` is not stated (FILT-133).
    pub backoff: Option<Duration>,
    /// Whether connection errors are worth another try (FILT-132).
    pub connection_errors: bool,
    /// Whether a try that met its `backendRequest` timeout is worth another one (FILT-132).
    pub backend_timeouts: bool,
}

impl Retries {
    pub(super) fn new(spec: &HttpRouteRetry, profile: &Profile) -> Self {
        let codes = spec.codes.iter().flatten().filter_map(|code| u16::try_from(*code).ok());
        let mut codes: Vec<_> = codes.collect();
        codes.sort_unstable();
        codes.dedup();
        Self {
            attempts: spec.attempts.map(|attempts| u32::try_from(attempts.max(0)).unwrap_or(u32::MAX)),
            codes,
            backoff: read(spec.backoff.as_ref()),
            connection_errors: profile.supports(Feature::HttpRouteRetryConnectionError),
            backend_timeouts: profile.supports(Feature::HttpRouteRetryBackendTimeout),
        }
    }
}

/// How many retries a backend takes (FILT-138).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryBudget {
    /// Retries for each 100 requests.
    pub percent: u32,
    /// The time over which both are counted.
    pub interval: Duration,
    /// Retries that are always allowed in [`Self::min_interval`].
    pub min_count: u32,
    /// The time in which [`Self::min_count`] is counted.
    pub min_interval: Duration,
}

impl From<&RetryConstraint> for RetryBudget {
    fn from(spec: &RetryConstraint) -> Self {
        let budget = spec.budget();
        let rate = spec.min_retry_rate();
        Self {
            percent: u32::try_from(budget.percent()).unwrap_or(0),
            interval: read(Some(&GatewayDuration::from(budget.interval()))).unwrap_or_default(),
            // MODEL-XBTP-06: the schema has no default for a part; the one of the whole stands in.
            min_count: u32::try_from(rate.count.unwrap_or(10)).unwrap_or(0),
            min_interval: read(rate.interval.as_ref()).unwrap_or(Duration::from_secs(1)),
        }
    }
}

/// How clients stay with a backend (FILT-180..190).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sessions {
    /// What carries the token of a session.
    pub carrier: SessionCarrier,
    /// Name of the cookie or header; `None` asks for a generated one (FILT-183).
    pub name: Option<String>,
    /// How long a session lasts at most; `None` is without end (FILT-185).
    pub absolute_timeout: Option<Duration>,
}

/// What carries the token of a session (FILT-183).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionCarrier {
    /// A cookie that the client forgets with its own session (FILT-184).
    SessionCookie,
    /// A cookie that the client keeps until the absolute timeout (FILT-184).
    PermanentCookie,
    /// A header.
    Header,
}

impl From<&SessionPersistence> for Sessions {
    fn from(spec: &SessionPersistence) -> Self {
        let carrier = match (spec.persistence_type(), spec.lifetime_type()) {
            (SessionPersistenceType::Header, _) => SessionCarrier::Header,
            (_, CookieLifetimeType::Permanent) => SessionCarrier::PermanentCookie,
            _ => SessionCarrier::SessionCookie,
        };
        // A name that neither a cookie nor a header can have is as good as none.
        let name = spec.session_name.clone().filter(|name| is_token(name));
        Self { carrier, name, absolute_timeout: read(spec.absolute_timeout.as_ref()) }
    }
}

/// What an XBackendTrafficPolicy says of a backend (ATT-246).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackendTraffic {
    /// The policy.
    pub policy: NamespacedName,
    /// How many retries it takes; `None` is not limited.
    pub retry_budget: Option<RetryBudget>,
    /// How its clients stay with an endpoint; a rule's own word overrides it (FILT-180).
    pub sessions: Option<Sessions>,
}

impl From<&TrafficPolicyNode> for BackendTraffic {
    fn from(node: &TrafficPolicyNode) -> Self {
        let spec = &node.object.spec;
        Self {
            policy: node.name.clone(),
            retry_budget: spec.retry_constraint.as_ref().map(Into::into),
            sessions: spec.session_persistence.as_ref().map(Into::into),
        }
    }
}

/// RFC 9110, 5.6.2: what names of headers and cookies are made of.
fn is_token(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(letter)
}

/// `attach` drops rules and policies with a duration that cannot be read.
fn read(duration: Option<&GatewayDuration>) -> Option<Duration> {
    duration?.parse().ok()
}

/// A length of time as it is written (GEP-2257).
pub(crate) fn written(duration: Duration) -> String {
    GatewayDuration::canonical(duration).unwrap_or_else(|_| "99999h59m59s999ms".to_string())
}
