//! Which listeners exist, and which Routes are attached to them.

pub(crate) mod class;
pub(crate) mod conflict;
pub(crate) mod kinds;
pub(crate) mod listeners;
pub(crate) mod mesh;
pub(crate) mod routes;
pub(crate) mod validity;
pub(crate) mod verdicts;

use gateway_core::ObjectKind;
use gateway_core::model::{Listener, ParentReference};

use crate::decision::ListenerName;
use crate::world::World;
use crate::world::backend::Trouble;

/// What follows from the objects, by their places in the [`World`].
#[derive(Debug)]
pub(crate) struct Graph {
    pub(crate) gateways: Vec<GatewayState>,
    pub(crate) sets: Vec<SetState>,
    /// All listeners; those of one Gateway with its sets in the order of ATT-015.
    pub(crate) listeners: Vec<ListenerState>,
    pub(crate) routes: Vec<RouteState>,
}

/// A Gateway of ours.
#[derive(Debug)]
pub(crate) struct GatewayState {
    pub(crate) gateway: usize,
    pub(crate) controller: String,
    /// Why it is not accepted.
    pub(crate) refused: Option<&'static str>,
}

/// A ListenerSet of a Gateway of ours.
#[derive(Debug)]
pub(crate) struct SetState {
    pub(crate) set: usize,
    pub(crate) gateway: usize,
    pub(crate) allowed: bool,
    pub(crate) refused: Option<&'static str>,
}

#[derive(Debug)]
pub(crate) struct ListenerState {
    pub(crate) gateway: usize,
    pub(crate) owner: ObjectKind,
    pub(crate) namespace: String,
    pub(crate) name: String,
    pub(crate) spec: Listener,
    /// ATT-077: kinds of Routes that it takes.
    pub(crate) kinds: Vec<ObjectKind>,
    /// Why it is not accepted.
    pub(crate) refused: Option<&'static str>,
    pub(crate) conflicted: Option<&'static str>,
    /// Whether its certificates are there.
    pub(crate) has_certificates: bool,
    /// MATCH-01, ATT-003: whether it takes traffic.
    pub(crate) serves: bool,
}

impl ListenerState {
    pub(crate) fn key(&self) -> ListenerName {
        ListenerName {
            kind: self.owner.kind().to_owned(),
            namespace: self.namespace.clone(),
            name: self.name.clone(),
            section: self.spec.name.0.clone(),
        }
    }

    /// Its hostname; empty for none.
    pub(crate) fn hostname(&self) -> &str {
        self.spec.hostname.as_deref().unwrap_or_default()
    }
}

#[derive(Debug)]
pub(crate) struct RouteState {
    pub(crate) route: usize,
    /// MATCH-20: why each rule is dropped, for the listeners of Gateways.
    pub(crate) faults: Vec<Option<&'static str>>,
    /// The same for Services.
    pub(crate) mesh_faults: Vec<Option<&'static str>>,
    pub(crate) parents: Vec<ParentState>,
}

/// An entry of a Route's `status.parents`.
#[derive(Debug)]
pub(crate) struct ParentState {
    pub(crate) reference: ParentReference,
    pub(crate) controller: String,
    /// Why it is not accepted.
    pub(crate) refused: Option<&'static str>,
    pub(crate) unresolved: Option<Trouble>,
    /// ATT-182: some rules are dropped.
    pub(crate) partially: Option<&'static str>,
    /// Listeners by their place, with the intersected hostnames.
    pub(crate) listeners: Vec<(usize, Vec<String>)>,
    /// Ports of a Service.
    pub(crate) service: Option<ServicePorts>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServicePorts {
    pub(crate) namespace: String,
    pub(crate) name: String,
    pub(crate) ports: Vec<i32>,
}

pub(crate) fn graph(world: &World) -> Graph {
    let mut graph = listeners::all(world);
    graph.routes = routes::attach(world, &graph);
    conflict::of_route_kinds(world, &mut graph);
    mesh::conflicts(world, &mut graph);
    graph
}
