//! The proxy on the wire: real sockets on loopback, real clients, real backends.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
#![allow(missing_docs, reason = "nobody reads the documentation of a test")]

mod faults;
mod http;
mod reload;
mod retries;
mod streams;
mod support;
mod tls;
