//! Objects under numbers that stay theirs from one graph to the next, so that what refers to them need not
//! change when others come and go.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ops::Index;

use crate::key::NamespacedName;

/// What has a name.
pub trait Named {
    /// The name.
    fn name(&self) -> &NamespacedName;
}

/// Nodes of one kind, each under its number.
#[derive(Clone, Debug)]
pub struct Slots<T> {
    nodes: Vec<Option<Arc<T>>>,
    /// The numbers that are taken, in the order of the nodes' names.
    by_name: Vec<usize>,
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self { nodes: Vec::new(), by_name: Vec::new() }
    }
}

impl<T> Index<usize> for Slots<T> {
    type Output = T;

    /// The node with a number that came from the same graph; any other number is a mistake of the caller.
    fn index(&self, slot: usize) -> &T {
        match self.nodes.get(slot) {
            Some(Some(node)) => node,
            _ => panic!("no node has number {slot}"),
        }
    }
}

impl<T> Slots<T> {
    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.by_name.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// All nodes by name, each with its number.
    pub fn indexed(&self) -> impl DoubleEndedIterator<Item = (usize, &T)> {
        self.shared().map(|(slot, node)| (slot, &**node))
    }

    /// All nodes by name.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.indexed().map(|(_, node)| node)
    }

    /// All nodes by name, each with its number, to be kept.
    pub fn shared(&self) -> impl DoubleEndedIterator<Item = (usize, &Arc<T>)> {
        self.by_name.iter().filter_map(|slot| Some((*slot, self.nodes.get(*slot)?.as_ref()?)))
    }

    /// The node with a number, if that is taken.
    pub fn get(&self, slot: usize) -> Option<&Arc<T>> {
        self.nodes.get(slot)?.as_ref()
    }
}

impl<T: Named> Slots<T> {
    /// The number of the node with a name.
    pub fn find(&self, name: &NamespacedName) -> Option<usize> {
        let found = self.by_name.binary_search_by(|slot| self[*slot].name().cmp(name)).ok()?;
        self.by_name.get(found).copied()
    }

    /// Nodes in the order of their names, under the numbers that they have in `old`; new ones get others.
    pub(super) fn next(old: &Self, named: impl Iterator<Item = Arc<T>>) -> Self {
        let mut nodes: Vec<Option<Arc<T>>> = Vec::new();
        nodes.resize_with(old.nodes.len(), || None);
        let mut free = (0..old.nodes.len()).filter(|slot| old.nodes[*slot].is_none());
        let mut by_name = Vec::new();
        for node in named {
            let slot = old.find(node.name()).or_else(|| free.next()).unwrap_or(nodes.len());
            if slot == nodes.len() {
                nodes.push(None);
            }
            nodes[slot] = Some(node);
            by_name.push(slot);
        }
        Self { nodes, by_name }
    }

    /// Replaces the node with a number.
    pub(super) fn replace(&mut self, slot: usize, node: Arc<T>) {
        if let Some(place) = self.nodes.get_mut(slot) {
            *place = Some(node);
        }
    }
}
