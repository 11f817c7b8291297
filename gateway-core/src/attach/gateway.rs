//! Gateways with their class and their listeners (ATT-002, ATT-090..095).

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::class::{self, ClassEdge, ClassNode, ParametersProblem};
use crate::attach::conflicts;
use crate::attach::listener::{ListenerNode, ListenerRefusal};
use crate::attach::world::World;
use crate::key::{NamespacedName, ObjectKey};
use crate::model::{ControllerName, Gateway, ObjectKind};

/// A Gateway with everything found out about it.
#[derive(Clone, Debug)]
pub struct GatewayNode {
    /// Its name.
    pub name: NamespacedName,
    /// The Gateway.
    pub object: Arc<Gateway>,
    /// Its class, seen from here.
    pub class: ClassEdge,
    /// Why it is not accepted, beside its listeners.
    pub refusal: Option<GatewayRefusal>,
    /// Its listeners, in order.
    pub listeners: Vec<ListenerNode>,
    /// The ListenerSets it takes, as indices in the graph, in merge order (ATT-015).
    pub listener_sets: Vec<usize>,
}

/// Why a Gateway is not accepted, whatever its listeners are like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayRefusal {
    /// `infrastructure.parametersRef` does not resolve (ATT-094).
    Parameters(ParametersProblem),
    /// An address of a type that we do not know (ATT-095).
    UnsupportedAddress {
        /// Index in `spec.addresses`.
        index: usize,
        /// The type.
        found: String,
    },
}

impl GatewayNode {
    /// Whether it is ours to reconcile (ATT-001).
    pub fn is_owned(&self) -> bool {
        self.controller().is_some()
    }

    /// The controller that reconciles it, when that is us.
    pub fn controller(&self) -> Option<&ControllerName> {
        match &self.class {
            ClassEdge::Owned { controller } => Some(controller),
            _ => None,
        }
    }

    /// Whether it produces configuration: nothing refused, and a listener accepted (ATT-003, ATT-092).
    pub fn is_accepted(&self) -> bool {
        self.is_owned() && self.refusal.is_none() && self.listeners.iter().any(ListenerNode::is_accepted)
    }
}

pub(crate) fn gateways(world: &World<'_>, classes: &BTreeMap<String, ClassNode>) -> Vec<GatewayNode> {
    world
        .snapshot
        .gateways
        .iter()
        .map(|(name, gateway)| GatewayNode {
            name: name.clone(),
            class: class::edge(world, classes, &gateway.spec.gateway_class_name),
            refusal: refusal(world, name, gateway),
            listeners: listeners(world, name, gateway),
            listener_sets: Vec::new(),
            object: Arc::clone(gateway),
        })
        .collect()
}

fn listeners(world: &World<'_>, name: &NamespacedName, gateway: &Gateway) -> Vec<ListenerNode> {
    let owner = ObjectKey::new(ObjectKind::Gateway, name.namespace.clone(), name.name.clone());
    let node = |(index, listener)| ListenerNode::new(world, &owner, index, listener);
    let mut nodes: Vec<_> = gateway.spec.listeners.iter().enumerate().map(node).collect();
    let conflicts = conflicts::conflicts(&nodes);
    let overlaps = conflicts::overlaps(&nodes);
    for ((node, conflict), overlaps) in nodes.iter_mut().zip(conflicts).zip(overlaps) {
        node.overlaps = overlaps;
        if let Some(conflict) = conflict {
            node.refusal = Some(ListenerRefusal::Conflict(conflict));
        }
    }
    nodes
}

fn refusal(world: &World<'_>, name: &NamespacedName, gateway: &Gateway) -> Option<GatewayRefusal> {
    let parameters = gateway
        .spec
        .infrastructure
        .as_ref()
        .and_then(|infrastructure| infrastructure.parameters_ref.as_ref());
    let problem = parameters.and_then(|reference| {
        class::parameters(world, &reference.group, &reference.kind, Some(&name.namespace), &reference.name)
    });
    if let Some(problem) = problem {
        return Some(GatewayRefusal::Parameters(problem));
    }
    let addresses = gateway.spec.addresses.iter().flatten().enumerate();
    let mut unknown =
        addresses.filter(|(_, address)| !["IPAddress", "Hostname"].contains(&address.address_type()));
    unknown.next().map(|(index, address)| GatewayRefusal::UnsupportedAddress {
        index,
        found: address.address_type().to_string(),
    })
}
