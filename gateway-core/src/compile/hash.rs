//! The keyed hash of names and paths, eight bytes at a time.
//!
//! Each step multiplies to 128 bits and folds the halves together. The key comes from the profile, so
//! that a table is the same on every machine, and unknown to a stranger where the profile keeps it so.
//! No answer depends on it: whatever a hash finds is compared byte by byte.

use crate::splitmix;

/// What the hash is keyed with.
#[derive(Clone, Copy, Debug)]
pub(super) struct HashKey {
    start: u64,
    /// For words in the middle of a text.
    middle: u64,
    /// For the last word, which holds its length: no text can pass for the beginning of another.
    end: u64,
}

/// Kinds of names, hashed apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameKind {
    /// A whole name.
    Precise = 1,
    /// What stands behind `*.`.
    Suffix = 2,
    /// The value of a header.
    Value = 3,
}

impl HashKey {
    /// Spreads a seed over the key.
    pub(super) fn new(seed: u64) -> Self {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_add(splitmix::STEP);
            splitmix::number(state)
        };
        Self { start: next(), middle: next() | 1, end: next() | 1 }
    }

    /// Where the hash of a path begins; the salt makes another function of it.
    #[inline]
    pub(super) fn path(self, salt: u8, is_absolute: bool) -> u64 {
        self.start.wrapping_add(u64::from(salt) << 1 | u64::from(is_absolute))
    }

    /// Takes in eight bytes.
    #[inline]
    pub(super) fn middle(self, state: u64, word: u64) -> u64 {
        fold(state ^ word, self.middle)
    }

    /// Takes in the last `length` bytes, at most seven, of an element or a text.
    #[inline]
    pub(super) fn end(self, state: u64, word: u64, length: usize) -> u64 {
        fold(state ^ word ^ (length as u64 + 1) << 56, self.end)
    }

    /// The hash of a name, without case. Letters differ in one bit, which is set for all bytes: of others
    /// that then look the same, no two are in hostnames.
    #[inline]
    pub(super) fn name(self, kind: NameKind, name: &[u8]) -> u64 {
        const CASE: u64 = 0x2020_2020_2020_2020;
        let (words, rest) = name.as_chunks::<8>();
        let start = self.start.rotate_left(kind as u32 * 8);
        let state =
            words.iter().fold(start, |state, word| self.middle(state, u64::from_le_bytes(*word) | CASE));
        self.end(state, tail(rest) | CASE >> 8, rest.len())
    }

    /// As [`Self::bytes`], byte by byte.
    pub(super) fn stream(self, kind: NameKind, bytes: impl Iterator<Item = u8>) -> u64 {
        let (mut state, mut word, mut length) = (self.start.rotate_left(kind as u32 * 8), 0, 0);
        for byte in bytes {
            word |= u64::from(byte) << (8 * length);
            length += 1;
            if length == 8 {
                state = self.middle(state, word);
                (word, length) = (0, 0);
            }
        }
        self.end(state, word, length)
    }

    /// The hash of bytes as they are.
    #[inline]
    pub(super) fn bytes(self, kind: NameKind, bytes: &[u8]) -> u64 {
        let (words, rest) = bytes.as_chunks::<8>();
        let start = self.start.rotate_left(kind as u32 * 8);
        let state = words.iter().fold(start, |state, word| self.middle(state, u64::from_le_bytes(*word)));
        self.end(state, tail(rest), rest.len())
    }
}

#[inline]
fn fold(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    #[expect(clippy::cast_possible_truncation, reason = "the halves are folded together")]
    let (low, high) = (product as u64, (product >> 64) as u64);
    low ^ high
}

/// Up to seven bytes as a word, zeros above them.
#[inline]
pub(super) fn tail(bytes: &[u8]) -> u64 {
    let length = bytes.len();
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let shift = 8 * (length - 4).min(4);
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << shift;
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<2>(), bytes.last_chunk::<2>()) {
        let shift = 8 * (length - 2);
        return u64::from(u16::from_le_bytes(*first)) | u64::from(u16::from_le_bytes(*last)) << shift;
    }
    bytes.first().map_or(0, |byte| u64::from(*byte))
}

/// ASCII letters in lower case, all eight at once.
fn lower(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let low = word & (0x7f * ONES);
    let above_z = low + (0x7f - u64::from(b'Z')) * ONES;
    let from_a = low + (0x80 - u64::from(b'A')) * ONES;
    let letters = !word & (from_a ^ above_z) & (0x80 * ONES);
    word | letters >> 2
}

/// Whether a name is this one, which is in lower case already.
#[inline]
pub(super) fn is_name(name: &[u8], lower_case: &[u8]) -> bool {
    name == lower_case || is_name_in_another_case(name, lower_case)
}

#[cold]
fn is_name_in_another_case(name: &[u8], lower_case: &[u8]) -> bool {
    if name.len() != lower_case.len() {
        return false;
    }
    let ((words, rest), (known, known_rest)) = (name.as_chunks::<8>(), lower_case.as_chunks::<8>());
    words
        .iter()
        .zip(known)
        .all(|(word, known)| lower(u64::from_le_bytes(*word)) == u64::from_le_bytes(*known))
        && lower(tail(rest)) == tail(known_rest)
}

/// The position of the first `/` in a word, in bytes; 8 when there is none.
#[inline]
pub(super) fn slash(word: u64) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let zeros = word ^ (u64::from(b'/') * ONES);
    // Exact for the lowest byte that is found, and only that one is used.
    let found = zeros.wrapping_sub(ONES) & !zeros & (0x80 * ONES);
    (found.trailing_zeros() / 8) as usize
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn words_are_bytes() {
        let bytes: Vec<u8> = (1..=7).collect();
        for length in 0..=7 {
            let mut word = [0; 8];
            word[..length].copy_from_slice(&bytes[..length]);
            assert_eq!(tail(&bytes[..length]), u64::from_le_bytes(word));
        }
        for byte in 0..=u8::MAX {
            let word = [byte, b'@', byte, b'[', b'`', b'{', b'a', byte];
            let expected = word.map(|byte| byte.to_ascii_lowercase());
            assert_eq!(lower(u64::from_le_bytes(word)).to_le_bytes(), expected);
        }
        assert_eq!(slash(u64::from_le_bytes(*b"abc/e//h")), 3);
        assert_eq!(slash(u64::from_le_bytes(*b"abc.0ef\xaf")), 8);
        assert_eq!(slash(u64::from_le_bytes(*b"abcdefg/")), 7);
    }

    #[test]
    fn names_have_no_case() {
        let key = HashKey::new(1);
        assert!(
            is_name(b"API.Example.COM", b"api.example.com")
                && !is_name(b"api.example.co", b"api.example.com")
        );
        assert_eq!(
            key.name(NameKind::Precise, b"API.Example.COM"),
            key.name(NameKind::Precise, b"api.example.com")
        );
        assert_ne!(
            key.name(NameKind::Precise, b"a.example.com"),
            key.name(NameKind::Suffix, b"a.example.com")
        );
        assert_ne!(key.name(NameKind::Precise, b"a"), HashKey::new(2).name(NameKind::Precise, b"a"));
        assert!(is_name(b"API.Example.COM.test", b"api.example.com.test") && !is_name(b"API_", b"api\x7f"));
        // Zeros at the end are part of a name.
        assert_ne!(key.name(NameKind::Precise, b"a"), key.name(NameKind::Precise, b"a\0"));
    }
}
