//! Any bytes as manifests: read without a panic, every place inside the text, and twice the same.

use gateway_core::model::{FieldPath, Value};
use gateway_manifest::{Limits, Loader, Manifests, Options, Strictness, read_values};

use crate::places::{check_notes, check_positions};

pub(crate) fn run(data: &[u8]) {
    for name in ["a.yaml", "a.json"] {
        for strictness in [Strictness::Lenient, Strictness::Strict] {
            let one = read(name, strictness, data);
            let Some(manifests) = &one else { continue };
            for loaded in &manifests.objects {
                // An item of a list may have its version and kind from the list.
                let Some(Value::Map(entries)) = &loaded.manifest else { continue };
                for (key, value) in entries {
                    let path = FieldPath::root().key(key.as_str());
                    let is_told = !loaded.path.is_root() && ["apiVersion", "kind"].contains(&key.as_str());
                    if !is_told || loaded.positions.value(&path).is_some() {
                        check_positions(&loaded.positions, value, &path);
                    }
                }
            }
            // The notes on an only text are all about it.
            let text = manifests.sources.ids().next().map_or("", |id| manifests.sources.text(id));
            check_notes(text, &manifests.notes);
            if strictness == Strictness::Lenient {
                let (documents, notes) = read_values(name, text, &Limits::default());
                check_notes(text, &notes);
                for document in &documents {
                    check_positions(&document.positions, &document.value, &FieldPath::root());
                }
                let again = read(name, strictness, data).unwrap();
                assert_eq!(manifests.notes, again.notes);
                let objects = |read: &Manifests| -> Vec<_> {
                    read.objects.iter().map(|one| (one.object.clone(), one.manifest.clone())).collect()
                };
                assert_eq!(objects(manifests), objects(&again));
            }
        }
    }
}

fn read(name: &str, strictness: Strictness, data: &[u8]) -> Option<Manifests> {
    let mut loader = Loader::new(Options { strictness, keep_manifests: true, ..Options::default() });
    // Bytes in no encoding that is read are an error.
    loader.text(name, data).ok()?;
    Some(loader.finish())
}
