//! What the anchors of a document stand for.

use std::collections::HashMap;

use crate::source::Span;

use super::{Kind, NodeId, Text};

/// What an anchor stands for.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    /// A list or map that is not complete: an alias would contain itself.
    Open,
    Branch(Branch),
    Leaf(StoredLeaf),
}

/// A complete value, and what a copy of it costs.
#[derive(Clone, Copy)]
pub(super) struct Branch {
    pub(super) node: NodeId,
    pub(super) size: u32,
    /// How many levels of lists and maps it has.
    pub(super) height: usize,
    /// How many bytes the texts in it have.
    pub(super) bytes: usize,
}

/// A scalar that may still become a key.
#[derive(Clone, Copy)]
pub(super) struct StoredLeaf {
    pub(super) span: Span,
    pub(super) text: Text,
    pub(super) kind: Kind,
    pub(super) plain: bool,
}

/// The anchors of a document by the number the parser gives them.
#[derive(Default)]
pub(super) struct Anchors(HashMap<usize, Anchor>);

impl Anchors {
    pub(super) fn get(&self, anchor: usize) -> Option<Anchor> {
        self.0.get(&anchor).copied()
    }

    /// Keeps what an anchor stands for. An anchor of 0 is none.
    pub(super) fn insert(&mut self, anchor: usize, value: Anchor) {
        if anchor != 0 {
            self.0.insert(anchor, value);
        }
    }
}
