//! Takes the objects out of documents.

use std::collections::BTreeMap;
use std::sync::Arc;

use gateway_core::ObjectKey;
use gateway_core::model::FieldPath;

use crate::parse::Diagnostic;
use crate::source::{Source, Span};
use crate::tree::{Remark, Tree};
use crate::{NoteCode, Positions};

use super::item::{Identity, identify, key_of, value_of};
use super::lists::unpack;
use super::object::Subject;
use super::{Loaded, Loader};

impl Loader {
    /// Takes the objects out of a document.
    pub(super) fn document(
        &mut self,
        source: &Arc<Source>,
        document: usize,
        mut tree: Tree,
        remarks: Vec<Remark>,
    ) {
        let mut objects = Vec::new();
        let mut keys = BTreeMap::new();
        for item in unpack(source, &tree) {
            let kind = match identify(source, &tree, &item, self.options.strictness) {
                Identity::Known(kind) => kind,
                Identity::Unknown { api_version, kind } => {
                    let place = tree.place(item.node);
                    self.unknown.add(api_version, kind, || source.location(place));
                    continue;
                }
                Identity::None(diagnostic) => {
                    if let Some(diagnostic) = diagnostic {
                        self.note(diagnostic, source, None);
                    }
                    continue;
                }
            };
            let subject = Subject { source, tree: &tree, item: &item, strictness: self.options.strictness };
            let (object, diagnostics) = subject.read();
            let key = object.as_ref().map(ObjectKey::of);
            let key = key.unwrap_or_else(|| key_of(source, &tree, &item, kind));
            for diagnostic in diagnostics {
                self.note(diagnostic, source, Some(&key));
            }
            if !remarks.is_empty() {
                keys.insert(item.path.clone(), key);
            }
            let manifest = self.options.keep_manifests.then(|| value_of(source, &tree, &item));
            objects.extend(object.map(|object| (object, item, manifest)));
        }
        for remark in remarks {
            let key = object_around(&keys, &remark.path);
            self.note(remark.diagnostic(source, self.options.strictness), source, key);
        }
        if objects.is_empty() {
            return;
        }
        tree.keep_places();
        let tree = Arc::new(tree);
        for (object, item, manifest) in objects {
            let positions = Positions::new(Arc::clone(source), Arc::clone(&tree), item.node);
            let path = item.path;
            let span = tree.place(item.node);
            self.add(
                Loaded { object, source: source.id(), document, path, positions, manifest },
                source,
                span,
            );
        }
    }

    /// Adds an object in place of an earlier one with the same name.
    fn add(&mut self, loaded: Loaded, source: &Source, span: Span) {
        let key = ObjectKey::of(&loaded.object);
        let path = loaded.path.clone();
        if key.name.is_empty() {
            self.objects.push(Some(loaded));
            return;
        }
        let earlier = self.index.insert(key.clone(), self.objects.len());
        self.objects.push(Some(loaded));
        let earlier = earlier.and_then(|index| self.objects.get_mut(index)).and_then(Option::take);
        if let Some(earlier) = earlier {
            let first = earlier.positions.locate(&FieldPath::root());
            let message = format!("{key} stands in {first} already; this one counts: remove one of them");
            let code = NoteCode::DuplicateObject;
            let diagnostic = Diagnostic::warning(code, message, span).under(path);
            self.notes.add_related(self.options.limits.notes, diagnostic, source, &key, first);
        }
    }
}

/// The object whose field a path leads to.
fn object_around<'k>(keys: &'k BTreeMap<FieldPath, ObjectKey>, path: &FieldPath) -> Option<&'k ObjectKey> {
    let mut path = path.clone();
    loop {
        if let Some(key) = keys.get(&path) {
            return Some(key);
        }
        path.pop()?;
    }
}
