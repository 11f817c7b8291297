//! Objects, and the texts they come from, which the linter points into.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use gateway_ask::findings::{Placed, findings};
use gateway_core::lint::Linter;
use gateway_core::{Change, ObjectKey, Router, Snapshot};
use gateway_manifest::{Loader, ManifestError, Manifests, Note, NoteCode, Options, Sources, Strictness};

use crate::failure::Failure;
use crate::options::{Looking, ReadOptions};

/// Everything the caller gave. Cloning copies no object and no text.
#[derive(Clone, Default)]
pub(crate) struct World {
    pub(crate) snapshot: Snapshot,
    pub(crate) notes: Vec<Note>,
    texts: Vec<Sources>,
    /// Objects that were given one by one, as JSON; they replace those of the texts.
    objects: BTreeMap<ObjectKey, Arc<str>>,
    /// Objects of the texts that are gone.
    removed: BTreeSet<ObjectKey>,
    strict: bool,
}

fn loader(strict: bool, keep_manifests: bool) -> Loader {
    let strictness = if strict { Strictness::Strict } else { Strictness::Lenient };
    Loader::new(Options { strictness, keep_manifests, ..Options::default() })
}

/// What stands for the name of a file where an object has none.
fn stand_in(key: &ObjectKey) -> String {
    format!("<{key}>.json")
}

impl World {
    /// Takes what a loader reads; nothing of it when something is wrong, unless the options say so.
    pub(crate) fn read(
        &mut self,
        options: ReadOptions,
        read: impl FnOnce(&mut Loader) -> Result<(), ManifestError>,
    ) -> Result<Vec<Change>, Failure> {
        let mut loader = loader(options.strict, false);
        read(&mut loader)?;
        let manifests = loader.finish();
        if !options.keep_going
            && let Some(failure) = Failure::of_notes(&manifests.notes)
        {
            return Err(failure);
        }
        self.strict |= options.strict;
        self.texts.push(manifests.sources);
        self.notes.extend(manifests.notes);
        let mut changes = Vec::with_capacity(manifests.objects.len());
        for loaded in manifests.objects {
            let change = self.snapshot.upsert(loaded.object);
            self.objects.remove(&change.key);
            self.removed.remove(&change.key);
            changes.push(change);
        }
        Ok(changes)
    }

    /// Takes an object, or the objects of a List, as JSON.
    pub(crate) fn upsert(&mut self, text: String, options: ReadOptions) -> Result<Vec<Change>, Failure> {
        let mut loader = loader(options.strict, true);
        loader.text("<object>.json", text)?;
        let mut manifests = loader.finish();
        // There is no file to look into.
        for note in &mut manifests.notes {
            (note.location, note.related) = (None, None);
        }
        if !options.keep_going
            && let Some(failure) = Failure::of_notes(&manifests.notes)
        {
            return Err(failure);
        }
        let mut changes = Vec::with_capacity(manifests.objects.len());
        for loaded in manifests.objects {
            let manifest = loaded.manifest.as_ref().map(crate::failure::json).transpose()?;
            let change = self.snapshot.upsert(loaded.object);
            self.forget(&change.key);
            if let Some(manifest) = manifest {
                self.objects.insert(change.key.clone(), manifest.into());
            }
            changes.push(change);
        }
        self.notes.extend(manifests.notes);
        Ok(changes)
    }

    /// Removes an object; `None` when it was not there.
    pub(crate) fn remove(&mut self, key: &ObjectKey) -> Option<Change> {
        let change = self.snapshot.remove(key)?;
        self.forget(key);
        self.removed.insert(key.clone());
        Some(change)
    }

    /// Forgets what is known of how an object was written.
    fn forget(&mut self, key: &ObjectKey) {
        self.objects.remove(key);
        self.removed.remove(key);
        self.notes.retain(|note| note.object.as_ref() != Some(key));
    }

    /// Everything that is wrong, as `gateway lint` finds it.
    pub(crate) fn findings(&self, router: &Router, old: Option<&Self>, looking: &Looking) -> Vec<Placed> {
        let linter = Linter::new(looking.channel);
        let manifests = self.manifests();
        let old = old.map(Self::manifests).unwrap_or_default();
        let mut found = findings(&linter, &manifests, &old, &self.snapshot, router);
        found.retain(|finding| {
            (looking.only.is_empty() || looking.only.holds(finding)) && !looking.ignore.holds(finding)
        });
        for finding in &mut found {
            finding.place.take_if(|place| is_stand_in(&place.file));
        }
        found
    }

    /// The texts again, with the manifests as they were written.
    fn manifests(&self) -> Manifests {
        let mut loader = loader(self.strict, true);
        for sources in &self.texts {
            for id in sources.ids() {
                // It was read before; what went wrong then is among the notes.
                let _ = loader.text(sources.name(id), sources.text(id));
            }
        }
        for (key, text) in &self.objects {
            let _ = loader.text(&stand_in(key), &**text);
        }
        let mut manifests = loader.finish();
        for loaded in &mut manifests.objects {
            loaded.manifest.take_if(|_| self.removed.contains(&ObjectKey::of(&loaded.object)));
        }
        manifests.notes.retain(|note| !self.is_outdated(note));
        let unread = self.notes.iter().filter(|note| note.code == NoteCode::UnreadableFile);
        manifests.notes.extend(unread.cloned());
        manifests
    }

    /// Whether a note speaks of an object that is gone, or replaced on purpose.
    fn is_outdated(&self, note: &Note) -> bool {
        let at = note.location.as_ref();
        let replaced = note.code == NoteCode::DuplicateObject && at.is_some_and(|at| is_stand_in(&at.file));
        let of_text = !at.is_some_and(|at| is_stand_in(&at.file));
        let gone =
            |key: &ObjectKey| self.removed.contains(key) || (of_text && self.objects.contains_key(key));
        replaced || note.object.as_ref().is_some_and(gone)
    }
}

fn is_stand_in(file: &str) -> bool {
    file.starts_with('<') && file.ends_with(">.json")
}
