//! Conditions of listeners, of Gateways and ListenerSets alike (ATT-050..079).

use alloc::vec::Vec;

use crate::attach::{ListenerNode, ListenerRefusal};
use crate::model::{Condition, ConditionStatus, ListenerStatus, ObjectKind, ObjectMeta};
use crate::status::conditions::{condition, holds, refused, refused_for};
use crate::status::reasons;
use crate::status::words::{
    Advice, authority_advice, certificate_advice, kinds_advice, listener_advice, overlap_words,
};

/// The status of a listener; `attached` is how many Routes it has, `serving` is whether its Gateway is
/// programmed, as far as that does not depend on its listeners.
pub(crate) fn listener_status(
    metadata: &ObjectMeta,
    listener: &ListenerNode,
    attached: usize,
    serving: bool,
) -> ListenerStatus {
    let refusal = listener_advice(listener);
    let mut conditions = Vec::new();
    conditions.push(match &refusal {
        Some(advice) => refused(metadata, reasons::ACCEPTED, advice),
        None => holds(metadata, reasons::ACCEPTED, "the listener is valid"),
    });
    conditions.push(programmed(metadata, listener, refusal.as_ref(), serving));
    conditions.push(resolved(metadata, listener));
    if let (Some(ListenerRefusal::Conflict(_)), Some(advice)) = (&listener.refusal, &refusal) {
        let message = advice.message.clone();
        conditions.push(condition(
            metadata,
            reasons::CONFLICTED,
            ConditionStatus::True,
            advice.reason,
            message,
        ));
    }
    if let Some((reason, message)) = overlap_words(listener) {
        let kind = reasons::OVERLAPPING_TLS_CONFIG;
        conditions.push(condition(metadata, kind, ConditionStatus::True, reason, message));
    }
    // AMBIG-57: the type of a ListenerSet's listener leaves an empty list out.
    let kinds = &listener.kinds.supported;
    let written = is_of_gateway(listener) || !kinds.is_empty();
    ListenerStatus {
        name: listener.spec.name.clone(),
        supported_kinds: written.then(|| kinds.clone()),
        attached_routes: i32::try_from(attached).unwrap_or(i32::MAX),
        conditions,
    }
}

fn is_of_gateway(listener: &ListenerNode) -> bool {
    listener.key.owner.kind == ObjectKind::Gateway
}

fn programmed(
    metadata: &ObjectMeta,
    listener: &ListenerNode,
    refusal: Option<&Advice>,
    serving: bool,
) -> Condition {
    let (reason, message) = match refusal {
        Some(advice) => {
            // ATT-037, ATT-069: of ListenerSets these reasons stand on both conditions.
            let same = [
                reasons::HOSTNAME_CONFLICT,
                reasons::PROTOCOL_CONFLICT,
                reasons::LISTENER_CONFLICT,
                reasons::PORT_UNAVAILABLE,
            ];
            let same = !is_of_gateway(listener) && same.contains(&advice.reason);
            (if same { advice.reason } else { reasons::INVALID }, "the listener is not accepted")
        }
        None if !listener.is_programmed() => (reasons::INVALID, "a certificate cannot be used"),
        // ATT-003, ATT-068: a Gateway that does not serve has no configuration for its listeners.
        None if !serving => (reasons::PENDING, "waits for the Gateway, which is not programmed"),
        None => return holds(metadata, reasons::PROGRAMMED, "the listener is ready"),
    };
    condition(metadata, reasons::PROGRAMMED, ConditionStatus::False, reason, message)
}

/// One reason for all that does not resolve: permission first, then certificates, then kinds, then
/// authorities (AMBIG-13).
fn resolved(metadata: &ObjectMeta, listener: &ListenerNode) -> Condition {
    let certificates =
        listener.certificates.problems.iter().map(|problem| certificate_advice(listener, problem));
    let authorities = listener.client_validation.iter().flat_map(|validation| {
        validation.problems.iter().map(|problem| authority_advice(listener, validation, problem))
    });
    let mut problems: Vec<_> = certificates.chain(kinds_advice(listener)).chain(authorities).collect();
    let order = [reasons::REF_NOT_PERMITTED, reasons::INVALID_CERTIFICATE_REF, reasons::INVALID_ROUTE_KINDS];
    problems.sort_by_key(|advice| {
        order.iter().position(|reason| *reason == advice.reason).unwrap_or(order.len())
    });
    // A ListenerSet is not told which of its Gateway's authorities are wrong, so all read alike.
    problems.dedup();
    match problems.first() {
        None => holds(metadata, reasons::RESOLVED_REFS, "every reference is resolved"),
        Some(first) => refused_for(metadata, reasons::RESOLVED_REFS, first.reason, &problems),
    }
}
