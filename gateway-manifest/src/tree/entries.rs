//! The entries of a map that is being read: which keys it has already.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use super::builder::{Builder, RemarkKind};
use super::{NodeId, Place, Tree};

/// Maps of up to so many entries are searched from end to end.
const FEW: usize = 16;

/// The entries of a map by their keys.
#[derive(Default)]
pub(super) struct Entries {
    few: Vec<NodeId>,
    many: Option<Box<Hashed>>,
}

/// Entries by the hash of their keys.
#[derive(Default)]
struct Hashed {
    entries: HashMap<u64, NodeId>,
    hasher: RandomState,
}

impl Entries {
    /// Puts an entry in, and gives back the one that had the same key.
    fn replace(&mut self, tree: &Tree, source: &str, entry: NodeId) -> Option<NodeId> {
        let key = tree.key(source, entry);
        let same = |other: &NodeId| tree.key(source, *other) == key;
        if self.many.is_none() {
            if let Some(other) = self.few.iter_mut().find(|other| same(other)) {
                return Some(std::mem::replace(other, entry));
            }
            self.few.push(entry);
            if self.few.len() > FEW {
                let mut hashed = Box::<Hashed>::default();
                for entry in self.few.drain(..) {
                    hashed.entries.insert(hashed.hasher.hash_one(tree.key(source, entry)), entry);
                }
                self.many = Some(hashed);
            }
            return None;
        }
        let hashed = self.many.as_mut()?;
        let other = hashed.entries.insert(hashed.hasher.hash_one(key), entry);
        other.filter(same)
    }
}

impl Builder<'_> {
    /// Enters a new entry of the current map. An earlier one with the same key no longer counts.
    pub(super) fn register(&mut self, entry: NodeId) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let Some(earlier) = open.entries.replace(&self.tree, self.source, entry) else {
            return;
        };
        let (place, first) = (self.tree.node(earlier).place, self.tree.node(earlier).key);
        let (merged, span) = (self.tree.node(entry).place == Place::Merged, self.tree.node(entry).key);
        let key = self.tree.key(self.source, entry).unwrap_or_default().to_owned();
        self.tree.nodes[earlier as usize].place = Place::Dead;
        match (place, merged) {
            (Place::Entry, false) => self.remark(RemarkKind::DuplicateKey { key }, span, Some(first)),
            (Place::Entry, true) => {
                // The current key is the `<<`.
                let path = self.path().parent().unwrap_or_default().key(key.as_str());
                self.remark_at(path, RemarkKind::MergeOrder { key }, first, None);
            }
            _ => {}
        }
    }
}
