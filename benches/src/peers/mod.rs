//! The others, each as its users would have it.

mod atc;
mod linear;
mod matchit;

pub use atc::{Atc, atc_schema};
pub use linear::Linear;
pub use matchit::HostMatchit;
