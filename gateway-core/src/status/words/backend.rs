//! Backends of Routes (ATT-177..181).

use alloc::format;
use alloc::string::ToString;

use crate::attach::{BackendEdge, BackendProblem, ExtensionEdge};
use crate::key::ObjectKey;
use crate::model::ObjectKind;
use crate::status::reasons;
use crate::status::words::{Advice, grant_remedy};

pub(crate) fn backend_advice(route: &ObjectKey, edge: &BackendEdge) -> Option<Advice> {
    let target = format!("{} {}", edge.kind, edge.name);
    let port = edge.port.unwrap_or_default();
    let advice = |reason, message, remedy| Some(Advice { reason, path: edge.path.clone(), message, remedy });
    match edge.problem.as_ref()? {
        // REF-26: no grant helps.
        BackendProblem::NotPermitted if edge.target == Some(ObjectKind::XBackend) => advice(
            reasons::REF_NOT_PERMITTED,
            format!("{target} is in another namespace, and an XBackend can only be used in its own"),
            format!("create an XBackend in namespace {}", route.namespace),
        ),
        BackendProblem::NotPermitted => advice(
            reasons::REF_NOT_PERMITTED,
            format!("{target} is in another namespace and no ReferenceGrant there permits the reference"),
            grant_remedy(&edge.name.namespace, route.kind, &route.namespace, &edge.kind),
        ),
        BackendProblem::UnknownKind => advice(
            reasons::INVALID_KIND,
            format!("{target} is of a kind that cannot be a backend here"),
            "refer to a core Service (kind: Service, no group), a ServiceImport or an XBackend".to_string(),
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
            format!("add `port` with the port of the {}", edge.kind),
        ),
        BackendProblem::UnsupportedProtocol { found, remedy } => advice(
            reasons::UNSUPPORTED_PROTOCOL,
            format!("port {port} of {target} speaks {found}, which {} cannot use", route.kind.kind()),
            (*remedy).to_string(),
        ),
        BackendProblem::PortNotFound { ports } => advice(
            reasons::BACKEND_NOT_FOUND,
            format!("{target} has no port {port}; it has {}", if ports.is_empty() { "none" } else { ports }),
            format!("use a port of the {} (its `port`, not its `targetPort`)", edge.kind),
        ),
    }
}

/// A filter that nobody here knows (ATT-179, REF-42).
pub(crate) fn extension_advice(extension: &ExtensionEdge) -> Advice {
    Advice {
        reason: reasons::INVALID_KIND,
        path: extension.path.clone(),
        message: format!(
            "filter {} is not known; requests of its rule are answered with 500",
            extension.target
        ),
        remedy: "remove the filter, or use one that the controller knows".to_string(),
    }
}
