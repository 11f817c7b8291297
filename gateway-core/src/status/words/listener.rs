//! Listeners: refusals, overlaps, kinds (ATT-050..071).

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::attach::{Conflict, ConflictKind, ListenerNode, ListenerRefusal, OtherListeners};
use crate::model::{FrontendValidationMode, ObjectKind};
use crate::status::reasons;
use crate::status::words::Advice;
use crate::status::words::certificate::parent_advice;

pub(crate) fn listener_advice(listener: &ListenerNode) -> Option<Advice> {
    let path = format!("spec.listeners[{}]", listener.index);
    let advice = |reason, path: String, message, remedy: &str| {
        Some(Advice { reason, path, message, remedy: remedy.to_string() })
    };
    match listener.refusal.as_ref()? {
        ListenerRefusal::UnsupportedProtocol => advice(
            reasons::UNSUPPORTED_PROTOCOL,
            path + ".protocol",
            format!("protocol `{}` is not supported", listener.spec.protocol),
            match listener.protocol {
                crate::attach::Protocol::Other => "use HTTP, HTTPS, TLS, TCP or UDP",
                _ => "use a protocol whose kinds of Route the controller implements",
            },
        ),
        ListenerRefusal::PortUnavailable => advice(
            reasons::PORT_UNAVAILABLE,
            path + ".port",
            format!("{} is not a port", listener.spec.port),
            "use a port from 1 to 65535",
        ),
        ListenerRefusal::UnsupportedValue { path: field, value } => advice(
            reasons::UNSUPPORTED_VALUE,
            format!("{path}.{field}"),
            format!("`{value}` is not supported with protocol {}", listener.spec.protocol),
            match listener.protocol {
                crate::attach::Protocol::Https => "use mode Terminate, or protocol TLS for Passthrough",
                _ => "use a mode that the controller supports with the protocol",
            },
        ),
        ListenerRefusal::NotAllowed => advice(
            reasons::NOT_ALLOWED,
            path,
            format!("the Gateway takes no ListenerSet from namespace {}", listener.key.owner.namespace),
            "ask the owner of the Gateway to allow the namespace in spec.allowedListeners",
        ),
        ListenerRefusal::TooMany { limit } => advice(
            reasons::TOO_MANY_LISTENERS,
            path,
            format!("the Gateway has {limit} listeners already, as many as the controller serves"),
            "remove listeners, or use another Gateway",
        ),
        ListenerRefusal::Conflict(conflict) => Some(conflict_advice(listener, conflict, path)),
        ListenerRefusal::UnsupportedValidation => Some(validation_advice(listener)),
        ListenerRefusal::NoCertificateAuthority => {
            let validation = listener.client_validation.as_ref();
            match validation.filter(|_| is_of_gateway(listener)) {
                None => Some(parent_advice(listener)),
                Some(validation) => advice(
                    reasons::NO_VALID_CA_CERTIFICATE,
                    format!("{}.caCertificateRefs", validation.path),
                    format!("no authority can be used to validate clients of port {}", listener.spec.port),
                    "refer to a ConfigMap with the authorities' certificates in key ca.crt",
                ),
            }
        }
    }
}

fn is_of_gateway(listener: &ListenerNode) -> bool {
    listener.key.owner.kind == ObjectKind::Gateway
}

fn conflict_advice(listener: &ListenerNode, conflict: &Conflict, path: String) -> Advice {
    let others = others(listener, &conflict.with);
    let port = listener.spec.port;
    let reason = match conflict.kind {
        ConflictKind::Hostname => reasons::HOSTNAME_CONFLICT,
        // The reason for both is one of ListenerSets alone (AMBIG-02).
        ConflictKind::Both if !is_of_gateway(listener) => reasons::LISTENER_CONFLICT,
        ConflictKind::Protocol | ConflictKind::Both => reasons::PROTOCOL_CONFLICT,
    };
    let outcome = if conflict.lost { "which comes first and is used" } else { "none of them is used" };
    let hostname = format!("port {port} and hostname {} are also those of {others}", listener.hostname);
    let protocol = format!("protocol {} cannot share port {port} with {others}", listener.spec.protocol);
    let what = match conflict.kind {
        ConflictKind::Hostname => hostname,
        _ if conflict.mixed_modes => {
            format!("TLS cannot both end on port {port} and pass through it, as it would with {others}")
        }
        ConflictKind::Protocol | ConflictKind::Both => protocol,
    };
    let separator = if conflict.lost { "," } else { ";" };
    Advice {
        reason,
        path,
        message: format!("{what}{separator} {outcome}"),
        remedy: format!(
            "give listener {} another port{}",
            listener.key.section,
            if conflict.kind == ConflictKind::Hostname { " or hostname" } else { "" }
        ),
    }
}

fn validation_advice(listener: &ListenerNode) -> Advice {
    use crate::attach::UnsupportedValidation::{Any, Mode};
    let reason = reasons::UNSUPPORTED_VALUE;
    let validation = listener.client_validation.as_ref().filter(|_| is_of_gateway(listener));
    let Some(validation) = validation else { return Advice { reason, ..parent_advice(listener) } };
    let (path, message, remedy) = match validation.unsupported {
        Some(Any) | None => (
            validation.path.clone(),
            "the controller cannot validate client certificates".to_string(),
            "remove the validation, or use a controller with feature GatewayFrontendClientCertificateValidation",
        ),
        Some(Mode) => (
            format!("{}.mode", validation.path),
            format!("mode `{}` is not supported", validation.mode),
            match validation.mode {
                FrontendValidationMode::AllowInsecureFallback => "use mode AllowValidOnly",
                _ => "use mode AllowValidOnly or AllowInsecureFallback",
            },
        ),
    };
    Advice { reason, path, message, remedy: remedy.to_string() }
}

/// Reason and message of `OverlappingTLSConfig`; certificates before hostnames (ATT-071).
pub(crate) fn overlap_words(listener: &ListenerNode) -> Option<(&'static str, String)> {
    let overlap = listener.overlap.as_ref()?;
    Some(if overlap.certificates.is_empty() {
        let others = others(listener, &overlap.hostnames);
        let message = format!("hostname {} overlaps with {others} on the same port", listener.hostname);
        (reasons::OVERLAPPING_HOSTNAMES, message)
    } else {
        let others = others(listener, &overlap.certificates);
        let message =
            format!("certificates are good for the same names as those of {others} on the same port");
        (reasons::OVERLAPPING_CERTIFICATES, message)
    })
}

/// Other listeners, as the owner of this one may see them (ATT-020).
fn others(listener: &ListenerNode, others: &OtherListeners) -> String {
    let mut words = Vec::new();
    if !others.siblings.is_empty() {
        words.push(format!("listener {}", others.siblings.join(", ")));
    }
    if is_of_gateway(listener) {
        words.extend(others.elsewhere.iter().map(ToString::to_string));
        if others.more > 0 {
            words.push(format!("{} more", others.more));
        }
    } else if !others.elsewhere.is_empty() {
        words.push(String::from("a listener elsewhere on the Gateway"));
    }
    words.join(" and ")
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
        remedy:
            "list only kinds that the protocol can carry and the controller implements, or leave the list out"
                .to_string(),
    })
}
