//! What there is to say about the manifests, on stderr, with the lines it is about.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};

use gateway_core::{Profile, Snapshot};
use gateway_manifest::{Location, Manifests, Note, NoteCode, Severity, Sources};
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use crate::error::list;
use crate::text::style;

/// How many notes are shown in full.
const SHOWN: usize = 20;

/// Tells what the reader noticed, the worst first.
pub(crate) fn print(manifests: &Manifests, quiet: bool, err: &mut dyn Write) -> io::Result<()> {
    let handler =
        GraphicalReportHandler::new_themed(GraphicalTheme::unicode()).with_width(110).with_context_lines(1);
    let wanted = |note: &&Note| !is_of_no_concern(note) && (!quiet || note.severity == Severity::Error);
    let mut notes: Vec<_> = manifests.notes.iter().filter(wanted).collect();
    notes.sort_by_key(|note| std::cmp::Reverse(note.severity));
    for note in notes.iter().take(SHOWN) {
        let mut text = String::new();
        match handler.render_report(&mut text, &Shown::new(note, &manifests.sources)) {
            Ok(()) => writeln!(err, "{}", text.trim_end())?,
            Err(fmt::Error) => writeln!(err, "{note}")?,
        }
    }
    let mut more = BTreeMap::new();
    for note in notes.iter().skip(SHOWN) {
        *more.entry(std::cmp::Reverse(note.severity)).or_insert(0_usize) += 1;
    }
    if !more.is_empty() {
        let counts: Vec<_> =
            more.iter().map(|(severity, count)| format!("{count} {}s", severity.0)).collect();
        writeln!(err, "{}: and {} more", style::help("note"), counts.join(", "))?;
    }
    if !quiet {
        unknown_kinds(manifests, err)?;
    }
    Ok(())
}

/// Whether a note is about objects of other APIs, of which a repository has many.
fn is_of_no_concern(note: &Note) -> bool {
    note.code == NoteCode::UnknownKind && note.severity == Severity::Info
}

/// Objects of other APIs, in one line.
fn unknown_kinds(manifests: &Manifests, err: &mut dyn Write) -> io::Result<()> {
    // The message names the kind first, in backticks.
    let notes = manifests.notes.iter().filter(|note| is_of_no_concern(note));
    let mut kinds: Vec<_> =
        notes.filter_map(|note| note.message.split('`').nth(1)).map(str::to_owned).collect();
    kinds.dedup();
    if kinds.is_empty() {
        return Ok(());
    }
    writeln!(
        err,
        "{}: left out objects of kinds that do not matter here: {}",
        style::help("note"),
        list(kinds)
    )
}

/// Says which kinds are taken as existing because the input holds none of them.
pub(crate) fn assumed(
    profile: &Profile,
    snapshot: &Snapshot,
    quiet: bool,
    err: &mut dyn Write,
) -> io::Result<()> {
    let kinds: Vec<_> =
        profile.assume.iter().filter(|kind| snapshot.count(**kind) == 0).map(ToString::to_string).collect();
    if kinds.is_empty() || quiet {
        return Ok(());
    }
    let note = style::help("note");
    writeln!(err, "{note}: the input has no {}; what is referred to is assumed to exist", kinds.join(", no "))
}

/// A note with the text it is about, as miette wants it.
#[derive(Debug)]
struct Shown<'a> {
    note: &'a Note,
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

impl<'a> Shown<'a> {
    fn new(note: &'a Note, sources: &'a Sources) -> Self {
        let source = note.location.as_ref().map(|at| Named { name: &at.file, text: sources.text(at.source) });
        Self { note, source }
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.note.path.as_ref().filter(|path| !path.is_root()) {
            Some(path) => write!(f, "{path}: {}", self.note.message),
            None => f.write_str(&self.note.message),
        }
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.note.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.note.severity {
            Severity::Info => miette::Severity::Advice,
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let here = self.note.location.as_ref()?;
        let label = |at: &Location, text: &str| {
            LabeledSpan::new(Some(text.to_owned()).filter(|text| !text.is_empty()), at.offset, at.length)
        };
        let related = self.note.related.as_ref().filter(|at| at.source == here.source);
        Some(Box::new(std::iter::once(label(here, "here")).chain(related.map(|at| label(at, "and here")))))
    }
}
