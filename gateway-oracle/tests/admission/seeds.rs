//! Objects that others wrote: our own examples and cases, the official manifests and cases of validation.

use std::fs;
use std::path::Path;

use gateway_manifest::{Limits, read_values};
use serde_json::Value as Json;

use crate::cases;

/// All objects in the files of a folder and below, in the order of their names.
pub(crate) fn in_folder(folder: &Path) -> Vec<Json> {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let mut objects = Vec::new();
    for path in entries {
        if path.is_dir() {
            objects.extend(in_folder(&path));
        } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "json") {
            let text = fs::read_to_string(&path).unwrap();
            let (documents, _) = read_values(&path.to_string_lossy(), &text, &Limits::default());
            for document in documents {
                collect(serde_json::to_value(&document.value).unwrap(), &mut objects);
            }
        }
    }
    objects
}

/// An object itself, or the objects of a case.
fn collect(document: Json, objects: &mut Vec<Json>) {
    if document["kind"].is_string() {
        objects.push(document);
    } else if let Some(inner) = document["objects"].as_array() {
        objects.extend(inner.iter().cloned());
    }
}

/// The official manifests.
pub(crate) fn manifests(shared: &Path) -> Vec<Json> {
    in_folder(&shared.join("conformance/manifests"))
}

/// All of them.
pub(crate) fn all(shared: &Path) -> Vec<Json> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut objects = in_folder(&here.join("../gateway-core/tests/model_full"));
    for folder in ["examples", "testdata"] {
        objects.extend(in_folder(&here.join("..").join(folder)));
    }
    objects.extend(manifests(shared));
    objects.extend(cases::load(shared).into_iter().map(|mut case| case["object"].take()));
    objects
}
