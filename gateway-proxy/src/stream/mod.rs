//! Connections that are passed on, byte by byte.

mod pass;

pub(crate) use pass::{accept, pass, reject};
