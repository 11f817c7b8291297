//! Conditions of policies, one set for each ancestor (ATT-220..246).

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use crate::attach::{BackendTlsPolicyNode, Graph, PolicyTarget, TrafficPolicyNode};
use crate::key::{NamespacedName, ObjectKey};
use crate::model::{
    Condition, ConditionStatus, Group, Kind, ObjectKind, ObjectMeta, ParentReference, PolicyAncestorStatus,
    PolicyStatus,
};
use crate::status::conditions::condition;
use crate::status::reasons;
use crate::status::words::{
    Advice, backend_authority_advice, target_advice, tls_policy_advice, value_advice,
};

/// ATT-197: entries that a status holds.
const MOST_ANCESTORS: usize = 16;

pub(crate) fn backend_tls_policy_status(graph: &Graph, policy: &BackendTlsPolicyNode) -> PolicyStatus {
    let metadata = &policy.object.metadata;
    let faults: Vec<_> =
        policy.fault.iter().map(|fault| tls_policy_advice("spec.validation", fault)).collect();
    let conditions = vec![accepted(metadata, &policy.targets, &faults), authorities(metadata, policy)];
    entries(graph, &policy.ancestors, &conditions)
}

pub(crate) fn traffic_policy_status(graph: &Graph, policy: &TrafficPolicyNode) -> PolicyStatus {
    let faults: Vec<_> = policy.faults.iter().map(value_advice).collect();
    let conditions = vec![accepted(&policy.object.metadata, &policy.targets, &faults)];
    entries(graph, &policy.ancestors, &conditions)
}

/// ATT-221: the same for each Gateway.
fn entries(graph: &Graph, ancestors: &[usize], conditions: &[Condition]) -> PolicyStatus {
    let entry = |gateway: &usize| {
        let gateway = &graph.gateways[*gateway];
        Some(PolicyAncestorStatus {
            ancestor_ref: gateway_reference(&gateway.name),
            controller_name: gateway.controller()?.clone(),
            conditions: conditions.to_vec(),
        })
    };
    PolicyStatus { ancestors: ancestors.iter().filter_map(entry).take(MOST_ANCESTORS).collect() }
}

/// A Gateway as the parent of a backend or the ancestor of a policy.
pub(super) fn gateway_reference(name: &NamespacedName) -> ParentReference {
    ParentReference {
        group: Some(Group::from(ObjectKind::Gateway.group())),
        kind: Some(Kind::from(ObjectKind::Gateway.kind())),
        namespace: Some(name.namespace.as_str().into()),
        name: name.name.as_str().into(),
        section_name: None,
        port: None,
    }
}

/// AMBIG-16: a policy is refused for its targets only when it has an effect on none of them.
fn accepted(metadata: &ObjectMeta, targets: &[PolicyTarget], faults: &[Advice]) -> Condition {
    let mut lost: Vec<_> = targets.iter().filter_map(target_advice).collect();
    let refused = if lost.len() == targets.len() {
        // Who lost a conflict has no effect whatever else is wrong.
        lost.sort_by_key(|advice| advice.reason != reasons::CONFLICTED);
        lost.iter().chain(faults).next()
    } else {
        faults.first()
    };
    let all = sentences(lost.iter().chain(faults));
    if let Some(advice) = refused {
        return condition(metadata, reasons::ACCEPTED, ConditionStatus::False, advice.reason, all);
    }
    let skipped: Vec<_> = targets.iter().filter_map(skipped_ports).collect();
    let mut message = "the policy is in effect".to_string();
    for part in [&all, &skipped.join(". ")].into_iter().filter(|part| !part.is_empty()) {
        message = format!("{message}. {part}");
    }
    condition(metadata, reasons::ACCEPTED, ConditionStatus::True, reasons::ACCEPTED, message)
}

/// ATT-229: a warning, not a refusal.
fn skipped_ports(target: &PolicyTarget) -> Option<String> {
    let ports = target.skipped_ports.join(", ");
    let counts = target.problem.is_none() && !ports.is_empty();
    counts.then(|| format!("{}: UDP ports of Service {} are left alone: {ports}", target.path, target.name))
}

/// ATT-226, ATT-227.
fn authorities(metadata: &ObjectMeta, policy: &BackendTlsPolicyNode) -> Condition {
    let name = &policy.name;
    let owner = ObjectKey::new(ObjectKind::BackendTlsPolicy, name.namespace.clone(), name.name.clone());
    let problems: Vec<_> = policy
        .authority_problems
        .iter()
        .map(|problem| backend_authority_advice(&owner, "spec.validation", problem))
        .collect();
    resolved(metadata, &problems)
}

/// ResolvedRefs, given what does not resolve; the first has the reason.
pub(super) fn resolved(metadata: &ObjectMeta, problems: &[Advice]) -> Condition {
    match problems.first() {
        None => condition(
            metadata,
            reasons::RESOLVED_REFS,
            ConditionStatus::True,
            reasons::RESOLVED_REFS,
            "every reference is resolved",
        ),
        Some(first) => {
            let message = sentences(problems.iter());
            condition(metadata, reasons::RESOLVED_REFS, ConditionStatus::False, first.reason, message)
        }
    }
}

fn sentences<'a>(problems: impl Iterator<Item = &'a Advice>) -> String {
    problems.map(Advice::sentence).collect::<Vec<_>>().join(". ")
}
