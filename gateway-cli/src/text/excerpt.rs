//! Something to say, with the lines of a manifest that it is about.

use std::fmt;
use std::io::{self, Write};

use gateway_manifest::{Location, Sources};
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    Severity, SourceCode, SourceSpan, SpanContents,
};

/// A message and its places. All marks in the file of the first are shown.
#[derive(Debug)]
pub(crate) struct Excerpt<'a> {
    pub(crate) code: &'a str,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) marks: Vec<Mark<'a>>,
    pub(crate) sources: &'a Sources,
}

/// A place and the words under its caret.
#[derive(Debug)]
pub(crate) struct Mark<'a> {
    pub(crate) text: &'static str,
    pub(crate) at: &'a Location,
}

impl Excerpt<'_> {
    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode());
        let handler = handler.with_width(110).with_context_lines(1);
        let source = self
            .marks
            .first()
            .map(|mark| Named { name: &mark.at.file, text: self.sources.text(mark.at.source) });
        let mut text = String::new();
        match handler.render_report(&mut text, &Shown { excerpt: self, source }) {
            Ok(()) => writeln!(out, "{}", text.trim_end()),
            Err(fmt::Error) => writeln!(out, "{} [{}]", self.message, self.code),
        }
    }
}

/// An excerpt as miette wants it.
#[derive(Debug)]
struct Shown<'a> {
    excerpt: &'a Excerpt<'a>,
    source: Option<Named<'a>>,
}

/// A text with a name.
#[derive(Debug)]
struct Named<'a> {
    name: &'a str,
    text: &'a str,
}

impl SourceCode for Named<'_> {
    fn read_span<'s>(
        &'s self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'s> + 's>, MietteError> {
        let found = self.text.read_span(span, before, after)?;
        let (data, span, line, column) = (found.data(), *found.span(), found.line(), found.column());
        let named =
            MietteSpanContents::new_named(self.name.to_owned(), data, span, line, column, found.line_count());
        Ok(Box::new(named))
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.excerpt.message)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.excerpt.code))
    }

    fn severity(&self) -> Option<Severity> {
        Some(self.excerpt.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.excerpt.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let first = self.excerpt.marks.first()?;
        let here = self.excerpt.marks.iter().filter(|mark| mark.at.source == first.at.source);
        Some(Box::new(
            here.map(|mark| LabeledSpan::new(Some(mark.text.to_owned()), mark.at.offset, mark.at.length)),
        ))
    }
}
