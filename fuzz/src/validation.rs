//! Any value as an object, or as a change of one: no panic, and what was taken stays as it is.
//!
//! The tree is a manifest, or `{old: MANIFEST, new: MANIFEST}`.

use std::sync::LazyLock;

use gateway_core::model::{Object, ReadError, Value};
use gateway_core::validate::{Channel, Validator};

use crate::tree::Tree;

static VALIDATORS: LazyLock<[Validator; 2]> = LazyLock::new(|| Channel::ALL.map(Validator::new));

pub(crate) fn run(data: &[u8]) {
    let tree = Tree::read(data);
    let (old, new) = (tree.get("old"), tree.get("new").unwrap_or(&tree));
    let manifest = new.to_value();
    for validator in VALIDATORS.iter() {
        if let Some(old) = old {
            validator.update(&old.to_value(), &manifest);
        }
        create(validator, &manifest);
    }
}

fn create(validator: &Validator, manifest: &Value) {
    let validation = validator.create(manifest);
    assert_eq!(validation.is_valid(), validation.refusal().is_none());
    let _ = validator.fullness(manifest);
    // Defaults are filled in once.
    let again = validator.create(&validation.object);
    assert_eq!(again.object, validation.object);
    assert_eq!(again.problems, validation.problems);
    // An update to the same is no change.
    if validation.is_valid() {
        let update = validator.update(&validation.object, &validation.object);
        assert!(update.is_valid(), "{:?}", update.refusal());
        // What is taken can be read, and is still taken as it is read.
        match Object::read(validation.object.clone()) {
            Ok(read) => {
                let typed = read.object.to_value();
                let of_type = validator.create(&typed);
                assert!(of_type.is_valid(), "{:?}\n{typed:?}", of_type.refusal());
                let twice = Object::read(typed.clone()).unwrap().object.to_value();
                assert_eq!(typed, twice);
            }
            // Of kinds that nobody serves neither says anything.
            Err(ReadError::NoKind | ReadError::UnknownKind { .. } | ReadError::UnservedVersion { .. }) => {}
            Err(error) => assert!(!is_ours(&validation.object), "{error:?}"),
        }
    }
}

/// Whether validation looked at it.
fn is_ours(object: &Value) -> bool {
    let version = object.get("apiVersion").and_then(Value::as_str).unwrap_or_default();
    ["gateway.networking.k8s.io/", "gateway.networking.x-k8s.io/"]
        .iter()
        .any(|group| version.starts_with(group))
}
