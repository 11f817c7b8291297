//! References from Routes to backends: permitted, known, there (REF-14..16, REF-26, REF-27, REF-30..34).

mod endpoints;
mod protocol;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

pub use endpoints::Endpoints;
pub use protocol::BackendProtocol;

pub(crate) use endpoints::EndpointSlices;

use crate::attach::backend::protocol::SpokenPort;
use crate::attach::grants::CrossReference;
use crate::attach::rule::{Scope, Side};
use crate::key::NamespacedName;
use crate::model::{BackendTarget, ObjectKind, PortNumber, ServiceType};
use crate::profile::ExternalName;

/// A backend that a Route names, with what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackendEdge {
    /// The field that names it, such as `spec.rules[0].backendRefs[1]`.
    pub path: String,
    /// The target's kind as written.
    pub kind: String,
    /// The target's kind; `None` when it cannot be a backend.
    pub target: Option<ObjectKind>,
    /// The target.
    pub name: NamespacedName,
    /// The target's port.
    pub port: Option<u16>,
    /// Why it cannot be used.
    pub problem: Option<BackendProblem>,
    /// What its port declares to speak (FILT-150).
    pub protocol: Option<BackendProtocol>,
    /// Whether somebody behind it is ready (REF-51).
    pub endpoints: Endpoints,
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
    /// The target has no such port (REF-34, AMBIG-18).
    PortNotFound {
        /// The ports it has, for the message.
        ports: String,
    },
    /// The port speaks a protocol that the Route cannot use (FILT-150, FILT-154).
    UnsupportedProtocol {
        /// The protocol.
        found: String,
        /// What would have to be different.
        remedy: &'static str,
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

pub(crate) fn resolve(scope: Scope<'_>, mut path: String, target: BackendTarget<'_>) -> BackendEdge {
    let namespace = target.namespace_or(scope.namespace);
    let known = ObjectKind::from_group_kind(target.group, target.kind).filter(|kind| {
        matches!(kind, ObjectKind::Service | ObjectKind::ServiceImport | ObjectKind::XBackend)
    });
    path.shrink_to_fit();
    let mut edge = BackendEdge {
        path,
        kind: target.kind.to_string(),
        target: known,
        name: NamespacedName::new(namespace, target.name),
        port: target.port.and_then(|port| PortNumber(port).as_u16()),
        problem: None,
        protocol: None,
        endpoints: Endpoints::Unknown,
    };
    edge.problem = if is_permitted(scope, namespace, known, &target) {
        match known {
            Some(ObjectKind::Service) => service(scope, &mut edge),
            Some(ObjectKind::ServiceImport) => service_import(scope, &mut edge),
            Some(ObjectKind::XBackend) => x_backend(scope, &mut edge),
            _ => Some(BackendProblem::UnknownKind),
        }
    } else {
        Some(BackendProblem::NotPermitted)
    };
    edge
}

fn is_permitted(
    scope: Scope<'_>,
    namespace: &str,
    known: Option<ObjectKind>,
    target: &BackendTarget<'_>,
) -> bool {
    match known {
        // REF-26: no grant helps.
        Some(ObjectKind::XBackend) => namespace == scope.namespace,
        // REF-27: in a mesh access is controlled elsewhere.
        _ if scope.side == Side::Mesh => true,
        _ => scope.world.permits(CrossReference {
            from: scope.kind,
            from_namespace: scope.namespace,
            to_group: target.group,
            to_kind: target.kind,
            to_namespace: namespace,
            to_name: target.name,
        }),
    }
}

fn service(scope: Scope<'_>, edge: &mut BackendEdge) -> Option<BackendProblem> {
    let service = scope.world.service(&edge.name);
    let Some(port) = edge.port else { return Some(BackendProblem::NoPort) };
    let Some(service) = service else {
        return (!scope.world.assumes(ObjectKind::Service)).then_some(BackendProblem::NotFound);
    };
    if service.service_type() == ServiceType::ExternalName {
        match scope.world.profile.choices.external_name {
            ExternalName::Refuse => return Some(BackendProblem::ExternalName),
            // Such a Service may do without ports; the reference's own port is the one to use.
            ExternalName::Accept if service.ports().is_empty() => return None,
            ExternalName::Accept => {}
        }
    }
    let ports = service.ports().iter().filter(|known| known.port.as_u16() == Some(port));
    let ports = ports.map(|known| SpokenPort {
        name: known.name.as_deref(),
        protocol: known.protocol(),
        app_protocol: known.app_protocol.as_deref(),
    });
    // ATT-230: also a policy that fails closed governs the port, and leaves the Route's conditions alone.
    let has_tls = scope.tls.of(&edge.name, port).is_some();
    let missing = || not_found(service.ports().iter().map(|port| port.port));
    match protocol::usable(scope, ports, has_tls, missing) {
        Ok(port) => {
            edge.protocol = port.speaks();
            edge.endpoints = scope.world.endpoints(&edge.name, port.name);
            None
        }
        Err(problem) => Some(problem),
    }
}

/// REF-52; the port may be left out where there is no choice (REF-53).
fn service_import(scope: Scope<'_>, edge: &mut BackendEdge) -> Option<BackendProblem> {
    let Some(import) = scope.world.service_import(&edge.name) else {
        return (!scope.world.assumes(ObjectKind::ServiceImport)).then_some(BackendProblem::NotFound);
    };
    let ports = import.ports();
    if ports.is_empty() {
        return None;
    }
    if let (None, [only]) = (edge.port, ports) {
        edge.port = only.port.as_u16();
    }
    let Some(port) = edge.port else { return Some(BackendProblem::NoPort) };
    let of_number = ports.iter().filter(|known| known.port.as_u16() == Some(port));
    let of_number = of_number.map(|known| SpokenPort {
        name: known.name.as_deref(),
        protocol: known.protocol.as_deref().unwrap_or("TCP"),
        app_protocol: known.app_protocol.as_deref(),
    });
    match protocol::usable(scope, of_number, false, || not_found(ports.iter().map(|port| port.port))) {
        Ok(port) => {
            edge.protocol = port.speaks();
            None
        }
        Err(problem) => Some(problem),
    }
}

fn x_backend(scope: Scope<'_>, edge: &mut BackendEdge) -> Option<BackendProblem> {
    let Some(backend) = scope.world.x_backend(&edge.name) else {
        return (!scope.world.assumes(ObjectKind::XBackend)).then_some(BackendProblem::NotFound);
    };
    let own = backend.spec.port.port;
    let port = *edge.port.get_or_insert(own.as_u16()?);
    if own.as_u16() != Some(port) {
        return Some(not_found([own].into_iter()));
    }
    protocol::of_x_backend(scope.kind, backend)
}

fn not_found(ports: impl Iterator<Item = PortNumber>) -> BackendProblem {
    let ports: Vec<_> = ports.map(|port| port.to_string()).collect();
    BackendProblem::PortNotFound { ports: ports.join(", ") }
}
