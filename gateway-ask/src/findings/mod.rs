//! Everything that is wrong with manifests, and where.

mod collect;
mod json;
mod placed;
mod rules;
mod selection;

pub use collect::findings;
pub use json::{DOCS, JsonFinding};
pub use placed::Placed;
pub use rules::rules;
pub use selection::Selection;
