#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod answer;
mod built;
mod decided;
mod door;
mod error;
pub mod findings;
mod names;
mod outcome;
pub mod profile;
mod request;
mod scheme;
mod table;
mod url;
mod values;
mod world;

pub use answer::{Answer, Explanation};
pub use built::Built;
pub use decided::Decided;
pub use door::Door;
pub use error::AskError;
pub use names::{assumable, list, named_key, route_key};
pub use outcome::{Outcome, backend_name, route_name};
pub use request::{Headers, RequestLine, RequestSpec, ServerName, Text, target};
pub use scheme::Scheme;
pub use table::{Columns, Row, Table, TableOptions, Words};
pub use values::read_values;
pub use world::{Item, Manifested, World};
