//! Every question with two objects: class and Gateway, listener and listener, Route and listener,
//! Route and backend, listener and certificate. Answered once, here; statuses, tables and
//! explanations only read the answers.
//!
//! The [`Graph`] keeps refused edges with the reason, so that *why not* is never worked out twice.

mod addresses;
mod age;
mod attached;
mod backend;
mod certificates;
mod class;
mod client_certificate;
mod conflicts;
mod frontend_validation;
mod gateway;
mod grants;
mod hostname;
mod infrastructure;
mod kinds;
mod listener;
mod listener_set;
mod merge;
mod mesh;
mod others;
mod overlaps;
mod parameters;
mod policy;
mod reads;
mod route;
mod route_object;
mod rule;
mod selector;
mod slots;
mod world;
mod x_backend;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

pub use addresses::{AddressFault, AddressProblem, AddressRefusal, Addresses, UnsupportedAddress};
pub use age::Age;
pub use backend::{BackendEdge, BackendProblem, BackendProtocol, Endpoints, ExtensionEdge};
pub use certificates::{CertificateFault, CertificateName, CertificateProblem, Certificates};
pub(crate) use certificates::{authority_bundle, certificate_names};
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
    Candidate, ListenerOwner, ParentEdge, ParentNode, RouteNode, Routes, ServiceBinding,
    ServicePortCandidate, ServiceRole, Stop, UnresolvedParent,
};
pub use route_object::RouteObject;
pub(crate) use rule::is_any_valid;
pub use rule::{RuleFault, RuleNode, RuleProblem, Side};
pub use slots::{Named, Slots};
pub use x_backend::XBackendNode;

use crate::key::{ListenerKey, NamespacedName, ObjectKey};
use crate::model::{EndpointSlice, ObjectKind};
use crate::profile::Profile;
use crate::snapshot::{Change, Snapshot};
use attached::Attached;
use backend::EndpointSlices;
use infrastructure::Infrastructure;
use policy::Policies;
use reads::{Changed, Read};
use world::World;

/// Objects and how they belong together. Copies share what is the same in both.
///
/// Gateways and ListenerSets have numbers that stay theirs from one graph to the next; policies are indices.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// GatewayClasses of ours, by name.
    pub classes: Arc<BTreeMap<String, ClassNode>>,
    /// Every Gateway of the input, ours or not, by name.
    pub gateways: Arc<Slots<GatewayNode>>,
    /// Every ListenerSet of the input, by name.
    pub listener_sets: Arc<Slots<ListenerSetNode>>,
    /// Every Route of the input, by kind and name.
    pub routes: Routes,
    /// Every BackendTLSPolicy of the input, by name; none when the controller has no such feature.
    pub backend_tls_policies: Arc<Vec<Arc<BackendTlsPolicyNode>>>,
    /// The BackendTLSPolicy in effect for each port of a Service.
    pub backend_tls: Arc<BackendTls>,
    /// Every XBackendTrafficPolicy of the input, by name.
    pub traffic_policies: Arc<Vec<Arc<TrafficPolicyNode>>>,
    /// The XBackendTrafficPolicy in effect for each backend that has one, as an index (ATT-246).
    pub backend_traffic: Arc<BTreeMap<(ObjectKind, NamespacedName), usize>>,
    /// Every XBackend of the input, by name.
    pub x_backends: Arc<Vec<Arc<XBackendNode>>>,
    /// XMeshes of ours, by name.
    pub meshes: Arc<BTreeMap<String, MeshNode>>,
    endpoints: EndpointSlices,
    attached: Attached,
    /// Kinds of which missing objects are taken as existing.
    assumed: Vec<ObjectKind>,
    plain_infrastructure: Arc<infrastructure::Plain>,
    plain_policies: Arc<policy::Plain>,
}

impl Graph {
    /// Works out how the snapshot's objects belong together.
    pub fn build(snapshot: &Snapshot, profile: &Profile) -> Self {
        Self::default().next(snapshot, profile, &Changed::All)
    }

    /// The graph of a snapshot that differs from this graph's by some changes. What no change reaches is
    /// shared with this graph.
    pub(crate) fn rebuild(&self, snapshot: &Snapshot, profile: &Profile, changes: &[Change]) -> Self {
        let same_assumptions = self.assumed == assumed(snapshot, profile);
        if !same_assumptions || !self.routes.has_room_for(changes.len()) {
            return Self::build(snapshot, profile);
        }
        self.next(snapshot, profile, &Changed::new(changes))
    }

    fn next(&self, snapshot: &Snapshot, profile: &Profile, changed: &Changed) -> Self {
        let mut reached = changed.read_by_routes();
        let endpoints = EndpointSlices::next(&self.endpoints, snapshot, changed, &mut reached);
        let world = World::new(snapshot, profile, &endpoints);
        let infrastructure = Infrastructure::next(&world, self, changed, &mut reached);
        let policies = Policies::next(&world, self, changed, &mut reached);
        let parents =
            route::Parents { world: &world, tls: &policies.backend_tls, infrastructure: &infrastructure };
        let routes = route::routes(parents, &self.routes, changed, &reached);
        let mut graph = Self {
            attached: attached::next(&self.attached, &routes, &self.routes),
            assumed: assumed(snapshot, profile),
            classes: infrastructure.classes,
            gateways: infrastructure.gateways,
            listener_sets: infrastructure.listener_sets,
            routes,
            backend_tls_policies: policies.backend_tls_policies,
            backend_tls: policies.backend_tls,
            traffic_policies: policies.traffic_policies,
            backend_traffic: policies.backend_traffic,
            x_backends: policies.x_backends,
            meshes: infrastructure.meshes,
            endpoints: endpoints.clone(),
            plain_infrastructure: infrastructure.plain,
            plain_policies: policies.plain,
        };
        policy::find_ancestors(&mut graph, self);
        graph
    }

    /// A listener of the input, by its owner and name.
    pub fn listener(&self, key: &ListenerKey) -> Option<&ListenerNode> {
        let name = NamespacedName::new(key.owner.namespace.clone(), key.owner.name.clone());
        let listeners = match key.owner.kind {
            ObjectKind::Gateway => &self.gateways[self.gateways.find(&name)?].listeners,
            ObjectKind::ListenerSet => &self.listener_sets[self.listener_sets.find(&name)?].listeners,
            _ => return None,
        };
        listeners.iter().find(|listener| listener.key == *key)
    }

    /// What is known of the endpoints of a port of a Service.
    pub(crate) fn endpoints_of(&self, service: &NamespacedName, port: Option<&str>) -> Endpoints {
        self.endpoints.of(service, port)
    }

    /// The EndpointSlices of a Service.
    pub(crate) fn slices_of(&self, service: &NamespacedName) -> impl Iterator<Item = &EndpointSlice> {
        self.endpoints.slices(service)
    }

    /// A Route of the input.
    pub fn route(&self, key: &ObjectKey) -> Option<&RouteNode> {
        self.routes.get(key).map(|route| &**route)
    }

    /// The Routes that name a Service as their parent.
    pub(crate) fn routes_of_service(
        &self,
        service: &NamespacedName,
    ) -> impl Iterator<Item = &Arc<RouteNode>> {
        let kinds = RouteObject::KINDS.into_iter();
        kinds.flat_map(|kind| self.routes.readers(Read::ServiceParent(kind, service).number()))
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

    /// The number of the Gateway that an owner of listeners belongs to: itself, or the ListenerSet's parent.
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

    /// How many Routes are attached to a listener, by its index in the owner's (ATT-120).
    pub fn attached_routes(&self, owner: ListenerOwner, listener: usize) -> usize {
        let of_owner = self.attached.get(&owner);
        of_owner.and_then(|of_owner| of_owner.listeners.get(listener)).copied().unwrap_or(0)
    }

    /// The numbers of attached Routes of an owner's listeners; listeners beyond the end have none.
    pub(crate) fn attached_to(&self, owner: ListenerOwner) -> &[usize] {
        self.attached.get(&owner).map_or(&[], |of_owner| &of_owner.listeners)
    }

    /// Whether Gateways and ListenerSets are those of another graph.
    pub(crate) fn has_infrastructure_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.gateways, &other.gateways) && Arc::ptr_eq(&self.listener_sets, &other.listener_sets)
    }

    /// The owners of listeners that have other numbers of attached Routes than in another graph.
    pub(crate) fn renumbered(&self, other: &Self) -> BTreeSet<ListenerOwner> {
        let mut found = BTreeSet::new();
        self.attached.differences(
            &other.attached,
            |one, other| one.listeners == other.listeners,
            |before, after| found.extend(before.or(after).map(|known| known.owner)),
        );
        found
    }
}

/// The kinds that the profile wants assumed and of which there is no object.
fn assumed(snapshot: &Snapshot, profile: &Profile) -> Vec<ObjectKind> {
    profile.assume.iter().copied().filter(|kind| snapshot.count(*kind) == 0).collect()
}
