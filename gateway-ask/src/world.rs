//! Manifests that come and go, and what was noticed in them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use gateway_core::lint::Linter;
use gateway_core::model::Value;
use gateway_core::validate::Channel;
use gateway_core::{ObjectKey, Router, Snapshot};
use gateway_manifest::{Loaded, Manifests, Note, Positions, Severity};

use crate::findings::{self, Placed};

// Their patterns are compiled once.
static STANDARD: LazyLock<Linter> = LazyLock::new(|| Linter::new(Channel::Standard));
static EXPERIMENTAL: LazyLock<Linter> = LazyLock::new(|| Linter::new(Channel::Experimental));

/// What is known of a manifest besides its object.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// The object.
    pub key: Cow<'a, ObjectKey>,
    /// Where its fields are, if that is anywhere.
    pub positions: Option<&'a Positions>,
    /// The manifest as it was written, if it was kept.
    pub manifest: Option<&'a Value>,
}

/// A set of manifests.
pub trait Manifested {
    /// All manifests.
    fn items(&self) -> impl Iterator<Item = Item<'_>>;
    /// The manifest of an object.
    fn item(&self, key: &ObjectKey) -> Option<Item<'_>>;
    /// What was noticed while they were read.
    fn notes(&self) -> &[Note];
}

impl Manifested for Manifests {
    fn items(&self) -> impl Iterator<Item = Item<'_>> {
        self.objects.iter().map(loaded)
    }

    fn item(&self, key: &ObjectKey) -> Option<Item<'_>> {
        self.get(key.kind, &key.namespace, &key.name).map(loaded)
    }

    fn notes(&self) -> &[Note] {
        &self.notes
    }
}

fn loaded(loaded: &Loaded) -> Item<'_> {
    Item {
        key: Cow::Owned(ObjectKey::of(&loaded.object)),
        positions: Some(&loaded.positions),
        manifest: loaded.manifest.as_ref(),
    }
}

/// What a world keeps of a manifest.
#[derive(Debug)]
struct Kept {
    positions: Option<Positions>,
    manifest: Option<Value>,
}

/// Manifests that come and go. Cloning is cheap in objects: they are shared.
#[derive(Clone, Debug, Default)]
pub struct World {
    snapshot: Snapshot,
    kept: BTreeMap<ObjectKey, Arc<Kept>>,
    notes: Arc<Vec<Note>>,
}

impl World {
    /// Takes in what was read, in place of objects of the same kind, namespace and name and of what was
    /// noticed about these. Returns the keys of the objects, in order.
    ///
    /// `is_placed` says whether places in the text mean anything to the user; they do not when a program
    /// made it.
    pub fn take(&mut self, manifests: Manifests, is_placed: bool) -> Vec<ObjectKey> {
        let mut keys = Vec::with_capacity(manifests.objects.len());
        for Loaded { object, positions, manifest, .. } in manifests.objects {
            let change = self.snapshot.upsert(object);
            let positions = is_placed.then_some(positions);
            self.kept.insert(change.key.clone(), Arc::new(Kept { positions, manifest }));
            keys.push(change.key);
        }
        if !self.notes.is_empty() {
            let replaced: std::collections::BTreeSet<_> = keys.iter().collect();
            Arc::make_mut(&mut self.notes)
                .retain(|note| note.object.as_ref().is_none_or(|key| !replaced.contains(key)));
        }
        if !manifests.notes.is_empty() {
            let mut notes = manifests.notes;
            if !is_placed {
                for note in &mut notes {
                    (note.location, note.related) = (None, None);
                }
            }
            Arc::make_mut(&mut self.notes).extend(notes);
        }
        keys
    }

    /// Removes an object, and what was noticed about it; whether it was there.
    pub fn remove(&mut self, key: &ObjectKey) -> bool {
        self.kept.remove(key);
        if self.notes.iter().any(|note| note.object.as_ref() == Some(key)) {
            Arc::make_mut(&mut self.notes).retain(|note| note.object.as_ref() != Some(key));
        }
        self.snapshot.remove(key).is_some()
    }

    /// The objects.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The first thing that keeps a manifest from being used as it is.
    pub fn error(&self) -> Option<&Note> {
        self.notes.iter().find(|note| note.severity == Severity::Error)
    }

    /// Everything that `gateway lint` finds; objects that are in `old` too are judged as updates.
    pub fn findings(&self, channel: Channel, old: &Self, router: &Router) -> Vec<Placed> {
        let linter = match channel {
            Channel::Standard => &*STANDARD,
            Channel::Experimental => &*EXPERIMENTAL,
        };
        findings::findings(linter, self, old, &self.snapshot, router)
    }
}

impl Manifested for World {
    fn items(&self) -> impl Iterator<Item = Item<'_>> {
        self.kept.iter().map(kept)
    }

    fn item(&self, key: &ObjectKey) -> Option<Item<'_>> {
        self.kept.get_key_value(key).map(kept)
    }

    fn notes(&self) -> &[Note] {
        &self.notes
    }
}

fn kept<'a>((key, kept): (&'a ObjectKey, &'a Arc<Kept>)) -> Item<'a> {
    Item { key: Cow::Borrowed(key), positions: kept.positions.as_ref(), manifest: kept.manifest.as_ref() }
}
