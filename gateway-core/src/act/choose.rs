//! Which backend, or which answer (FILT-100..119).

use crate::act::{Decision, Forward, Reason, Redirect, Respond, cors};
use crate::attach::Endpoints;
use crate::matching::{RequestView, is_call};
use crate::model::{HttpRequestRedirectFilter, ObjectKind};
use crate::profile::{Choices, GrpcWithoutBackends, LoneZeroWeight, RetryTarget};
use crate::table::{Backend, Cors, Entry, Filter, ListenerTable, Rule};

/// 64 bits that the caller brings: from a random generator, a hash, or a counter. The same draw gives
/// the same choice on every platform.
///
/// Choices are digits of the draw: the backend is `draw mod total weight`, the rest divided by that
/// total serves the mirrors likewise. A counter therefore meets every share exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Draw(pub u64);

impl From<u64> for Draw {
    fn from(bits: u64) -> Self {
        Self(bits)
    }
}

/// Refuses a request that no rule took.
pub(crate) fn refuse<'r>(
    reason: Reason,
    listener: Option<&'r ListenerTable>,
    request: &impl RequestView,
) -> Decision<'r> {
    Decision::Respond(respond(reason, listener, None, request))
}

fn respond<'r>(
    reason: Reason,
    listener: Option<&'r ListenerTable>,
    entry: Option<&'r Entry>,
    request: &impl RequestView,
) -> Respond<'r> {
    let grpc_status = reason.grpc_status().filter(|_| is_answered_as_call(entry, request));
    Respond { status: reason.status(), reason, grpc_status, listener, entry, backend: None, cors: None }
}

/// MATCH-60: what a GRPCRoute took is a call, whatever it says of itself.
pub(super) fn is_answered_as_call(entry: Option<&Entry>, request: &impl RequestView) -> bool {
    entry.is_some_and(|entry| entry.rule.route.kind == ObjectKind::GrpcRoute) || is_call(request)
}

/// Carries out an entry.
pub(crate) fn decide<'r>(
    listener: &'r ListenerTable,
    entry: &'r Entry,
    request: &impl RequestView,
    draw: Draw,
    choices: Choices,
) -> Decision<'r> {
    if let Some([backend]) = entry.lone_backend.as_deref() {
        return Decision::Forward(Forward { listener, entry, backend, draw, choices });
    }
    carry_out((listener, entry), drawn(listener, &entry.rule, draw, choices), request, draw, choices)
}

/// The same decision at another backend of its rule, whatever its weight (FILT-181). What no rule took
/// stays as it is, as does a rule without that backend.
pub(crate) fn at_backend<'r>(
    decision: &Decision<'r>,
    index: usize,
    request: &impl RequestView,
    draw: Draw,
    choices: Choices,
) -> Decision<'r> {
    let Some((listener, entry)) = decision.listener().zip(decision.entry()) else { return *decision };
    let Some(backend) = entry.rule.backends.get(index) else { return *decision };
    carry_out((listener, entry), Some(backend), request, draw, choices)
}

/// The decision for a retry (AMBIG-51).
pub(crate) fn again<'r>(
    forward: &Forward<'r>,
    request: &impl RequestView,
    draw: Draw,
    choices: Choices,
) -> Decision<'r> {
    match choices.retry_target {
        RetryTarget::SameBackend => Decision::Forward(*forward),
        RetryTarget::NewDraw => decide(forward.listener, forward.entry, request, draw, choices),
    }
}

/// What answers first is the order of the steps here.
fn carry_out<'r>(
    (listener, entry): (&'r ListenerTable, &'r Entry),
    backend: Option<&'r Backend>,
    request: &impl RequestView,
    draw: Draw,
    choices: Choices,
) -> Decision<'r> {
    let rule = &*entry.rule;
    let forward = |backend| Decision::Forward(Forward { listener, entry, backend, draw, choices });
    if let Some(backend) = backend.filter(|_| rule.only_forwards) {
        return forward(backend);
    }
    let respond = |reason| respond(reason, Some(listener), Some(entry), request);
    let refuse = |reason, backend| Decision::Respond(Respond { backend, ..respond(reason) });
    let answer = |answer, backend| match answer {
        Answer::Refusal(reason) => refuse(reason, backend),
        Answer::Preflight(cors) => {
            Decision::Respond(Respond { backend, cors: Some(cors), ..respond(Reason::Preflight) })
        }
        Answer::Redirect(filter) => {
            Decision::Redirect(Redirect { listener, entry, backend, filter, choices })
        }
    };
    if let Some(found) = first_answer(&rule.filters, request) {
        return answer(found, None);
    }
    let Some(backend) = backend else {
        let mut respond = respond(Reason::NoBackends);
        let unimplemented = choices.grpc_without_backends == GrpcWithoutBackends::Unimplemented;
        if unimplemented && rule.backends.is_empty() && rule.route.kind == ObjectKind::GrpcRoute {
            // AMBIG-49: as if nobody took it.
            respond.grpc_status = Reason::NoMatchingRoute.grpc_status();
        }
        return Decision::Respond(respond);
    };
    if !backend.target.valid {
        return refuse(Reason::InvalidBackend, Some(backend));
    }
    // FILT-030: a backend's redirect fires only when that backend is chosen.
    if let Some(found) = first_answer(&backend.filters, request) {
        return answer(found, Some(backend));
    }
    if backend.target.endpoints == Endpoints::NoneReady {
        return refuse(Reason::NoEndpoints, Some(backend));
    }
    forward(backend)
}

pub(super) fn drawn<'r>(
    listener: &'r ListenerTable,
    rule: &'r Rule,
    draw: Draw,
    choices: Choices,
) -> Option<&'r Backend> {
    if rule.backends.is_empty() {
        // MATCH-95, AMBIG-31
        return listener.service.as_ref();
    }
    if rule.total_weight == 0 {
        // AMBIG-47
        return match (choices.lone_zero_weight, &*rule.backends) {
            (LoneZeroWeight::AllTraffic, [only]) => Some(only),
            _ => None,
        };
    }
    if let [only] = &*rule.backends {
        return Some(only);
    }
    let mut point = draw.0 % rule.total_weight;
    rule.backends.iter().find(|backend| {
        let weight = u64::from(backend.weight);
        let hit = point < weight;
        point = point.saturating_sub(weight);
        hit
    })
}

/// How a filter answers by itself.
enum Answer<'r> {
    Refusal(Reason),
    Preflight(&'r Cors),
    Redirect(&'r HttpRequestRedirectFilter),
}

/// What the filters of a list answer, if they do: one that nobody here can carry out wherever it stands
/// (REF-42), otherwise the first in the order of the list (FILT-004).
fn first_answer<'r>(filters: &'r [Filter], request: &impl RequestView) -> Option<Answer<'r>> {
    if filters.iter().any(Filter::is_unknown) {
        return Some(Answer::Refusal(Reason::UnsupportedFilter));
    }
    filters.iter().find_map(|filter| match filter {
        Filter::Redirect(redirect) => Some(Answer::Redirect(redirect)),
        Filter::Cors(cors) if cors::is_preflight(request) => Some(Answer::Preflight(cors)),
        Filter::ExternalAuth(auth) if !auth.target.valid => {
            Some(Answer::Refusal(Reason::InvalidExternalAuth))
        }
        _ => None,
    })
}
