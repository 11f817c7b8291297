//! Builds a tree from what a parser says, one scalar, beginning and end at a time.

use std::borrow::Cow;

use gateway_core::model::{FieldPath, PathSegment};

use crate::Limits;
use crate::limits::AliasBudget;
use crate::source::Span;

use super::anchors::{Anchor, Anchors, Branch, StoredLeaf};
use super::entries::Entries;
use super::{Kind, Node, NodeId, Place, Text, Tree, scalar, u32_of};

/// A scalar as a parser reports it.
pub(crate) struct Leaf<'a> {
    pub(crate) span: Span,
    pub(crate) text: Cow<'a, str>,
    pub(crate) kind: Kind,
    /// Without quotes, so that `<<` is a merge and `on` is not the key `on`.
    pub(crate) plain: bool,
}

/// Why a document cannot be read on.
#[derive(Debug)]
pub(crate) struct Stop {
    pub(crate) kind: StopKind,
    pub(crate) span: Span,
    pub(crate) path: FieldPath,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StopKind {
    TooDeep,
    TooManyNodes,
    AliasBudget,
    AliasCycle,
    UnknownAnchor,
    /// A list or map as a key.
    ComplexKey,
    NullKey,
    /// The value of a merge key is neither a map nor a list of maps.
    MergeNotMap,
}

/// Something odd that does not keep a document from being read.
#[derive(Debug)]
pub(crate) struct Remark {
    pub(crate) kind: RemarkKind,
    pub(crate) span: Span,
    /// The other place it is about.
    pub(crate) related: Option<Span>,
    pub(crate) path: FieldPath,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum RemarkKind {
    DuplicateKey {
        key: String,
    },
    MergeOrder {
        key: String,
    },
    KeyNotText {
        written: String,
        read: String,
    },
    NotFinite {
        written: String,
    },
    /// `refused` when kubectl does not take it.
    Tag {
        message: String,
        refused: bool,
    },
}

/// A tree that is being built.
pub(crate) struct Builder<'a> {
    pub(super) source: &'a str,
    limits: &'a Limits,
    pub(super) budget: &'a mut AliasBudget,
    pub(super) tree: Tree,
    pub(super) open: Vec<Open>,
    anchors: Anchors,
    remarks: Vec<Remark>,
}

/// A list or map that is not complete.
pub(super) struct Open {
    node: NodeId,
    is_map: bool,
    anchor: usize,
    /// The key whose value comes next.
    key: Option<PendingKey>,
    /// How many elements are complete.
    elements: usize,
    pub(super) entries: Entries,
    /// How deep the complete values are, and how many bytes of text they have.
    height: usize,
    bytes: usize,
}

#[derive(Clone, Copy)]
struct PendingKey {
    span: Span,
    text: Text,
    merge: bool,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(source: &'a str, limits: &'a Limits, budget: &'a mut AliasBudget) -> Self {
        let (tree, open, remarks) = (Tree::default(), Vec::new(), Vec::new());
        Self { source, limits, budget, tree, open, anchors: Anchors::default(), remarks }
    }

    /// The tree, when there is anything in it.
    pub(crate) fn finish(self) -> (Option<Tree>, Vec<Remark>) {
        ((!self.tree.nodes.is_empty()).then_some(self.tree), self.remarks)
    }

    /// Begins a list or map. An anchor of 0 is none.
    pub(crate) fn open(&mut self, kind: Kind, span: Span, anchor: usize) -> Result<(), Stop> {
        if self.expects_key() {
            return Err(self.stop(StopKind::ComplexKey, span));
        }
        if self.open.len() >= self.limits.max_depth() {
            return Err(self.stop(StopKind::TooDeep, span));
        }
        let node = self.push(span, Text::EXACT, kind)?;
        self.anchors.insert(anchor, Anchor::Open);
        self.open.push(Open {
            node,
            is_map: kind == Kind::Map,
            anchor,
            key: None,
            elements: 0,
            entries: Entries::default(),
            height: 0,
            bytes: 0,
        });
        Ok(())
    }

    /// Ends the list or map that began last, at an offset if that is known.
    pub(crate) fn close(&mut self, end: Option<usize>) -> Result<(), Stop> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let size = u32_of(self.tree.nodes.len()) - open.node;
        let node = &mut self.tree.nodes[open.node as usize];
        node.size = size;
        if let Some(end) = end {
            node.span = Span::new(node.span.start(), end);
        }
        let branch = Branch { node: open.node, size, height: open.height + 1, bytes: open.bytes };
        self.anchors.insert(open.anchor, Anchor::Branch(branch));
        self.complete(branch)
    }

    /// Adds a scalar, as a key or as a value.
    pub(crate) fn scalar(&mut self, leaf: &Leaf<'_>, anchor: usize) -> Result<(), Stop> {
        let text = self.store(leaf.span, &leaf.text);
        let leaf = StoredLeaf { span: leaf.span, text, kind: leaf.kind, plain: leaf.plain };
        self.anchors.insert(anchor, Anchor::Leaf(leaf));
        self.place(leaf)
    }

    /// Adds what an anchor stands for.
    pub(crate) fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Stop> {
        match self.anchors.get(anchor) {
            None => Err(self.stop(StopKind::UnknownAnchor, span)),
            Some(Anchor::Open) => Err(self.stop(StopKind::AliasCycle, span)),
            Some(Anchor::Leaf(leaf)) => {
                let bytes = self.tree.look_up(self.source, leaf.span, leaf.text).len();
                self.spend(1, bytes, span)?;
                self.place(leaf)
            }
            Some(Anchor::Branch(_)) if self.expects_key() => Err(self.stop(StopKind::ComplexKey, span)),
            Some(Anchor::Branch(branch)) => {
                if self.open.len() + branch.height > self.limits.max_depth() {
                    return Err(self.stop(StopKind::TooDeep, span));
                }
                self.spend(branch.size as usize, branch.bytes, span)?;
                let original = *self.tree.node(branch.node);
                let node = self.push(span, original.text, original.kind)?;
                self.tree.nodes[node as usize].size = original.size;
                self.copy(branch.node + 1, branch.size - 1, span)?;
                self.complete(Branch { node, ..branch })
            }
        }
    }

    /// Notes something odd about the current place.
    pub(crate) fn remark(&mut self, kind: RemarkKind, span: Span, related: Option<Span>) {
        let path = self.path();
        self.remark_at(path, kind, span, related);
    }

    pub(super) fn remark_at(&mut self, path: FieldPath, kind: RemarkKind, span: Span, related: Option<Span>) {
        // One more than can be shown is enough to know that there are too many.
        if self.remarks.len() <= self.limits.notes {
            self.remarks.push(Remark { kind, span, related, path });
        }
    }

    /// The field that is being read.
    pub(crate) fn path(&self) -> FieldPath {
        let segment = |open: &Open| match &open.key {
            Some(key) => {
                let key = self.tree.look_up(self.source, key.span, key.text);
                Some(PathSegment::Key(key.to_owned()))
            }
            None if open.is_map => None,
            None => Some(PathSegment::Index(open.elements)),
        };
        self.open.iter().filter_map(segment).collect()
    }

    pub(super) fn stop(&self, kind: StopKind, span: Span) -> Stop {
        Stop { kind, span, path: self.path() }
    }

    /// Copies nodes to the end of the tree.
    pub(super) fn copy(&mut self, from: NodeId, count: u32, span: Span) -> Result<(), Stop> {
        let (from, count) = (from as usize, count as usize);
        if self.tree.nodes.len() + count > self.limits.max_nodes() {
            return Err(self.stop(StopKind::TooManyNodes, span));
        }
        self.tree.nodes.extend_from_within(from..from + count);
        Ok(())
    }

    pub(super) fn spend(&mut self, nodes: usize, bytes: usize, span: Span) -> Result<(), Stop> {
        match self.budget.spend(nodes, bytes) {
            Some(()) => Ok(()),
            None => Err(self.stop(StopKind::AliasBudget, span)),
        }
    }

    fn expects_key(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_map && open.key.is_none())
    }

    fn place(&mut self, leaf: StoredLeaf) -> Result<(), Stop> {
        if self.expects_key() {
            return self.key(leaf);
        }
        let node = self.push(leaf.span, leaf.text, leaf.kind)?;
        let bytes = self.tree.text(self.source, node).len();
        self.complete(Branch { node, size: 1, height: 0, bytes })
    }

    /// Takes a scalar as the key of the next value.
    fn key(&mut self, leaf: StoredLeaf) -> Result<(), Stop> {
        let written = self.tree.look_up(self.source, leaf.span, leaf.text);
        let merge = leaf.plain && written == "<<";
        let mut read = Some(Cow::Borrowed(written));
        if leaf.plain && leaf.kind != Kind::String {
            read = scalar::key(written);
        } else if leaf.kind == Kind::Null {
            read = None;
        }
        let Some(read) = read else {
            return Err(self.stop(StopKind::NullKey, leaf.span));
        };
        let changed = (read != written).then(|| (written.to_owned(), read.into_owned()));
        let text = changed.as_ref().map_or(leaf.text, |(_, read)| self.tree.own(read));
        if let Some(open) = self.open.last_mut() {
            open.key = Some(PendingKey { span: leaf.span, text, merge });
        }
        if let Some((written, read)) = changed {
            self.remark(RemarkKind::KeyNotText { written, read }, leaf.span, None);
        }
        Ok(())
    }

    /// Adds a node without anything below it.
    fn push(&mut self, span: Span, text: Text, kind: Kind) -> Result<NodeId, Stop> {
        if self.tree.nodes.len() >= self.limits.max_nodes() {
            return Err(self.stop(StopKind::TooManyNodes, span));
        }
        let id = u32_of(self.tree.nodes.len());
        let key = self.open.last().and_then(|open| open.key);
        let (key, key_text, place) = match key {
            None => (Span::default(), Text::EXACT, Place::Element),
            Some(key) if key.merge => (key.span, key.text, Place::Dead),
            Some(key) => (key.span, key.text, Place::Entry),
        };
        self.tree.nodes.push(Node { span, key, key_text, text, size: 1, kind, place });
        if place == Place::Entry {
            self.register(id);
        }
        Ok(id)
    }

    /// Goes on behind a complete value.
    fn complete(&mut self, value: Branch) -> Result<(), Stop> {
        if self.open.last().is_some_and(|open| open.key.is_some_and(|key| key.merge)) {
            self.merge(value)?;
        }
        if let Some(open) = self.open.last_mut() {
            open.key = None;
            open.elements += 1;
            open.height = open.height.max(value.height);
            open.bytes = open.bytes.saturating_add(value.bytes);
        }
        Ok(())
    }

    /// Finds out where the text of a scalar stands.
    fn store(&mut self, span: Span, text: &str) -> Text {
        let quoted = span.length as usize == text.len() + 2;
        let written = span.of(self.source);
        if written == text {
            Text::EXACT
        } else if quoted && written.get(1..=text.len()) == Some(text) {
            Text::QUOTED
        } else {
            self.tree.own(text)
        }
    }
}
