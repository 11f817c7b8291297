//! Why a manifest cannot be read at all.

use alloc::string::String;
use core::fmt;

use crate::model::{JsonType, ObjectKind};

use super::FieldPath;

/// Why a manifest cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// It is not a map.
    #[error("a manifest must be an object, not a value of type {found}")]
    NotAnObject {
        /// What it is.
        found: JsonType,
    },
    /// It does not say what kind it is.
    #[error("`kind` is missing or not a string")]
    NoKind,
    /// It does not say which API it belongs to.
    #[error("`apiVersion` is missing or not a string")]
    NoApiVersion,
    /// The model does not know the kind.
    #[error("no kind `{kind}` in `{api_version}` is known")]
    UnknownKind {
        /// The `apiVersion` as written.
        api_version: String,
        /// The `kind` as written.
        kind: String,
    },
    /// The kind is known, but neither channel serves it in that version.
    #[error("`{kind}` is not served as `{api_version}`, but as {}", Served(*kind))]
    UnservedVersion {
        /// The `apiVersion` as written.
        api_version: String,
        /// The kind, which knows its served versions.
        kind: ObjectKind,
    },
    /// There is more wrong with it than anybody would read.
    #[error("more than {limit} problems")]
    TooManyFindings {
        /// How many there may be.
        limit: usize,
    },
    /// Something in it cannot be read even leniently.
    #[error("`{path}` cannot be read: {message}")]
    Unreadable {
        /// Where.
        path: FieldPath,
        /// Why.
        message: String,
    },
}

/// The texts of `apiVersion` under which a kind is served.
struct Served(ObjectKind);

impl fmt::Display for Served {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, version) in self.0.served_versions().iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}`{}`", self.0.api_version(*version))?;
        }
        Ok(())
    }
}
