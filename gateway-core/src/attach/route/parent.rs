//! What a parentRef came to.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::attach::hostname::HostPattern;
use crate::key::{NamespacedName, ObjectKey};
use crate::model::{ControllerName, ParentReference};
use crate::profile::LosingRouteKind;

/// One parent of a Route.
#[derive(Clone, Debug)]
pub struct ParentNode {
    /// The field that asks for it, such as `spec.parentRefs[0]` or `spec.useDefaultGateways`.
    pub path: String,
    /// As written; for a default Gateway, as it would be (ATT-202).
    pub reference: ParentReference,
    /// What it came to.
    pub edge: ParentEdge,
}

/// What a parentRef came to.
#[derive(Clone, Debug)]
pub enum ParentEdge {
    /// No status is written: the parent is not ours to judge (ATT-140).
    Unresolved(UnresolvedParent),
    /// The parent is a Gateway or a ListenerSet of ours.
    Listeners {
        /// Which.
        owner: ListenerOwner,
        /// Every listener of the parent, and how far the Route got with it.
        candidates: Vec<Candidate>,
    },
    /// The parent is a Service of the mesh (ATT-210).
    Service(ServiceBinding),
}

/// An object of the graph that lists listeners.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListenerOwner {
    /// The number of a Gateway.
    Gateway(usize),
    /// The number of a ListenerSet.
    ListenerSet(usize),
}

/// A Route bound to a Service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceBinding {
    /// The Service.
    pub service: NamespacedName,
    /// Whose requests the Route decides about.
    pub role: ServiceRole,
    /// Who runs the mesh.
    pub controller: ControllerName,
    /// Every port of the Service, and how far the Route got with it.
    pub ports: Vec<ServicePortCandidate>,
    /// Why the Route is not bound, whatever the ports are like.
    pub refusal: Option<Stop>,
}

/// Whose requests a Route decides about (ATT-212).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServiceRole {
    /// Requests from every namespace: the Route is in the Service's own.
    Producer,
    /// Requests from the Route's namespace alone.
    Consumer,
}

/// A port of a Service considered for a parentRef.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServicePortCandidate {
    /// Its number; `None` stands for all ports of a Service that is not in the input.
    pub port: Option<u16>,
    /// Its name.
    pub name: Option<String>,
    /// What stopped the Route; `None` when it is bound to the port.
    pub stop: Option<Stop>,
}

/// Why a parent is not ours to judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnresolvedParent {
    /// A kind that cannot be a parent here.
    Kind,
    /// The Route itself is of a kind that the controller does not have.
    RouteKind,
    /// No such object.
    Missing,
    /// The object exists but is not reconciled by us (ATT-002).
    NotOwned,
}

/// A listener considered for a parentRef.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Index in the owner's listeners.
    pub listener: usize,
    /// What stopped the Route; `None` when it is attached.
    pub stop: Option<Stop>,
    /// The hostnames that listener and Route share, most specific first; empty when stopped.
    pub hostnames: Vec<HostPattern>,
}

/// The first step of attachment that a listener or port failed. The order is the order of the steps, so
/// the furthest stop of all candidates is the one to report (ATT-147).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stop {
    /// The parentRef has a port, and the controller has no feature for that (FEAT-17, FEAT-32).
    PortFeature,
    /// A Route for the requests of its own namespace, and the mesh has no feature for that (FEAT-45).
    ConsumerFeature,
    /// The Service has no address of its own that the mesh could watch (ATT-214).
    NoClusterIp,
    /// Another section (ATT-142).
    SectionName,
    /// Another port (ATT-142).
    Port,
    /// The listener does not take the kind (ATT-143).
    Kind,
    /// The listener does not take the namespace (ATT-144).
    Namespace,
    /// No hostname in common (ATT-145).
    Hostname,
    /// An older Route of another kind has the hostname on this listener, or a Route of a more specific
    /// kind the port of the Service (ATT-188a, ATT-215); with the word for it (AMBIG-04).
    RouteKind(ObjectKey, LosingRouteKind),
}

impl ParentNode {
    /// The parent as `Kind namespace/name`.
    pub fn target(&self, own_namespace: &str) -> String {
        let reference = &self.reference;
        format!("{} {}/{}", reference.kind(), reference.namespace_or(own_namespace), reference.name)
    }

    /// What lists the listeners considered, when the parent is ours.
    pub fn owner(&self) -> Option<ListenerOwner> {
        match self.edge {
            ParentEdge::Listeners { owner, .. } => Some(owner),
            ParentEdge::Unresolved(_) | ParentEdge::Service(_) => None,
        }
    }

    /// Why the Route is not attached anywhere at this parent; `None` if it is.
    pub fn refusal(&self) -> Option<&Stop> {
        match &self.edge {
            ParentEdge::Unresolved(_) => None,
            ParentEdge::Listeners { candidates, .. } => {
                furthest(candidates.iter().map(|candidate| candidate.stop.as_ref()))
            }
            ParentEdge::Service(binding) => {
                let ports = binding.ports.iter().map(|port| port.stop.as_ref());
                binding.refusal.as_ref().or_else(|| furthest(ports))
            }
        }
    }
}

/// The furthest of all stops; `None` if there is a candidate without.
fn furthest<'s>(stops: impl Iterator<Item = Option<&'s Stop>>) -> Option<&'s Stop> {
    // A parent without any listener or port selects nothing either.
    let mut furthest = &Stop::SectionName;
    let mut first = true;
    for stop in stops {
        let stop = stop?;
        furthest = if first { stop } else { furthest.max(stop) };
        first = false;
    }
    Some(furthest)
}
