//! The admin API: changes come in, statuses and counts go out. On loopback, and for one machine alone.

mod api;
mod objects;

pub(crate) use api::serve;
