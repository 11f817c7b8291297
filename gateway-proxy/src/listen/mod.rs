//! The sockets that the router needs: opened before it is in force, closed after it is not.

mod sockets;
mod tcp;
mod udp;

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, watch};

use crate::config::Socket;

pub(crate) use sockets::{Sockets, listener};

/// Where a connection came in.
#[derive(Clone, Debug)]
pub(crate) struct Door {
    /// The socket.
    pub(crate) socket: Socket,
    /// The client.
    pub(crate) peer: SocketAddr,
    /// Its place among the connections that there may be at once; free when the last of its parts ends.
    pub(crate) room: Arc<OwnedSemaphorePermit>,
    /// Becomes true when the socket closes; connections end as soon as they can.
    pub(crate) closing: watch::Receiver<bool>,
}

impl Door {
    /// The port that the client connected to.
    pub(crate) fn port(&self) -> u16 {
        self.socket.0.port()
    }
}
