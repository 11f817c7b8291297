//! Where logs go: to stderr, as `RUST_LOG` says (`info` by default).

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

/// Starts logging, as text or as JSON. A second call does nothing.
pub fn start(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    // Somebody else may have set up logging before; then that stands.
    let _ = if json { builder.json().try_init() } else { builder.try_init() };
}
