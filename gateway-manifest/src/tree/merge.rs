//! Merge keys, as kubectl has them.
//!
//! `<<: *base` puts the entries of `base` in at this place. What comes later in the map wins, also over
//! what stood there before the merge: YAML's own rule would let the map's keys win wherever they stand.
//! Of several maps in a list, the first wins.

use super::anchors::Branch;
use super::builder::{Builder, Stop, StopKind};
use super::{Kind, NodeId, Place};

impl Builder<'_> {
    /// Copies the entries of the value of a merge key into the map around it.
    pub(super) fn merge(&mut self, value: Branch) -> Result<(), Stop> {
        let node = *self.tree.node(value.node);
        self.spend(value.size as usize, value.bytes, node.key)?;
        match node.kind {
            Kind::Map => self.merge_map(value.node),
            Kind::List => {
                let maps: Vec<NodeId> = self.tree.children(value.node).collect();
                maps.into_iter().rev().try_for_each(|map| self.merge_map(map))
            }
            _ => Err(self.stop(StopKind::MergeNotMap, node.key)),
        }
    }

    fn merge_map(&mut self, map: NodeId) -> Result<(), Stop> {
        let node = *self.tree.node(map);
        if node.kind != Kind::Map {
            return Err(self.stop(StopKind::MergeNotMap, node.span));
        }
        let entries: Vec<NodeId> = self.tree.children(map).collect();
        for entry in entries {
            let copy = super::u32_of(self.tree.nodes.len());
            self.copy(entry, self.tree.node(entry).size, node.span)?;
            self.tree.nodes[copy as usize].place = Place::Merged;
            self.register(copy);
        }
        Ok(())
    }
}
