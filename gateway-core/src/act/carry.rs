//! What a data plane asks of a decision while it carries it out.

use crate::act::choose::is_answered_as_call;
use crate::act::{Budget, Decision, Failure, FailureAnswer, Forward, Reason, Respond, Retry, Session};
use crate::matching::RequestView;
use crate::profile::LostSession;
use crate::table::{Extension, Filter, Timeouts};

impl<'r> Forward<'r> {
    /// How long it may take.
    pub fn timeouts(&self) -> Timeouts {
        self.entry.rule.timeouts
    }

    /// When the request is tried again; `None` when the rule says nothing of retries, or those of its
    /// method are not repeated (FILT-130..136, AMBIG-51).
    pub fn retry(&self, request: &impl RequestView) -> Option<Retry<'r>> {
        Retry::new(self.entry.rule.retries.as_deref()?, request, self.choices)
    }

    /// How many retries the backend takes; `None` is not limited (FILT-138).
    pub fn retry_budget(&self) -> Option<Budget<'r>> {
        let traffic = self.backend.target.traffic.as_deref()?;
        let counting = self.choices.budget_counting;
        Some(Budget { policy: &traffic.policy, limits: traffic.retry_budget?, counting })
    }

    /// How the client stays with its endpoint, if it does (FILT-180..190). A request that brings no token
    /// is for the backend that was drawn, and its answer carries a token.
    pub fn session(&self) -> Option<Session<'r>> {
        Session::new(self.listener, self.entry, self.backend)
    }

    /// What the client is answered with when the endpoint of its session is gone; `None` when it gets
    /// another endpoint and a new token (FILT-187, AMBIG-68).
    pub fn lost_session(&self, request: &impl RequestView) -> Option<FailureAnswer> {
        let fails = self.choices.lost_session == LostSession::Fail;
        fails.then(|| self.failed(Failure::LostSession, request))
    }

    /// What the client is answered with when carrying it out fails (FILT-119).
    pub fn failed(&self, failure: Failure, request: &impl RequestView) -> FailureAnswer {
        let is_call = is_answered_as_call(Some(self.entry), request);
        FailureAnswer {
            status: failure.status(self.choices),
            grpc_status: is_call.then(|| failure.grpc_status()),
        }
    }
}

impl<'r> Decision<'r> {
    /// Filters of the data plane's own that the request meets before it is decided so, in the order of the
    /// list: of the rule, and of the backend that was drawn. One may answer in place of the decision.
    /// [`Forward::filters`] tells their places among the other filters (FILT-004).
    pub fn extensions(&self) -> impl Iterator<Item = &'r Extension> + use<'r> {
        let rule = self.entry().map_or(&[][..], |entry| &entry.rule.filters);
        let (of_rule, of_backend) = match self {
            Self::Forward(forward) => (rule, &forward.backend.filters[..]),
            Self::Redirect(redirect) => match redirect.backend {
                None => (before(rule, |filter| matches!(filter, Filter::Redirect(_))), &[][..]),
                Some(backend) => {
                    (rule, before(&backend.filters, |filter| matches!(filter, Filter::Redirect(_))))
                }
            },
            Self::Respond(respond) => match respond.backend {
                None => (before(rule, |filter| respond.stems_from(filter)), &[][..]),
                // Nobody gets so far as to its filters.
                Some(_) if respond.reason == Reason::InvalidBackend => (rule, &[][..]),
                Some(backend) => (rule, before(&backend.filters, |filter| respond.stems_from(filter))),
            },
        };
        of_rule.iter().chain(of_backend).filter_map(|filter| match filter {
            Filter::Extension(extension) => Some(&**extension),
            _ => None,
        })
    }

    /// The sessions that a request of the rule may belong to: that of the rule, or else one for each
    /// backend that a policy gives one, with the index of the backend. If one of them has a token in the
    /// request, the request is for the endpoint of that token ([`Router::stay`](crate::Router::stay)),
    /// whatever was drawn (FILT-181).
    pub fn sessions(&self) -> impl Iterator<Item = (Option<usize>, Session<'r>)> + use<'r> {
        let found = self.listener().zip(self.entry());
        found.into_iter().flat_map(|(listener, entry)| Session::all(listener, entry))
    }
}

/// The filters before the first that answers; all of them when none does.
fn before(filters: &[Filter], answers: impl Fn(&Filter) -> bool) -> &[Filter] {
    let end = filters.iter().position(answers).unwrap_or(filters.len());
    filters.get(..end).unwrap_or_default()
}

impl Respond<'_> {
    /// Whether a filter is what answers. One that nobody knows makes all others meaningless.
    fn stems_from(&self, filter: &Filter) -> bool {
        match (self.reason, filter) {
            (Reason::UnsupportedFilter, _) | (Reason::Preflight, Filter::Cors(_)) => true,
            (Reason::InvalidExternalAuth, Filter::ExternalAuth(auth)) => !auth.target.valid,
            _ => false,
        }
    }
}
