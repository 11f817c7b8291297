//! Hash tables in an arena.

use alloc::vec;
use alloc::vec::Vec;

use crate::compile::arena::Writer;
use crate::compile::records::place;

/// How many places a table has for so many things; it is filled to five eighths.
pub(super) fn range(things: usize) -> u32 {
    u32::try_from(things * 8 / 5).unwrap_or(u32::MAX)
}

/// Which thing stands in which slot; things that find their place taken stand behind it. `None` when two
/// things cannot be told apart on the way, unless `compared` says that they will be.
pub(super) fn arrange(hashes: &[u64], range: u32, compared: bool) -> Option<Vec<Option<u32>>> {
    let mut slots: Vec<Option<u32>> = vec![None; range as usize + 1];
    for (number, hash) in (0_u32..).zip(hashes) {
        let (tag, mut at) = place(*hash, range);
        while let Some(other) = slots.get(at).copied().flatten() {
            let (other, _) = place(*hashes.get(other as usize)?, range);
            if other == tag && !compared {
                return None;
            }
            at += 1;
        }
        if at + 1 >= slots.len() {
            // The last one stays empty.
            slots.resize(at + 2, None);
        }
        *slots.get_mut(at)? = Some(number);
    }
    Some(slots)
}

/// Room for a table; gives its offset.
pub(super) fn reserve(arena: &mut Writer, slots: &[Option<u32>]) -> u32 {
    let at = arena.here();
    arena.push(&vec![0; 8 * slots.len().max(1)]);
    at
}

/// Writes a table: for each thing its tag and the offset of its record.
pub(super) fn fill(arena: &mut Writer, table: u32, slots: &[Option<u32>], hashes: &[u64], offsets: &[u32]) {
    for (slot, thing) in (0_u32..).zip(slots) {
        let Some(thing) = *thing else { continue };
        let (Some(hash), Some(offset)) = (hashes.get(thing as usize), offsets.get(thing as usize)) else {
            continue;
        };
        let (tag, _) = place(*hash, 1);
        arena.set(table + 8 * slot, &tag.to_le_bytes());
        arena.set(table + 8 * slot + 4, &offset.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;

    use super::*;
    use crate::compile::hash::{HashKey, NameKind};
    use crate::compile::paths::{element, start};

    const THINGS: usize = 200;

    /// How far a thing stands from its place, at most.
    fn farthest(texts: &[String], hash: impl Fn(&str) -> u64) -> usize {
        let hashes: Vec<_> = texts.iter().map(|text| hash(text)).collect();
        let range = range(THINGS);
        let slots = arrange(&hashes, range, true).expect("it takes everything");
        let things = slots.iter().enumerate().filter_map(|(at, thing)| Some((at, (*thing)?)));
        things.map(|(at, thing)| at - place(hashes[thing as usize], range).1).max().unwrap_or(0)
    }

    /// Whoever knows the key can make things crowd; under another key the same things do not.
    #[test]
    fn flooding_needs_the_key() {
        let path = |key: HashKey, text: &str| {
            let (state, at) = start(key, 0, text.as_bytes());
            element(key, state, text.as_bytes(), at).0
        };
        let hashes: [fn(HashKey, &str) -> u64; 2] = [
            |key, text| key.name(NameKind::Precise, text.as_bytes()),
            |key, text| key.bytes(NameKind::Value, text.as_bytes()),
        ];
        for hash in hashes.into_iter().chain([path as fn(HashKey, &str) -> u64]) {
            let known = HashKey::new(0);
            let crowd = (0..).map(|number| format!("/{number}.example.test"));
            let crowd = crowd.filter(|text| place(hash(known, text), range(THINGS)).1 < 3);
            let crowd: Vec<_> = crowd.take(THINGS).collect();
            assert!(farthest(&crowd, |text| hash(known, text)) >= THINGS - 3);
            for seed in 1..20 {
                assert!(farthest(&crowd, |text| hash(HashKey::new(seed), text)) < THINGS / 4, "{seed}");
            }
        }
    }
}
