//! Connections to backends.

pub(crate) mod dial;
mod pool;
mod send;

pub(crate) use pool::Pool;
pub(crate) use pool::tidy;
pub(crate) use send::{Line, SendError, Sent, send};
