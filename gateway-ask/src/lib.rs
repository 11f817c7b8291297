#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod answer;
mod error;
pub mod findings;
mod names;
pub mod profile;
mod request;
mod scheme;
mod target;
mod url;
mod values;

pub use answer::{Answer, Explanation};
pub use error::AskError;
pub use names::{assumable, list, route_key};
pub use request::{Headers, RequestLine, RequestSpec, ServerName};
pub use scheme::Scheme;
pub use values::read_values;
