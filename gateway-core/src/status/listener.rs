//! Conditions of listeners, of Gateways and ListenerSets alike (ATT-050..079).

use alloc::format;
use alloc::vec::Vec;

use crate::attach::{ListenerNode, ListenerRefusal};
use crate::model::{Condition, ConditionStatus, ListenerStatus, ObjectMeta};
use crate::status::conditions::{condition, refused};
use crate::status::reasons;
use crate::status::words::{Advice, certificate_advice, kinds_advice, listener_advice};

pub(crate) fn listener_status(metadata: &ObjectMeta, listener: &ListenerNode) -> ListenerStatus {
    let refusal = listener_advice(listener);
    let mut conditions = Vec::new();
    conditions.push(match &refusal {
        Some(advice) => refused(metadata, reasons::ACCEPTED, advice),
        None => condition(
            metadata,
            reasons::ACCEPTED,
            ConditionStatus::True,
            reasons::ACCEPTED,
            "the listener is valid",
        ),
    });
    conditions.push(if listener.is_programmed() {
        condition(
            metadata,
            reasons::PROGRAMMED,
            ConditionStatus::True,
            reasons::PROGRAMMED,
            "the listener is ready",
        )
    } else {
        let message =
            if refusal.is_some() { "the listener is not accepted" } else { "a certificate cannot be used" };
        condition(metadata, reasons::PROGRAMMED, ConditionStatus::False, reasons::INVALID, message)
    });
    conditions.push(listener_resolved(metadata, listener));
    if let (Some(ListenerRefusal::Conflict(_)), Some(advice)) = (&listener.refusal, &refusal) {
        conditions.push(condition(
            metadata,
            reasons::CONFLICTED,
            ConditionStatus::True,
            advice.reason,
            advice.message.clone(),
        ));
    }
    if !listener.overlaps.is_empty() {
        let message = format!(
            "hostname {} overlaps with listener {} on the same port",
            listener.hostname,
            listener.overlaps.join(", ")
        );
        let kind = reasons::OVERLAPPING_TLS_CONFIG;
        conditions.push(condition(
            metadata,
            kind,
            ConditionStatus::True,
            reasons::OVERLAPPING_HOSTNAMES,
            message,
        ));
    }
    ListenerStatus {
        name: listener.spec.name.clone(),
        supported_kinds: Some(listener.kinds.supported.clone()),
        attached_routes: i32::try_from(listener.attached_routes).unwrap_or(i32::MAX),
        conditions,
    }
}

/// One reason for all that does not resolve: permission first, then certificates, then kinds (AMBIG-13).
fn listener_resolved(metadata: &ObjectMeta, listener: &ListenerNode) -> Condition {
    let certificates =
        listener.certificates.problems.iter().map(|problem| certificate_advice(listener, problem));
    let mut problems: Vec<_> = certificates.chain(kinds_advice(listener)).collect();
    let order = [reasons::REF_NOT_PERMITTED, reasons::INVALID_CERTIFICATE_REF, reasons::INVALID_ROUTE_KINDS];
    problems.sort_by_key(|advice| order.iter().position(|reason| *reason == advice.reason));
    let Some(first) = problems.first() else {
        return condition(
            metadata,
            reasons::RESOLVED_REFS,
            ConditionStatus::True,
            reasons::RESOLVED_REFS,
            "every reference is resolved",
        );
    };
    let messages: Vec<_> = problems.iter().map(Advice::sentence).collect();
    condition(metadata, reasons::RESOLVED_REFS, ConditionStatus::False, first.reason, messages.join(". "))
}
