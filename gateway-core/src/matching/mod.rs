//! A request against the tables. Nothing here panics, whatever the bytes, and nothing allocates but
//! the normal form of a path, where a profile asks for one.

mod automaton;
mod call;
mod conditions;
mod host;
#[cfg(feature = "http")]
mod http;
mod literal;
mod normal;
mod pattern;
mod query;
mod request;
mod words;

pub(crate) use automaton::Automaton;
pub use call::is_call;
pub(crate) use call::{CALL_METHOD, call_pattern};
pub use conditions::{Conditions, HeaderCondition, PathCondition, QueryCondition, Unmet, ValueCondition};
pub(crate) use conditions::{is_at_or_below, joined};
pub use host::{request_host, without_port};
pub(crate) use normal::WithPath;
pub(crate) use pattern::Automata;
pub use pattern::{Pattern, PatternError, PatternRules};
pub use query::{decoded, parameters};
pub use request::{Request, RequestView};
