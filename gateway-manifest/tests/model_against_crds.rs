//! The model against the schemas of the CRDs: every property is known to it, and what the schema requires
//! it requires, and nothing else.
//!
//! The CRDs are in a folder beside the workspace, or where `GATEWAY_CORE_SHARED` says; without it there is
//! nothing to compare with.

#![allow(clippy::unwrap_used, reason = "a test may end here")]

mod loading;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gateway_core::model::{FieldPath, Object, ObjectKind, PathSegment, ReadFindingKind, Value};
use gateway_manifest::{Limits, NoteCode, read_values};
use loading::{load, map};

/// One served version of one kind.
struct Schema {
    api_version: String,
    kind: String,
    /// What the API server says about the version.
    warning: Option<String>,
    root: Value,
}

fn crds() -> Option<Vec<Schema>> {
    let shared = std::env::var_os("GATEWAY_CORE_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    let folder = shared.join("crds/experimental");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: there are no CRDs in {}", folder.display());
        return None;
    };
    let mut schemas = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let (documents, notes) = read_values(&path.to_string_lossy(), &text, &Limits::default());
        assert!(notes.is_empty(), "{notes:?}");
        for document in documents {
            schemas.extend(served(&document.value));
        }
    }
    Some(schemas)
}

/// The served versions of a CRD; nothing for what is no CRD.
fn served(crd: &Value) -> Vec<Schema> {
    let text = |value: &Value, path: &[&str]| at(value, path).and_then(Value::as_str).unwrap().to_owned();
    if text(crd, &["kind"]) != "CustomResourceDefinition" {
        return Vec::new();
    }
    let (group, kind) = (text(crd, &["spec", "group"]), text(crd, &["spec", "names", "kind"]));
    let versions = at(crd, &["spec", "versions"]).and_then(Value::as_list).unwrap();
    versions
        .iter()
        .filter(|version| at(version, &["served"]).and_then(Value::as_bool) == Some(true))
        .map(|version| Schema {
            api_version: format!("{group}/{}", text(version, &["name"])),
            kind: kind.clone(),
            warning: at(version, &["deprecationWarning"]).and_then(Value::as_str).map(str::to_owned),
            root: at(version, &["schema", "openAPIV3Schema"]).unwrap().clone(),
        })
        .collect()
}

fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, key| value.get(key))
}

/// A place in a schema, and the way to it.
struct Place<'s> {
    path: FieldPath,
    schema: &'s Value,
}

/// All places of a schema but those of `apiVersion`, `kind` and `metadata`, each once.
fn places(root: &Value) -> Vec<Place<'_>> {
    let mut found = Vec::new();
    let mut pending = vec![Place { path: FieldPath::root(), schema: root }];
    while let Some(place) = pending.pop() {
        for (name, schema) in place.schema.get("properties").and_then(Value::as_map).unwrap_or_default() {
            let is_type = matches!(name.as_str(), "apiVersion" | "kind" | "metadata");
            if !(place.path.is_root() && is_type) {
                pending.push(Place { path: place.path.clone().key(name.as_str()), schema });
            }
        }
        if let Some(schema) = place.schema.get("items") {
            pending.push(Place { path: place.path.clone().index(0), schema });
        }
        if let Some(schema) = place.schema.get("additionalProperties").filter(|it| it.as_map().is_some()) {
            pending.push(Place { path: place.path.clone().key("a-key"), schema });
        }
        found.push(place);
    }
    found
}

/// The smallest value of a type.
fn dummy(schema: &Value) -> Value {
    if schema.get("x-kubernetes-int-or-string").is_some() {
        return 1_i64.into();
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("string") => {
            let words = schema.get("enum").and_then(Value::as_list).unwrap_or_default();
            words.first().cloned().unwrap_or_else(|| "x".into())
        }
        Some("integer" | "number") => 1_i64.into(),
        Some("boolean") => true.into(),
        Some("array") => Value::List(Vec::new()),
        _ => Value::Map(Vec::new()),
    }
}

/// An object that holds a value under a path, and nothing else.
fn object(schema: &Schema, path: &FieldPath, value: Value) -> Value {
    let nested = path.segments().iter().rev().fold(value, |value, segment| match segment {
        PathSegment::Index(_) => Value::List(vec![value]),
        PathSegment::Key(key) => map([(key.as_str(), value)]),
    });
    let mut entries = vec![
        ("apiVersion".to_owned(), schema.api_version.as_str().into()),
        ("kind".to_owned(), schema.kind.as_str().into()),
        ("metadata".to_owned(), map([("name", "x".into())])),
    ];
    if let Value::Map(nested) = nested {
        entries.extend(nested);
    }
    Value::Map(entries)
}

/// The fields a schema requires and does not fill in itself.
fn required(schema: &Value) -> BTreeSet<String> {
    let names = schema.get("required").and_then(Value::as_list).unwrap_or_default();
    let names = names.iter().filter_map(Value::as_str);
    let filled = |name: &&str| at(schema, &["properties", name, "default"]).is_some();
    names.filter(|name| !filled(name)).map(str::to_owned).collect()
}

/// Where the model does not require what the schema does, on purpose.
fn is_optional_here(schema: &Schema, path: &FieldPath, field: &str) -> bool {
    match (path.to_string().as_str(), field) {
        // A pure function has no clock, so conditions of its own making have no time.
        (path, "lastTransitionTime") => path.ends_with("conditions[0]"),
        // One type holds all versions, and v1alpha2 does not require it (MODEL-R02).
        ("spec", "hostnames") => schema.kind == "TLSRoute",
        _ => false,
    }
}

#[test]
fn every_property_is_known() {
    let Some(schemas) = crds() else {
        return;
    };
    let (mut checked, mut wrong) = (0, Vec::new());
    for schema in &schemas {
        for place in places(&schema.root) {
            checked += 1;
            let what = format!("{} {} {}", schema.api_version, schema.kind, place.path);
            let read = match Object::read(object(schema, &place.path, dummy(place.schema))) {
                Ok(read) => read,
                Err(error) => {
                    wrong.push(format!("{what}: {error}"));
                    continue;
                }
            };
            // Fields beside the path are missing, as they must be.
            let about = |path: &FieldPath| place.path.segments().starts_with(path.segments());
            let findings = read.findings.iter().filter(|finding| about(&finding.path));
            wrong.extend(findings.map(|finding| format!("{what}: {finding}")));
        }
    }
    println!("{checked} properties of {} served versions", schemas.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked > 1000, "{checked} properties");
    let kinds: BTreeSet<&str> = schemas.iter().map(|schema| schema.kind.as_str()).collect();
    let known = ObjectKind::ALL.iter().filter(|kind| kind.is_gateway_api());
    assert_eq!(kinds, known.map(|kind| kind.kind()).collect());
}

#[test]
fn what_is_required_is_required() {
    let Some(schemas) = crds() else {
        return;
    };
    let (mut checked, mut wrong) = (0, Vec::new());
    for schema in &schemas {
        let objects =
            places(&schema.root).into_iter().filter(|place| place.schema.get("properties").is_some());
        for place in objects {
            let Ok(read) = Object::read(object(schema, &place.path, Value::Map(Vec::new()))) else {
                wrong.push(format!("{} {}: cannot be read", schema.kind, place.path));
                continue;
            };
            let missing: BTreeSet<String> = read
                .findings
                .iter()
                .filter(|finding| finding.kind == ReadFindingKind::Missing)
                .filter(|finding| finding.path.parent().as_ref() == Some(&place.path))
                .filter_map(|finding| match finding.path.segments().last() {
                    Some(PathSegment::Key(key)) => Some(key.clone()),
                    _ => None,
                })
                .collect();
            let mut required = required(place.schema);
            required.retain(|field| !is_optional_here(schema, &place.path, field));
            checked += required.len();
            if missing != required {
                wrong.push(format!(
                    "{} {} {}: the schema requires {required:?}, the model {missing:?}",
                    schema.api_version, schema.kind, place.path
                ));
            }
        }
    }
    println!("{checked} required fields");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked > 200, "{checked} required fields");
}

#[test]
fn the_warnings_are_those_of_the_api_server() {
    let Some(schemas) = crds() else {
        return;
    };
    for schema in &schemas {
        let text =
            format!("apiVersion: {}\nkind: {}\nmetadata: {{name: x}}\n", schema.api_version, schema.kind);
        let manifests = load("x.yaml", text);
        assert_eq!(manifests.objects.len(), 1, "{} {}", schema.api_version, schema.kind);
        let deprecated = manifests.notes.iter().filter(|note| note.code == NoteCode::DeprecatedVersion);
        let warnings: Vec<&str> = deprecated.map(|note| note.message.as_str()).collect();
        let expected: Vec<&str> = schema.warning.as_deref().into_iter().collect();
        assert_eq!(warnings, expected, "{} {}", schema.api_version, schema.kind);
    }
    let served: BTreeSet<String> =
        schemas.iter().map(|schema| format!("{} {}", schema.api_version, schema.kind)).collect();
    let known = ObjectKind::ALL.iter().filter(|kind| kind.is_gateway_api());
    let known = known.flat_map(|kind| {
        kind.served_versions().iter().map(move |version| format!("{} {kind}", kind.api_version(*version)))
    });
    assert_eq!(served, known.collect());
}
