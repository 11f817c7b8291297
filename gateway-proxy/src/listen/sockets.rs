//! Which sockets are open.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use gateway_core::Transport;
use tokio::net::{TcpListener, TcpSocket, UdpSocket};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::config::Socket;
use crate::listen::{tcp, udp};
use crate::proxy::Proxy;

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1024;

/// The sockets that are open. Who listens at one is told by its channel when it closes.
#[derive(Debug, Default)]
pub(crate) struct Sockets {
    open: HashMap<Socket, Open>,
}

/// An open socket.
#[derive(Debug)]
struct Open {
    closing: watch::Sender<bool>,
    /// Holds the socket; when it has ended the address is free.
    listening: JoinHandle<()>,
}

/// A socket that is bound, and at which nobody listens yet.
#[derive(Debug)]
pub(crate) enum Bound {
    Tcp(TcpListener),
    Udp(UdpSocket),
}

/// A socket that cannot be opened.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) socket: Socket,
    pub(crate) error: io::Error,
}

impl Sockets {
    /// Binds sockets that are not open yet. Connections wait there until [`Self::start`].
    pub(crate) fn bind<'s>(
        &self,
        wanted: impl Iterator<Item = &'s Socket>,
    ) -> (Vec<(Socket, Bound)>, Vec<Failed>) {
        let (mut bound, mut failed) = (Vec::new(), Vec::new());
        for socket in wanted.filter(|socket| !self.open.contains_key(socket)) {
            match bind(socket) {
                Ok(opened) => bound.push((*socket, opened)),
                Err(error) => failed.push(Failed { socket: *socket, error }),
            }
        }
        (bound, failed)
    }

    /// Begins to take connections.
    pub(crate) fn start(&mut self, proxy: &Arc<Proxy>, bound: Vec<(Socket, Bound)>) {
        for (socket, opened) in bound {
            let (closing, closed) = watch::channel(false);
            tracing::info!("listening on {} ({:?})", socket.0, socket.1);
            let listening = match opened {
                Bound::Tcp(listener) => {
                    tokio::spawn(tcp::listen(Arc::clone(proxy), listener, socket, closed))
                }
                Bound::Udp(opened) => tokio::spawn(udp::listen(Arc::clone(proxy), opened, socket, closed)),
            };
            self.open.insert(socket, Open { closing, listening });
        }
    }

    /// Closes the sockets that are not wanted any more. They are closed when what comes back has ended.
    pub(crate) fn retain(&mut self, is_wanted: impl Fn(&Socket) -> bool) -> Vec<JoinHandle<()>> {
        let gone = self.open.extract_if(|socket, _| !is_wanted(socket));
        let closed = gone.map(|(socket, open)| {
            tracing::info!("no longer listening on {} ({:?})", socket.0, socket.1);
            open.closing.send_replace(true);
            open.listening
        });
        closed.collect()
    }
}

fn bind((address, transport): &Socket) -> io::Result<Bound> {
    Ok(match transport {
        Transport::Tcp => Bound::Tcp(listener(*address)?),
        Transport::Udp => {
            let socket = std::net::UdpSocket::bind(address)?;
            socket.set_nonblocking(true)?;
            Bound::Udp(UdpSocket::from_std(socket)?)
        }
    })
}

/// A listener that can be opened again right after it was closed.
pub(crate) fn listener(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}
