//! Listeners: refusals, certificates, kinds (ATT-050..069).

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::attach::{CertificateFault, CertificateProblem, ConflictKind, ListenerNode, ListenerRefusal};
use crate::status::reasons;
use crate::status::words::{Advice, grant_remedy};

pub(crate) fn listener_advice(listener: &ListenerNode) -> Option<Advice> {
    let path = format!("spec.listeners[{}]", listener.index);
    let advice = |reason, path: String, message, remedy| Some(Advice { reason, path, message, remedy });
    match listener.refusal.as_ref()? {
        ListenerRefusal::UnsupportedProtocol => advice(
            reasons::UNSUPPORTED_PROTOCOL,
            path + ".protocol",
            format!("protocol `{}` is not supported", listener.spec.protocol),
            "use HTTP, HTTPS, TLS, TCP or UDP".to_string(),
        ),
        ListenerRefusal::PortUnavailable => advice(
            reasons::PORT_UNAVAILABLE,
            path + ".port",
            format!("{} is not a port", listener.spec.port.0),
            "use a port from 1 to 65535".to_string(),
        ),
        ListenerRefusal::UnsupportedValue { path: field, value } => advice(
            reasons::UNSUPPORTED_VALUE,
            format!("{path}.{field}"),
            format!("`{value}` is not supported with protocol {}", listener.spec.protocol),
            "use mode Terminate, or protocol TLS for Passthrough".to_string(),
        ),
        ListenerRefusal::Conflict(conflict) => {
            let others = conflict.with.join(", ");
            let (reason, message) = match conflict.kind {
                ConflictKind::Hostname => (
                    reasons::HOSTNAME_CONFLICT,
                    format!(
                        "port {} and hostname {} are also those of listener {others}; none of them is used",
                        listener.spec.port.0, listener.hostname
                    ),
                ),
                ConflictKind::Protocol => (
                    reasons::PROTOCOL_CONFLICT,
                    format!(
                        "protocol {} cannot share port {} with listener {others}; none of them is used",
                        listener.spec.protocol, listener.spec.port.0
                    ),
                ),
            };
            advice(
                reason,
                path,
                message,
                format!("give listener {} another port or hostname than {others}", listener.key.section),
            )
        }
    }
}

pub(crate) fn certificate_advice(listener: &ListenerNode, problem: &CertificateProblem) -> Advice {
    let target = &problem.target;
    let mut path = format!("spec.listeners[{}].tls.certificateRefs", listener.index);
    if let Some(index) = problem.index {
        path = format!("{path}[{index}]");
    }
    let mut reason = reasons::INVALID_CERTIFICATE_REF;
    let (message, remedy) = match &problem.fault {
        CertificateFault::None => (
            "the listener ends TLS but names no certificate".to_string(),
            "add a certificateRef to a Secret of type kubernetes.io/tls".to_string(),
        ),
        CertificateFault::NotPermitted => {
            reason = reasons::REF_NOT_PERMITTED;
            let owner = &listener.key.owner;
            (
                format!("{target} is in another namespace and no ReferenceGrant there permits the reference"),
                grant_remedy(&problem.target_namespace, owner.kind, &owner.namespace, "Secret"),
            )
        }
        CertificateFault::UnsupportedKind => {
            (format!("{target} is not a core Secret"), "refer to a Secret of the core group".to_string())
        }
        CertificateFault::NotFound => (
            format!("{target} does not exist"),
            format!("create {target} with type kubernetes.io/tls, or correct the reference"),
        ),
        CertificateFault::WrongType { found } => {
            (format!("{target} has type {found}"), "use a Secret of type kubernetes.io/tls".to_string())
        }
        CertificateFault::MissingKey { key } => {
            (format!("{target} has no key {key}"), format!("add {key} to the Secret"))
        }
        CertificateFault::Malformed { key, reason } => {
            (format!("{key} of {target} cannot be read: {reason}"), format!("put PEM into {key}"))
        }
    };
    Advice { reason, path, message, remedy }
}

pub(crate) fn kinds_advice(listener: &ListenerNode) -> Option<Advice> {
    if listener.kinds.refused.is_empty() {
        return None;
    }
    let refused: Vec<_> =
        listener.kinds.refused.iter().map(|kind| format!("{}/{}", kind.group(), kind.kind)).collect();
    Some(Advice {
        reason: reasons::INVALID_ROUTE_KINDS,
        path: format!("spec.listeners[{}].allowedRoutes.kinds", listener.index),
        message: format!("{} cannot be used with protocol {}", refused.join(", "), listener.spec.protocol),
        remedy: "list only kinds that the protocol can carry, or leave the list out".to_string(),
    })
}
