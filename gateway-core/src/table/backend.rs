//! Where requests go: what is known of a backend when the tables are built.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::RefCell;

use crate::attach::{BackendEdge, BackendProtocol, BackendTlsPolicyNode, Endpoints, Graph};
use crate::key::NamespacedName;
use crate::matching::{Automata, Pattern};
use crate::model::{LocalObjectReference, ObjectKind, SubjectAltName};
use crate::profile::Profile;
use crate::table::{BackendTraffic, Filter};

/// A backend of a rule.
#[derive(Clone, Debug)]
pub struct Backend {
    /// Where it is; rules of one build share what is the same.
    pub target: Arc<Target>,
    /// Its share (FILT-100).
    pub weight: u32,
    /// Its own filters, in order.
    pub filters: Vec<Filter>,
}

impl Backend {
    /// Whether every request can be sent there.
    pub(super) fn takes_all(&self) -> bool {
        let is_ready = self.target.valid && self.target.endpoints != Endpoints::NoneReady;
        is_ready && !self.filters.iter().any(Filter::may_answer)
    }
}

/// An object that requests can be sent to: a backend, the receiver of a mirror, or who authorizes.
#[derive(Clone, Debug)]
pub struct Target {
    /// The kind as written.
    pub kind: String,
    /// The namespace.
    pub namespace: String,
    /// The name.
    pub name: String,
    /// The port.
    pub port: Option<u16>,
    /// Whether it can be used (FILT-110).
    pub valid: bool,
    /// Whether somebody is ready there (FILT-114).
    pub endpoints: Endpoints,
    /// What the port declares to speak (FILT-150).
    pub protocol: Option<BackendProtocol>,
    /// How the connection is secured; `None` without a BackendTLSPolicy (FILT-170).
    pub tls: Option<Arc<UpstreamTls>>,
    /// What an XBackendTrafficPolicy says of it (ATT-246).
    pub traffic: Option<Arc<BackendTraffic>>,
}

/// What a BackendTLSPolicy asks of connections (FILT-170..176).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpstreamTls {
    /// The policy.
    pub policy: NamespacedName,
    /// The server name to send, whatever the request's host is (FILT-171).
    pub server_name: String,
    /// Names that the certificate may have instead of the server name (FILT-172).
    pub subject_alt_names: Vec<SubjectAltName>,
    /// Who may have signed it: ConfigMaps in the policy's namespace.
    pub ca_certificate_refs: Vec<LocalObjectReference>,
    /// The same by name: `System`.
    pub well_known_ca_certificates: Option<String>,
}

impl From<&BackendTlsPolicyNode> for UpstreamTls {
    fn from(node: &BackendTlsPolicyNode) -> Self {
        let validation = &node.object.spec.validation;
        let well_known = validation.well_known_ca_certificates.as_ref();
        Self {
            policy: node.name.clone(),
            server_name: validation.hostname.to_string(),
            subject_alt_names: validation.subject_alt_names.clone().unwrap_or_default(),
            ca_certificate_refs: validation.ca_certificate_refs.clone().unwrap_or_default(),
            well_known_ca_certificates: well_known.map(ToString::to_string),
        }
    }
}

/// Makes targets of references. What several of them need is made once and shared.
pub(super) struct Targets<'g> {
    graph: &'g Graph,
    pub(super) profile: &'g Profile,
    /// Of the expressions of matches.
    pub(super) automata: Automata,
    /// By the policy's index in the graph; made when the first needs it.
    tls: RefCell<BTreeMap<usize, Arc<UpstreamTls>>>,
    /// Likewise.
    traffic: RefCell<BTreeMap<usize, Arc<BackendTraffic>>>,
    /// By name; those of one name differ in something else.
    made: RefCell<BTreeMap<NamespacedName, Vec<Arc<Target>>>>,
}

impl<'g> Targets<'g> {
    pub(super) fn new(graph: &'g Graph, profile: &'g Profile) -> Self {
        Self {
            graph,
            profile,
            automata: Automata::default(),
            tls: RefCell::default(),
            traffic: RefCell::default(),
            made: RefCell::default(),
        }
    }

    /// An expression of a match; `None` when it does not compile. Such a rule was dropped in `attach` already.
    pub(super) fn pattern(&self, source: &str) -> Option<Box<Pattern>> {
        Pattern::checked(source, self.profile, &self.automata).ok().map(Box::new)
    }

    fn tls(&self, policy: usize) -> Option<Arc<UpstreamTls>> {
        let node = self.graph.backend_tls_policies.get(policy)?;
        let mut made = self.tls.borrow_mut();
        Some(Arc::clone(made.entry(policy).or_insert_with(|| Arc::new((&**node).into()))))
    }

    fn traffic(&self, policy: usize) -> Option<Arc<BackendTraffic>> {
        let node = self.graph.traffic_policies.get(policy)?;
        let mut made = self.traffic.borrow_mut();
        Some(Arc::clone(made.entry(policy).or_insert_with(|| Arc::new((&**node).into()))))
    }

    pub(super) fn target(&self, edge: &BackendEdge) -> Arc<Target> {
        let choice = self.graph.tls_of(edge).and_then(|choice| self.tls(choice.policy));
        self.shared(edge, self.graph.is_usable(edge), choice)
    }

    /// A target of a reference; the one that was made of an equal reference before, if there is one.
    fn shared(&self, edge: &BackendEdge, valid: bool, tls: Option<Arc<UpstreamTls>>) -> Arc<Target> {
        let traffic = self.graph.traffic_of(edge).and_then(|policy| self.traffic(policy));
        let is_equal = |known: &&Arc<Target>| {
            (known.port, known.valid, known.endpoints, known.protocol)
                == (edge.port, valid, edge.endpoints, edge.protocol)
                && known.kind == edge.kind
                && is_same(known.tls.as_ref(), tls.as_ref())
                && is_same(known.traffic.as_ref(), traffic.as_ref())
        };
        let mut made = self.made.borrow_mut();
        if let Some(known) = made.get(&edge.name).and_then(|known| known.iter().find(is_equal)) {
            return Arc::clone(known);
        }
        let target = Arc::new(Target {
            kind: edge.kind.clone(),
            namespace: edge.name.namespace.clone(),
            name: edge.name.name.clone(),
            port: edge.port,
            valid,
            endpoints: edge.endpoints,
            protocol: edge.protocol,
            tls,
            traffic,
        });
        made.entry(edge.name.clone()).or_default().push(Arc::clone(&target));
        target
    }

    /// The Service itself, on one of its ports: its endpoints, past all Routes (MATCH-95).
    pub(super) fn service(&self, name: &NamespacedName, port: u16) -> Backend {
        let policy = self.graph.backend_traffic.get(&(ObjectKind::Service, name.clone()));
        let target = Target {
            kind: ObjectKind::Service.kind().to_string(),
            namespace: name.namespace.clone(),
            name: name.name.clone(),
            port: Some(port),
            valid: true,
            endpoints: Endpoints::Unknown,
            protocol: None,
            tls: None,
            traffic: policy.and_then(|policy| self.traffic(*policy)),
        };
        Backend { target: Arc::new(target), weight: 1, filters: Vec::new() }
    }

    /// Whether a BackendTLSPolicy governs connections there.
    pub(super) fn has_policy(&self, edge: &BackendEdge) -> bool {
        self.graph.tls_of(edge).is_some()
    }

    /// The same backend for bytes that are passed on as they come (FILT-170).
    pub(super) fn untouched(&self, backend: Backend, edge: &BackendEdge) -> Backend {
        let target = self.shared(edge, self.graph.is_sound(edge), None);
        Backend { target, ..backend }
    }

    pub(super) fn backend(&self, edge: &BackendEdge, weight: i32, filters: Vec<Filter>) -> Backend {
        Backend { target: self.target(edge), weight: u32::try_from(weight).unwrap_or(0), filters }
    }
}

/// Whether both are the one that several share, or none is there.
fn is_same<T>(one: Option<&Arc<T>>, other: Option<&Arc<T>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}
