//! HTTPRoute: routing of HTTP requests (MODEL-K04).

use alloc::borrow::Cow;
use alloc::vec;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::backend_references::backend_reference;
use super::metadata::or_default;
use super::{
    GatewayDuration, Group, Hostname, HttpRouteFilter, HttpRouteMatch, Kind, NamespaceName, ObjectMeta,
    ObjectName, ParentReference, PortNumber, RouteStatus, SectionName, SessionPersistence,
    UseDefaultGateways, Version,
};

/// Which HTTP requests go where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpRoute {
    /// The served version it was written in.
    #[serde(skip)]
    pub version: Version,
    /// Name, namespace, labels and the rest of what every object has.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// What is wanted (MODEL-HR-01).
    pub spec: HttpRouteSpec,
    /// What became of it (MODEL-HR-20).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<RouteStatus>,
}

/// What is wanted of an HTTPRoute.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpRouteSpec {
    /// What it attaches to, at most 32 (MODEL-HR-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_refs: Option<Vec<ParentReference>>,
    /// Whether it attaches to default Gateways; experimental (MODEL-HR-19).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub use_default_gateways: Option<UseDefaultGateways>,
    /// Hosts it serves, at most 16; none means those of the listener (MODEL-HR-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostnames: Option<Vec<Hostname>>,
    /// Its rules, 1 to 16 (MODEL-HR-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Vec<HttpRouteRule>>,
}

impl HttpRouteSpec {
    /// The rules with their default: absent means one rule for every request (MODEL-R13).
    pub fn rules(&self) -> Cow<'_, [HttpRouteRule]> {
        match &self.rules {
            Some(rules) => Cow::Borrowed(rules),
            None => Cow::Owned(vec![HttpRouteRule::any()]),
        }
    }
}

/// Matches, what is done with what they take, and where it goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpRouteRule {
    /// Name, unique in the route (MODEL-HR-15).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<SectionName>,
    /// Any of them must hold, at most 64 (MODEL-HR-14).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matches: Option<Vec<HttpRouteMatch>>,
    /// Steps of processing, at most 16 (MODEL-HR-13).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filters: Option<Vec<HttpRouteFilter>>,
    /// Where requests go, at most 16 (MODEL-HR-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend_refs: Option<Vec<HttpBackendRef>>,
    /// How long it may take (MODEL-HR-18).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeouts: Option<HttpRouteTimeouts>,
    /// When to try again; experimental (MODEL-HR-16).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry: Option<HttpRouteRetry>,
    /// How a client stays with its backend; experimental (MODEL-HR-17).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_persistence: Option<SessionPersistence>,
}

impl HttpRouteRule {
    /// The matches with their default: absent means every request, as does an empty list (MODEL-R13).
    pub fn matches(&self) -> Cow<'_, [HttpRouteMatch]> {
        match &self.matches {
            Some(matches) => Cow::Borrowed(matches),
            None => Cow::Owned(vec![HttpRouteMatch::any()]),
        }
    }

    /// The rule that the API server writes where none is given (MODEL-R13).
    pub fn any() -> Self {
        Self { matches: Some(vec![HttpRouteMatch::any()]), ..Self::default() }
    }
}

/// A weighted backend of an HTTPRoute rule (MODEL-HR-05..12).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpBackendRef {
    /// API group; absent means core (MODEL-HR-07).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Kind; absent means `Service` (MODEL-HR-08).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Name (MODEL-HR-09).
    pub name: ObjectName,
    /// Namespace; absent means the route's (MODEL-HR-10).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<NamespaceName>,
    /// The Service's port, not the pod's; needed for a Service (MODEL-HR-11).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<PortNumber>,
    /// Share of the rule's traffic, 0 to 1000000; absent means 1 (MODEL-HR-12).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<i32>,
    /// Steps for requests to this backend, at most 16 (MODEL-HR-06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filters: Option<Vec<HttpRouteFilter>>,
}

backend_reference!(HttpBackendRef, weighted);

/// How long a request may take (MODEL-TO-01..02).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpRouteTimeouts {
    /// From the request's start to the answer's end; `0s` means no limit (MODEL-TO-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<GatewayDuration>,
    /// For one try at a backend; `0s` means no limit (MODEL-TO-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend_request: Option<GatewayDuration>,
}

/// When a request is tried again (MODEL-RT-01..03); experimental.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpRouteRetry {
    /// Backend statuses that are worth another try, 400 to 599 (MODEL-RT-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codes: Option<Vec<i32>>,
    /// How often after the first try, at least 1 (MODEL-RT-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempts: Option<i64>,
    /// Least wait before another try (MODEL-RT-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backoff: Option<GatewayDuration>,
}
