//! The texts that were read, kept so that a note can show the place it speaks of.

mod lines;
mod location;
mod span;

use std::sync::{Arc, OnceLock};

use lines::LineIndex;
pub use location::Location;
pub(crate) use span::Span;

/// Stands for one source among all that were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(usize);

/// A named text.
#[derive(Debug)]
pub(crate) struct Source {
    id: SourceId,
    name: Arc<str>,
    text: String,
    lines: OnceLock<LineIndex>,
}

impl Source {
    pub(crate) fn new(name: &str, text: String) -> Self {
        Self { id: SourceId(0), name: name.into(), text, lines: OnceLock::new() }
    }

    pub(crate) fn id(&self) -> SourceId {
        self.id
    }

    pub(crate) fn name(&self) -> &Arc<str> {
        &self.name
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The place of a span. A span of nothing is underlined up to the end of its line.
    pub(crate) fn location(&self, span: Span) -> Location {
        let offset = span.start().min(self.text.len());
        let (line, column) = self.lines().position(&self.text, offset);
        let rest = self.text.get(offset..).unwrap_or_default();
        let length = if span.is_empty() { rest.len() } else { span.length as usize };
        let shown = rest.bytes().take(length).take_while(|byte| !matches!(byte, b'\n' | b'\r'));
        let length = shown.count();
        let length = rest.get(..length).map_or(length, |shown| shown.trim_end().len());
        Location { source: self.id, file: Arc::clone(&self.name), line, column, offset, length }
    }

    /// The number of the line of an offset, counted from 1.
    pub(crate) fn line_of(&self, span: Span) -> usize {
        self.lines().position(&self.text, span.start()).0
    }

    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// The texts that were read.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Arc<Source>>);

impl Sources {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in the order in which they were read.
    pub fn ids(&self) -> impl Iterator<Item = SourceId> + '_ {
        self.0.iter().map(|source| source.id)
    }

    /// The name of a source: the path as it was given, or found in a folder.
    pub fn name(&self, id: SourceId) -> &str {
        self.get(id).map_or("", |source| source.name())
    }

    /// The text of a source, without a byte order mark; empty when it was not read.
    pub fn text(&self, id: SourceId) -> &str {
        self.get(id).map_or("", |source| source.text())
    }

    /// One line of a source without its end, counted from 1.
    pub fn line(&self, id: SourceId, line: usize) -> Option<&str> {
        let source = self.get(id)?;
        source.lines().line(&source.text, line)
    }

    pub(crate) fn add(&mut self, mut source: Source) -> Arc<Source> {
        source.id = SourceId(self.0.len());
        let source = Arc::new(source);
        self.0.push(Arc::clone(&source));
        source
    }

    fn get(&self, id: SourceId) -> Option<&Arc<Source>> {
        self.0.get(id.0)
    }
}
