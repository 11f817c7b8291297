//! Routes, listeners and ListenerSets that nothing connects.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::attach::{
    Graph, ListenerOwner, ListenerSetParent, ParentEdge, ParentNode, RouteNode, UnresolvedParent,
};
use crate::key::ObjectKey;
use crate::lint::Severity;
use crate::lint::declared::{Findings, declare};
use crate::model::ObjectKind;
use crate::snapshot::Snapshot;
use crate::status::{stop_advice, unresolved_advice};

declare! {
    ROUTE_UNATTACHED = "route-unattached", Error,
        "a Route that is attached to nothing",
        "No listener and no Service takes the Route, so it has no effect. The message says for each parentRef what stopped it (ATT-140..145); a Route without parentRefs (ATT-153), or whose only parent is missing from an input that holds others of its kind, is a warning.";
    ROUTE_FOREIGN = "route-foreign", Info,
        "a Route whose parents are not ours to judge",
        "Every parentRef names an object of a kind that the input does not hold, or that another controller reconciles (ATT-140). Nothing can be said about the Route. Add the Gateway and its GatewayClass to the input to have it checked.";
    LISTENER_UNUSED = "listener-unused", Info,
        "a listener without Routes",
        "No Route of the input is attached to the listener, so that every request to it is answered with 404 and every connection is closed. Attach a Route, or remove the listener.";
    LISTENER_SET_UNATTACHED = "listener-set-unattached", Warning,
        "a ListenerSet that no Gateway takes",
        "The listeners of a ListenerSet exist only where its Gateway allows them (ATT-011): `spec.allowedListeners` of the Gateway must select the namespace. One whose Gateway is not in the input, or is another controller's, is an info.";
    GATEWAY_FOREIGN = "gateway-foreign", Info,
        "a Gateway that is not reconciled here",
        "Its GatewayClass is not in the input, is not accepted, or belongs to another controller (ATT-002). Nothing is checked about how it works. Add the class to the input, or name its controller.";
}

pub(in crate::lint) fn check(snapshot: &Snapshot, graph: &Graph, found: &mut Findings) {
    for gateway in graph.gateways.iter() {
        if !gateway.is_owned() {
            let key = ObjectKey::new(
                ObjectKind::Gateway,
                gateway.name.namespace.clone(),
                gateway.name.name.clone(),
            );
            let class = &gateway.object.spec.gateway_class_name;
            let message =
                format!("GatewayClass `{class}` is not in the input, not accepted, or another controller's");
            let remedy = "add the class to the input, or correct `gatewayClassName`";
            found.add(&GATEWAY_FOREIGN, &key, "spec.gatewayClassName", message, remedy);
        }
    }
    for (index, gateway) in graph.gateways.indexed() {
        if gateway.is_accepted() {
            for owner in graph.owners_of(index) {
                unused_listeners(graph, owner, found);
            }
        }
    }
    for set in graph.listener_sets.iter() {
        let key = ObjectKey::new(ObjectKind::ListenerSet, set.name.namespace.clone(), set.name.name.clone());
        let reference = &set.object.spec.parent_ref;
        let gateway = format!(
            "{} {}/{}",
            reference.kind(),
            reference.namespace_or(&set.name.namespace),
            reference.name
        );
        let (severity, message, remedy) = match set.parent {
            ListenerSetParent::Gateway { .. } => continue,
            ListenerSetParent::NotAllowed { .. } => (
                Severity::Error,
                format!("{gateway} takes no ListenerSets from namespace `{}`", set.name.namespace),
                "select the namespace in `spec.allowedListeners.namespaces` of the Gateway",
            ),
            ListenerSetParent::Unresolved(why) => (
                Severity::Info,
                format!("{gateway} {}", unresolved(why)),
                "add the Gateway and its GatewayClass to the input, or correct the parentRef",
            ),
        };
        found.add_as(severity, &LISTENER_SET_UNATTACHED, &key, "spec.parentRef", message, remedy);
    }
    for route in &graph.routes {
        check_route(snapshot, graph, route, found);
    }
}

fn unresolved(why: UnresolvedParent) -> &'static str {
    match why {
        UnresolvedParent::Kind | UnresolvedParent::RouteKind => "is of a kind that cannot be a parent here",
        UnresolvedParent::Missing => "is not in the input",
        UnresolvedParent::NotOwned => "is not reconciled here",
    }
}

fn unused_listeners(graph: &Graph, owner: ListenerOwner, found: &mut Findings) {
    let listeners = graph.listeners(owner).iter().enumerate();
    let unused =
        listeners.filter(|(index, one)| one.is_accepted() && graph.attached_routes(owner, *index) == 0);
    for (_, listener) in unused {
        let message = format!("no Route of the input is attached to listener `{}`", listener.key.section);
        let path = format!("spec.listeners[{}]", listener.index);
        found.add(
            &LISTENER_UNUSED,
            &listener.key.owner,
            path,
            message,
            "attach a Route, or remove the listener",
        );
    }
}

/// Whether the input holds objects of the parent's kind, so that a missing one is a mistake rather than
/// a part of the cluster that is not there.
fn has_kind(snapshot: &Snapshot, parent: &ParentNode) -> bool {
    let kind = ObjectKind::from_group_kind(parent.reference.group(), parent.reference.kind());
    kind.is_some_and(|kind| snapshot.count(kind) > 0)
}

fn check_route(snapshot: &Snapshot, graph: &Graph, route: &RouteNode, found: &mut Findings) {
    if route.parents.is_empty() {
        let message = "the Route names no parentRef and attaches to nothing";
        let remedy = "add the Gateway that should serve it to `parentRefs`";
        found.add_as(Severity::Warning, &ROUTE_UNATTACHED, &route.key, "spec.parentRefs", message, remedy);
        return;
    }
    let mut reasons: Vec<String> = Vec::new();
    let mut remedies: Vec<String> = Vec::new();
    let (mut ours, mut missing) = (false, false);
    for parent in &route.parents {
        let advice = match &parent.edge {
            ParentEdge::Unresolved(why) => {
                missing |= *why == UnresolvedParent::Missing && has_kind(snapshot, parent);
                unresolved_advice(route, parent, *why)
            }
            _ => match parent.refusal() {
                None => return,
                Some(stop) => {
                    ours = true;
                    stop_advice(graph, route, parent, stop)
                }
            },
        };
        reasons.push(format!("{}: {}", advice.path, advice.message));
        if !remedies.contains(&advice.remedy) {
            remedies.push(advice.remedy);
        }
    }
    let (rule, severity) = match (ours, missing) {
        (true, _) => (&ROUTE_UNATTACHED, ROUTE_UNATTACHED.severity),
        (false, true) => (&ROUTE_UNATTACHED, Severity::Warning),
        (false, false) => (&ROUTE_FOREIGN, ROUTE_FOREIGN.severity),
    };
    found.add_as(
        severity,
        rule,
        &route.key,
        "spec.parentRefs".to_string(),
        reasons.join(". "),
        remedies.join("; or "),
    );
}
