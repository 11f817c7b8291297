//! A field that is a number or a name.

use alloc::string::String;

use serde::{Deserialize, Deserializer, Serialize};

use super::Value;

/// A number, a name, or whatever else was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum IntOrString {
    /// A number.
    Int(i32),
    /// A name.
    String(String),
    /// Neither, as written.
    Other(Value),
}

impl<'de> Deserialize<'de> for IntOrString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Value::deserialize(deserializer)? {
            Value::String(name) => Self::String(name),
            other => match other.as_i64().and_then(|number| i32::try_from(number).ok()) {
                Some(number) => Self::Int(number),
                None => Self::Other(other),
            },
        })
    }
}
