//! A batch of changes, and what is answered.

use gateway_core::ObjectKey;
use gateway_core::model::{Object, ObjectKind, Value};
use gateway_core::status::ObjectStatus;
use serde::{Deserialize, Serialize};

use crate::proxy::Changed;

/// A batch of changes.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Batch {
    #[serde(default)]
    upsert: Vec<Value>,
    #[serde(default)]
    remove: Vec<Named>,
}

/// An object by its name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Named {
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    namespace: Option<String>,
    name: String,
}

/// What could be read of a batch, and what could not.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) upsert: Vec<Object>,
    pub(super) remove: Vec<ObjectKey>,
    pub(super) problems: Vec<String>,
}

impl Batch {
    pub(super) fn read(self) -> Read {
        let mut read = Read::default();
        for value in self.upsert {
            let name = named(&value);
            match Object::read(value) {
                Ok(object) => {
                    read.problems.extend(object.findings.iter().map(|finding| format!("{name}: {finding}")));
                    read.upsert.push(object.object);
                }
                Err(error) => read.problems.push(format!("{name}: {error}")),
            }
        }
        for Named { kind, namespace, name } in self.remove {
            match ObjectKind::ALL.iter().find(|known| known.kind() == kind) {
                Some(kind) => {
                    let namespace = namespace.filter(|_| kind.is_namespaced()).unwrap_or_default();
                    read.remove.push(ObjectKey::new(*kind, namespace, name));
                }
                None => read.problems.push(format!("{kind} {name}: no such kind is known")),
            }
        }
        read
    }
}

/// What to call an object that may not be one.
fn named(value: &Value) -> String {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or("?").to_owned();
    let metadata = value.get("metadata");
    let of = |key| text(metadata.and_then(|metadata| metadata.get(key)));
    format!("{} {}/{}", text(value.get("kind")), of("namespace"), of("name"))
}

/// What a batch came to.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    statuses: Vec<ObjectStatus>,
    removed: Vec<Named>,
    problems: Vec<String>,
}

impl Answer {
    pub(super) fn new(changed: Changed, mut problems: Vec<String>) -> Self {
        problems.extend(changed.problems);
        let removed = changed.removed.into_iter().map(|key| Named {
            kind: key.kind.kind().to_owned(),
            namespace: Some(key.namespace).filter(|namespace| !namespace.is_empty()),
            name: key.name,
        });
        Self { statuses: changed.statuses, removed: removed.collect(), problems }
    }
}

/// Why a batch was not taken.
#[derive(Debug, Serialize)]
pub(super) struct Refused {
    pub(super) error: String,
}
