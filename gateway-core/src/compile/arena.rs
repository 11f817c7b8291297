//! One run of bytes that holds the tables of some hosts: records that name each other by offset.
//!
//! Numbers are little endian, so that an arena is the same on every platform. A read outside of it,
//! which no offset of ours asks for, gives zeros: reading never panics.

use alloc::vec::Vec;

/// Reads records.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arena<'a>(pub(super) &'a [u8]);

impl<'a> Arena<'a> {
    /// The fixed part of a record.
    #[inline]
    pub(super) fn record<const N: usize>(self, at: usize) -> &'a [u8; N] {
        self.0.get(at..).and_then(|bytes| bytes.first_chunk()).unwrap_or(&[0; N])
    }

    /// A text.
    #[inline]
    pub(super) fn text(self, at: usize, length: usize) -> &'a [u8] {
        self.0.get(at..).and_then(|bytes| bytes.get(..length)).unwrap_or_default()
    }

    /// Records of one size, from here to the end of the arena.
    #[inline]
    pub(super) fn records<const N: usize>(self, at: usize) -> &'a [[u8; N]] {
        self.0.get(at..).unwrap_or_default().as_chunks().0
    }
}

/// A number of a record.
#[inline]
pub(super) fn number<const N: usize>(record: &[u8; N], at: usize) -> u32 {
    let bytes = record.get(at..).and_then(|bytes| bytes.first_chunk());
    bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

/// A short number of a record.
#[inline]
pub(super) fn short<const N: usize>(record: &[u8; N], at: usize) -> u16 {
    let bytes = record.get(at..).and_then(|bytes| bytes.first_chunk());
    bytes.map_or(0, |bytes| u16::from_le_bytes(*bytes))
}

/// Writes records.
#[derive(Debug, Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Where the next record begins. Offsets are multiples of four.
    pub(super) fn here(&mut self) -> u32 {
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        // Longer arenas are not used: see `is_full`.
        u32::try_from(self.bytes.len()).unwrap_or(u32::MAX)
    }

    /// Whether offsets have outgrown their numbers.
    pub(super) fn is_full(&self) -> bool {
        self.bytes.len() > (1 << 30)
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn push_number(&mut self, number: u32) {
        self.push(&number.to_le_bytes());
    }

    /// Writes over what stands there.
    pub(super) fn set(&mut self, at: u32, bytes: &[u8]) {
        if let Some(old) = self.bytes.get_mut(at as usize..).and_then(|rest| rest.get_mut(..bytes.len())) {
            old.copy_from_slice(bytes);
        }
    }

    /// Takes back everything from here on.
    pub(super) fn truncate(&mut self, at: u32) {
        self.bytes.truncate(at as usize);
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}
