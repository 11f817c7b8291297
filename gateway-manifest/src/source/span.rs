//! A stretch of a text.

/// Where something stands in a text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    /// Where it begins.
    pub(crate) offset: u32,
    /// How long it is; 0 where only the beginning is known.
    pub(crate) length: u32,
}

impl Span {
    /// The span between two offsets of one text. No text is longer than [`crate::Limits::source_bytes`]
    /// allows, which is never more than a `u32` can count.
    pub(crate) fn new(start: usize, end: usize) -> Self {
        let offset = u32::try_from(start).unwrap_or(u32::MAX);
        let length = u32::try_from(end.saturating_sub(start)).unwrap_or(u32::MAX);
        Self { offset, length }
    }

    /// The span of nothing at an offset.
    pub(crate) fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    pub(crate) fn start(self) -> usize {
        self.offset as usize
    }

    pub(crate) fn end(self) -> usize {
        self.start() + self.length as usize
    }

    pub(crate) fn is_empty(self) -> bool {
        self.length == 0
    }

    /// The text there; empty when the span does not lie in the text.
    pub(crate) fn of(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or_default()
    }
}
