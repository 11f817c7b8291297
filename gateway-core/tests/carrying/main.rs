//! Carrying decisions out: sessions, retries and failures, as a data plane asks for them.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod auth;
mod http_types;
#[path = "../manifest/mod.rs"]
mod manifest;
mod retries;
mod sessions;
mod world;
