//! What was read.

use std::collections::HashMap;

use gateway_core::ObjectKey;
use gateway_core::model::{FieldPath, Object, ObjectKind, Value};

use crate::source::{SourceId, Sources};
use crate::{Location, Note, Positions, Severity};

/// What was read, and what there is to say about it.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Manifests {
    /// The objects, in the order in which they were read. No two have the same kind, namespace and name.
    pub objects: Vec<Loaded>,
    /// What there is to say, in the order of the sources.
    pub notes: Vec<Note>,
    /// The texts.
    pub sources: Sources,
    /// How many files were read, and how many were not.
    pub files: FileCount,
    pub(super) index: HashMap<ObjectKey, usize>,
}

/// An object and where it came from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Loaded {
    /// The object.
    pub object: Object,
    /// The source.
    pub source: SourceId,
    /// The document in the source, counted from 0.
    pub document: usize,
    /// Where it is in the document: empty, or `items[0]` when it stands in a list.
    pub path: FieldPath,
    /// Where its fields are.
    pub positions: Positions,
    /// The manifest as it was written, when [`Options::keep_manifests`](crate::Options::keep_manifests)
    /// asks for it.
    pub manifest: Option<Value>,
}

/// How many files were read, and how many files of folders were not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileCount {
    /// Files that were read.
    pub read: usize,
    /// Hidden files and folders, which were skipped.
    pub hidden: usize,
    /// Files with another extension, and what is no file; skipped.
    pub other: usize,
    /// Symbolic links to folders, which were not followed.
    pub links: usize,
    /// Files and folders that could not be read. Each has a note.
    pub failed: usize,
}

impl Manifests {
    /// The object of that kind, namespace and name. An object without a namespace is in `default`, one of
    /// a kind without namespaces in the empty one.
    pub fn get(&self, kind: ObjectKind, namespace: &str, name: &str) -> Option<&Loaded> {
        self.index.get(&ObjectKey::new(kind, namespace, name)).and_then(|index| self.objects.get(*index))
    }

    /// The place to show for a field of an object, see [`Positions::locate`]; `None` when there is no such
    /// object.
    pub fn locate(
        &self,
        kind: ObjectKind,
        namespace: &str,
        name: &str,
        path: &FieldPath,
    ) -> Option<Location> {
        self.get(kind, namespace, name).map(|loaded| loaded.positions.locate(path))
    }

    /// Whether a note is an error.
    pub fn has_errors(&self) -> bool {
        self.notes.iter().any(|note| note.severity == Severity::Error)
    }
}
