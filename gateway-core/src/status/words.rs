//! What is wrong and what to do about it, in the words of somebody who runs the platform. Statuses
//! and explanations say the same.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use crate::attach::{
    BackendEdge, BackendProblem, CertificateFault, CertificateProblem, ConflictKind, GatewayNode,
    ListenerNode, ListenerRefusal, ParametersProblem, ParentEdge, ParentNode, RouteNode, RuleFault,
    RuleProblem, Stop, UnresolvedParent,
};
use crate::key::ObjectKey;
use crate::model::{FromNamespaces, ObjectKind};
use crate::status::reasons;

/// Something wrong, where, and what to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// The reason of the condition that it leads to.
    pub reason: &'static str,
    /// The field, such as `spec.rules[0].backendRefs[1]`.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to change.
    pub remedy: String,
}

pub(crate) fn parameters_advice(path: &str, problem: &ParametersProblem) -> Advice {
    let (message, remedy) = match problem {
        ParametersProblem::NamespaceMissing { target } => (
            format!("{target} is namespaced, but the reference names no namespace"),
            "add `namespace` to the reference".to_string(),
        ),
        ParametersProblem::UnsupportedKind { target } => (
            format!("{target} is of a kind that the controller does not take parameters from"),
            "refer to a supported kind, or remove the reference".to_string(),
        ),
        ParametersProblem::NotFound { target } => {
            (format!("{target} does not exist"), format!("create {target}, or correct the reference"))
        }
    };
    Advice { reason: reasons::INVALID_PARAMETERS, path: path.to_string(), message, remedy }
}

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

fn grant_remedy(target_namespace: &str, from: ObjectKind, from_namespace: &str, to_kind: &str) -> String {
    format!(
        "add a ReferenceGrant in namespace {target_namespace} with from: {} {} in namespace {from_namespace}, and to: {to_kind}",
        from.group(),
        from.kind(),
    )
}

pub(crate) fn backend_advice(route: &ObjectKey, edge: &BackendEdge) -> Option<Advice> {
    let target = format!("{} {}", edge.kind, edge.name);
    let port = edge.port.unwrap_or_default();
    let advice = |reason, message, remedy| Some(Advice { reason, path: edge.path.clone(), message, remedy });
    match edge.problem.as_ref()? {
        BackendProblem::NotPermitted => advice(
            reasons::REF_NOT_PERMITTED,
            format!("{target} is in another namespace and no ReferenceGrant there permits the reference"),
            grant_remedy(&edge.name.namespace, route.kind, &route.namespace, &edge.kind),
        ),
        BackendProblem::UnknownKind => advice(
            reasons::INVALID_KIND,
            format!("{target} is of a kind that cannot be a backend here"),
            "refer to a core Service (kind: Service, no group)".to_string(),
        ),
        BackendProblem::ExternalName => advice(
            reasons::INVALID_KIND,
            format!("{target} is of type ExternalName, which is not supported as a backend"),
            "refer to a Service of another type".to_string(),
        ),
        BackendProblem::NotFound => advice(
            reasons::BACKEND_NOT_FOUND,
            format!("{target} does not exist"),
            format!("create {target}, or correct the name or namespace of the backend"),
        ),
        BackendProblem::NoPort => advice(
            reasons::BACKEND_NOT_FOUND,
            format!("the reference to {target} names no port"),
            "add `port` with the port of the Service".to_string(),
        ),
        BackendProblem::UnsupportedProtocol { found } => advice(
            reasons::UNSUPPORTED_PROTOCOL,
            format!("port {port} of {target} speaks {found}, which {} cannot use", route.kind.kind()),
            "use a TCP port of the Service, with an appProtocol such as kubernetes.io/h2c, kubernetes.io/ws or none".to_string(),
        ),
        BackendProblem::PortNotFound { ports } => advice(
            reasons::BACKEND_NOT_FOUND,
            format!("{target} has no port {port}; it has {}", if ports.is_empty() { "none" } else { ports }),
            "use a port of the Service (its `port`, not its `targetPort`)".to_string(),
        ),
    }
}

pub(crate) fn rule_advice(problem: &RuleProblem) -> Advice {
    let path = problem.path.clone();
    match &problem.fault {
        RuleFault::Unsupported { value, remedy } => Advice {
            reason: reasons::UNSUPPORTED_VALUE,
            message: format!("`{value}` is not supported"),
            remedy: remedy.clone(),
            path,
        },
        RuleFault::Regex { pattern, reason } => Advice {
            reason: reasons::UNSUPPORTED_VALUE,
            message: format!("regular expression `{pattern}`: {reason}"),
            remedy: "correct the expression; its syntax is that of RE2".to_string(),
            path,
        },
        RuleFault::Incompatible { what } => Advice {
            reason: reasons::INCOMPATIBLE_FILTERS,
            message: what.clone(),
            remedy: "split the rule, or remove one of the filters".to_string(),
            path,
        },
    }
}

/// Why a Route is not attached to a parent, given the step at which its last candidates failed.
pub(crate) fn stop_advice(
    gateway: &GatewayNode,
    route: &RouteNode,
    parent: usize,
    node: &ParentNode,
    stop: Stop,
) -> Advice {
    let path = format!("spec.parentRefs[{parent}]");
    let name = &gateway.name;
    // Listeners that the Route got as far with; for a wrong name or port that is all of them.
    let reached = |index: usize| match &node.edge {
        ParentEdge::Gateway { candidates, .. } if stop > Stop::Port => {
            candidates.iter().any(|candidate| candidate.listener == index && candidate.stop == Some(stop))
        }
        _ => true,
    };
    let listeners = |known: &dyn Fn(&ListenerNode) -> String| {
        let reached = gateway.listeners.iter().enumerate().filter(|(index, _)| reached(*index));
        let words: Vec<_> = reached.map(|(_, listener)| known(listener)).collect();
        words.join(", ")
    };
    match stop {
        Stop::SectionName | Stop::Port => {
            let section = node.reference.section_name.as_deref().unwrap_or_default();
            let mut wanted = String::new();
            if !section.is_empty() {
                wanted = format!(" named {section}");
            }
            if let Some(port) = node.reference.port {
                wanted = format!("{wanted} on port {}", port.0);
            }
            Advice {
                reason: reasons::NO_MATCHING_PARENT,
                path: path + if stop == Stop::Port { ".port" } else { ".sectionName" },
                message: format!("Gateway {name} has no listener{wanted}"),
                remedy: format!(
                    "use one of its listeners: {}",
                    listeners(&|one| format!("{} (port {})", one.key.section, one.spec.port.0))
                ),
            }
        }
        Stop::Kind => Advice {
            reason: reasons::NOT_ALLOWED_BY_LISTENERS,
            path,
            message: format!("no listener selected in Gateway {name} takes kind {}", route.key.kind.kind()),
            remedy: format!(
                "attach to a listener that takes it ({}), or add the kind to allowedRoutes.kinds",
                listeners(&|one| {
                    let kinds: Vec<_> =
                        one.kinds.supported.iter().map(|kind| kind.kind.to_string()).collect();
                    format!(
                        "{}: {}",
                        one.key.section,
                        if kinds.is_empty() { "none".to_string() } else { kinds.join("/") }
                    )
                })
            ),
        },
        Stop::Namespace => Advice {
            reason: reasons::NOT_ALLOWED_BY_LISTENERS,
            path,
            message: format!(
                "no listener selected in Gateway {name} takes Routes from namespace {}",
                route.key.namespace
            ),
            remedy: format!(
                "label namespace {} as the selector asks, or widen allowedRoutes.namespaces ({})",
                route.key.namespace,
                listeners(&|one| format!("{}: {}", one.key.section, namespaces_wanted(one)))
            ),
        },
        Stop::Hostname => {
            let hostnames: Vec<_> =
                route.object.spec.hostnames.iter().flatten().map(ToString::to_string).collect();
            Advice {
                reason: reasons::NO_MATCHING_LISTENER_HOSTNAME,
                path: "spec.hostnames".to_string(),
                message: format!(
                    "no hostname of the Route ({}) fits a listener selected in Gateway {name}",
                    hostnames.join(", ")
                ),
                remedy: format!(
                    "use a hostname that a listener covers: {}",
                    listeners(&|one| format!("{}: {}", one.key.section, one.hostname))
                ),
            }
        }
    }
}

fn namespaces_wanted(listener: &ListenerNode) -> String {
    match listener.spec.routes_from() {
        FromNamespaces::Same => format!("only {}", listener.key.owner.namespace),
        FromNamespaces::Selector => {
            let selector = listener.spec.allowed_routes.as_ref().and_then(|allowed| allowed.selector());
            let Some(selector) = selector else { return "a selector is missing".to_string() };
            let equal = selector.match_labels.iter().flatten().map(|(key, value)| format!("{key}={value}"));
            let expressions = selector.match_expressions.iter().flatten().map(|one| {
                let values: Vec<_> = one.values.iter().flatten().cloned().collect();
                format!("{} {} {}", one.key, one.operator.as_str(), values.join("|"))
            });
            let wanted: Vec<_> = equal.chain(expressions).collect();
            format!("label {}", wanted.join(" and "))
        }
        from => from.as_str().to_string(),
    }
}

/// Why a parent is not judged at all.
pub(crate) fn unresolved_advice(
    route: &RouteNode,
    parent: usize,
    node: &ParentNode,
    why: UnresolvedParent,
) -> Advice {
    let reference = &node.reference;
    let target =
        format!("{} {}/{}", reference.kind(), reference.namespace_or(&route.key.namespace), reference.name);
    let (message, remedy) = match why {
        UnresolvedParent::Kind => {
            (format!("{target} is of a kind that cannot be a parent here"), "refer to a Gateway".to_string())
        }
        UnresolvedParent::Missing => (
            format!("{target} is not in the input"),
            "add the Gateway to the input, or correct name and namespace of the parentRef".to_string(),
        ),
        UnresolvedParent::NotOwned => (
            format!(
                "{target} is not reconciled here: its GatewayClass is missing, refused, or another controller's"
            ),
            "add its GatewayClass to the input, or name its controller".to_string(),
        ),
    };
    Advice { reason: "", path: format!("spec.parentRefs[{parent}]"), message, remedy }
}
