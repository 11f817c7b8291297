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
mod route;
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
pub use route::{Candidate, ParentEdge, ParentNode, RouteNode, Stop, UnresolvedParent};
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
    /// Every Route of the input, by name.
    pub routes: Vec<RouteNode>,
}

impl Graph {
    /// Works out how the snapshot's objects belong together.
    pub fn build(snapshot: &Snapshot, profile: &Profile) -> Self {
        let world = World::new(snapshot, profile);
        let classes = class::classes(&world);
        let mut gateways = gateway::gateways(&world, &classes);
        let routes = route::routes(&world, &gateways);
        count_attached(&mut gateways, &routes);
        Self { classes, gateways, routes }
    }
}

/// ATT-120: a Route counts once for a listener, however many of its parentRefs select it.
fn count_attached(gateways: &mut [GatewayNode], routes: &[RouteNode]) {
    for route in routes.iter().filter(|route| route.has_valid_rule()) {
        let mut attached = BTreeSet::new();
        for parent in &route.parents {
            if let ParentEdge::Gateway { gateway, candidates } = &parent.edge {
                let listeners = candidates.iter().filter(|candidate| candidate.stop.is_none());
                attached.extend(listeners.map(|candidate| (*gateway, candidate.listener)));
            }
        }
        for (gateway, listener) in attached {
            gateways[gateway].listeners[listener].attached_routes += 1;
        }
    }
}
