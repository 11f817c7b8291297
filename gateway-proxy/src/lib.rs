#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![allow(clippy::similar_names, reason = "one of many is called like the many")]

mod admin;
mod body;
mod config;
mod drain;
mod error;
mod http;
mod listen;
pub mod log;
mod metrics;
mod options;
mod proxy;
mod stream;
mod tls;
mod upstream;

pub use error::Error;
pub use options::Options;
pub use proxy::{Running, start};

/// Runs a proxy until it is told to stop, by a signal or over its admin API, and the connections that are
/// open then have ended.
pub async fn run(options: Options) -> Result<(), Error> {
    let running = start(options).await?;
    println!("admin listening on {}", running.admin());
    running.wait().await;
    Ok(())
}
