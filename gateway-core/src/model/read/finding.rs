//! What could not be read, and where.

use alloc::string::String;
use core::fmt;

use crate::model::JsonType;

use super::FieldPath;

/// Something of a manifest that could not be read as the schema wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFinding {
    /// Where it is.
    pub path: FieldPath,
    /// What it is.
    pub kind: ReadFindingKind,
}

/// What could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadFindingKind {
    /// A required field is absent or `null`; it is empty in the object.
    Missing,
    /// A value has the wrong type. Scalars keep their meaning where text or a whole number is wanted and
    /// can be made of them; anything else is absent in the object, or empty where something must be.
    WrongType {
        /// What the schema wants.
        expected: JsonType,
        /// What is there.
        found: JsonType,
        /// The value as compact JSON, cut when it is long.
        written: String,
    },
    /// A whole number does not fit its field, which holds the nearest that does.
    OutOfRange {
        /// The smallest that fits.
        minimum: i64,
        /// The greatest that fits.
        maximum: i64,
        /// The number as written.
        written: String,
    },
    /// The schema has no such field; it is not in the object.
    UnknownField,
    /// A key occurs again further down in the same map; the last one counts.
    DuplicateKey,
    /// The value is nested too deeply; it is `null` in the object.
    TooDeep {
        /// How many levels there may be.
        limit: usize,
    },
}

impl ReadFindingKind {
    /// Whether the object lacks something it should have, or has something else.
    pub(crate) fn loses_data(&self) -> bool {
        !matches!(self, Self::UnknownField | Self::DuplicateKey)
    }
}

impl fmt::Display for ReadFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_root() {
            write!(f, "{}: ", self.path)?;
        }
        self.kind.fmt(f)
    }
}

impl fmt::Display for ReadFindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("required value is missing"),
            Self::WrongType { expected, found, written } => {
                write!(f, "must be of type {expected}, but `{written}` is of type {found}")
            }
            Self::OutOfRange { minimum, maximum, written } => {
                write!(f, "must be between {minimum} and {maximum}, but is `{written}`")
            }
            Self::UnknownField => f.write_str("unknown field"),
            Self::DuplicateKey => f.write_str("key occurs more than once"),
            Self::TooDeep { limit } => write!(f, "nested deeper than {limit} levels"),
        }
    }
}
