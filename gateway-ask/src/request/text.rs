//! The texts of a request: owned, or borrowed from whoever asks.

use std::borrow::Cow;
use std::ops::Deref;

/// A text of a request.
pub trait Text: Deref<Target = str> + From<String> {
    /// A text that is written in the program.
    fn fixed(text: &'static str) -> Self;
    /// The text up to a place, which is one between characters.
    #[must_use]
    fn cut(self, end: usize) -> Self;
}

impl Text for String {
    fn fixed(text: &'static str) -> Self {
        text.to_owned()
    }

    fn cut(mut self, end: usize) -> Self {
        self.truncate(end);
        self
    }
}

impl Text for Cow<'_, str> {
    fn fixed(text: &'static str) -> Self {
        Cow::Borrowed(text)
    }

    fn cut(self, end: usize) -> Self {
        match self {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(..end).unwrap_or(text)),
            Cow::Owned(text) => Cow::Owned(text.cut(end)),
        }
    }
}
