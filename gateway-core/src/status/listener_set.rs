//! Conditions of ListenerSets (ATT-130..139).

use alloc::format;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use crate::attach::{GatewayNode, Graph, ListenerNode, ListenerOwner, ListenerSetNode, ListenerSetParent};
use crate::model::{Condition, ConditionStatus, ListenerSetStatus, ObjectMeta};
use crate::status::conditions::{condition, holds, refused, unreconciled};
use crate::status::listener::listener_status;
use crate::status::reasons;
use crate::status::words::Advice;

pub(crate) fn listener_set_status(graph: &Graph, slot: usize) -> ListenerSetStatus {
    let set = &graph.listener_sets[slot];
    let metadata = &set.object.metadata;
    match set.parent {
        // ATT-010, ATT-014
        ListenerSetParent::Unresolved(_) => set.object.status.clone().unwrap_or_else(|| ListenerSetStatus {
            conditions: Some(unreconciled(metadata)),
            listeners: None,
        }),
        // ATT-012: none of its listeners exists, so none has a status.
        ListenerSetParent::NotAllowed { .. } => {
            let advice = not_allowed(&set.name.namespace);
            let conditions =
                [reasons::ACCEPTED, reasons::PROGRAMMED].map(|kind| refused(metadata, kind, &advice));
            ListenerSetStatus { conditions: Some(conditions.into()), listeners: None }
        }
        ListenerSetParent::Gateway { gateway } => {
            let gateway = &graph.gateways[gateway];
            let serving = gateway.is_programmed();
            let owner = ListenerOwner::ListenerSet(slot);
            let status = |(index, listener)| {
                listener_status(metadata, listener, graph.attached_routes(owner, index), serving)
            };
            ListenerSetStatus {
                conditions: Some(vec![accepted(metadata, gateway, set), programmed(metadata, gateway, set)]),
                listeners: Some(set.listeners.iter().enumerate().map(status).collect()),
            }
        }
    }
}

fn not_allowed(namespace: &str) -> Advice {
    Advice {
        reason: reasons::NOT_ALLOWED,
        path: "spec.parentRef".to_string(),
        message: format!("the Gateway takes no ListenerSets from namespace {namespace}"),
        remedy: "ask the owner of the Gateway to allow the namespace in spec.allowedListeners".to_string(),
    }
}

fn accepted(metadata: &ObjectMeta, gateway: &GatewayNode, set: &ListenerSetNode) -> Condition {
    let kind = reasons::ACCEPTED;
    let not = |reason, message: &str| condition(metadata, kind, ConditionStatus::False, reason, message);
    if !gateway.is_accepted() {
        // ATT-013
        return not(reasons::PARENT_NOT_ACCEPTED, "spec.parentRef: the Gateway is not accepted");
    }
    let (good, bad): (Vec<_>, Vec<_>) = set.listeners.iter().partition(|listener| listener.is_programmed());
    if bad.is_empty() && !good.is_empty() {
        return holds(metadata, kind, "every listener is valid");
    }
    // ATT-131, ATT-132
    let names = |listeners: &[&ListenerNode]| {
        let names: Vec<_> = listeners.iter().map(|listener| listener.key.section.as_str()).collect();
        if names.is_empty() { "none".to_string() } else { names.join(", ") }
    };
    let message = format!("valid listeners: {}; not valid: {}", names(&good), names(&bad));
    let status = if good.is_empty() { ConditionStatus::False } else { ConditionStatus::True };
    condition(metadata, kind, status, reasons::LISTENERS_NOT_VALID, message)
}

fn programmed(metadata: &ObjectMeta, gateway: &GatewayNode, set: &ListenerSetNode) -> Condition {
    let kind = reasons::PROGRAMMED;
    let not = |reason, message: &str| condition(metadata, kind, ConditionStatus::False, reason, message);
    if gateway.is_accepted() && !set.has_valid_listener() {
        return not(
            reasons::LISTENERS_NOT_VALID,
            "no listener can serve; see the conditions of the listeners",
        );
    }
    if !gateway.is_programmed() {
        // ATT-013, AMBIG-12
        return not(reasons::PARENT_NOT_PROGRAMMED, "spec.parentRef: the Gateway is not programmed");
    }
    holds(metadata, kind, "the configuration is ready")
}
