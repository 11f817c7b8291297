//! From a request's name to the hostnames of the index that match it, the most specific first.

use alloc::sync::Arc;

use super::arena::Arena;
use super::expressions::ExpressionGroup;
use super::hash::{HashKey, NameKind, is_name};
use super::records::{HostRecord, SLOT, place, slot};
use crate::attach::{HostPattern, is_ipv4};
use crate::table::Entry;

/// Some hosts with everything that belongs to them.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    /// The table of hosts, then records.
    pub(super) arena: Arc<[u8]>,
    /// The number of places in that table that a hash can ask for; here, so that asking does not wait for the
    /// arena's first bytes.
    pub(super) range: u32,
    /// The entries of each of its hosts.
    pub(super) hosts: Arc<[Arc<[Entry]>]>,
    /// The automata that records name.
    pub(super) expressions: Option<Arc<[ExpressionGroup]>>,
}

/// All hosts of a listener.
#[derive(Clone, Debug)]
pub(super) struct Hosts {
    pub(super) key: HashKey,
    /// A power of two of them; the hash of a name says which one it is in.
    pub(super) chunks: Arc<[Chunk]>,
    /// The chunk and the offset of the rules for every host.
    pub(super) any: Option<(u32, u32)>,
    pub(super) extent: Extent,
}

/// What no request needs to be looked up for. One that says too much costs time, and is right.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extent {
    /// How many labels the suffixes of wildcards have, a bit for each number; the highest stands for more.
    pub(super) labels: u64,
    /// Bytes that no precise name exceeds.
    pub(super) longest_name: usize,
    /// Bytes of the longest suffix.
    pub(super) longest_suffix: usize,
}

impl Extent {
    /// Takes in a hostname.
    pub(super) fn add(&mut self, hostname: &HostPattern) {
        match hostname {
            HostPattern::Precise(name) => self.longest_name = self.longest_name.max(name.len()),
            HostPattern::Wildcard(suffix) => {
                self.labels |= 1 << label_bit(suffix.split('.').count());
                self.longest_suffix = self.longest_suffix.max(suffix.len());
            }
            HostPattern::Any => {}
        }
    }
}

impl Chunk {
    #[inline]
    pub(super) fn arena(&self) -> Arena<'_> {
        Arena(&self.arena)
    }
}

impl Hosts {
    /// The rules of one name.
    #[inline]
    pub(super) fn precise(&self, name: &[u8]) -> Option<(&Chunk, HostRecord)> {
        if name.len() > self.extent.longest_name {
            return None;
        }
        // MATCH-05: an address is no name.
        self.named(NameKind::Precise, name).filter(|_| !is_ipv4(name))
    }

    /// The rules of the first wildcard that `takes` accepts, longest suffix first.
    #[inline]
    pub(super) fn wildcard<'r, T>(
        &'r self,
        name: &[u8],
        mut takes: impl FnMut(&'r Chunk, HostRecord) -> Option<T>,
    ) -> Option<T> {
        if self.extent.labels == 0 || is_ipv4(name) {
            return None;
        }
        // What stands before the longest suffix and its dot is of no interest.
        let start = name.len().saturating_sub(self.extent.longest_suffix + 1);
        let tail = name.get(start..)?;
        let mut labels = tail.split(|byte| *byte == b'.').count() - 1;
        for (at, _) in tail.iter().enumerate().filter(|(_, byte)| **byte == b'.') {
            let is_asked = self.extent.labels >> label_bit(labels) & 1 != 0;
            labels -= 1;
            // MATCH-02: at least one character stands before the dot.
            if is_asked && start + at > 0 {
                let suffix = tail.get(at + 1..).unwrap_or_default();
                if let Some(found) =
                    self.named(NameKind::Suffix, suffix).and_then(|(chunk, host)| takes(chunk, host))
                {
                    return Some(found);
                }
            }
        }
        None
    }

    /// The rules for every name.
    #[inline]
    pub(super) fn any(&self) -> Option<(&Chunk, HostRecord)> {
        let (chunk, at) = self.any?;
        let chunk = self.chunks.get(chunk as usize)?;
        Some((chunk, HostRecord::read(chunk.arena(), at)))
    }

    #[inline]
    fn named(&self, kind: NameKind, name: &[u8]) -> Option<(&Chunk, HostRecord)> {
        let hash = self.key.name(kind, name);
        let chunk = self.chunks.get(chunk_of(hash, self.chunks.len()))?;
        let arena = chunk.arena();
        let (tag, mut at) = place(hash, chunk.range);
        let slots = arena.records::<SLOT>(0);
        loop {
            let (known, record) = slot(*slots.get(at)?);
            if record == 0 {
                return None;
            }
            if known == tag {
                let host = HostRecord::read(arena, record);
                let text = arena.text(record as usize + HostRecord::LENGTH, host.length.into());
                if host.is(HostRecord::SUFFIX) == (kind == NameKind::Suffix) && is_name(name, text) {
                    return Some((chunk, host));
                }
            }
            at += 1;
        }
    }
}

/// The chunk that a name is in.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "only low bits are wanted")]
pub(super) fn chunk_of(hash: u64, chunks: usize) -> usize {
    hash as usize & (chunks.wrapping_sub(1))
}

/// The bit for a number of labels.
fn label_bit(labels: usize) -> u32 {
    u32::try_from(labels.min(63)).unwrap_or(63)
}
