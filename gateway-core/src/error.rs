//! The few ways to fail. A bad user object is never one of them: it becomes a status condition.

use alloc::string::String;

/// Why a router could not be built.
///
/// Only limits end here (`limits.rs`); whatever is wrong with a single object is told in its status.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// More of something than the limit allows.
    #[error("{found} {what}, more than the limit of {limit}; split the input or raise the limit")]
    OverLimit {
        /// What was counted, in the plural.
        what: String,
        /// How many there are.
        found: usize,
        /// How many are allowed.
        limit: usize,
    },
}
