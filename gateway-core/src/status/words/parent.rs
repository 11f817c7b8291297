//! Parents that a Route is not attached to (ATT-140..145).

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::attach::{Graph, ListenerNode, ParentEdge, ParentNode, RouteNode, Stop, UnresolvedParent};
use crate::model::FromNamespaces;
use crate::status::reasons;
use crate::status::words::Advice;

/// Why a Route is not attached to a parent, given the step at which its last candidates failed.
pub(crate) fn stop_advice(
    graph: &Graph,
    route: &RouteNode,
    parent: usize,
    node: &ParentNode,
    stop: Stop,
) -> Advice {
    let path = format!("spec.parentRefs[{parent}]");
    let all = node.owner().map_or(&[][..], |owner| graph.listeners(owner));
    let name = node.target(&route.key.namespace);
    // Listeners that the Route got as far with; for a wrong name or port that is all of them.
    let reached = |index: usize| match &node.edge {
        ParentEdge::Listeners { candidates, .. } if stop > Stop::Port => {
            candidates.iter().any(|candidate| candidate.listener == index && candidate.stop == Some(stop))
        }
        _ => true,
    };
    let listeners = |known: &dyn Fn(&ListenerNode) -> String| {
        let reached = all.iter().enumerate().filter(|(index, _)| reached(*index));
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
                message: format!("{name} has no listener{wanted}"),
                remedy: format!(
                    "use one of its listeners: {}",
                    listeners(&|one| format!("{} (port {})", one.key.section, one.spec.port.0))
                ),
            }
        }
        Stop::Kind => Advice {
            reason: reasons::NOT_ALLOWED_BY_LISTENERS,
            path,
            message: format!("no listener selected in {name} takes kind {}", route.key.kind.kind()),
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
                "no listener selected in {name} takes Routes from namespace {}",
                route.key.namespace
            ),
            remedy: format!(
                "label namespace {} as the selector asks, or widen allowedRoutes.namespaces ({})",
                route.key.namespace,
                listeners(&|one| format!("{}: {}", one.key.section, namespaces_wanted(one)))
            ),
        },
        Stop::Hostname => {
            let hostnames: Vec<_> = route.object.hostnames().iter().map(ToString::to_string).collect();
            Advice {
                reason: reasons::NO_MATCHING_LISTENER_HOSTNAME,
                path: "spec.hostnames".to_string(),
                message: format!(
                    "no hostname of the Route ({}) fits a listener selected in {name}",
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
    let target = node.target(&route.key.namespace);
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
