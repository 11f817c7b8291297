//! Gateways with their class and their listeners (ATT-002, ATT-090..095).

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::addresses::{self, AddressRefusal, Addresses};
use crate::attach::class::ClassEdge;
use crate::attach::client_certificate::{self, ClientCertificate};
use crate::attach::frontend_validation::FrontendTls;
use crate::attach::listener::ListenerNode;
use crate::attach::parameters::{self, ParametersProblem};
use crate::attach::world::World;
use crate::key::{NamespacedName, ObjectKey};
use crate::model::{ControllerName, Gateway, GatewayDefaultScope, ObjectKind};

/// A Gateway with everything found out about it.
#[derive(Clone, Debug, PartialEq)]
pub struct GatewayNode {
    /// Its name.
    pub name: NamespacedName,
    /// The Gateway.
    pub object: Arc<Gateway>,
    /// Its class, seen from here.
    pub class: ClassEdge,
    /// Why it is not accepted, beside its listeners.
    pub refusal: Option<GatewayRefusal>,
    /// The addresses it asks for and gets.
    pub addresses: Addresses,
    /// Whether it can show a certificate to backends; `None` when it names none (REF-12).
    pub client_certificate: Option<ClientCertificate>,
    /// Whose client certificates its HTTPS listeners accept.
    pub frontend: FrontendTls,
    /// Whether Routes may attach without naming it (ATT-200).
    pub is_default: bool,
    /// Its listeners, in order.
    pub listeners: Vec<ListenerNode>,
    /// The ListenerSets it takes, by their numbers in the graph, in merge order (ATT-015).
    pub listener_sets: Vec<usize>,
}

/// Why a Gateway is not accepted, whatever its listeners are like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayRefusal {
    /// `infrastructure.parametersRef` does not resolve (ATT-094).
    Parameters(ParametersProblem),
    /// An address that the controller cannot give (ATT-095).
    Address(AddressRefusal),
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

    /// The Secret with the certificate that it shows to backends, when that can be used (FILT-176).
    pub fn client_certificate_name(&self) -> Option<NamespacedName> {
        self.client_certificate.as_ref().filter(|found| **found == ClientCertificate::Usable)?;
        let backend = self.object.spec.tls.as_ref()?.backend.as_ref()?;
        let reference = backend.client_certificate_ref.as_ref()?;
        Some(NamespacedName::new(reference.namespace_or(&self.name.namespace), &*reference.name))
    }

    /// Whether it serves: accepted, with every address it asks for, and a listener that can serve
    /// (ATT-098..103). Only its own listeners count (ATT-019).
    pub fn is_programmed(&self) -> bool {
        self.is_accepted()
            && self.addresses.problems.is_empty()
            && self.listeners.iter().any(ListenerNode::is_programmed)
    }
}

/// A Gateway as it is without ListenerSets.
pub(super) fn gateway(
    world: &World<'_>,
    name: &NamespacedName,
    gateway: &Arc<Gateway>,
    class: ClassEdge,
) -> GatewayNode {
    let owner = ObjectKey::new(ObjectKind::Gateway, name.namespace.clone(), name.name.clone());
    let listener = |(index, listener)| ListenerNode::new(world, &owner, index, listener);
    GatewayNode {
        name: name.clone(),
        class,
        refusal: refusal(world, name, gateway),
        addresses: addresses::resolve(world, gateway),
        client_certificate: client_certificate::resolve(world, &owner, gateway),
        frontend: FrontendTls::new(world, &owner, gateway),
        is_default: world.profile.default_gateways
            && gateway.spec.default_scope() == GatewayDefaultScope::All,
        listeners: gateway.spec.listeners.iter().enumerate().map(listener).collect(),
        listener_sets: Vec::new(),
        object: Arc::clone(gateway),
    }
}

fn refusal(world: &World<'_>, name: &NamespacedName, gateway: &Gateway) -> Option<GatewayRefusal> {
    let infrastructure = gateway.spec.infrastructure.as_ref();
    let reference = infrastructure.and_then(|infrastructure| infrastructure.parameters_ref.as_ref());
    let problem =
        reference.and_then(|reference| parameters::of_namespaced(world, &name.namespace, reference));
    let parameters = problem.map(GatewayRefusal::Parameters);
    parameters.or_else(|| addresses::refusal(world, gateway).map(GatewayRefusal::Address))
}
