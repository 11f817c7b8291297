//! Every question with two objects: class and Gateway, listener and listener, Route and listener,
//! Route and backend, listener and certificate. Answered once, here; statuses, tables and
//! explanations only read the answers.
//!
//! The [`Graph`] keeps refused edges with the reason, so that *why not* is never worked out twice.

mod addresses;
mod age;
mod backend;
mod certificates;
mod class;
mod client_certificate;
mod conflicts;
mod frontend_validation;
mod gateway;
mod grants;
mod hostname;
mod kinds;
mod listener;
mod listener_set;
mod merge;
mod mesh;
mod others;
mod overlaps;
mod parameters;
mod policy;
mod route;
mod route_object;
mod rule;
mod selector;
mod world;
mod x_backend;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

pub use addresses::{AddressFault, AddressProblem, AddressRefusal, Addresses, UnsupportedAddress};
pub use age::Age;
pub use backend::{BackendEdge, BackendProblem, BackendProtocol, Endpoints, ExtensionEdge};
pub use certificates::{CertificateFault, CertificateName, CertificateProblem, Certificates};
pub use class::{ClassEdge, ClassNode, MeshNode};
pub use client_certificate::ClientCertificate;
pub use conflicts::{Conflict, ConflictKind};
pub use frontend_validation::{ClientValidation, FrontendTls, UnsupportedValidation};
pub use gateway::{GatewayNode, GatewayRefusal};
pub use hostname::HostPattern;
pub(crate) use hostname::is_ipv4;
pub use kinds::{Protocol, RouteKinds};
pub use listener::{ListenerNode, ListenerRefusal};
pub use listener_set::{ListenerSetNode, ListenerSetParent};
pub use others::OtherListeners;
pub use overlaps::Overlap;
pub use parameters::ParametersProblem;
pub use policy::{
    BackendTls, BackendTlsPolicyNode, PolicyTarget, TargetProblem, TlsChoice, TlsPolicyFault,
    TrafficPolicyNode, ValueFault,
};
pub use route::{
    Candidate, ListenerOwner, ParentEdge, ParentNode, RouteNode, ServiceBinding, ServicePortCandidate,
    ServiceRole, Stop, UnresolvedParent,
};
pub use route_object::RouteObject;
pub(crate) use rule::is_any_valid;
pub use rule::{RuleFault, RuleNode, RuleProblem, Side};
pub use x_backend::XBackendNode;

use crate::key::{NamespacedName, ObjectKey};
use crate::model::ObjectKind;
use crate::profile::Profile;
use crate::snapshot::Snapshot;
use world::World;

/// Objects and how they belong together.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// GatewayClasses of ours, by name.
    pub classes: BTreeMap<String, ClassNode>,
    /// Every Gateway of the input, ours or not, by name.
    pub gateways: Vec<GatewayNode>,
    /// Every ListenerSet of the input, by name.
    pub listener_sets: Vec<ListenerSetNode>,
    /// Every Route of the input, by kind and name.
    pub routes: Vec<RouteNode>,
    /// Every BackendTLSPolicy of the input, by name; none when the controller has no such feature.
    pub backend_tls_policies: Vec<BackendTlsPolicyNode>,
    /// The BackendTLSPolicy in effect for each port of a Service.
    pub backend_tls: BackendTls,
    /// Every XBackendTrafficPolicy of the input, by name.
    pub traffic_policies: Vec<TrafficPolicyNode>,
    /// The XBackendTrafficPolicy in effect for each backend that has one, as an index (ATT-246).
    pub backend_traffic: BTreeMap<(ObjectKind, NamespacedName), usize>,
    /// Every XBackend of the input, by name.
    pub x_backends: Vec<XBackendNode>,
    /// XMeshes of ours, by name.
    pub meshes: BTreeMap<String, MeshNode>,
}

impl Graph {
    /// Works out how the snapshot's objects belong together.
    pub fn build(snapshot: &Snapshot, profile: &Profile) -> Self {
        let world = World::new(snapshot, profile);
        let classes = class::classes(&world);
        let mut gateways = gateway::gateways(&world, &classes);
        let mut listener_sets = listener_set::listener_sets(&world, &gateways);
        merge::merge(&world, &mut gateways, &mut listener_sets);
        let backend_tls_policies = policy::backend_tls_policies(&world);
        let backend_tls = BackendTls::new(&world, &backend_tls_policies);
        let parents = route::Parents { gateways: &gateways, listener_sets: &listener_sets };
        let routes = route::routes(&world, &backend_tls, parents);
        let traffic_policies = policy::traffic_policies(&world);
        let backend_traffic = policy::in_effect(&traffic_policies);
        let mut graph = Self {
            classes,
            gateways,
            listener_sets,
            routes,
            backend_tls_policies,
            backend_tls,
            traffic_policies,
            backend_traffic,
            x_backends: x_backend::x_backends(&world),
            meshes: class::meshes(&world),
        };
        graph.count_attached();
        graph.find_ancestors();
        graph
    }

    /// A Route of the input.
    pub fn route(&self, key: &ObjectKey) -> Option<&RouteNode> {
        let index = self.routes.binary_search_by(|route| route.key.cmp(key)).ok()?;
        self.routes.get(index)
    }

    /// The listeners of a Gateway or ListenerSet.
    pub fn listeners(&self, owner: ListenerOwner) -> &[ListenerNode] {
        match owner {
            ListenerOwner::Gateway(index) => &self.gateways[index].listeners,
            ListenerOwner::ListenerSet(index) => &self.listener_sets[index].listeners,
        }
    }

    /// What lists the listeners of a Gateway: itself, then its ListenerSets in merge order (ATT-015).
    pub fn owners_of(&self, gateway: usize) -> impl Iterator<Item = ListenerOwner> + '_ {
        let sets = self.gateways[gateway].listener_sets.iter().map(|set| ListenerOwner::ListenerSet(*set));
        core::iter::once(ListenerOwner::Gateway(gateway)).chain(sets)
    }

    /// The index of the Gateway that an owner of listeners belongs to: itself, or the ListenerSet's parent.
    pub fn gateway_of(&self, owner: ListenerOwner) -> Option<usize> {
        match owner {
            ListenerOwner::Gateway(index) => Some(index),
            ListenerOwner::ListenerSet(index) => self.listener_sets[index].gateway(),
        }
    }

    /// Whether requests can be sent to a backend: nothing is wrong with the reference, and no policy that
    /// cannot be carried out stands in the way (ATT-230).
    pub fn is_usable(&self, edge: &BackendEdge) -> bool {
        self.is_sound(edge) && !self.tls_of(edge).is_some_and(|choice| choice.fails_closed)
    }

    /// Whether bytes can be passed on to a backend as they come: policies for TLS have no say (FILT-170).
    pub fn is_sound(&self, edge: &BackendEdge) -> bool {
        edge.problem.is_none() && self.x_backend_of(edge).is_none_or(XBackendNode::is_usable)
    }

    /// The XBackend that a backend is.
    pub fn x_backend_of(&self, edge: &BackendEdge) -> Option<&XBackendNode> {
        edge.target.filter(|kind| *kind == ObjectKind::XBackend)?;
        let found = self.x_backends.binary_search_by(|backend| backend.name.cmp(&edge.name)).ok()?;
        Some(&self.x_backends[found])
    }

    /// The BackendTLSPolicy that governs a backend.
    pub fn tls_of(&self, edge: &BackendEdge) -> Option<TlsChoice> {
        let port = edge.port.filter(|_| edge.target == Some(ObjectKind::Service))?;
        self.backend_tls.of(&edge.name, port)
    }

    /// The XBackendTrafficPolicy in effect for a backend, as an index (ATT-246).
    pub fn traffic_of(&self, edge: &BackendEdge) -> Option<usize> {
        self.backend_traffic.get(&(edge.target?, edge.name.clone())).copied()
    }

    /// ATT-221, ATT-247: the Gateways whose attached Routes use an XBackend, or what a policy targets.
    fn find_ancestors(&mut self) {
        let ends_tls = |route: &RouteNode, listener: &ListenerNode| match route.key.kind {
            ObjectKind::HttpRoute | ObjectKind::GrpcRoute => true,
            // FILT-170: bytes that are passed through are not ours to encrypt.
            ObjectKind::TlsRoute => kinds::terminates_tls(&listener.spec),
            _ => false,
        };
        let uses = policy::uses(self, ends_tls);
        let targets = |targets: &[PolicyTarget]| {
            uses.of(targets.iter().filter_map(|target| Some((target.kind?, &target.name))))
        };
        for policy in &mut self.backend_tls_policies {
            policy.ancestors = targets(&policy.targets);
        }
        let uses = policy::uses(self, |_, _| true);
        for policy in &mut self.traffic_policies {
            policy.ancestors =
                uses.of(policy.targets.iter().filter_map(|target| Some((target.kind?, &target.name))));
        }
        for backend in &mut self.x_backends {
            backend.gateways = uses.of([(ObjectKind::XBackend, &backend.name)].into_iter());
        }
    }

    /// Whether an owner of listeners is accepted, so that its listeners serve (ATT-003): a Gateway with a
    /// valid listener, a ListenerSet that such a Gateway takes, with a valid listener of its own.
    pub fn is_accepted(&self, owner: ListenerOwner) -> bool {
        match owner {
            ListenerOwner::Gateway(index) => self.gateways[index].is_accepted(),
            ListenerOwner::ListenerSet(index) => {
                let set = &self.listener_sets[index];
                let parent = set.taken_by().map(|gateway| &self.gateways[gateway]);
                parent.is_some_and(GatewayNode::is_accepted) && set.has_valid_listener()
            }
        }
    }

    /// How many ListenerSets are attached to a Gateway (ATT-018).
    pub fn attached_listener_sets(&self, gateway: usize) -> usize {
        let sets = self.gateways[gateway].listener_sets.iter();
        sets.filter(|set| self.is_accepted(ListenerOwner::ListenerSet(**set))).count()
    }

    /// ATT-120: a Route counts once for a listener, however many of its parentRefs select it.
    fn count_attached(&mut self) {
        let mut attached = Vec::new();
        for route in self.routes.iter().filter(|route| route.has_valid_rule()) {
            let mut of_route = BTreeSet::new();
            for parent in &route.parents {
                if let ParentEdge::Listeners { owner, candidates } = &parent.edge {
                    let listeners = candidates.iter().filter(|candidate| candidate.stop.is_none());
                    of_route.extend(listeners.map(|candidate| (*owner, candidate.listener)));
                }
            }
            attached.extend(of_route);
        }
        for (owner, listener) in attached {
            let listeners = match owner {
                ListenerOwner::Gateway(index) => &mut self.gateways[index].listeners,
                ListenerOwner::ListenerSet(index) => &mut self.listener_sets[index].listeners,
            };
            listeners[listener].attached_routes += 1;
        }
    }
}
