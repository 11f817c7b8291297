//! Finds the node of a field.

use gateway_core::model::{FieldPath, PathSegment};

use crate::source::Span;

use super::{Kind, NodeId, Place, Tree};

impl Tree {
    /// The node of a field below a node, and how many steps of the path lead there; not all of them when
    /// the field does not exist.
    pub(crate) fn find(&self, source: &str, root: NodeId, path: &FieldPath) -> (NodeId, usize) {
        let mut node = root;
        for (steps, segment) in path.segments().iter().enumerate() {
            match self.child(source, node, segment) {
                Some(child) => node = child,
                None => return (node, steps),
            }
        }
        (node, path.segments().len())
    }

    /// The node under a key of a map.
    pub(crate) fn get(&self, source: &str, map: NodeId, key: &str) -> Option<NodeId> {
        if self.node(map).kind != Kind::Map {
            return None;
        }
        self.children(map).find(|entry| self.key(source, *entry) == Some(key))
    }

    /// The text under a key of a map.
    pub(crate) fn get_text<'t>(&'t self, source: &'t str, map: NodeId, key: &str) -> Option<&'t str> {
        let entry = self.get(source, map, key)?;
        (self.node(entry).kind == Kind::String).then(|| self.text(source, entry))
    }

    /// Where the key of a node is; `None` in a list and at the root.
    pub(crate) fn key_span(&self, id: NodeId) -> Option<Span> {
        let node = self.node(id);
        (node.place != Place::Element).then_some(node.key)
    }

    /// The place to show for a node: the value of a scalar, the key of anything else.
    pub(crate) fn place(&self, id: NodeId) -> Span {
        let node = self.node(id);
        match node.kind {
            Kind::Map | Kind::List => self.key_span(id).unwrap_or(node.span),
            _ if node.span.is_empty() => self.key_span(id).unwrap_or(node.span),
            _ => node.span,
        }
    }

    fn child(&self, source: &str, node: NodeId, segment: &PathSegment) -> Option<NodeId> {
        match segment {
            PathSegment::Key(key) => self.get(source, node, key),
            PathSegment::Index(index) if self.node(node).kind == Kind::List => {
                self.children(node).nth(*index)
            }
            PathSegment::Index(_) => None,
        }
    }
}
