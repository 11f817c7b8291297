//! Conditions of Routes, one set for each parent (ATT-170..188).

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::attach::{Graph, ParentEdge, ParentNode, RouteNode, RuleNode, is_any_valid};
use crate::model::{
    Condition, ConditionStatus, ControllerName, Group, Kind, ParentReference, RouteParentStatus, RouteStatus,
};
use crate::status::conditions::{condition, refused};
use crate::status::reasons;
use crate::status::words::{Advice, backend_advice, extension_advice, rule_advice, stop_advice};

/// ATT-197: entries that a status holds.
const MOST_PARENTS: usize = 32;

pub(crate) fn route_status(graph: &Graph, route: &RouteNode) -> RouteStatus {
    let entry = |parent: &ParentNode| {
        let rules = route.rules_for(parent);
        let refusal = parent.refusal().map(|stop| stop_advice(graph, route, parent, stop));
        let mut conditions = vec![accepted(route, rules, refusal.as_ref()), resolved(route, rules)];
        if refusal.is_none() {
            conditions.extend(partially_invalid(route, rules));
        }
        Some(RouteParentStatus {
            parent_ref: written(&parent.reference),
            controller_name: controller(graph, parent)?.clone(),
            conditions,
        })
    };
    RouteStatus { parents: route.parents.iter().filter_map(entry).take(MOST_PARENTS).collect() }
}

/// ATT-140: a parent that is not ours gets no entry.
fn controller<'g>(graph: &'g Graph, parent: &'g ParentNode) -> Option<&'g ControllerName> {
    match &parent.edge {
        ParentEdge::Unresolved(_) => None,
        ParentEdge::Listeners { owner, .. } => graph.gateways[graph.gateway_of(*owner)?].controller(),
        ParentEdge::Service(binding) => Some(&binding.controller),
    }
}

/// ATT-151: the parentRef with its defaults.
fn written(reference: &ParentReference) -> ParentReference {
    ParentReference {
        group: Some(Group::from(reference.group())),
        kind: Some(Kind::from(reference.kind())),
        ..reference.clone()
    }
}

fn accepted(route: &RouteNode, rules: &[RuleNode], refusal: Option<&Advice>) -> Condition {
    let metadata = route.object.metadata();
    if let Some(advice) = refusal {
        return refused(metadata, reasons::ACCEPTED, advice);
    }
    if is_any_valid(rules) {
        return condition(
            metadata,
            reasons::ACCEPTED,
            ConditionStatus::True,
            reasons::ACCEPTED,
            "the Route is attached",
        );
    }
    // ATT-188: no rule can be carried out.
    let problems: Vec<_> = distinct(rules.iter().flat_map(|rule| &rule.problems).map(rule_advice));
    let reason = problems.first().map_or(reasons::UNSUPPORTED_VALUE, |advice| advice.reason);
    condition(metadata, reasons::ACCEPTED, ConditionStatus::False, reason, sentences(&problems))
}

fn partially_invalid(route: &RouteNode, rules: &[RuleNode]) -> Option<Condition> {
    let dropped: Vec<_> = rules.iter().filter_map(|rule| rule.problems.first()).map(rule_advice).collect();
    let first = dropped.first().filter(|_| is_any_valid(rules))?;
    // ATT-185: the message begins with these words.
    let message = format!("Dropped Rule: {}", sentences(&dropped));
    let metadata = route.object.metadata();
    Some(condition(metadata, reasons::PARTIALLY_INVALID, ConditionStatus::True, first.reason, message))
}

/// One reason for all that does not resolve, by precedence (ATT-187, AMBIG-13).
fn resolved(route: &RouteNode, rules: &[RuleNode]) -> Condition {
    let metadata = route.object.metadata();
    let backends = rules.iter().flat_map(RuleNode::edges).filter_map(|edge| backend_advice(&route.key, edge));
    let extensions = rules.iter().flat_map(|rule| &rule.extensions).map(extension_advice);
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

/// Without repetitions: a fault of the whole Route stands at every rule.
fn distinct(problems: impl Iterator<Item = Advice>) -> Vec<Advice> {
    let mut found: Vec<Advice> = Vec::new();
    for problem in problems {
        if !found.contains(&problem) {
            found.push(problem);
        }
    }
    found
}

fn sentences(problems: &[Advice]) -> String {
    let sentences: Vec<_> = problems.iter().map(Advice::sentence).collect();
    sentences.join(". ")
}
