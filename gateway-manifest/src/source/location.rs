//! A place in a source, as people read it.

use std::fmt;
use std::sync::Arc;

use super::SourceId;

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The source.
    pub source: SourceId,
    /// The name of the source: the path as it was given, or found in a folder.
    pub file: Arc<str>,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1, in characters.
    pub column: usize,
    /// The offset in the text of the source, in bytes. For a file in UTF-16, that is the text after its
    /// conversion; a byte order mark does not count.
    pub offset: usize,
    /// How many bytes to underline. Never reaches into the next line; 0 at the end of a line.
    pub length: usize,
}

impl fmt::Display for Location {
    /// Writes `file:line:column`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}
