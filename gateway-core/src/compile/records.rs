//! The records of an arena.

use super::arena::{Arena, Writer, number, short};
use super::candidates::NONE;
use crate::matching::is_at_or_below;

/// A slot of a hash table: a tag, which is half of the hash, and an offset; empty when both are zero.
/// A table ends with an empty slot, so that probing needs no bounds of its own.
pub(super) const SLOT: usize = 8;

/// The offset that stands for the host itself, the prefix `/`. No record has it.
pub(super) const ROOT: u32 = 1;

/// One hostname: where its rules are.
///
/// The text of the name follows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct HostRecord {
    /// Length of the name; of a wildcard, what follows `*.`.
    pub(super) length: u16,
    /// What kind of name it is, and how it must be read.
    pub(super) flags: u8,
    /// Which hash function its paths have.
    pub(super) salt: u8,
    /// The index of its entries in the chunk.
    pub(super) entries: u32,
    /// The candidates of the prefix `/`.
    pub(super) root: u32,
    /// Its table of path elements.
    pub(super) slots: u32,
    /// The number of places in that table that a hash can ask for.
    pub(super) range: u32,
    /// Bytes of the longest path in it.
    pub(super) longest: u32,
}

/// One path that is asked for: a prefix, without its trailing slash, or a whole path.
///
/// What few paths have follows it, then the text of the path.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NodeRecord {
    /// Length of the path.
    pub(super) length: u16,
    /// Whether a shorter prefix may hold something that comes before.
    pub(super) climbs: bool,
    /// Candidates for the path and everything below it.
    pub(super) below: u32,
    /// Candidates for exactly this path.
    pub(super) exact: u32,
    /// The longest shorter prefix of it, or [`ROOT`].
    pub(super) parent: u32,
    /// Where in the record its text begins.
    pub(super) text: u8,
}

impl HostRecord {
    pub(super) const LENGTH: usize = 24;
    /// The name is a suffix behind `*.`.
    pub(super) const SUFFIX: u8 = 1;
    /// The host has no index: its entries are tried one by one.
    pub(super) const LINEAR: u8 = 2;

    #[inline]
    pub(super) fn read(arena: Arena<'_>, at: u32) -> Self {
        let bytes: &[u8; Self::LENGTH] = arena.record(at as usize);
        let [_, _, flags, salt, ..] = *bytes;
        Self {
            length: short(bytes, 0),
            flags,
            salt,
            entries: number(bytes, 4),
            root: number(bytes, 8),
            slots: number(bytes, 12),
            range: number(bytes, 16),
            longest: number(bytes, 20),
        }
    }

    pub(super) fn bytes(&self) -> [u8; Self::LENGTH] {
        let mut bytes = [0; Self::LENGTH];
        bytes[..2].copy_from_slice(&self.length.to_le_bytes());
        bytes[2] = self.flags;
        bytes[3] = self.salt;
        let numbers = [self.entries, self.root, self.slots, self.range, self.longest];
        for (place, number) in bytes[4..].chunks_exact_mut(4).zip(numbers) {
            place.copy_from_slice(&number.to_le_bytes());
        }
        bytes
    }

    /// Whether the flag is set.
    #[inline]
    pub(super) fn is(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

impl NodeRecord {
    /// Bytes before what few have.
    const FIXED: u8 = 8;
    const CLIMBS: u8 = 1;
    /// Four bytes follow: candidates for exactly this path.
    const EXACT: u8 = 2;
    /// Four bytes follow: the parent.
    const PARENT: u8 = 4;

    #[inline]
    pub(super) fn read(arena: Arena<'_>, at: u32) -> Self {
        let bytes: &[u8; Self::FIXED as usize] = arena.record(at as usize);
        let [_, _, flags, ..] = *bytes;
        let mut record = Self {
            length: short(bytes, 0),
            climbs: flags & Self::CLIMBS != 0,
            below: number(bytes, 4),
            exact: NONE,
            parent: ROOT,
            text: Self::FIXED,
        };
        if flags & Self::EXACT != 0 {
            record.exact = record.next_number(arena, at);
        }
        if flags & Self::PARENT != 0 {
            record.parent = record.next_number(arena, at);
        }
        record
    }

    fn next_number(&mut self, arena: Arena<'_>, at: u32) -> u32 {
        let found = number::<4>(arena.record(at as usize + usize::from(self.text)), 0);
        self.text += 4;
        found
    }

    /// Writes it, with its text.
    pub(super) fn write(&self, arena: &mut Writer, text: &[u8]) {
        let (has_exact, has_parent) = (self.exact != NONE, self.parent != ROOT);
        let flags = [(self.climbs, Self::CLIMBS), (has_exact, Self::EXACT), (has_parent, Self::PARENT)];
        let flags = flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| flag).sum();
        arena.push(&self.length.to_le_bytes());
        arena.push(&[flags, 0]);
        arena.push_number(self.below);
        for number in [(has_exact, self.exact), (has_parent, self.parent)] {
            if number.0 {
                arena.push_number(number.1);
            }
        }
        arena.push(text);
    }

    /// Whether the path is this one or lies below it, given the record's offset.
    #[inline]
    pub(super) fn covers(&self, arena: Arena<'_>, at: u32, path: &[u8]) -> bool {
        let text = arena.text(at as usize + usize::from(self.text), self.length.into());
        is_at_or_below(path, text)
    }
}

/// Reads a slot.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "a slot is cut into two halves")]
pub(super) fn slot(slot: [u8; SLOT]) -> (u32, u32) {
    let both = u64::from_le_bytes(slot);
    (both as u32, (both >> 32) as u32)
}

/// Which tag a hash has, and where in a table of that range it is looked for first.
#[inline]
pub(super) fn place(hash: u64, range: u32) -> (u32, usize) {
    let (tag, low) = ((hash >> 32) as u32, hash & 0xffff_ffff);
    (tag, ((low * u64::from(range)) >> 32) as usize)
}
