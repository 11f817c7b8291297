//! All Routes, and which of them read what.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::route::RouteNode;
use crate::key::ObjectKey;
use crate::sorted::{Iter, Keyed, Sorted};

/// Every Route of the input, by kind and name. Copies share the Routes that are the same in both.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    nodes: Sorted<Arc<RouteNode>>,
    by_number: Sorted<Numbered>,
    /// What was read, with the number of the Route that did.
    readers: Sorted<(u64, u32)>,
    /// The number of the next new Route.
    next: u32,
}

/// A Route under its number.
#[derive(Clone, Debug)]
struct Numbered(u32, Arc<RouteNode>);

impl Keyed for Numbered {
    type Key = u32;

    fn key(&self) -> &u32 {
        &self.0
    }
}

impl Keyed for RouteNode {
    type Key = ObjectKey;

    fn key(&self) -> &ObjectKey {
        &self.key
    }
}

impl Keyed for (u64, u32) {
    type Key = Self;
    const PIECE: usize = 1024;

    fn key(&self) -> &Self {
        self
    }
}

impl<'a> IntoIterator for &'a Routes {
    type Item = &'a Arc<RouteNode>;
    type IntoIter = Iter<'a, Arc<RouteNode>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Routes {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// All Routes by kind and name.
    pub fn iter(&self) -> Iter<'_, Arc<RouteNode>> {
        self.nodes.iter()
    }

    /// The Route of a kind and name.
    pub fn get(&self, key: &ObjectKey) -> Option<&Arc<RouteNode>> {
        self.nodes.get(key)
    }

    /// Calls `each` with the Routes that are not the same as in an older graph: what was there, and what is.
    pub fn differences<'a>(
        &'a self,
        old: &'a Self,
        each: impl FnMut(Option<&'a Arc<RouteNode>>, Option<&'a Arc<RouteNode>>),
    ) {
        self.nodes.differences(&old.nodes, Arc::ptr_eq, each);
    }

    /// The Routes that read something, given its number.
    pub(in crate::attach) fn readers(&self, read: u64) -> impl Iterator<Item = &Arc<RouteNode>> {
        let readers = self.readers.starting_at(&(read, 0)).take_while(move |(number, _)| *number == read);
        readers.filter_map(|(_, route)| Some(&self.by_number.get(route)?.1))
    }

    /// Routes of which none is known yet.
    pub(super) fn new(mut nodes: Vec<RouteNode>) -> Self {
        let mut readers = Vec::new();
        let mut next = 0;
        for node in &mut nodes {
            node.number = next;
            readers.extend(node.reads.iter().map(|read| (*read, next)));
            next = next.wrapping_add(1);
        }
        let nodes: Vec<_> = nodes.into_iter().map(Arc::new).collect();
        let by_number = nodes.iter().map(|node| Numbered(node.number, Arc::clone(node))).collect();
        Self {
            nodes: Sorted::new(nodes),
            by_number: Sorted::new(by_number),
            readers: Sorted::new(readers),
            next,
        }
    }

    /// Whether so many new Routes can still get a number.
    pub(in crate::attach) fn has_room_for(&self, routes: usize) -> bool {
        u32::try_from(routes).is_ok_and(|routes| self.next.checked_add(routes).is_some())
    }

    /// Adds a Route, or replaces it.
    pub(super) fn put(&mut self, mut node: RouteNode) {
        if let Some(old) = self.nodes.get(&node.key).cloned() {
            node.number = old.number;
            if old.reads != node.reads {
                self.forget(&old, |read| node.reads.binary_search(&read).is_ok());
                for read in node.reads.iter().filter(|read| old.reads.binary_search(read).is_err()) {
                    self.readers.insert((*read, node.number));
                }
            }
        } else {
            node.number = self.next;
            self.next = self.next.wrapping_add(1);
            for read in &node.reads {
                self.readers.insert((*read, node.number));
            }
        }
        self.store(Arc::new(node));
    }

    /// Takes a Route out.
    pub(super) fn remove(&mut self, key: &ObjectKey) {
        if let Some(old) = self.nodes.remove(key) {
            self.forget(&old, |_| false);
            self.by_number.remove(&old.number);
        }
    }

    /// Changes a Route in a way that leaves what it read as it is.
    pub(in crate::attach) fn change(&mut self, key: &ObjectKey, change: impl FnOnce(&mut RouteNode)) {
        if let Some(node) = self.nodes.get(key) {
            let mut node = (**node).clone();
            change(&mut node);
            self.store(Arc::new(node));
        }
    }

    fn store(&mut self, node: Arc<RouteNode>) {
        self.by_number.insert(Numbered(node.number, Arc::clone(&node)));
        self.nodes.insert(node);
    }

    fn forget(&mut self, node: &RouteNode, is_kept: impl Fn(u64) -> bool) {
        for read in node.reads.iter().filter(|read| !is_kept(**read)) {
            self.readers.remove(&(*read, node.number));
        }
    }
}
