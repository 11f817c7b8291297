//! Parents that a Route is not attached to (ATT-140..145, ATT-188a).

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::attach::{
    Graph, ListenerNode, ListenerOwner, ListenerSetParent, ParentEdge, ParentNode, RouteNode, Stop,
    UnresolvedParent,
};
use crate::model::{FromNamespaces, ObjectKind};
use crate::status::reasons;
use crate::status::words::{Advice, mesh};

/// Why a Route is not attached to a parent, given the step at which its last candidates failed.
pub(crate) fn stop_advice(graph: &Graph, route: &RouteNode, node: &ParentNode, stop: &Stop) -> Advice {
    match &node.edge {
        ParentEdge::Service(binding) => mesh::stop_advice(route, node, binding, stop),
        ParentEdge::Listeners { .. } | ParentEdge::Unresolved(_) => listener_stop(graph, route, node, stop),
    }
}

fn listener_stop(graph: &Graph, route: &RouteNode, node: &ParentNode, stop: &Stop) -> Advice {
    let path = node.path.clone();
    let all = node.owner().map_or(&[][..], |owner| graph.listeners(owner));
    let name = node.target(&route.key.namespace);
    // Listeners that the Route got as far with; for a wrong name or port that is all of them.
    let reached = |index: usize| match &node.edge {
        ParentEdge::Listeners { candidates, .. } if *stop > Stop::Port => candidates
            .iter()
            .any(|candidate| candidate.listener == index && candidate.stop.as_ref() == Some(stop)),
        _ => true,
    };
    let listeners = |known: &dyn Fn(&ListenerNode) -> String| {
        let reached = all.iter().enumerate().filter(|(index, _)| reached(*index));
        let words: Vec<_> = reached.map(|(_, listener)| known(listener)).collect();
        words.join(", ")
    };
    let advice = |reason, path, message, remedy| Advice { reason, path, message, remedy };
    match stop {
        Stop::PortFeature => port_feature(node),
        // What only a Service can be.
        Stop::ConsumerFeature | Stop::NoClusterIp | Stop::SectionName | Stop::Port => {
            if let Some(why) = no_listener(graph, node) {
                let message = format!("{name} {why}");
                let remedy = format!("see its own status, and give the {} a listener", node.reference.kind());
                return advice(reasons::NO_MATCHING_PARENT, path, message, remedy);
            }
            let section = node.reference.section_name.as_deref().unwrap_or_default();
            let mut wanted = String::new();
            if !section.is_empty() {
                wanted = format!(" named {section}");
            }
            if let Some(port) = node.reference.port {
                wanted = format!("{wanted} on port {}", port.0);
            }
            advice(
                reasons::NO_MATCHING_PARENT,
                path + if *stop == Stop::Port { ".port" } else { ".sectionName" },
                format!("{name} has no listener{wanted}"),
                format!(
                    "use one of its listeners: {}",
                    listeners(&|one| format!("{} (port {})", one.key.section, one.spec.port.0))
                ),
            )
        }
        Stop::Kind => advice(
            reasons::NOT_ALLOWED_BY_LISTENERS,
            path,
            format!("no listener selected in {name} takes kind {}", route.key.kind.kind()),
            format!(
                "attach to a listener that takes it ({}), or add the kind to allowedRoutes.kinds",
                listeners(&|one| {
                    let kinds: Vec<_> =
                        one.kinds.supported.iter().map(|kind| kind.kind.to_string()).collect();
                    let kinds = if kinds.is_empty() { "none".to_string() } else { kinds.join("/") };
                    format!("{}: {kinds}", one.key.section)
                })
            ),
        ),
        Stop::Namespace => advice(
            reasons::NOT_ALLOWED_BY_LISTENERS,
            path,
            format!("no listener selected in {name} takes Routes from namespace {}", route.key.namespace),
            format!(
                "label namespace {} as the selector asks, or widen allowedRoutes.namespaces ({})",
                route.key.namespace,
                listeners(&|one| format!("{}: {}", one.key.section, namespaces_wanted(one)))
            ),
        ),
        Stop::Hostname => {
            let hostnames: Vec<_> = route.object.hostnames().iter().map(ToString::to_string).collect();
            advice(
                reasons::NO_MATCHING_LISTENER_HOSTNAME,
                "spec.hostnames".to_string(),
                format!(
                    "no hostname of the Route ({}) fits a listener selected in {name}",
                    hostnames.join(", ")
                ),
                format!(
                    "use a hostname that a listener covers: {}",
                    listeners(&|one| format!("{}: {}", one.key.section, one.hostname))
                ),
            )
        }
        Stop::RouteKind(winner, word) => advice(
            word.as_str(),
            path,
            format!(
                "{winner} is older and has a hostname in common on {}; one listener serves a hostname to HTTPRoutes or to GRPCRoutes, not to both",
                listeners(&|one| one.key.section.clone())
            ),
            "use other hostnames, or another listener".to_string(),
        ),
    }
}

/// What to say of a parent that has no listener at all.
fn no_listener(graph: &Graph, node: &ParentNode) -> Option<&'static str> {
    match node.owner()? {
        ListenerOwner::ListenerSet(index)
            if matches!(graph.listener_sets[index].parent, ListenerSetParent::NotAllowed { .. }) =>
        {
            Some("is not taken by its Gateway, so that its listeners do not exist")
        }
        owner => graph.listeners(owner).is_empty().then_some("has no listener"),
    }
}

/// FEAT-R5: a field that the controller cannot honour.
pub(super) fn port_feature(node: &ParentNode) -> Advice {
    Advice {
        reason: reasons::UNSUPPORTED_VALUE,
        path: format!("{}.port", node.path),
        message: "it needs feature HTTPRouteParentRefPort, which the controller does not have".to_string(),
        remedy: "name the section with `sectionName` instead".to_string(),
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
pub(crate) fn unresolved_advice(route: &RouteNode, node: &ParentNode, why: UnresolvedParent) -> Advice {
    let target = node.target(&route.key.namespace);
    let reference = &node.reference;
    let kind = ObjectKind::from_group_kind(reference.group(), reference.kind());
    let (message, remedy) = match (why, kind) {
        (UnresolvedParent::Kind, Some(kind @ (ObjectKind::ListenerSet | ObjectKind::Service))) => {
            let feature = if kind == ObjectKind::Service { "Mesh" } else { "ListenerSet" };
            (
                format!("{target} is a parent only for controllers with feature {feature}"),
                "refer to a Gateway".to_string(),
            )
        }
        (UnresolvedParent::Kind, _) => (
            format!("{target} is of a kind that cannot be a parent here"),
            "refer to a Gateway, a ListenerSet or, in a mesh, a Service (group: \"\")".to_string(),
        ),
        (UnresolvedParent::RouteKind, _) => (
            format!(
                "the controller does not have feature {}, so that it leaves the Route alone",
                route.key.kind
            ),
            "use a controller with the feature".to_string(),
        ),
        (UnresolvedParent::Missing, _) => (
            format!("{target} is not in the input"),
            format!(
                "add the {} to the input, or correct name and namespace of the parentRef",
                reference.kind()
            ),
        ),
        (UnresolvedParent::NotOwned, Some(ObjectKind::ListenerSet)) => (
            format!("{target} is not reconciled here: its parentRef names no Gateway of the controller"),
            "correct the parentRef of the ListenerSet, or add its Gateway and GatewayClass to the input"
                .to_string(),
        ),
        (UnresolvedParent::NotOwned, _) => (
            format!(
                "{target} is not reconciled here: its GatewayClass is missing, refused, or another controller's"
            ),
            "add its GatewayClass to the input, or name its controller".to_string(),
        ),
    };
    Advice { reason: "", path: node.path.clone(), message, remedy }
}
