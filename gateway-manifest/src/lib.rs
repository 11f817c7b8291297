#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod document;
mod error;
mod field_path;
mod input;
mod limits;
mod load;
mod note;
mod parse;
mod positions;
mod source;
mod tree;

pub use document::{Document, read_values};
pub use error::{Encoding, ManifestError};
pub use field_path::parse_field_path;
pub use limits::Limits;
pub use load::{FileCount, Loaded, Loader, Manifests, Options, Strictness};
pub use note::{Note, NoteCode, Severity};
pub use positions::Positions;
pub use source::{Location, SourceId, Sources};
