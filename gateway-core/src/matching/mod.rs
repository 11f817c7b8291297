//! A request against the tables. Nothing here panics, whatever the bytes, and nothing allocates but
//! the normal form of a path, where a profile asks for one.

mod conditions;
mod host;
mod normal;
mod pattern;
mod query;
mod request;

pub(crate) use conditions::joined;
pub use conditions::{Conditions, HeaderCondition, PathCondition, QueryCondition, Unmet, ValueCondition};
pub use host::{request_host, without_port};
pub(crate) use normal::WithPath;
pub use pattern::{Pattern, PatternError, PatternRules};
pub use query::{decoded, parameters};
pub use request::{Request, RequestView};
