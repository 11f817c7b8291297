//! References from Routes to backends: permitted, known, there (REF-14, REF-15, REF-30..34).

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::attach::grants::CrossReference;
use crate::attach::world::World;
use crate::key::NamespacedName;
use crate::model::{BackendTarget, ObjectKind, ServicePort, ServiceType};

/// A backend that a Route names, with what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackendEdge {
    /// The field that names it, such as `spec.rules[0].backendRefs[1]`.
    pub path: String,
    /// The target's kind as written.
    pub kind: String,
    /// The target.
    pub name: NamespacedName,
    /// The target's port.
    pub port: Option<u16>,
    /// Why it cannot be used.
    pub problem: Option<BackendProblem>,
}

/// Why a backend cannot be used. The order is the precedence of reasons (AMBIG-13).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BackendProblem {
    /// Another namespace, and no grant permits it. Says nothing about existence (REF-08).
    NotPermitted,
    /// A kind that we do not know (REF-32).
    UnknownKind,
    /// A Service of type ExternalName (REF-49, AMBIG-20).
    ExternalName,
    /// No such object (REF-33).
    NotFound,
    /// The reference to a Service names no port (MODEL-BOR-05).
    NoPort,
    /// The Service has no such port (REF-34, AMBIG-18).
    PortNotFound {
        /// The ports it has, for the message.
        ports: String,
    },
    /// The port speaks a protocol that the Route cannot use.
    UnsupportedProtocol {
        /// The protocol.
        found: String,
    },
}

/// A Route's reference to a filter that lives elsewhere and that nobody here knows (REF-42).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtensionEdge {
    /// The field.
    pub path: String,
    /// What it names, as `kind.group/name`.
    pub target: String,
}

pub(crate) fn resolve(
    world: &World<'_>,
    from: ObjectKind,
    own_namespace: &str,
    path: String,
    target: BackendTarget<'_>,
) -> BackendEdge {
    let namespace = target.namespace_or(own_namespace);
    let port = target.port.and_then(|port| u16::try_from(port).ok()).filter(|port| *port > 0);
    let permitted = world.grants.permit(CrossReference {
        from,
        from_namespace: own_namespace,
        to_group: target.group,
        to_kind: target.kind,
        to_namespace: namespace,
        to_name: target.name,
    });
    let problem =
        if permitted { check(world, namespace, port, &target) } else { Some(BackendProblem::NotPermitted) };
    BackendEdge {
        path,
        kind: target.kind.to_string(),
        name: NamespacedName::new(namespace, target.name),
        port,
        problem,
    }
}

fn check(
    world: &World<'_>,
    namespace: &str,
    port: Option<u16>,
    target: &BackendTarget<'_>,
) -> Option<BackendProblem> {
    if ObjectKind::from_group_kind(target.group, target.kind) != Some(ObjectKind::Service) {
        return Some(BackendProblem::UnknownKind);
    }
    let Some(port) = port else { return Some(BackendProblem::NoPort) };
    let name = NamespacedName::new(namespace, target.name);
    let Some(service) = world.snapshot.services.get(&name) else {
        return (!world.assumes(ObjectKind::Service)).then_some(BackendProblem::NotFound);
    };
    if service.service_type() == ServiceType::ExternalName {
        return Some(BackendProblem::ExternalName);
    }
    let ports = service.ports();
    if let Some(known) = ports.iter().find(|known| known.port.as_u16() == Some(port)) {
        return unusable_protocol(known);
    }
    let known: Vec<_> = ports.iter().map(|port| port.port.0.to_string()).collect();
    Some(BackendProblem::PortNotFound { ports: known.join(", ") })
}

/// FILT-150, FILT-154: what an HTTPRoute cannot speak to.
fn unusable_protocol(port: &ServicePort) -> Option<BackendProblem> {
    let found = match port.app_protocol.as_deref() {
        // WebSocket over TLS needs a BackendTLSPolicy for the Service.
        Some(wss @ "kubernetes.io/wss") => wss,
        _ if port.protocol() == "UDP" => "UDP",
        _ => return None,
    };
    Some(BackendProblem::UnsupportedProtocol { found: found.to_string() })
}
