//! gateway-core for Node.js: the addon that `ts/` calls.
//!
//! It converts, calls and converts back. What has a shape crosses as JSON text, which is faster than
//! walking objects and the same bytes as the command prints; errors cross as JSON in their message.
#![expect(clippy::needless_pass_by_value, reason = "napi hands over what it read")]

mod arrival;
mod batch;
mod failure;
#[cfg(feature = "floor")]
mod floor;
mod options;
mod outcome;
mod router;
mod share;
mod snapshot;
mod task;
mod validate;
mod world;
