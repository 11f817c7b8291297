//! The attachment algorithm (rules 03, section 8).

use gateway_core::model::{ParentReference, PortNumber};
use gateway_core::{Feature, ObjectKind};

use super::{Graph, ListenerState, ParentState, RouteState, kinds, listeners, mesh, validity};
use crate::rule::{Backend, Filter, Rule};
use crate::world::backend::{Referrer, Trouble, resolve};
use crate::world::route::Route;
use crate::world::{World, hostname, is, namespace, selector};

pub(crate) fn attach(world: &World, graph: &Graph) -> Vec<RouteState> {
    let route = |(index, route): (usize, &Route)| {
        let mut references = route.parents.clone();
        references.extend(defaults(world, graph, route));
        let parents = references.iter().filter_map(|reference| parent(world, graph, route, reference));
        let faults =
            |mesh| route.rules.iter().map(|rule| validity::fault(world, route.kind, rule, mesh)).collect();
        RouteState {
            route: index,
            faults: faults(false),
            mesh_faults: faults(true),
            parents: parents.collect(),
        }
    };
    world.routes.iter().enumerate().map(route).collect()
}

/// ATT-200..ATT-203: the default Gateways, as further parents.
fn defaults(world: &World, graph: &Graph, route: &Route) -> Vec<ParentReference> {
    if !route.wants_defaults || !world.profile.default_gateways {
        return Vec::new();
    }
    let mut gateways: Vec<_> = graph.gateways.iter().map(|one| &world.gateways[one.gateway]).collect();
    gateways.sort_by_key(|one| format!("{}/{}", namespace(&one.metadata), one.metadata.name));
    gateways
        .into_iter()
        .filter(|one| one.spec.default_scope() == gateway_core::model::GatewayDefaultScope::All)
        .map(|one| ParentReference {
            group: Some(ObjectKind::Gateway.group().into()),
            kind: Some(ObjectKind::Gateway.kind().into()),
            namespace: Some(namespace(&one.metadata).into()),
            name: one.metadata.name.as_str().into(),
            section_name: None,
            port: None,
        })
        .filter(|one| !route.parents.iter().any(|other| same_whole(route, other, one)))
        .collect()
}

/// Whether a Route names that Gateway as a whole by itself.
fn same_whole(route: &Route, one: &ParentReference, other: &ParentReference) -> bool {
    (one.group(), one.kind(), &one.name) == (other.group(), other.kind(), &other.name)
        && one.namespace_or(&route.namespace) == other.namespace_or(&route.namespace)
        && section(one).is_none()
        && one.port.is_none()
}

fn section(reference: &ParentReference) -> Option<&str> {
    reference.section_name.as_deref().filter(|section| !section.is_empty())
}

/// ATT-140: the entry for a parent, if there is one.
fn parent(world: &World, graph: &Graph, route: &Route, reference: &ParentReference) -> Option<ParentState> {
    // FEAT-14, FEAT-54, FEAT-55, FEAT-58: Routes of other kinds are nobody's here.
    if !["HTTP", "TLS", "TCP", "UDP"].iter().any(|one| kinds::implied(world, one).contains(&route.kind)) {
        return None;
    }
    let owner = reference.namespace_or(&route.namespace);
    let kind = ObjectKind::from_group_kind(reference.group(), reference.kind())?;
    let state = match kind {
        ObjectKind::Gateway => listeners::gateway(world, graph, owner, &reference.name)?,
        ObjectKind::ListenerSet => {
            let named =
                |set: &&super::SetState| is(&world.listener_sets[set.set].metadata, owner, &reference.name);
            let set = graph.sets.iter().find(named)?;
            graph.gateways.iter().find(|one| one.gateway == set.gateway)?
        }
        ObjectKind::Service => return mesh::parent(world, route, reference),
        _ => return None,
    };
    let unsupported = (!takes_port(world, route, reference)).then_some("UnsupportedValue");
    let attached = on_listeners(world, graph, route, reference, kind, owner);
    let (refused, attached) = match attached {
        Ok(attached) => (unsupported.or_else(|| validity::refused(world, route, false)), attached),
        Err(reason) => (Some(reason), Vec::new()),
    };
    Some(ParentState {
        reference: reference.clone(),
        controller: state.controller.clone(),
        refused,
        unresolved: unresolved(world, route, false),
        partially: if refused.is_none() { validity::partially(world, route, false) } else { None },
        listeners: if refused.is_none() { attached } else { Vec::new() },
        service: None,
    })
}

/// FEAT-17, FEAT-32, AMBIG-60: whether the port of a parentRef is understood.
pub(crate) fn takes_port(world: &World, route: &Route, reference: &ParentReference) -> bool {
    let ports = [Feature::HttpRouteParentRefPort, Feature::HttpRouteDestinationPortMatching];
    reference.port.is_none()
        || route.kind != ObjectKind::HttpRoute
        || ports.iter().any(|one| world.supports(*one))
}

type Listeners = Vec<(usize, Vec<String>)>;

/// ATT-141..ATT-147: each step, and its word when nobody is left.
fn on_listeners(
    world: &World,
    graph: &Graph,
    route: &Route,
    reference: &ParentReference,
    kind: ObjectKind,
    owner: &str,
) -> Result<Listeners, &'static str> {
    let all = graph.listeners.iter().enumerate();
    // ATT-141.
    let mut left: Vec<(usize, &ListenerState)> = all
        .filter(|(_, one)| {
            // A set that its Gateway does not take has no listeners (ATT-012).
            one.refused != Some("NotAllowed")
                && one.owner == kind
                && one.namespace == owner
                && one.name == reference.name.as_str()
        })
        .collect();
    // ATT-142.
    let port: Option<PortNumber> = reference.port;
    left.retain(|(_, one)| {
        section(reference).is_none_or(|section| one.spec.name.as_str() == section)
            && port.is_none_or(|port| one.spec.port == port)
    });
    if left.is_empty() {
        return Err("NoMatchingParent");
    }
    // ATT-143.
    left.retain(|(_, one)| one.kinds.contains(&route.kind));
    // ATT-144.
    left.retain(|(_, one)| {
        let selector = one.spec.allowed_routes.as_ref().and_then(|allowed| allowed.selector());
        selector::allows(world, &one.spec.routes_from(), selector, &one.namespace, &route.namespace)
    });
    if left.is_empty() {
        return Err("NotAllowedByListeners");
    }
    // ATT-145: hostnames matter to three kinds.
    let has_hostnames = !matches!(route.kind, ObjectKind::TcpRoute | ObjectKind::UdpRoute);
    let names = |listener: &ListenerState| -> Vec<String> {
        if !has_hostnames {
            return vec![String::new()];
        }
        let intersect = |own: &String| hostname::intersection(listener.hostname(), own);
        route.hostnames.iter().filter_map(intersect).collect()
    };
    let attached: Listeners = left
        .into_iter()
        .map(|(index, one)| (index, names(one)))
        .filter(|(_, names)| !names.is_empty())
        .collect();
    if attached.is_empty() { Err("NoMatchingListenerHostname") } else { Ok(attached) }
}

/// ATT-177..ATT-181, ATT-187: the most telling trouble with a reference of a Route.
pub(crate) fn unresolved(world: &World, route: &Route, mesh: bool) -> Option<Trouble> {
    let referrer = Referrer { kind: route.kind, namespace: &route.namespace, mesh };
    let of_filters = |filters: &[Filter]| -> Vec<Trouble> {
        let filter = |filter: &Filter| match filter {
            Filter::Mirror(mirror) => resolve(world, referrer, &mirror.backend_ref).err(),
            Filter::Auth(auth) => resolve(world, referrer, &auth.backend_ref).err(),
            // REF-42, AMBIG-19.
            Filter::Extension(one) if !world.knows_extension(one) => Some(Trouble::InvalidKind),
            _ => None,
        };
        filters.iter().filter_map(filter).collect()
    };
    let of_backend = |backend: &Backend| {
        let own = resolve(world, referrer, &backend.reference).err();
        own.into_iter().chain(of_filters(&backend.filters)).collect::<Vec<_>>()
    };
    let of_rule = |rule: &Rule| {
        let filters = of_filters(&rule.filters);
        filters.into_iter().chain(rule.backends.iter().flat_map(of_backend)).collect::<Vec<_>>()
    };
    route.rules.iter().flat_map(of_rule).min()
}
