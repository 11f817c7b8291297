//! What keeps the proxy from starting.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use gateway_core::BuildError;

/// What keeps the proxy from starting, or a change from being taken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The admin API is for loopback alone: it has no authentication.
    #[error("the admin API listens on loopback addresses alone, not on {0}")]
    NotLoopback(SocketAddr),
    /// A socket cannot be opened.
    #[error("{address} cannot be opened: {error}")]
    Bind {
        /// Its address.
        address: SocketAddr,
        /// Why.
        error: io::Error,
    },
    /// A profile cannot be read.
    #[error(transparent)]
    Profile(#[from] gateway_ask::AskError),
    /// Manifests cannot be read.
    #[error(transparent)]
    Manifest(#[from] gateway_manifest::ManifestError),
    /// Files cannot be watched.
    #[error("{path} cannot be watched: {error}")]
    Watch {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: notify::Error,
    },
    /// The objects pass the limits of the profile.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The number of connections cannot be limited so, or there are no signals.
    #[error(transparent)]
    Io(#[from] io::Error),
}
