//! One reason to refuse an object.

use alloc::string::{String, ToString};
use core::fmt;

use crate::model::{FieldPath, PathSegment};

/// One reason for the API server to refuse an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The id of the rule, such as `VAL-HR-03` or `MODEL-HR-01`.
    pub rule: &'static str,
    /// Where; the root where the API server names no field.
    pub path: FieldPath,
    /// Which type of error.
    pub kind: ProblemKind,
    /// The value that is wrong, as the API server prints it, where it does.
    pub value: Option<String>,
    /// What is wrong with it; may be empty.
    pub detail: String,
    /// Errors of the schema print keys of maps behind a dot, all others in brackets (VAL-GEN-04).
    pub(super) is_dotted: bool,
}

/// The types of error of the API server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// A field that must be there is not.
    Required,
    /// A value breaks a rule.
    Invalid,
    /// A value is of another JSON type, or not of the format of its type.
    TypeInvalid,
    /// A word is none of those that are allowed.
    NotSupported,
    /// A text has too many characters.
    TooLong,
    /// A list or map has too many entries.
    TooMany,
    /// Two items of a list are the same item.
    Duplicate,
    /// The channel has no such kind, or not in this version.
    NotFound,
}

impl ProblemKind {
    /// The words of the API server. For a wrong type they are those for any invalid value.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Required => "Required value",
            Self::Invalid | Self::TypeInvalid => "Invalid value",
            Self::NotSupported => "Unsupported value",
            Self::TooLong => "Too long",
            Self::TooMany => "Too many",
            Self::Duplicate => "Duplicate value",
            Self::NotFound => "Not found",
        }
    }

    /// Whether the API server looks at no CEL rule when there is such a problem (VAL-GEN-02).
    pub const fn is_blocking(self) -> bool {
        matches!(
            self,
            Self::Required | Self::TypeInvalid | Self::NotSupported | Self::TooLong | Self::TooMany
        )
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Problem {
    /// What stands behind the path, such as `Invalid value: "array": URLRewrite filter cannot be repeated`.
    pub fn message(&self) -> String {
        let mut message = self.kind.to_string();
        for part in self.value.as_deref().into_iter().chain(Some(self.detail.as_str())) {
            if !part.is_empty() {
                message.push_str(": ");
                message.push_str(part);
            }
        }
        message
    }
}

impl fmt::Display for Problem {
    /// Writes `<path>: <message>`, with `<nil>` for no path as the API server does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_root() {
            f.write_str("<nil>")?;
        } else if self.is_dotted {
            write_dotted(&self.path, f)?;
        } else {
            write!(f, "{}", self.path)?;
        }
        write!(f, ": {}", self.message())
    }
}

fn write_dotted(path: &FieldPath, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (position, segment) in path.segments().iter().enumerate() {
        match segment {
            PathSegment::Index(index) => write!(f, "[{index}]")?,
            PathSegment::Key(key) if position == 0 => f.write_str(key)?,
            PathSegment::Key(key) => write!(f, ".{key}")?,
        }
    }
    Ok(())
}
