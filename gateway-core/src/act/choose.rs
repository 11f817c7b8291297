//! Which backend, or which answer (FILT-100..113).

use crate::act::{Decision, Forward, Reason, Redirect, Respond};
use crate::model::{HttpRouteFilter, HttpRouteFilterType};
use crate::profile::{Choices, LoneZeroWeight};
use crate::table::{Backend, Entry, ListenerTable, Rule};

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

/// Answers with a status alone.
pub(crate) fn respond<'r>(
    reason: Reason,
    listener: Option<&'r ListenerTable>,
    entry: Option<&'r Entry>,
) -> Decision<'r> {
    Decision::Respond(Respond { status: reason.status(), reason, listener, entry })
}

/// Carries out an entry.
pub(crate) fn decide<'r>(
    listener: &'r ListenerTable,
    entry: &'r Entry,
    draw: Draw,
    choices: Choices,
) -> Decision<'r> {
    let refuse = |reason| respond(reason, Some(listener), Some(entry));
    let rule = &*entry.rule;
    if needs_extension(&rule.filters) {
        return refuse(Reason::UnsupportedFilter);
    }
    if let Some(redirect) = redirect(listener, entry, &rule.filters, choices) {
        return redirect;
    }
    let Some(backend) = drawn(rule, draw, choices) else { return refuse(Reason::NoBackends) };
    if !backend.valid {
        return refuse(Reason::InvalidBackend);
    }
    if needs_extension(&backend.filters) {
        return refuse(Reason::UnsupportedFilter);
    }
    // FILT-030: a backend's redirect fires only when that backend is chosen.
    if let Some(redirect) = redirect(listener, entry, &backend.filters, choices) {
        return redirect;
    }
    let mirror_draw = draw.0 / rule.total_weight.max(1);
    Decision::Forward(Forward { listener, entry, backend, mirror_draw, choices })
}

fn drawn(rule: &Rule, draw: Draw, choices: Choices) -> Option<&Backend> {
    if rule.total_weight == 0 {
        // AMBIG-47
        return match (choices.lone_zero_weight, rule.backends.as_slice()) {
            (LoneZeroWeight::AllTraffic, [only]) => Some(only),
            _ => None,
        };
    }
    let mut point = draw.0 % rule.total_weight;
    rule.backends.iter().find(|backend| {
        let weight = u64::from(backend.weight);
        let hit = point < weight;
        point = point.saturating_sub(weight);
        hit
    })
}

/// FEAT-R5, REF-42: a filter that is not carried out is never skipped. CORS and external authorization
/// are among them as yet.
fn needs_extension(filters: &[HttpRouteFilter]) -> bool {
    use HttpRouteFilterType as Type;
    filters.iter().any(|filter| {
        matches!(filter.r#type, Type::ExtensionRef | Type::Cors | Type::ExternalAuth | Type::Other(_))
    })
}

fn redirect<'r>(
    listener: &'r ListenerTable,
    entry: &'r Entry,
    filters: &'r [HttpRouteFilter],
    choices: Choices,
) -> Option<Decision<'r>> {
    let filter = filters.iter().find(|filter| filter.r#type == HttpRouteFilterType::RequestRedirect)?;
    Some(Decision::Redirect(Redirect { listener, entry, filter: filter.request_redirect.as_ref()?, choices }))
}
