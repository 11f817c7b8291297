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
