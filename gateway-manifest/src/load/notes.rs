//! Collects notes, up to a limit.

use gateway_core::ObjectKey;

use crate::parse::Diagnostic;
use crate::source::Source;
use crate::{Location, Note, NoteCode, Severity};

/// The notes so far.
#[derive(Debug, Default)]
pub(super) struct Notes {
    kept: Vec<Note>,
    dropped: usize,
    worst_dropped: Option<Severity>,
}

impl Notes {
    /// Adds a note, or counts it when there are too many.
    pub(super) fn add(
        &mut self,
        limit: usize,
        diagnostic: Diagnostic,
        source: &Source,
        object: Option<&ObjectKey>,
    ) {
        if self.kept.len() < limit {
            self.kept.push(diagnostic.note(source, object.cloned()));
        } else {
            self.dropped += 1;
            self.worst_dropped = self.worst_dropped.max(Some(diagnostic.severity));
        }
    }

    /// Adds a note that speaks of a place in another source as well.
    pub(super) fn add_related(
        &mut self,
        limit: usize,
        diagnostic: Diagnostic,
        source: &Source,
        object: &ObjectKey,
        related: Location,
    ) {
        let before = self.kept.len();
        self.add(limit, diagnostic, source, Some(object));
        if let Some(note) = self.kept.get_mut(before) {
            note.related = Some(related);
        }
    }

    /// Adds a note that is kept whatever the limit is, and whose place is known.
    pub(super) fn add_note(&mut self, note: Note) {
        self.kept.push(note);
    }

    /// All notes in the order of the sources.
    pub(super) fn finish(mut self) -> Vec<Note> {
        let place = |note: &Note| note.location.as_ref().map(|place| (place.source, place.offset));
        self.kept.sort_by_key(place);
        if let Some(severity) = self.worst_dropped {
            let message = format!("{} more notes are not kept: correct the first ones", self.dropped);
            let code = NoteCode::TooManyNotes;
            let (location, related, object, path) = (None, None, None, None);
            self.kept.push(Note { severity, code, message, location, related, object, path });
        }
        self.kept
    }
}
