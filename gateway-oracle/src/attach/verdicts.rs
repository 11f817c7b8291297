//! The answer of [`attachments`](crate::attachments) as plain data.

use gateway_core::model::ParentReference;
use serde::Serialize;

use super::Graph;
use crate::decision::{ListenerName, RouteName, ServiceName};
use crate::world::{World, namespace};

/// What follows from the objects for attachment. Lists are sorted by kind, namespace and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachments {
    /// The Gateways of ours.
    pub gateways: Vec<GatewayVerdict>,
    /// Their ListenerSets.
    pub listener_sets: Vec<ListenerSetVerdict>,
    /// Their listeners, in the order of ATT-015.
    pub listeners: Vec<ListenerVerdict>,
    /// All Routes.
    pub routes: Vec<RouteVerdict>,
}

/// A status and its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Word {
    /// True or False.
    pub status: bool,
    /// Why.
    pub reason: String,
}

impl Word {
    fn new(refused: Option<&'static str>, good: &'static str) -> Self {
        Self { status: refused.is_none(), reason: refused.unwrap_or(good).to_owned() }
    }
}

/// A Gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GatewayVerdict {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// ATT-090..ATT-095.
    pub accepted: Word,
    /// ATT-018.
    pub attached_listener_sets: usize,
}

/// A ListenerSet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListenerSetVerdict {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// ATT-130..ATT-134.
    pub accepted: Word,
    /// ATT-011.
    pub allowed: bool,
}

/// A listener.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListenerVerdict {
    /// Which.
    pub listener: ListenerName,
    /// ATT-050..ATT-056.
    pub accepted: Word,
    /// ATT-058.
    pub conflicted: Option<String>,
    /// Whether it takes traffic (MATCH-01, ATT-003).
    pub serves: bool,
    /// ATT-077.
    pub supported_kinds: Vec<String>,
    /// ATT-120.
    pub attached_routes: usize,
}

/// A Route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RouteVerdict {
    /// Which.
    pub route: RouteName,
    /// The entries of `status.parents`, in order.
    pub parents: Vec<ParentVerdict>,
}

/// An entry of `status.parents`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ParentVerdict {
    /// ATT-151: group and kind are there.
    pub parent_ref: ParentReference,
    /// Whose entry it is.
    pub controller_name: String,
    /// ATT-170..ATT-175: the first reason when not.
    pub accepted: Word,
    /// ATT-177..ATT-181.
    pub resolved_refs: Word,
    /// ATT-182.
    pub partially_invalid: Option<String>,
    /// The listeners that it is attached to.
    pub listeners: Vec<Attached>,
    /// The Service and ports that it is attached to.
    pub services: Vec<ServiceName>,
}

/// A listener that a Route is attached to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attached {
    /// Which.
    pub listener: ListenerName,
    /// ATT-162: the intersected hostnames; empty text for all.
    pub hostnames: Vec<String>,
}

/// ATT-120..ATT-124: a Route counts once on each listener.
fn attached_routes(graph: &Graph, listener: usize) -> usize {
    let is_on = |parent: &&super::ParentState| {
        parent.refused.is_none() && parent.listeners.iter().any(|(one, _)| *one == listener)
    };
    graph.routes.iter().filter(|route| route.parents.iter().any(|parent| is_on(&parent))).count()
}

pub(crate) fn of(world: &World, graph: &Graph) -> Attachments {
    let gateways = graph.gateways.iter().map(|state| {
        let metadata = &world.gateways[state.gateway].metadata;
        let mut own = graph
            .listeners
            .iter()
            .filter(|one| one.gateway == state.gateway && one.owner == gateway_core::ObjectKind::Gateway);
        // ATT-091.
        let good = if own.any(|one| one.refused.is_some()) { "ListenersNotValid" } else { "Accepted" };
        let sets = graph.sets.iter().filter(|set| set.gateway == state.gateway && set.refused.is_none());
        GatewayVerdict {
            namespace: namespace(metadata).to_owned(),
            name: metadata.name.clone(),
            accepted: Word::new(state.refused, good),
            attached_listener_sets: sets.count(),
        }
    });
    let listener_sets = graph.sets.iter().map(|state| {
        let metadata = &world.listener_sets[state.set].metadata;
        ListenerSetVerdict {
            namespace: namespace(metadata).to_owned(),
            name: metadata.name.clone(),
            accepted: Word::new(state.refused, "Accepted"),
            allowed: state.allowed,
        }
    });
    let listeners = graph.listeners.iter().enumerate().map(|(index, state)| ListenerVerdict {
        listener: state.key(),
        accepted: Word::new(state.refused, "Accepted"),
        conflicted: state.conflicted.map(str::to_owned),
        serves: state.serves,
        supported_kinds: state.kinds.iter().map(|kind| kind.kind().to_owned()).collect(),
        attached_routes: attached_routes(graph, index),
    });
    let parent = |parent: &super::ParentState| ParentVerdict {
        parent_ref: ParentReference {
            group: Some(parent.reference.group().into()),
            kind: Some(parent.reference.kind().into()),
            ..parent.reference.clone()
        },
        controller_name: parent.controller.clone(),
        accepted: Word::new(parent.refused, "Accepted"),
        resolved_refs: Word::new(
            parent.unresolved.map(crate::world::backend::Trouble::reason),
            "ResolvedRefs",
        ),
        partially_invalid: parent.partially.map(str::to_owned),
        listeners: parent
            .listeners
            .iter()
            .map(|(index, names)| Attached {
                listener: graph.listeners[*index].key(),
                hostnames: names.clone(),
            })
            .collect(),
        services: parent
            .service
            .iter()
            .flat_map(|service| {
                service.ports.iter().map(|port| ServiceName {
                    namespace: service.namespace.clone(),
                    name: service.name.clone(),
                    port: *port,
                })
            })
            .collect(),
    };
    let routes = graph.routes.iter().map(|state| {
        let route = &world.routes[state.route];
        RouteVerdict { route: RouteName::of(route), parents: state.parents.iter().map(parent).collect() }
    });
    Attachments {
        gateways: gateways.collect(),
        listener_sets: listener_sets.collect(),
        listeners: listeners.collect(),
        routes: routes.collect(),
    }
}
