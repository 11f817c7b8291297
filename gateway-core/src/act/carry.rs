//! What a data plane asks of a decision while it carries it out.

use crate::act::{Budget, Decision, Failure, FailureAnswer, Forward, Retry, Session};
use crate::matching::{RequestView, is_call};
use crate::model::ObjectKind;
use crate::profile::LostSession;
use crate::table::Timeouts;

impl<'r> Forward<'r> {
    /// How long it may take.
    pub fn timeouts(&self) -> Timeouts {
        self.entry.rule.timeouts
    }

    /// When the request is tried again; `None` when the rule says nothing of retries, or those of its
    /// method are not repeated (FILT-130..136, AMBIG-51).
    pub fn retry(&self, request: &impl RequestView) -> Option<Retry<'r>> {
        Retry::new(self.entry.rule.retries.as_ref()?, request, self.choices)
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
        let call = self.entry.rule.route.kind == ObjectKind::GrpcRoute || is_call(request);
        FailureAnswer {
            status: failure.status(self.choices),
            grpc_status: call.then(|| failure.grpc_status()),
        }
    }
}

impl<'r> Decision<'r> {
    /// The sessions that a request of the rule may belong to: that of the rule, or else one for each
    /// backend that a policy gives one, with the index of the backend. If one of them has a token in the
    /// request, the request is for the endpoint of that token ([`Router::stay`](crate::Router::stay)),
    /// whatever was drawn (FILT-181).
    pub fn sessions(&self) -> impl Iterator<Item = (Option<usize>, Session<'r>)> + use<'r> {
        let found = self.listener().zip(self.entry());
        found.into_iter().flat_map(|(listener, entry)| Session::all(listener, entry))
    }
}
