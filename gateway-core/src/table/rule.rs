//! What a rule does, ready to be carried out.

use alloc::string::String;
use alloc::vec::Vec;

use crate::key::ObjectKey;
use crate::model::{GatewayDuration, HttpRouteRetry, SessionPersistence};
use crate::table::{Backend, Filter};

/// One rule of a Route.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The Route; in a mesh the Service, where no Route says anything (MATCH-92).
    pub route: ObjectKey,
    /// The rule's index in the Route.
    pub index: usize,
    /// The rule's name.
    pub name: Option<String>,
    /// Whether it lists matches; without any it takes every request, or every call (MATCH-30, MATCH-61).
    pub lists_matches: bool,
    /// Filters of the rule, in order.
    pub filters: Vec<Filter>,
    /// Backends, in order, with their own filters.
    pub backends: Vec<Backend>,
    /// Sum of all weights, of valid and invalid backends alike (FILT-100).
    pub total_weight: u64,
    /// `timeouts.request`, canonical.
    pub request_timeout: Option<String>,
    /// `timeouts.backendRequest`, canonical.
    pub backend_timeout: Option<String>,
    /// `retry`, as written.
    pub retry: Option<HttpRouteRetry>,
    /// `sessionPersistence`, as written.
    pub session_persistence: Option<SessionPersistence>,
}

impl Rule {
    /// A rule that only filters and forwards.
    pub(super) fn new(route: ObjectKey, index: usize, filters: Vec<Filter>, backends: Vec<Backend>) -> Self {
        Self {
            route,
            index,
            name: None,
            lists_matches: true,
            filters,
            total_weight: backends.iter().map(|backend| u64::from(backend.weight)).sum(),
            backends,
            request_timeout: None,
            backend_timeout: None,
            retry: None,
            session_persistence: None,
        }
    }
}

pub(super) fn canonical(duration: Option<&GatewayDuration>) -> Option<String> {
    GatewayDuration::canonical(duration?.parse().ok()?).ok()
}
