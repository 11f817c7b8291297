//! ListenerSets and the Gateways they extend (ATT-010..022).

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::listener::ListenerNode;
use crate::attach::route::UnresolvedParent;
use crate::key::NamespacedName;
use crate::model::ListenerSet;

/// A ListenerSet with everything found out about it.
#[derive(Clone, Debug)]
pub struct ListenerSetNode {
    /// Its name.
    pub name: NamespacedName,
    /// The ListenerSet.
    pub object: Arc<ListenerSet>,
    /// What its parentRef came to.
    pub parent: ListenerSetParent,
    /// Its listeners, in order.
    pub listeners: Vec<ListenerNode>,
}

/// What a ListenerSet's parentRef came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListenerSetParent {
    /// Not ours to judge: no status is written (ATT-010, ATT-014).
    Unresolved(UnresolvedParent),
    /// The Gateway takes no ListenerSets from this namespace (ATT-012).
    NotAllowed {
        /// The Gateway's index in the graph.
        gateway: usize,
    },
    /// The Gateway takes it.
    Gateway {
        /// The Gateway's index in the graph.
        gateway: usize,
    },
}

impl ListenerSetNode {
    /// The Gateway of ours that it names, whether or not that takes it.
    pub fn gateway(&self) -> Option<usize> {
        match self.parent {
            ListenerSetParent::Unresolved(_) => None,
            ListenerSetParent::NotAllowed { gateway } | ListenerSetParent::Gateway { gateway } => {
                Some(gateway)
            }
        }
    }
}
