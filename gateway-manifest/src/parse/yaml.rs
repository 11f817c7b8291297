//! Reads YAML.

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StrInput};

use crate::limits::AliasBudget;
use crate::source::Span;
use crate::tree::{Builder, Kind, Leaf, Stop};
use crate::{Limits, NoteCode};

use super::tag::{check_tag, kind_of_plain, kind_of_tagged};
use super::{Diagnostic, Emit, Outcome, scan_error};

/// Reads all documents of a text. What is wrong with one of them does not concern the others.
pub(super) fn read(text: &str, limits: &Limits, budget: &mut AliasBudget, emit: Emit<'_>) {
    let mut options = granit_parser::options! {
        flow_nesting_limit: limits.max_depth(),
        block_nesting_limit: limits.max_depth(),
    };
    options.set_emit_comments(false);
    let parser = Parser::new_from_str_with_options(text, options);
    let mut reader = Reader { text, limits, parser, document: 0, start: 0, oddities: Vec::new() };
    let mut last_failure = None;
    loop {
        let mut builder = Builder::new(text, limits, budget);
        let result = reader.document(&mut builder);
        let path = builder.path();
        reader.oddities.drain(..).map(Outcome::Diagnostic).for_each(&mut *emit);
        match result {
            Ok(false) => return,
            Ok(true) => {
                let (tree, remarks) = builder.finish();
                if let Some(tree) = tree {
                    emit(Outcome::Document { document: reader.document, tree, remarks });
                }
            }
            Err(problem) => {
                let diagnostic = reader.explain(problem).under(path);
                let offset = diagnostic.span.offset;
                // A parser that finds the same fault again has not moved, and will not.
                let moved = last_failure.is_none_or(|last| last < offset);
                last_failure = Some(offset);
                emit(Outcome::Diagnostic(diagnostic));
                if !moved || !reader.parser.proceed_next_document().unwrap_or(false) {
                    return;
                }
            }
        }
        reader.document += 1;
    }
}

/// What keeps a document from being read on.
enum Problem {
    Scan(ScanError),
    Stop(Stop),
}

impl From<Stop> for Problem {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

struct Reader<'a> {
    text: &'a str,
    limits: &'a Limits,
    parser: Parser<'a, StrInput<'a>>,
    /// How many documents were read, or given up.
    document: usize,
    /// Where the current document begins.
    start: usize,
    oddities: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Reads the next document; `false` when there is none.
    fn document(&mut self, builder: &mut Builder<'_>) -> Result<bool, Problem> {
        while let Some(event) = self.parser.next_event() {
            let (event, span) = event.map_err(Problem::Scan)?;
            let span = span.byte_range().map(|range| Span::new(range.start, range.end)).unwrap_or_default();
            match event {
                Event::DocumentStart(explicit, _) => self.begin(explicit, span),
                Event::DocumentEnd => {
                    self.start = span.end();
                    return Ok(true);
                }
                Event::StreamEnd => break,
                Event::Scalar(text, style, anchor, tag) => {
                    let plain = style == ScalarStyle::Plain && tag.is_none();
                    // The parser reports nothing as `~`, where nothing is.
                    let kind = match tag {
                        _ if plain && span.is_empty() => Kind::Null,
                        None if plain => kind_of_plain(builder, &text, span),
                        None => Kind::String,
                        Some(tag) => kind_of_tagged(builder, &text, &tag, span),
                    };
                    builder.scalar(&Leaf { span, text, kind, plain }, anchor)?;
                }
                Event::SequenceStart(_, anchor, tag) => {
                    check_tag(builder, tag.as_deref(), "seq", span);
                    builder.open(Kind::List, span, anchor)?;
                }
                Event::MappingStart(_, anchor, tag) => {
                    check_tag(builder, tag.as_deref(), "map", span);
                    builder.open(Kind::Map, span, anchor)?;
                }
                // Only what stands in brackets has an end of its own.
                Event::SequenceEnd | Event::MappingEnd => {
                    builder.close((!span.is_empty()).then_some(span.end()))?;
                }
                Event::Alias(anchor) => builder.alias(anchor, span)?,
                Event::UnresolvedAlias(_) => builder.alias(0, span)?,
                _ => {}
            }
        }
        Ok(false)
    }

    /// Looks at what separates a document from the one before.
    fn begin(&mut self, explicit: bool, span: Span) {
        self.start = span.start();
        let behind =
            self.text.get(span.end()..).unwrap_or_default().lines().next().unwrap_or_default().trim();
        let message = if explicit && !behind.is_empty() && !behind.starts_with('#') {
            "kubectl refuses what stands behind `---`: put it on a line of its own"
        } else if !explicit && self.document > 0 {
            "kubectl ignores a document behind `...`: begin it with a line `---`"
        } else {
            return;
        };
        self.oddities.push(Diagnostic::warning(NoteCode::DocumentSeparator, message, span));
    }

    fn explain(&self, problem: Problem) -> Diagnostic {
        let diagnostic = match problem {
            Problem::Scan(error) => scan_error::diagnostic(&error, self.text, self.limits),
            Problem::Stop(stop) => stop.diagnostic(self.limits),
        };
        if diagnostic.code == NoteCode::Syntax && self.is_template(diagnostic.span) {
            let message = "looks like a Helm template: render it first, with `helm template`";
            return Diagnostic { code: NoteCode::HelmTemplate, message: message.to_owned(), ..diagnostic };
        }
        diagnostic
    }

    /// Whether there are double braces in the document that failed.
    fn is_template(&self, failure: Span) -> bool {
        let document = self.text.get(self.start..).unwrap_or_default();
        let behind = failure.end().saturating_sub(self.start);
        let end = document.get(behind..).and_then(|rest| rest.find("\n---"));
        let end = end.map_or(document.len(), |end| behind + end);
        document.get(..end).unwrap_or_default().contains("{{")
    }
}
