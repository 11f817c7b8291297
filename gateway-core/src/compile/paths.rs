//! From a path to the longest of its prefixes that a host asks for.
//!
//! The walk goes from element to element and stops at the first one that no path of the host has, so
//! that its time is bound by what is configured, whatever the length of a request's path. It follows
//! hashes alone; what it ends at is then compared with the path byte by byte.

use super::arena::Arena;
use super::hash::{HashKey, slash, tail};
use super::records::{HostRecord, NodeRecord, ROOT, SLOT, place, slot};

/// Elements of a path that the walk looks at; what is configured below that is tried one by one.
pub(super) const DEEPEST: usize = 64;

/// The longest path or prefix of the host that the path lies at or below, as the offset of its node, or
/// [`ROOT`].
#[inline]
pub(super) fn longest(arena: Arena<'_>, key: HashKey, host: &HostRecord, path: &[u8]) -> u32 {
    if host.range == 0 {
        return ROOT;
    }
    let found = walk(arena, key, host, path, |_| true);
    if found == ROOT || NodeRecord::read(arena, found).covers(arena, found, path) {
        return found;
    }
    longest_compared(arena, key, host, path)
}

/// Two hashes were equal that should not be, by accident or by intent: again, comparing all the way.
#[cold]
#[inline(never)]
fn longest_compared(arena: Arena<'_>, key: HashKey, host: &HostRecord, path: &[u8]) -> u32 {
    walk(arena, key, host, path, |node| NodeRecord::read(arena, node).covers(arena, node, path))
}

/// The last node on the way that is accepted.
#[inline(always)]
#[expect(clippy::inline_always, reason = "its loop is most of the time of a match")]
fn walk(
    arena: Arena<'_>,
    key: HashKey,
    host: &HostRecord,
    path: &[u8],
    accepts: impl Fn(u32) -> bool,
) -> u32 {
    // Beyond the longest path nothing can be found; one byte more shows whether an element ends there.
    let path = path.get(..=host.longest as usize).unwrap_or(path);
    let slots = arena.records::<SLOT>(host.slots as usize);
    let (mut state, mut at) = start(key, host.salt, path);
    let mut found = ROOT;
    while at <= path.len() {
        (state, at) = element(key, state, path, at);
        let Some(next) = probe(slots, host.range, state, &accepts) else { break };
        if next != ROOT {
            found = next;
        }
    }
    found
}

/// The state and the position before the first element. The empty path has no elements.
#[inline]
pub(super) fn start(key: HashKey, salt: u8, path: &[u8]) -> (u64, usize) {
    match path.first() {
        Some(b'/') => (key.path(salt, true), 1),
        Some(_) => (key.path(salt, false), 0),
        None => (0, 1),
    }
}

/// Takes in the element that begins at `at`; gives the state and where the next one begins, which is
/// behind the end of the path when there is none.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as a call it takes half as long again")]
pub(super) fn element(key: HashKey, mut state: u64, path: &[u8], mut at: usize) -> (u64, usize) {
    loop {
        let rest = path.get(at..).unwrap_or_default();
        let Some(bytes) = rest.first_chunk::<8>() else {
            let word = match path.last_chunk::<8>() {
                // The last eight bytes, without those before the position.
                Some(last) if !rest.is_empty() => u64::from_le_bytes(*last) >> (8 * (8 - rest.len())),
                _ => tail(rest),
            };
            let length = slash(word).min(rest.len());
            return (key.end(state, cut(word, length), length), at + length + 1);
        };
        let word = u64::from_le_bytes(*bytes);
        let length = slash(word);
        if length < 8 {
            return (key.end(state, cut(word, length), length), at + length + 1);
        }
        state = key.middle(state, word);
        at += 8;
    }
}

/// The lowest bytes of a word.
#[inline]
fn cut(word: u64, length: usize) -> u64 {
    word & ((1 << (8 * length.min(7))) - 1)
}

/// What the table has for a hash. [`ROOT`] stands for an element that only leads to others.
#[inline]
fn probe(slots: &[[u8; SLOT]], range: u32, state: u64, accepts: impl Fn(u32) -> bool) -> Option<u32> {
    let (tag, mut at) = place(state, range);
    loop {
        let (known, node) = slot(*slots.get(at)?);
        if node == 0 {
            return None;
        }
        if known == tag && (node == ROOT || accepts(node)) {
            return Some(node);
        }
        at += 1;
    }
}
