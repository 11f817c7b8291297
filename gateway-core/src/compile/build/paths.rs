//! Which path each entry of a host hangs on, and how these paths lie below each other.

use alloc::vec::Vec;
use core::cmp::Ordering;

use super::candidates::Candidate;
use crate::compile::candidates::CHECKS_PATH;
use crate::compile::expressions::guard;
use crate::compile::paths::DEEPEST;
use crate::matching::{PathCondition, is_at_or_below};
use crate::table::Entry;

/// Longer paths than any that the API takes are compared only when their beginning is met.
const LONGEST: usize = 4_096;

/// An entry on its path.
#[derive(Debug)]
pub(super) struct Placed<'e> {
    text: &'e [u8],
    /// Only for exactly this path, not for what is below.
    pub(super) exact: bool,
    pub(super) candidate: Candidate<'e>,
}

/// A path with all its entries.
#[derive(Debug)]
pub(super) struct Node<'p, 'e> {
    pub(super) text: &'p [u8],
    /// In the table's order.
    pub(super) placed: &'p [Placed<'e>],
    /// The longest shorter prefix that is a node too.
    pub(super) parent: Option<usize>,
    /// Bytes of the elements that it shares with the node before it.
    pub(super) shared: usize,
    /// Whether a shorter prefix has an entry that comes before one of this node.
    pub(super) climbs: bool,
}

/// All entries, by path and then by position; `None` when there are too many to be numbered.
pub(super) fn placed(entries: &[Entry]) -> Option<Vec<Placed<'_>>> {
    let mut placed = Vec::with_capacity(entries.len());
    for (id, entry) in entries.iter().enumerate() {
        let id = u32::try_from(id).ok().filter(|id| *id < 1 << 30)?;
        let mut candidate = Candidate::new(id, entry.conditions.as_ref());
        let path = entry.conditions.as_ref().map(|conditions| &conditions.path);
        let (mut text, mut exact) = match path {
            None => (&[][..], false),
            Some(PathCondition::Exact(path)) => (path.as_bytes(), true),
            Some(PathCondition::Prefix(path)) => (path.as_bytes(), false),
            Some(PathCondition::Regex(pattern)) => {
                candidate.means |= CHECKS_PATH;
                (guard(pattern).as_bytes(), false)
            }
            Some(PathCondition::Service(service)) => {
                candidate.means |= CHECKS_PATH;
                (service.strip_suffix('/').unwrap_or_default().as_bytes(), false)
            }
            Some(PathCondition::Method(_)) => {
                candidate.means |= CHECKS_PATH;
                (&[][..], false)
            }
        };
        let length = indexed(text);
        // The empty path is no prefix of others, and it has no element to walk to.
        if length < text.len() || (exact && text.is_empty()) {
            candidate.means |= CHECKS_PATH;
            exact = false;
            text = text.get(..length)?;
        }
        placed.push(Placed { text, exact, candidate });
    }
    placed.sort_by(|one, other| by_elements(one.text, other.text));
    Some(placed)
}

/// How much of a path is indexed.
fn indexed(text: &[u8]) -> usize {
    let is_deep = text.len() > LONGEST || text.split(|byte| *byte == b'/').count() > DEEPEST;
    if !is_deep {
        return text.len();
    }
    let ends = text.iter().enumerate().filter(|(at, byte)| **byte == b'/' && *at <= LONGEST);
    ends.take(DEEPEST).last().map_or(0, |(at, _)| at)
}

/// Compares element by element, so that everything below a path follows it at once.
fn by_elements(one: &[u8], other: &[u8]) -> Ordering {
    let same = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    match (one.get(same), other.get(same)) {
        (Some(one), Some(other)) => (*one != b'/', one).cmp(&(*other != b'/', other)),
        (one, other) => one.is_some().cmp(&other.is_some()),
    }
}

/// The paths in order.
pub(super) fn nodes<'p, 'e>(placed: &'p [Placed<'e>]) -> Vec<Node<'p, 'e>> {
    let mut nodes: Vec<Node<'p, 'e>> = Vec::new();
    // The nodes that the current one lies below, with the first entry of all of them.
    let mut above: Vec<(usize, u32)> = Vec::new();
    for placed in placed.chunk_by(|one, other| one.text == other.text) {
        let text = placed[0].text;
        let shared = nodes.last().map_or(0, |before| shared(before.text, text));
        while above
            .last()
            .is_some_and(|(node, _)| nodes.get(*node).is_some_and(|node| !is_at_or_below(text, node.text)))
        {
            above.pop();
        }
        let before = above.last().map_or(u32::MAX, |(_, first)| *first);
        let climbs = placed.last().is_some_and(|last| last.candidate.id > before);
        let parent = above.last().map(|(node, _)| *node);
        let below = placed.iter().find(|one| !one.exact).map_or(u32::MAX, |one| one.candidate.id);
        above.push((nodes.len(), before.min(below)));
        nodes.push(Node { text, placed, parent, shared, climbs });
    }
    nodes
}

/// Bytes of the whole elements that two paths begin with.
fn shared(one: &[u8], other: &[u8]) -> usize {
    let same = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let ends = |text: &[u8]| text.get(same).is_none_or(|byte| *byte == b'/');
    if ends(one) && ends(other) {
        return same;
    }
    one.get(..same).and_then(|same| same.iter().rposition(|byte| *byte == b'/')).unwrap_or(0)
}
