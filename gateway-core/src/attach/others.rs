//! Listeners that another one clashes or overlaps with.

use alloc::string::String;
use alloc::vec::Vec;

use crate::attach::listener::ListenerNode;
use crate::key::ListenerKey;

/// How many listeners of other objects are kept by name: a port may have thousands.
const KEPT: usize = 8;

/// Some listeners, seen from another one. Statuses of a ListenerSet name only its own: the names of its
/// siblings and of its Gateway's listeners are not for its owner to see (ATT-020).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OtherListeners {
    /// Names of those in the same object, in order.
    pub siblings: Vec<String>,
    /// The first few of other objects, in merge order.
    pub elsewhere: Vec<ListenerKey>,
    /// How many more there are in other objects.
    pub more: usize,
}

impl OtherListeners {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.siblings.is_empty() && self.elsewhere.is_empty()
    }

    pub(super) fn add(&mut self, of: &ListenerNode, other: &ListenerNode) {
        if of.key.owner == other.key.owner {
            self.siblings.push(other.key.section.clone());
        } else if self.elsewhere.len() < KEPT {
            self.elsewhere.push(other.key.clone());
        } else {
            self.more += 1;
        }
    }
}
