//! The merged list of listeners of each Gateway.

use gateway_core::model::{FromNamespaces, Gateway, Listener, ListenerSet, TlsMode};
use gateway_core::{Feature, ObjectKind};

use super::{GatewayState, Graph, ListenerState, SetState, class, conflict, kinds};
use crate::world::age::age;
use crate::world::{World, certificate, is, namespace, selector};

/// All listeners of all Gateways of ours.
pub(crate) fn all(world: &World) -> Graph {
    let mut graph =
        Graph { gateways: Vec::new(), sets: Vec::new(), listeners: Vec::new(), routes: Vec::new() };
    for (index, gateway) in world.gateways.iter().enumerate() {
        if let Some(controller) = class::controller(world, gateway) {
            of_gateway(world, index, gateway, controller, &mut graph);
        }
    }
    graph
}

fn of_gateway(world: &World, index: usize, gateway: &Gateway, controller: String, graph: &mut Graph) {
    let own_namespace = namespace(&gateway.metadata);
    let name = gateway.metadata.name.as_str();
    let mut merged: Vec<ListenerState> = Vec::new();
    for listener in &gateway.spec.listeners {
        let state = state(world, index, ObjectKind::Gateway, own_namespace, name, listener);
        merged.push(state);
    }
    nobody_wins(world, &mut merged);
    let own = merged.len();
    // ATT-015: the sets by age.
    let mut sets: Vec<_> = (0..world.listener_sets.len())
        .filter(|set| is_parent(&world.listener_sets[*set], own_namespace, name))
        .filter(|_| world.supports(Feature::ListenerSet))
        .collect();
    sets.sort_by_key(|set| age(&world.profile, &world.listener_sets[*set].metadata));
    let mut ranges = Vec::new();
    for set in sets {
        let object = &world.listener_sets[set];
        let set_namespace = namespace(&object.metadata);
        let allowed = is_allowed(world, gateway, set_namespace);
        let start = merged.len();
        for listener in &object.spec.listeners {
            let mut state =
                state(world, index, ObjectKind::ListenerSet, set_namespace, &object.metadata.name, listener);
            if !allowed {
                state.refused = Some("NotAllowed");
            }
            // ATT-017.
            if world.profile.limits.listeners.is_some_and(|limit| existing(&merged) >= limit) {
                state.refused = state.refused.or(Some("TooManyListeners"));
            }
            // ATT-036: whoever stands before wins; who lost takes nothing away.
            if state.refused.is_none() {
                let standing = merged[..start].iter().filter(|one| one.refused.is_none());
                let reasons: Vec<_> =
                    standing.flat_map(|one| conflict::between(world, &state.spec, &one.spec)).collect();
                state.conflicted = conflict::reason(ObjectKind::ListenerSet, &reasons);
                state.refused = state.conflicted;
            }
            merged.push(state);
        }
        nobody_wins(world, &mut merged[start..]);
        ranges.push((set, allowed, start..merged.len()));
    }
    for one in &mut merged {
        if one.refused.is_none() && certificate::no_valid_authority(world, gateway, &one.spec) {
            one.refused = Some("NoValidCACertificate");
        }
    }
    // ATT-092, ATT-019: only its own listeners count for the Gateway.
    let none = merged[..own].iter().all(|one| one.refused.is_some());
    let refused = class::trouble(world, gateway).or(none.then_some("ListenersNotValid"));
    for one in &mut merged[..own] {
        one.serves = refused.is_none() && one.refused.is_none();
    }
    for (set, allowed, range) in ranges {
        let mut listeners = merged[range.clone()].iter();
        // ATT-012, ATT-013, ATT-132, AMBIG-11.
        let refused_set = if !allowed {
            Some("NotAllowed")
        } else if refused.is_some() {
            Some("ParentNotAccepted")
        } else if !listeners.any(|one| one.refused.is_none() && one.has_certificates) {
            Some("ListenersNotValid")
        } else {
            None
        };
        // ATT-003.
        for one in &mut merged[range] {
            one.serves = refused_set.is_none() && one.refused.is_none();
        }
        graph.sets.push(SetState { set, gateway: index, allowed, refused: refused_set });
    }
    graph.gateways.push(GatewayState { gateway: index, controller, refused });
    graph.listeners.extend(merged);
}

/// ATT-035: inside one object nobody wins. ATT-032: what is refused for another reason, such as a protocol
/// that nobody speaks, takes no port away.
fn nobody_wins(world: &World, listeners: &mut [ListenerState]) {
    let standing: Vec<_> = (0..listeners.len()).filter(|one| listeners[*one].refused.is_none()).collect();
    for &one in &standing {
        let others = || standing.iter().filter(move |other| **other != one);
        let reasons: Vec<_> = others()
            .flat_map(|other| conflict::between(world, &listeners[one].spec, &listeners[*other].spec))
            .collect();
        let owner = listeners[one].owner;
        listeners[one].conflicted = conflict::reason(owner, &reasons);
        // ATT-034: no Route is attached to those.
        if others().any(|other| conflict::is_mixed(world, &listeners[one].spec, &listeners[*other].spec)) {
            listeners[one].kinds.clear();
        }
    }
    for one in listeners {
        one.refused = one.refused.or(one.conflicted);
    }
}

fn existing(merged: &[ListenerState]) -> usize {
    merged.iter().filter(|one| one.refused != Some("NotAllowed")).count()
}

/// ATT-010.
fn is_parent(set: &ListenerSet, gateway_namespace: &str, gateway: &str) -> bool {
    let parent = &set.spec.parent_ref;
    let kind = ObjectKind::from_group_kind(parent.group(), parent.kind());
    kind == Some(ObjectKind::Gateway)
        && parent.namespace_or(namespace(&set.metadata)) == gateway_namespace
        && parent.name.as_str() == gateway
}

/// ATT-011.
fn is_allowed(world: &World, gateway: &Gateway, set_namespace: &str) -> bool {
    let from: FromNamespaces = gateway.spec.listeners_from();
    let selector = gateway.spec.allowed_listeners.as_ref().and_then(|allowed| allowed.selector());
    selector::allows(world, &from, selector, namespace(&gateway.metadata), set_namespace)
}

/// A listener by itself: ATT-051, ATT-052, ATT-054, ATT-077.
fn state(
    world: &World,
    gateway: usize,
    owner: ObjectKind,
    owner_namespace: &str,
    owner_name: &str,
    listener: &Listener,
) -> ListenerState {
    let mode = listener.tls.as_ref().map_or(TlsMode::Terminate, gateway_core::model::ListenerTlsConfig::mode);
    let terminates = listener.protocol.as_str() == "TLS" && mode == TlsMode::Terminate;
    let unknown_mode = matches!(listener.protocol.as_str(), "TLS" | "HTTPS") && !mode.is_known();
    let refused = if kinds::implied(world, &listener.protocol).is_empty() {
        Some("UnsupportedProtocol")
    } else if unknown_mode || terminates && !world.supports(Feature::TlsRouteModeTerminate) {
        Some("UnsupportedValue")
    } else if !(1..=65_535).contains(&listener.port.0) {
        // ATT-051.
        Some("PortUnavailable")
    } else {
        None
    };
    ListenerState {
        gateway,
        owner,
        namespace: owner_namespace.to_owned(),
        name: owner_name.to_owned(),
        spec: listener.clone(),
        // What is not supported carries no Routes (ATT-052, and the suite for ATT-054).
        kinds: if matches!(refused, Some("UnsupportedProtocol" | "UnsupportedValue")) {
            Vec::new()
        } else {
            kinds::effective(world, listener)
        },
        refused,
        conflicted: None,
        has_certificates: certificate::listener_has_certificates(world, owner, owner_namespace, listener),
        serves: false,
    }
}

/// The Gateway state of that name.
pub(crate) fn gateway<'a>(
    world: &World,
    graph: &'a Graph,
    gateway_namespace: &str,
    name: &str,
) -> Option<&'a GatewayState> {
    graph.gateways.iter().find(|one| is(&world.gateways[one.gateway].metadata, gateway_namespace, name))
}
