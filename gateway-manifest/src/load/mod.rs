//! Documents to objects.

mod documents;
mod item;
mod lists;
mod loader;
mod manifests;
mod notes;
mod object;
mod remark;
mod unknown;

pub use loader::{Loader, Options, Strictness};
pub use manifests::{FileCount, Loaded, Manifests};
