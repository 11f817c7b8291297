//! One hostname: its record, its paths.

use alloc::vec::Vec;

use super::paths::{Node, Placed, nodes};
use super::{Group, Output, candidates, paths, slots};
use crate::attach::HostPattern;
use crate::compile::hash::HashKey;
use crate::compile::paths::{element, start};
use crate::compile::records::{HostRecord, NodeRecord, ROOT};

/// Hash functions that are tried until all paths of a host can be told apart. One is enough, but for
/// paths that were made against the key.
const SALTS: u8 = 16;

/// Writes a host; gives the offset of its record.
pub(super) fn write(output: &mut Output<'_>, group: &Group<'_>) -> u32 {
    let at = output.arena.here();
    let (flags, name) = match group.hostname {
        HostPattern::Precise(name) => (0, &**name),
        HostPattern::Wildcard(suffix) => (HostRecord::SUFFIX, &**suffix),
        HostPattern::Any => (0, ""),
    };
    let mut record = HostRecord {
        length: u16::try_from(name.len()).unwrap_or(u16::MAX),
        flags,
        entries: group.index,
        ..HostRecord::default()
    };
    output.arena.push(&record.bytes());
    output.arena.push(name.to_ascii_lowercase().as_bytes());
    let end = output.arena.here();
    if index(output, group, &mut record).is_none() || output.arena.is_full() {
        output.arena.truncate(end);
        record.flags |= HostRecord::LINEAR;
    }
    output.arena.set(at, &record.bytes());
    at
}

/// `None` when the host cannot have an index.
fn index(output: &mut Output<'_>, group: &Group<'_>, record: &mut HostRecord) -> Option<()> {
    let placed = paths::placed(group.entries)?;
    let nodes = nodes(&placed);
    let longest = nodes.iter().map(|node| node.text.len()).max().unwrap_or(0);
    record.longest = u32::try_from(longest).ok()?;
    let mut offsets: Vec<u32> = Vec::with_capacity(nodes.len());
    for node in &nodes {
        let of = |exact| {
            let those = node.placed.iter().filter(move |one: &&Placed<'_>| one.exact == exact);
            those.map(|one| one.candidate).collect::<Vec<_>>()
        };
        let below = candidates::write(output, &of(false));
        if node.text.is_empty() {
            record.root = below;
            offsets.push(ROOT);
            continue;
        }
        let exact = candidates::write(output, &of(true));
        let parent = node.parent.and_then(|parent| offsets.get(parent).copied()).unwrap_or(ROOT);
        let at = output.arena.here();
        let length = u16::try_from(node.text.len()).ok()?;
        let record =
            NodeRecord { length, climbs: node.climbs, below, exact, parent, ..NodeRecord::default() };
        record.write(&mut output.arena, node.text);
        offsets.push(at);
    }
    (0..SALTS).find_map(|salt| {
        record.salt = salt;
        let steps = steps(output.key, salt, &nodes, &offsets);
        let (hashes, targets): (Vec<_>, Vec<_>) = steps.into_iter().unzip();
        record.range = slots::range(hashes.len());
        let arrangement = slots::arrange(&hashes, record.range, false)?;
        if record.range > 0 {
            record.slots = slots::reserve(&mut output.arena, &arrangement);
            slots::fill(&mut output.arena, record.slots, &arrangement, &hashes, &targets);
        }
        Some(())
    })
}

/// Every element on the way to every node: its hash, and the node that it ends, if it ends one.
fn steps(key: HashKey, salt: u8, nodes: &[Node<'_, '_>], offsets: &[u32]) -> Vec<(u64, u32)> {
    let mut steps = Vec::with_capacity(nodes.len());
    for (node, offset) in nodes.iter().zip(offsets) {
        let (mut state, mut at) = start(key, salt, node.text);
        while at <= node.text.len() {
            (state, at) = element(key, state, node.text, at);
            let end = at - 1;
            if end == node.text.len() {
                steps.push((state, *offset));
            } else if end > node.shared {
                steps.push((state, ROOT));
            }
        }
    }
    steps
}
