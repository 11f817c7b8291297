//! A request against the tables. Nothing here allocates, and nothing panics, whatever the bytes.

mod conditions;
mod host;
mod pattern;
mod query;
mod request;

pub use conditions::{Conditions, HeaderCondition, PathCondition, QueryCondition, Unmet, ValueCondition};
pub use host::request_host;
pub use pattern::{Pattern, PatternError};
pub use query::{decoded, parameters};
pub use request::{Request, RequestView};
