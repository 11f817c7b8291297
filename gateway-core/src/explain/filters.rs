//! What each filter did about a request, in the order in which they were asked.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use crate::act::{Decision, Forward, Reason, origin};
use crate::matching::RequestView;
use crate::table::{Backend, Filter, Mirror, Rule, Target};

/// A filter of the rule that matched, or of the backend that was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FilterExplanation {
    /// The field, such as `spec.rules[0].filters[1]`.
    pub path: String,
    /// Its type.
    pub filter: String,
    /// What it did, in words.
    pub outcome: String,
}

/// The filters that had a say: those of the rule, and those of the backend if it was drawn.
pub(super) fn explain(decision: &Decision<'_>, request: &impl RequestView) -> Vec<FilterExplanation> {
    let Some(rule) = decision.entry().map(|entry| &*entry.rule) else { return Vec::new() };
    let mut found = list(&format!("spec.rules[{}]", rule.index), &rule.filters, decision, request);
    if let Some((index, backend)) = decision.backend().and_then(|one| Some((position(rule, one)?, one))) {
        let path = format!("spec.rules[{}].backendRefs[{index}]", rule.index);
        found.extend(list(&path, &backend.filters, decision, request));
    }
    found
}

/// The backend's place in the list: the same object, for a list may hold equal ones.
fn position(rule: &Rule, backend: &Backend) -> Option<usize> {
    rule.backends.iter().position(|one| core::ptr::eq(one, backend))
}

fn list(
    path: &str,
    filters: &[Filter],
    decision: &Decision<'_>,
    request: &impl RequestView,
) -> Vec<FilterExplanation> {
    let one = |(index, filter): (usize, &Filter)| FilterExplanation {
        path: format!("{path}.filters[{index}]"),
        filter: filter.type_name().to_string(),
        outcome: outcome(filter, decision, request),
    };
    filters.iter().enumerate().map(one).collect()
}

fn outcome(filter: &Filter, decision: &Decision<'_>, request: &impl RequestView) -> String {
    let forward = match decision {
        Decision::Forward(forward) => Some(forward),
        Decision::Redirect(_) | Decision::Respond(_) => None,
    };
    match filter {
        Filter::Extension(extension) if extension.known => {
            let is_met = decision.extensions().any(|met| core::ptr::eq(met, extension.as_ref()));
            if is_met { "the data plane carries it out" } else { "not reached" }.to_string()
        }
        Filter::Extension(extension) => {
            format!("nobody here knows {}.{}/{}", extension.kind, extension.group, extension.name)
        }
        Filter::Unsupported(_) => "nobody here knows this type".to_string(),
        Filter::Redirect(redirect) => match decision {
            Decision::Redirect(taken) if core::ptr::eq(taken.filter, redirect.as_ref()) => {
                "answers".to_string()
            }
            _ => "not reached".to_string(),
        },
        Filter::Cors(cors) => match (decision, origin(request)) {
            (Decision::Respond(respond), _) if respond.reason == Reason::Preflight => {
                "answers the preflight".to_string()
            }
            (Decision::Respond(_), _) => "not reached".to_string(),
            (_, None) => "nothing to do: the request has no Origin".to_string(),
            (_, Some(origin)) if cors.allows(&origin) => format!("allows {origin}"),
            (_, Some(origin)) => format!("does not allow {origin}"),
        },
        Filter::ExternalAuth(auth) if !auth.target.valid => {
            format!("{} cannot be asked", name(&auth.target))
        }
        Filter::Mirror(mirror) => mirrored(mirror, forward),
        _ if forward.is_none() && !matches!(filter, Filter::ResponseHeaders(_)) => "not reached".to_string(),
        Filter::ExternalAuth(auth) => format!("asks {} first", name(&auth.target)),
        Filter::RequestHeaders(_) => "changes headers of the request".to_string(),
        Filter::ResponseHeaders(_) if matches!(decision, Decision::Respond(_)) => "not reached".to_string(),
        Filter::ResponseHeaders(_) => "changes headers of the response".to_string(),
        Filter::Rewrite(_) => "changes the request's target".to_string(),
    }
}

fn mirrored(mirror: &Mirror, forward: Option<&Forward<'_>>) -> String {
    let Some(forward) = forward else { return "not reached".to_string() };
    let name = name(&mirror.target);
    if forward.mirrors().any(|one| core::ptr::eq(one, mirror)) {
        format!("copied to {name}")
    } else if mirror.target.valid {
        format!("not drawn: {} of {} are copied to {name}", mirror.numerator, mirror.denominator)
    } else {
        format!("not copied: {name} cannot be used")
    }
}

fn name(target: &Target) -> String {
    let port = target.port.map(|port| format!(":{port}")).unwrap_or_default();
    format!("{} {}/{}{port}", target.kind, target.namespace, target.name)
}
