//! What the proxy knows: objects, the router built from them, and what that router makes necessary.

mod addresses;
mod backends;
mod book;
mod files;
mod profile;
mod state;

pub(crate) use backends::Reach;
pub(crate) use book::Book;
pub(crate) use files::{Files, watch};
pub(crate) use profile::profile;
pub(crate) use state::{Socket, State};
