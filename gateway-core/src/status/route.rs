//! Conditions of Routes, one set for each parent (ATT-170..188).

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::attach::{Graph, ParentEdge, ParentNode, RouteNode};
use crate::model::{
    Condition, ConditionStatus, Group, Kind, ParentReference, RouteParentStatus, RouteStatus,
};
use crate::status::conditions::{condition, refused};
use crate::status::reasons;
use crate::status::words::{Advice, backend_advice, rule_advice, stop_advice};

pub(crate) fn route_status(graph: &Graph, route: &RouteNode) -> RouteStatus {
    let entry = |(index, parent): (usize, &ParentNode)| {
        // ATT-140: a parent that is not ours gets no entry.
        let ParentEdge::Listeners { owner, .. } = &parent.edge else { return None };
        let gateway = &graph.gateways[graph.gateway_of(*owner)?];
        let refusal = parent.refusal().map(|stop| stop_advice(graph, route, index, parent, stop));
        let mut conditions = vec![accepted(route, refusal.as_ref()), resolved(route)];
        if refusal.is_none() {
            conditions.extend(partially_invalid(route));
        }
        Some(RouteParentStatus {
            parent_ref: written(&parent.reference),
            controller_name: gateway.controller()?.clone(),
            conditions,
        })
    };
    RouteStatus { parents: route.parents.iter().enumerate().filter_map(entry).collect() }
}

/// ATT-151: the parentRef with its defaults.
fn written(reference: &ParentReference) -> ParentReference {
    ParentReference {
        group: Some(Group::from(reference.group())),
        kind: Some(Kind::from(reference.kind())),
        ..reference.clone()
    }
}

fn accepted(route: &RouteNode, refusal: Option<&Advice>) -> Condition {
    let metadata = route.object.metadata();
    if let Some(advice) = refusal {
        return refused(metadata, reasons::ACCEPTED, advice);
    }
    if route.has_valid_rule() {
        return condition(
            metadata,
            reasons::ACCEPTED,
            ConditionStatus::True,
            reasons::ACCEPTED,
            "the Route is attached",
        );
    }
    // ATT-188: no rule can be carried out.
    let problems: Vec<_> = route.rules.iter().flat_map(|rule| &rule.problems).map(rule_advice).collect();
    let reason = problems.first().map_or(reasons::UNSUPPORTED_VALUE, |advice| advice.reason);
    condition(metadata, reasons::ACCEPTED, ConditionStatus::False, reason, sentences(&problems))
}

fn partially_invalid(route: &RouteNode) -> Option<Condition> {
    let dropped = route.rules.iter().enumerate().filter(|(_, rule)| !rule.problems.is_empty());
    let dropped: Vec<_> = dropped.map(|(index, rule)| (index, rule_advice(&rule.problems[0]))).collect();
    if !route.has_valid_rule() || dropped.is_empty() {
        return None;
    }
    let problems: Vec<_> = dropped.iter().map(|(_, advice)| advice.clone()).collect();
    // ATT-185: the message begins with these words.
    let message = format!("Dropped Rule: {}", sentences(&problems));
    let metadata = route.object.metadata();
    Some(condition(metadata, reasons::PARTIALLY_INVALID, ConditionStatus::True, dropped[0].1.reason, message))
}

/// One reason for all that does not resolve, by precedence (ATT-187, AMBIG-13).
fn resolved(route: &RouteNode) -> Condition {
    let metadata = route.object.metadata();
    let backends = route.rules.iter().flat_map(|rule| rule.backends.iter().chain(&rule.mirrors));
    let backends = backends.filter_map(|edge| backend_advice(&route.key, edge));
    let extensions = route.rules.iter().flat_map(|rule| &rule.extensions).map(|extension| Advice {
        reason: reasons::INVALID_KIND,
        path: extension.path.clone(),
        message: format!(
            "filter {} is not known; requests of its rule are answered with 500",
            extension.target
        ),
        remedy: String::from("remove the filter, or use one that the controller knows"),
    });
    let mut problems: Vec<_> = backends.chain(extensions).collect();
    let order = [
        reasons::REF_NOT_PERMITTED,
        reasons::INVALID_KIND,
        reasons::BACKEND_NOT_FOUND,
        reasons::UNSUPPORTED_PROTOCOL,
    ];
    problems.sort_by_key(|advice| order.iter().position(|reason| *reason == advice.reason));
    match problems.first() {
        None => condition(
            metadata,
            reasons::RESOLVED_REFS,
            ConditionStatus::True,
            reasons::RESOLVED_REFS,
            "every reference is resolved",
        ),
        Some(first) => condition(
            metadata,
            reasons::RESOLVED_REFS,
            ConditionStatus::False,
            first.reason,
            sentences(&problems),
        ),
    }
}

fn sentences(problems: &[Advice]) -> String {
    let sentences: Vec<_> = problems.iter().map(Advice::sentence).collect();
    sentences.join(". ")
}
