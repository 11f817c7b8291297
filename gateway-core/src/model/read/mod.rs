//! Lenient reading: takes what is there, keeps what can be kept, and tells what could not.
//!
//! A manifest with a mistake still says much. So nothing stops the reading: a value of the wrong type is
//! read as if it were absent (or empty, where something must be), text that was meant is kept, and a
//! [`ReadFinding`] with the path tells what happened. Only a manifest whose kind cannot be found is an
//! error.

mod deserializer;
mod entries;
mod error;
mod field_path;
mod finding;
mod reading;

pub use error::ReadError;
pub use field_path::{FieldPath, PathSegment};
pub use finding::{ReadFinding, ReadFindingKind};

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::mem;

use reading::Reading;

use super::{Object, ObjectKind, Value, Version};

/// An object and what could not be read of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The object, as far as it could be read.
    pub object: Object,
    /// What could not be read, in the order of the manifest.
    pub findings: Vec<ReadFinding>,
}

impl Object {
    /// Reads a manifest as far as it can be read.
    ///
    /// Lists keep their length: an element that cannot be read becomes an empty one. The older form of
    /// `supportedFeatures`, a list of names, is read as well (MODEL-R33).
    pub fn read(mut value: Value) -> Result<Read, ReadError> {
        let read = read(&mut value);
        value.dismantle();
        read
    }
}

fn read(value: &mut Value) -> Result<Read, ReadError> {
    let (kind, version) = kind_of(value)?;
    if matches!(kind, ObjectKind::GatewayClass | ObjectKind::XMesh) {
        name_features(value);
    }
    let (object, findings) = Reading::new(kind.is_gateway_api())
        .read(value, |deserializer| Object::deserialize_body(kind, version, deserializer))?;
    Ok(Read { object, findings })
}

/// Finds out what a manifest describes.
fn kind_of(value: &Value) -> Result<(ObjectKind, Version), ReadError> {
    if !matches!(value, Value::Map(_)) {
        return Err(ReadError::NotAnObject { found: value.json_type() });
    }
    let text = |key| value.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let api_version = text("apiVersion").ok_or(ReadError::NoApiVersion)?;
    let kind = text("kind").ok_or(ReadError::NoKind)?;

    let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
    let Some(known) = ObjectKind::from_group_kind(group, kind) else {
        return Err(ReadError::UnknownKind { api_version: api_version.into(), kind: kind.into() });
    };
    Version::from_name(version)
        .filter(|version| known.served_versions().contains(version))
        .map(|version| (known, version))
        .ok_or_else(|| ReadError::UnservedVersion { api_version: api_version.into(), kind: known })
}

/// Turns bare names in `status.supportedFeatures` into objects (MODEL-R33).
fn name_features(value: &mut Value) {
    let features = value.get_mut("status").and_then(|status| status.get_mut("supportedFeatures"));
    if let Some(Value::List(features)) = features {
        for feature in features {
            if let Value::String(name) = feature {
                let name = mem::take(name);
                *feature = Value::Map(vec![(String::from("name"), Value::String(name))]);
            }
        }
    }
}
