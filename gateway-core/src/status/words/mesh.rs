//! Services that a Route is not bound to (ATT-211..215).

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::attach::{ParentNode, RouteNode, ServiceBinding, Stop};
use crate::status::reasons;
use crate::status::words::Advice;
use crate::status::words::parent::port_feature;

pub(super) fn stop_advice(
    route: &RouteNode,
    node: &ParentNode,
    binding: &ServiceBinding,
    stop: &Stop,
) -> Advice {
    let name = node.target(&route.key.namespace);
    let path = node.path.clone();
    let advice = |reason, path, message, remedy| Advice { reason, path, message, remedy };
    match stop {
        Stop::PortFeature => port_feature(node),
        Stop::ConsumerFeature => advice(
            reasons::UNSUPPORTED_VALUE,
            path + ".namespace",
            format!("{name} is in another namespace, and the mesh does not have feature MeshConsumerRoute"),
            format!("move the Route to namespace {}", binding.service.namespace),
        ),
        Stop::NoClusterIp => advice(
            reasons::UNSUPPORTED_VALUE,
            path,
            format!("{name} has no cluster IP, so that requests reach its pods past every Route"),
            "refer to a Service with a cluster IP".to_string(),
        ),
        Stop::RouteKind(winner, _) => advice(
            reasons::CONFLICTED,
            path,
            format!("{winner} has all selected ports of {name}, and the more specific kind of Route wins"),
            "bind the Routes to different ports, or use one kind".to_string(),
        ),
        // The other steps are those of listeners.
        Stop::SectionName | Stop::Port | Stop::Kind | Stop::Namespace | Stop::Hostname => {
            let section = node.reference.section_name.as_deref().unwrap_or_default();
            let mut wanted = if section.is_empty() { String::new() } else { format!(" named {section}") };
            if let Some(port) = node.reference.port {
                wanted = format!("{wanted} with number {}", port.0);
            }
            let ports: Vec<_> = binding
                .ports
                .iter()
                .filter_map(|port| {
                    let number = port.port?;
                    Some(
                        port.name
                            .as_ref()
                            .map_or_else(|| number.to_string(), |name| format!("{number} ({name})")),
                    )
                })
                .collect();
            let remedy = if ports.is_empty() {
                "refer to a Service with such a port".to_string()
            } else {
                format!("use one of its ports: {}", ports.join(", "))
            };
            let field = if *stop == Stop::Port { ".port" } else { ".sectionName" };
            advice(
                reasons::NO_MATCHING_PARENT,
                if wanted.is_empty() { path } else { path + field },
                format!("{name} has no port{wanted} that carries {}", route.key.kind.kind()),
                remedy,
            )
        }
    }
}
