//! One document as a flat list of nodes.
//!
//! YAML and JSON are both read into a [`Tree`]: every scalar, list and map in the order of the text, each
//! followed by what is in it, with its place and that of its key. Texts are not copied as long as they
//! stand in the source as they are meant. From the tree come the values that gateway-core reads; what
//! remains of it afterwards answers where a field is.
//!
//! ```text
//! a: {b: 1}     map 3 ── a: map 2 ── b: 1        the number is the size: the node and all below it
//! c: 2                └─ c: 2
//! ```

mod anchors;
mod builder;
mod entries;
mod find;
mod merge;
mod scalar;
mod value;

pub(crate) use builder::{Builder, Leaf, Remark, RemarkKind, Stop, StopKind};
pub(crate) use scalar::{Scalar, resolve};

use crate::source::Span;

/// The index of a node in its tree.
pub(crate) type NodeId = u32;

/// One document. The first node is its root.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    /// Texts that do not stand in the source as they are meant.
    texts: Vec<Box<str>>,
}

/// A scalar, list or map.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    /// Where it is. Of a block, only where it begins.
    pub(crate) span: Span,
    /// Where its key is; meaningless in a list.
    pub(crate) key: Span,
    key_text: Text,
    text: Text,
    /// How many nodes it is, with all below it.
    size: u32,
    pub(crate) kind: Kind,
    place: Place,
}

/// What a node is. Only the values of scalars are looked up later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Bool,
    Number,
    String,
    List,
    Map,
}

/// How a node stands in the one above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The root, or an element of a list.
    Element,
    /// Under a key.
    Entry,
    /// Under a key, by a merge.
    Merged,
    /// Not at all: another entry has the same key and counts, or it was a merge itself.
    Dead,
}

/// Where the text of a scalar or key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Text(u32);

impl Text {
    /// It is what stands in the source.
    const EXACT: Self = Self(0);
    /// It is what stands in the source between quotes.
    const QUOTED: Self = Self(1);
    const OWNED: u32 = 2;

    /// It is one of [`Tree::texts`].
    fn owned(self) -> Option<usize> {
        self.0.checked_sub(Self::OWNED).map(|index| index as usize)
    }
}

impl Tree {
    pub(crate) const ROOT: NodeId = 0;

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    /// The nodes directly below a node that count.
    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.all_children(id).filter(|child| self.node(*child).place != Place::Dead)
    }

    fn all_children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = id + self.node(id).size;
        let below = move |child: NodeId| (child < end).then_some(child);
        std::iter::successors(below(id + 1), move |child| below(child + self.node(*child).size))
    }

    /// The text of a scalar.
    pub(crate) fn text<'t>(&'t self, source: &'t str, id: NodeId) -> &'t str {
        let node = self.node(id);
        self.look_up(source, node.span, node.text)
    }

    /// The key of a node; `None` in a list and at the root.
    pub(crate) fn key<'t>(&'t self, source: &'t str, id: NodeId) -> Option<&'t str> {
        let node = self.node(id);
        match node.place {
            Place::Element => None,
            Place::Entry | Place::Merged | Place::Dead => Some(self.look_up(source, node.key, node.key_text)),
        }
    }

    /// Forgets what only [`Tree::value`] needs.
    pub(crate) fn keep_places(&mut self) {
        let mut kept = Tree::default();
        let mut moved = vec![None; self.texts.len()];
        for node in &mut self.nodes {
            node.text = Text::EXACT;
            if let Some(index) = node.key_text.owned() {
                node.key_text = *moved[index].get_or_insert_with(|| kept.own(&self.texts[index]));
            }
        }
        kept.texts.shrink_to_fit();
        self.texts = kept.texts;
        self.nodes.shrink_to_fit();
    }

    fn look_up<'t>(&'t self, source: &'t str, span: Span, text: Text) -> &'t str {
        match text.owned() {
            Some(index) => &self.texts[index],
            None if text == Text::EXACT => span.of(source),
            None => {
                let quoted = span.of(source);
                quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default()
            }
        }
    }

    fn own(&mut self, text: &str) -> Text {
        self.texts.push(text.into());
        Text(Text::OWNED + u32_of(self.texts.len() - 1))
    }
}

/// An index as the tree keeps it. [`crate::Limits`] keeps documents below what that can count.
fn u32_of(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
