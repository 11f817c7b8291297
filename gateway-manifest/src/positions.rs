//! Where the fields of an object are.

use std::sync::Arc;

use gateway_core::model::FieldPath;

use crate::Location;
use crate::source::Source;
use crate::tree::{NodeId, Tree};

/// Where the fields of a value are. The paths begin at the value, also when it stands in a list.
#[derive(Clone, Debug)]
pub struct Positions {
    source: Arc<Source>,
    tree: Arc<Tree>,
    root: NodeId,
}

impl Positions {
    pub(crate) fn new(source: Arc<Source>, tree: Arc<Tree>, root: NodeId) -> Self {
        Self { source, tree, root }
    }

    /// The place to show for a field: the value of a scalar, the key of anything else. For a field that
    /// does not exist, the place of the nearest one above it that does.
    pub fn locate(&self, path: &FieldPath) -> Location {
        let (node, _) = self.tree.find(self.source.text(), self.root, path);
        self.source.location(self.tree.place(node))
    }

    /// Where the value of a field begins; `None` when the field does not exist.
    ///
    /// What an alias stands for is where it was written; a map or list under an alias begins at the alias.
    pub fn value(&self, path: &FieldPath) -> Option<Location> {
        let node = self.find(path)?;
        Some(self.source.location(self.tree.node(node).span))
    }

    /// Where the key of a field is; `None` when the field does not exist or is an element of a list.
    pub fn key(&self, path: &FieldPath) -> Option<Location> {
        let node = self.find(path)?;
        self.tree.key_span(node).map(|span| self.source.location(span))
    }

    fn find(&self, path: &FieldPath) -> Option<NodeId> {
        let (node, steps) = self.tree.find(self.source.text(), self.root, path);
        (steps == path.segments().len()).then_some(node)
    }
}
