//! What a rule does, ready to be carried out.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::key::ObjectKey;
use crate::model::{HttpRouteRetry, SessionPersistence};
use crate::table::{Backend, Filter, Retries, Sessions, Timeouts};

/// One rule of a Route.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The Route; in a mesh the Service, where no Route says anything (MATCH-92).
    pub route: Arc<ObjectKey>,
    /// The rule's index in the Route.
    pub index: usize,
    /// The rule's name.
    pub name: Option<String>,
    /// Whether it lists matches; without any it takes every request, or every call (MATCH-30, MATCH-61).
    pub lists_matches: bool,
    /// Filters of the rule, in order.
    pub filters: Vec<Filter>,
    /// Backends, in order, with their own filters.
    pub backends: Arc<[Backend]>,
    /// Sum of all weights, of valid and invalid backends alike (FILT-100).
    pub total_weight: u64,
    /// Whether every request goes to the backend that is drawn: all of them are ready, and no filter
    /// answers by itself. Then nothing of filters and backends is read to decide so.
    pub(crate) only_forwards: bool,
    /// How long it may take.
    pub timeouts: Timeouts,
    /// When requests are tried again.
    pub retries: Option<Box<Retries>>,
    /// How clients stay with their endpoint.
    pub sessions: Option<Box<Sessions>>,
    /// `retry`, as written.
    pub retry: Option<Box<HttpRouteRetry>>,
    /// `sessionPersistence`, as written.
    pub session_persistence: Option<Box<SessionPersistence>>,
}

impl Rule {
    /// A rule that takes everything, and only filters and forwards.
    pub(super) fn new(
        route: Arc<ObjectKey>,
        index: usize,
        filters: Vec<Filter>,
        backends: Vec<Backend>,
    ) -> Self {
        Self {
            route,
            index,
            name: None,
            lists_matches: false,
            only_forwards: !backends.is_empty()
                && !filters.iter().any(Filter::may_answer)
                && backends.iter().all(Backend::takes_all),
            filters,
            total_weight: backends.iter().map(|backend| u64::from(backend.weight)).sum(),
            backends: backends.into(),
            timeouts: Timeouts::default(),
            retries: None,
            sessions: None,
            retry: None,
            session_persistence: None,
        }
    }
    /// The rule's backends, where every request goes to the only one there is.
    pub(super) fn lone_backend(&self) -> Option<Arc<[Backend]>> {
        // AMBIG-47: without any weight the profile says who takes the request.
        let is_lone = self.only_forwards && self.total_weight > 0 && self.backends.len() == 1;
        is_lone.then(|| Arc::clone(&self.backends))
    }
}
