//! TLS towards clients and towards backends. What is shown, asked for and trusted, the engine says; how, rustls.

mod accept;
mod backend;
mod client;
mod identity;
mod listener;
mod rewind;
mod store;

pub(crate) use accept::accept;
pub(crate) use backend::{TlsFault, UpstreamTls};
pub(crate) use listener::ListenerTls;
pub(crate) use rewind::Rewind;
pub(crate) use store::TlsStore;
