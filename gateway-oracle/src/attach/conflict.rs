//! Listeners that cannot both be, and Routes of two kinds that cannot both be.

use gateway_core::model::{Listener, TlsMode};
use gateway_core::{Feature, ObjectKind};

use super::Graph;
use crate::world::World;
use crate::world::hostname;

const HOSTNAME: &str = "HostnameConflict";
const PROTOCOL: &str = "ProtocolConflict";

/// ATT-030..ATT-034: why two listeners are not distinct; there may be two reasons.
pub(crate) fn between(world: &World, one: &Listener, other: &Listener) -> Vec<&'static str> {
    if one.port != other.port {
        return Vec::new();
    }
    let same_name =
        one.hostname.as_deref().unwrap_or_default() == other.hostname.as_deref().unwrap_or_default();
    let words: &[(bool, &'static str)] = match (one.protocol.as_str(), other.protocol.as_str()) {
        ("UDP", "UDP") | ("TCP", "TCP") => &[(true, PROTOCOL)],
        ("UDP", _) | (_, "UDP") => &[],
        ("HTTP", "HTTP") | ("HTTPS", "HTTPS") => &[(same_name, HOSTNAME)],
        // ATT-031 asks for the same protocol, so this is the other word.
        ("HTTPS", "TLS") | ("TLS", "HTTPS") => &[(same_name, PROTOCOL)],
        ("TLS", "TLS") => &[(same_name, HOSTNAME), (is_mixed(world, one, other), PROTOCOL)],
        _ => &[(true, PROTOCOL)],
    };
    words.iter().filter(|(holds, _)| *holds).map(|(_, word)| *word).collect()
}

/// ATT-034: whether two TLS listeners of a port differ in their mode where that is not supported.
pub(crate) fn is_mixed(world: &World, one: &Listener, other: &Listener) -> bool {
    one.port == other.port
        && [one, other].iter().all(|listener| listener.protocol.as_str() == "TLS")
        && mode(one) != mode(other)
        && !world.supports(Feature::TlsRouteModeMixed)
}

fn mode(listener: &Listener) -> TlsMode {
    listener.tls.as_ref().map_or(TlsMode::Terminate, gateway_core::model::ListenerTlsConfig::mode)
}

/// ATT-037, AMBIG-02: one word for several conflicts.
pub(crate) fn reason(owner: ObjectKind, reasons: &[&'static str]) -> Option<&'static str> {
    match (reasons.contains(&HOSTNAME), reasons.contains(&PROTOCOL)) {
        (true, true) if owner == ObjectKind::ListenerSet => Some("ListenerConflict"),
        (_, true) => Some(PROTOCOL),
        (true, false) => Some(HOSTNAME),
        (false, false) => None,
    }
}

/// MATCH-24, ATT-188a, AMBIG-04: of an HTTPRoute and a GRPCRoute whose hostnames meet on a listener the
/// older one has it.
pub(crate) fn of_route_kinds(world: &World, graph: &mut Graph) {
    let kinds = [ObjectKind::HttpRoute, ObjectKind::GrpcRoute];
    let mut order: Vec<_> = (0..graph.routes.len())
        .filter(|route| kinds.contains(&world.routes[graph.routes[*route].route].kind))
        .collect();
    order.sort_by_key(|route| {
        let route = &world.routes[graph.routes[*route].route];
        (route.age.clone(), route.kind)
    });
    for listener in 0..graph.listeners.len() {
        let mut accepted: Vec<(ObjectKind, Vec<String>)> = Vec::new();
        for &state in &order {
            let kind = world.routes[graph.routes[state].route].kind;
            let names: Vec<_> = graph.routes[state]
                .parents
                .iter()
                .filter(|parent| parent.refused.is_none())
                .flat_map(|parent| parent.listeners.iter().filter(|(one, _)| *one == listener))
                .flat_map(|(_, names)| names.clone())
                .collect();
            let meets = accepted.iter().any(|(other, theirs)| {
                *other != kind
                    && names
                        .iter()
                        .any(|name| theirs.iter().any(|their| hostname::intersection(name, their).is_some()))
            });
            if !meets {
                accepted.push((kind, names));
                continue;
            }
            for parent in graph.routes[state].parents.iter_mut().filter(|parent| parent.refused.is_none()) {
                let before = parent.listeners.len();
                parent.listeners.retain(|(one, _)| *one != listener);
                if before > 0 && parent.listeners.is_empty() {
                    parent.refused = Some(world.profile.choices.losing_route_kind.as_str());
                    parent.partially = None;
                }
            }
        }
    }
}
