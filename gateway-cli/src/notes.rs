//! What there is to say about the manifests, on stderr, with the lines it is about.

use std::collections::BTreeMap;
use std::io::{self, Write};

use gateway_ask::list;
use gateway_core::{Profile, Snapshot};
use gateway_manifest::{Manifests, Note, NoteCode, Severity, Sources};

use crate::text::excerpt::{Excerpt, Mark};
use crate::text::style;

/// How many notes are shown in full.
const SHOWN: usize = 20;

/// Tells what the reader noticed, the worst first.
pub(crate) fn print(manifests: &Manifests, quiet: bool, err: &mut dyn Write) -> io::Result<()> {
    let wanted = |note: &&Note| !is_of_no_concern(note) && (!quiet || note.severity == Severity::Error);
    let mut notes: Vec<_> = manifests.notes.iter().filter(wanted).collect();
    notes.sort_by_key(|note| std::cmp::Reverse(note.severity));
    for note in notes.iter().take(SHOWN) {
        excerpt(note, &manifests.sources).write(err)?;
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

fn excerpt<'a>(note: &'a Note, sources: &'a Sources) -> Excerpt<'a> {
    let path = note.path.as_ref().filter(|path| !path.is_root());
    let here = note.location.as_ref().map(|at| Mark { text: "here", at });
    let there = note.related.as_ref().map(|at| Mark { text: "and here", at });
    Excerpt {
        code: note.code.as_str(),
        severity: match note.severity {
            Severity::Info => miette::Severity::Advice,
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        },
        message: path.map_or_else(|| note.message.clone(), |path| format!("{path}: {}", note.message)),
        help: None,
        marks: here.into_iter().chain(there).collect(),
        sources,
    }
}
