//! Connections that begin with a TLS handshake: who takes one depends on the server name in it.

use std::io;
use std::sync::Arc;

use gateway_core::act::TlsHandling;
use gateway_core::{Arrival, Connection, ListenerKey};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::server::{StartHandshake, TlsStream};
use tokio_rustls::{LazyConfigAcceptor, rustls};

use crate::listen::Door;
use crate::proxy::Proxy;
use crate::tls::Rewind;
use crate::{http, stream};

/// Takes a connection from its first byte on.
pub(crate) async fn accept(proxy: Arc<Proxy>, stream: TcpStream, door: Door) -> io::Result<()> {
    let limit = proxy.options.client_timeout;
    let acceptor = LazyConfigAcceptor::new(rustls::server::Acceptor::default(), Rewind::new(stream));
    let StartHandshake { accepted, io, .. } = timeout(limit, acceptor).await??;
    let (stream, beginning) = io.into_parts();
    let server_name = accepted.client_hello().server_name().map(ToOwned::to_owned);

    let state = proxy.state();
    let Some(gateway) = state.gateway(&door.socket) else { return Ok(()) };
    let arrival = Arrival { port: door.port(), sni: server_name.as_deref(), ..Arrival::default() };
    let connection = state.router.connect(state.router.arrive(gateway, &arrival), rand::random::<u64>());
    proxy.metrics.connection(&connection);
    match connection {
        Connection::Reject(reject) => {
            tracing::debug!(reason = reject.reason.as_str(), ?server_name, "connection rejected");
            stream::reject(&stream);
            Ok(())
        }
        Connection::Http(None) => Ok(()),
        Connection::Http(Some(listener)) => {
            let handshake = StartHandshake::from_parts(accepted, stream);
            let key = listener.key.clone();
            let stream = timeout(limit, end(&proxy, handshake, &key)).await??;
            // The connection outlives this router.
            drop(state);
            http::serve(proxy, stream, door, server_name).await;
            Ok(())
        }
        Connection::Forward(pass) if pass.tls() == Some(TlsHandling::Terminate) => {
            let handshake = StartHandshake::from_parts(accepted, stream);
            let stream = timeout(limit, end(&proxy, handshake, &pass.listener.key)).await??;
            let reach =
                state.reach(&pass.backend.target, pass.client_certificate(), gateway_core::Transport::Tcp);
            drop(state);
            stream::pass(&proxy, stream, Vec::new(), &reach).await
        }
        Connection::Forward(pass) => {
            let reach = state.reach(&pass.backend.target, None, gateway_core::Transport::Tcp);
            drop(state);
            stream::pass(&proxy, stream, beginning, &reach).await
        }
    }
}

/// Ends TLS as the listener says.
async fn end(
    proxy: &Proxy,
    handshake: StartHandshake<TcpStream>,
    listener: &ListenerKey,
) -> io::Result<TlsStream<TcpStream>> {
    let tls = proxy.state().listener_tls(listener);
    let tls = tls.ok_or_else(|| io::Error::other(format!("{listener} has no certificate")))?;
    handshake.into_stream(Arc::clone(&tls.config)).await
}
