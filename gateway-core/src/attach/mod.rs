//! Every question with two objects: class and Gateway, listener and listener, Route and listener,
//! Route and backend, listener and certificate. Answered once, here; statuses, tables and
//! explanations only read the answers.
//!
//! The [`Graph`] keeps refused edges with the reason, so that *why not* is never worked out twice.

mod age;
mod backend;
mod certificates;
mod class;
mod conflicts;
mod gateway;
mod grants;
mod hostname;
mod kinds;
mod listener;
mod listener_set;
mod route;
mod route_object;
mod rule;
mod selector;
mod world;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

pub use age::Age;
pub use backend::{BackendEdge, BackendProblem, ExtensionEdge};
pub use certificates::{CertificateFault, CertificateProblem, Certificates};
pub use class::{ClassEdge, ClassNode, ParametersProblem};
pub use conflicts::{Conflict, ConflictKind};
pub use gateway::{GatewayNode, GatewayRefusal};
pub use hostname::HostPattern;
pub use kinds::{Protocol, RouteKinds};
pub use listener::{ListenerNode, ListenerRefusal};
pub use listener_set::{ListenerSetNode, ListenerSetParent};
pub use route::{Candidate, ListenerOwner, ParentEdge, ParentNode, RouteNode, Stop, UnresolvedParent};
pub use route_object::RouteObject;
pub use rule::{RuleFault, RuleNode, RuleProblem};

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
    /// Every Route of the input, by name.
    pub routes: Vec<RouteNode>,
}

impl Graph {
    /// Works out how the snapshot's objects belong together.
    pub fn build(snapshot: &Snapshot, profile: &Profile) -> Self {
        let world = World::new(snapshot, profile);
        let classes = class::classes(&world);
        let gateways = gateway::gateways(&world, &classes);
        let routes = route::routes(&world, &gateways);
        let mut graph = Self { classes, gateways, listener_sets: Vec::new(), routes };
        graph.count_attached();
        graph
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
