//! What an object says it is.

use gateway_core::ObjectKey;
use gateway_core::model::{JsonType, ObjectKind, Value};

use crate::parse::Diagnostic;
use crate::source::Source;
use crate::tree::{Kind, Tree};
use crate::{NoteCode, Severity};

use super::Strictness;
use super::lists::Item;

/// What an object says it is.
#[derive(Debug)]
pub(super) enum Identity {
    /// Of a kind that is read.
    Known(ObjectKind),
    /// Of a kind that is not.
    Unknown { api_version: String, kind: String },
    /// Not an object at all, with what to say about that; nothing when there is nothing.
    None(Option<Diagnostic>),
}

/// Finds out what an object says it is.
pub(super) fn identify(source: &Source, tree: &Tree, item: &Item, strictness: Strictness) -> Identity {
    let node = tree.node(item.node);
    let text = source.text();
    let not_a_manifest = |severity, message: String| {
        let place = tree.place(item.node);
        let diagnostic = Diagnostic::new(NoteCode::NotAManifest, severity, message, place);
        Identity::None(Some(diagnostic.under(item.path.clone())))
    };
    if node.kind != Kind::Map {
        if node.kind == Kind::Null && item.path.is_root() {
            return Identity::None(None);
        }
        let message = format!("a manifest must be an object, not a value of type {}", json_type(node.kind));
        return not_a_manifest(Severity::Error, message);
    }
    let field = |name, inherited: &Option<String>| {
        let written = tree.get_text(text, item.node, name).filter(|value| !value.is_empty());
        written.map(str::to_owned).or_else(|| inherited.clone())
    };
    let api_version = field("apiVersion", &item.inherited.api_version);
    let kind = field("kind", &item.inherited.kind);
    match (api_version, kind) {
        (Some(api_version), Some(kind)) => {
            let group = api_version.split_once('/').map_or("", |(group, _)| group);
            match ObjectKind::from_group_kind(group, &kind) {
                Some(known) => Identity::Known(known),
                None => Identity::Unknown { api_version, kind },
            }
        }
        (api_version, None) if is_kustomization(source.name()) => {
            let api_version = api_version.unwrap_or_else(|| "kustomize.config.k8s.io/v1beta1".to_owned());
            Identity::Unknown { api_version, kind: "Kustomization".to_owned() }
        }
        (api_version, kind) => {
            let has = |name| tree.get(text, item.node, name).is_some();
            if !has("apiVersion") && !has("kind") {
                let message = "has neither `apiVersion` nor `kind`: it is no manifest, and left out";
                return not_a_manifest(strictness.severity(), message.to_owned());
            }
            let missing = match (api_version, kind) {
                (None, None) => "`apiVersion` and `kind` are not text: put them in quotes",
                (None, _) => "`apiVersion` is missing, or not text: write it",
                (_, _) => "`kind` is missing, or not text: write it",
            };
            let place = tree.place(item.node);
            let diagnostic = Diagnostic::error(NoteCode::MissingField, missing, place);
            Identity::None(Some(diagnostic.under(item.path.clone())))
        }
    }
}

/// The name of an object that may not be readable otherwise.
pub(super) fn key_of(source: &Source, tree: &Tree, item: &Item, kind: ObjectKind) -> ObjectKey {
    let text = source.text();
    let metadata = tree.get(text, item.node, "metadata");
    let field = |name| metadata.and_then(|metadata| tree.get_text(text, metadata, name)).unwrap_or_default();
    let namespace = match field("namespace") {
        _ if !kind.is_namespaced() => "",
        "" => "default",
        namespace => namespace,
    };
    ObjectKey::new(kind, namespace, field("name"))
}

/// The value of an object, with what the list around it says it is.
pub(super) fn value_of(source: &Source, tree: &Tree, item: &Item) -> Value {
    let mut value = tree.value(source.text(), item.node);
    let inherited = [("apiVersion", &item.inherited.api_version), ("kind", &item.inherited.kind)];
    if let Value::Map(entries) = &mut value {
        for (name, inherited) in inherited {
            if let Some(text) = inherited
                && !entries.iter().any(|(key, _)| key == name)
            {
                entries.push((name.to_owned(), text.as_str().into()));
            }
        }
    }
    value
}

/// Whether it is the file in which Kustomize may leave out what it is.
fn is_kustomization(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    matches!(file, "kustomization.yaml" | "kustomization.yml" | "Kustomization")
}

fn json_type(kind: Kind) -> JsonType {
    match kind {
        Kind::Null => JsonType::Null,
        Kind::Bool => JsonType::Boolean,
        Kind::Number => JsonType::Number,
        Kind::String => JsonType::String,
        Kind::List => JsonType::Array,
        Kind::Map => JsonType::Object,
    }
}
