//! Conditions of Gateways (ATT-090..113).

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use crate::attach::{GatewayNode, GatewayRefusal, ListenerNode};
use crate::model::{Condition, ConditionStatus, GatewayStatus, GatewayStatusAddress, ObjectMeta};
use crate::profile::Profile;
use crate::status::conditions::{condition, refused, truth};
use crate::status::listener::listener_status;
use crate::status::reasons;
use crate::status::words::{Advice, parameters_advice};

pub(crate) fn gateway_status(gateway: &GatewayNode, profile: &Profile) -> GatewayStatus {
    let metadata = &gateway.object.metadata;
    if !gateway.is_owned() {
        return gateway.object.status.clone().unwrap_or_else(|| unreconciled(metadata));
    }
    let accepted = accepted(gateway);
    let programmed = if !gateway.is_accepted() {
        let message = "the Gateway is not accepted";
        condition(metadata, reasons::PROGRAMMED, ConditionStatus::False, reasons::INVALID, message)
    } else if gateway.listeners.iter().any(ListenerNode::is_programmed) {
        condition(
            metadata,
            reasons::PROGRAMMED,
            ConditionStatus::True,
            reasons::PROGRAMMED,
            "the configuration is ready",
        )
    } else {
        let message = "no listener can serve; see the conditions of the listeners";
        condition(metadata, reasons::PROGRAMMED, ConditionStatus::False, reasons::INVALID, message)
    };
    GatewayStatus {
        addresses: addresses(gateway, profile),
        conditions: Some(vec![accepted, programmed, resolved(gateway)]),
        listeners: Some(
            gateway.listeners.iter().map(|listener| listener_status(metadata, listener)).collect(),
        ),
        attached_listener_sets: None,
    }
}

/// What the API server writes before any controller has (MODEL-R11).
fn unreconciled(metadata: &ObjectMeta) -> GatewayStatus {
    let pending = |kind| {
        let mut pending =
            condition(metadata, kind, ConditionStatus::Unknown, reasons::PENDING, "Waiting for controller");
        pending.observed_generation = None;
        pending
    };
    GatewayStatus {
        conditions: Some(vec![pending(reasons::ACCEPTED), pending(reasons::PROGRAMMED)]),
        ..GatewayStatus::default()
    }
}

fn accepted(gateway: &GatewayNode) -> Condition {
    let metadata = &gateway.object.metadata;
    match &gateway.refusal {
        Some(GatewayRefusal::Parameters(problem)) => {
            return refused(
                metadata,
                reasons::ACCEPTED,
                &parameters_advice("spec.infrastructure.parametersRef", problem),
            );
        }
        Some(GatewayRefusal::UnsupportedAddress { index, found }) => {
            let advice = Advice {
                reason: reasons::UNSUPPORTED_ADDRESS,
                path: format!("spec.addresses[{index}].type"),
                message: format!("address type `{found}` is not supported"),
                remedy: "use IPAddress or Hostname".to_string(),
            };
            return refused(metadata, reasons::ACCEPTED, &advice);
        }
        None => {}
    }
    let (good, bad): (Vec<_>, Vec<_>) = gateway.listeners.iter().partition(|listener| listener.is_accepted());
    let names = |listeners: &[&ListenerNode]| -> String {
        listeners.iter().map(|listener| listener.key.section.as_str()).collect::<Vec<_>>().join(", ")
    };
    if bad.is_empty() && !good.is_empty() {
        return condition(
            metadata,
            reasons::ACCEPTED,
            ConditionStatus::True,
            reasons::ACCEPTED,
            "every listener is valid",
        );
    }
    // ATT-091, ATT-092, ATT-111
    let message = format!("valid listeners: {}; not valid: {}", or_none(names(&good)), or_none(names(&bad)));
    condition(metadata, reasons::ACCEPTED, truth(!good.is_empty()), reasons::LISTENERS_NOT_VALID, message)
}

fn or_none(text: String) -> String {
    if text.is_empty() { "none".to_string() } else { text }
}

fn resolved(gateway: &GatewayNode) -> Condition {
    let metadata = &gateway.object.metadata;
    let unresolved: Vec<_> = gateway
        .listeners
        .iter()
        .filter(|listener| !listener.is_resolved())
        .map(|listener| listener.key.section.as_str())
        .collect();
    if unresolved.is_empty() {
        return condition(
            metadata,
            reasons::RESOLVED_REFS,
            ConditionStatus::True,
            reasons::RESOLVED_REFS,
            "every reference is resolved",
        );
    }
    let message = format!("listeners with unresolved references: {}", unresolved.join(", "));
    condition(
        metadata,
        reasons::RESOLVED_REFS,
        ConditionStatus::False,
        reasons::LISTENERS_NOT_RESOLVED,
        message,
    )
}

fn addresses(gateway: &GatewayNode, profile: &Profile) -> Option<Vec<GatewayStatusAddress>> {
    if !gateway.is_accepted() {
        return None;
    }
    let requested =
        gateway.object.spec.addresses.iter().flatten().filter(|address| !address.value().is_empty());
    let mut addresses: Vec<_> = requested
        .map(|address| GatewayStatusAddress {
            r#type: Some(address.address_type().into()),
            value: address.value().to_string(),
        })
        .collect();
    if addresses.is_empty() {
        addresses.clone_from(&profile.addresses);
    }
    (!addresses.is_empty()).then_some(addresses)
}
