//! Conditions of Gateways (ATT-085, ATT-090..113, ATT-204).

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use crate::attach::{
    ClientCertificate, GatewayNode, GatewayRefusal, Graph, ListenerNode, ListenerOwner, ListenerRefusal,
};
use crate::key::ObjectKey;
use crate::model::{Condition, ConditionStatus, GatewayStatus, ObjectKind};
use crate::profile::{Feature, Profile};
use crate::status::conditions::{condition, holds, refused, refused_for, truth, unreconciled};
use crate::status::listener::listener_status;
use crate::status::reasons;
use crate::status::words::{
    Advice, address_advice, address_refusal_advice, client_certificate_advice, parameters_advice,
};

pub(crate) fn gateway_status(graph: &Graph, index: usize, profile: &Profile) -> GatewayStatus {
    let gateway = &graph.gateways[index];
    let metadata = &gateway.object.metadata;
    if !gateway.is_owned() {
        return gateway.object.status.clone().unwrap_or_else(|| GatewayStatus {
            conditions: Some(unreconciled(metadata)),
            ..GatewayStatus::default()
        });
    }
    let mut conditions = vec![accepted(gateway), programmed(gateway), resolved(gateway)];
    conditions.extend(insecure(gateway));
    conditions.extend(default_gateway(gateway));
    let serving = gateway.is_accepted() && gateway.addresses.problems.is_empty();
    let owner = ListenerOwner::Gateway(index);
    let status =
        |(index, listener)| listener_status(metadata, listener, graph.attached_routes(owner, index), serving);
    let addresses = &gateway.addresses.bound;
    let sets = graph.attached_listener_sets(index);
    GatewayStatus {
        addresses: (gateway.is_accepted() && !addresses.is_empty()).then(|| addresses.clone()),
        conditions: Some(conditions),
        listeners: Some(gateway.listeners.iter().enumerate().map(status).collect()),
        attached_listener_sets: profile
            .supports(Feature::ListenerSet)
            .then(|| i32::try_from(sets).unwrap_or(i32::MAX)),
    }
}

fn accepted(gateway: &GatewayNode) -> Condition {
    let metadata = &gateway.object.metadata;
    let kind = reasons::ACCEPTED;
    match &gateway.refusal {
        Some(GatewayRefusal::Parameters(problem)) => {
            return refused(metadata, kind, &parameters_advice("spec.infrastructure.parametersRef", problem));
        }
        Some(GatewayRefusal::Address(refusal)) => {
            return refused(metadata, kind, &address_refusal_advice(refusal));
        }
        None => {}
    }
    let (good, bad): (Vec<_>, Vec<_>) = gateway.listeners.iter().partition(|listener| listener.is_accepted());
    if bad.is_empty() && !good.is_empty() {
        return holds(metadata, kind, "every listener is valid");
    }
    // ATT-091, ATT-092, ATT-111
    let in_conflict =
        |listener: &&ListenerNode| matches!(listener.refusal, Some(ListenerRefusal::Conflict(_)));
    let conflicted: Vec<_> = bad.iter().copied().filter(in_conflict).collect();
    let mut message = format!("valid listeners: {}; not valid: {}", names(&good), names(&bad));
    if !conflicted.is_empty() {
        message = format!("{message}; in conflict: {}", names(&conflicted));
    }
    condition(metadata, kind, truth(!good.is_empty()), reasons::LISTENERS_NOT_VALID, message)
}

fn names(listeners: &[&ListenerNode]) -> String {
    if listeners.is_empty() {
        return "none".to_string();
    }
    listeners.iter().map(|listener| listener.key.section.as_str()).collect::<Vec<_>>().join(", ")
}

fn programmed(gateway: &GatewayNode) -> Condition {
    let metadata = &gateway.object.metadata;
    let kind = reasons::PROGRAMMED;
    let not = |message: &str| condition(metadata, kind, ConditionStatus::False, reasons::INVALID, message);
    if !gateway.is_accepted() {
        return not("the Gateway is not accepted");
    }
    let mut problems: Vec<_> = gateway.addresses.problems.iter().map(address_advice).collect();
    // What can never be had is told before what may still come.
    problems.sort_by_key(|advice| advice.reason != reasons::ADDRESS_NOT_USABLE);
    if let Some(first) = problems.first() {
        return refused_for(metadata, kind, first.reason, &problems);
    }
    if gateway.is_programmed() {
        holds(metadata, kind, "the configuration is ready")
    } else {
        not("no listener can serve; see the conditions of the listeners")
    }
}

/// One reason for all that does not resolve: permission first, then the certificate towards backends,
/// then the listeners. Never changes Accepted or Programmed (ATT-110).
fn resolved(gateway: &GatewayNode) -> Condition {
    let metadata = &gateway.object.metadata;
    let kind = reasons::RESOLVED_REFS;
    let owner =
        ObjectKey::new(ObjectKind::Gateway, gateway.name.namespace.clone(), gateway.name.name.clone());
    let client = |certificate: &ClientCertificate| client_certificate_advice(&owner, certificate);
    let mut problems: Vec<_> = gateway.client_certificate.iter().filter_map(client).collect();
    let unresolved: Vec<_> = gateway.listeners.iter().filter(|listener| !listener.is_resolved()).collect();
    if !unresolved.is_empty() {
        problems.push(Advice {
            reason: reasons::LISTENERS_NOT_RESOLVED,
            path: "spec.listeners".to_string(),
            message: format!("listeners with unresolved references: {}", names(&unresolved)),
            remedy: "see the conditions of the listeners".to_string(),
        });
    }
    match problems.first() {
        None => holds(metadata, kind, "every reference is resolved"),
        Some(first) => refused_for(metadata, kind, first.reason, &problems),
    }
}

/// ATT-085: only there when true.
fn insecure(gateway: &GatewayNode) -> Option<Condition> {
    let validation = gateway.frontend.insecure()?;
    let message = format!(
        "{}.mode: AllowInsecureFallback lets clients in whose certificates are missing or invalid",
        validation.path
    );
    Some(condition(
        &gateway.object.metadata,
        reasons::INSECURE_FRONTEND_VALIDATION_MODE,
        ConditionStatus::True,
        reasons::CONFIGURATION_CHANGED,
        message,
    ))
}

/// ATT-204: only there when true.
fn default_gateway(gateway: &GatewayNode) -> Option<Condition> {
    let message = "Gateway has default scope All";
    gateway.is_default.then(|| holds(&gateway.object.metadata, reasons::DEFAULT_GATEWAY, message))
}
