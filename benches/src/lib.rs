//! Configurations and requests that benchmarks share: five shapes and a realistic mix, of any size.

mod objects;
mod requests;
mod shape;

pub use objects::snapshot;
pub use requests::{Sample, samples};
pub use shape::{Random, RuleSpec, Shape, rules};
