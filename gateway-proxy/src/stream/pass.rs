//! From a client to an endpoint and back, until both have ended.

use std::io;
use std::sync::Arc;

use gateway_core::{Arrival, Connection, Transport};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;

use crate::config::Reach;
use crate::http;
use crate::listen::Door;
use crate::proxy::Proxy;
use crate::tls;
use crate::upstream::dial;

/// Takes a connection: the engine says what begins there.
pub(crate) async fn accept(proxy: Arc<Proxy>, stream: TcpStream, door: Door) -> io::Result<()> {
    let state = proxy.state();
    let Some(gateway) = state.gateway(&door.socket) else { return Ok(()) };
    let arrived = state.router.arrive(gateway, &Arrival { port: door.port(), ..Arrival::default() });
    if arrived.begins_with_tls() {
        drop(state);
        return tls::accept(proxy, stream, door).await;
    }
    let connection = state.router.connect(arrived, rand::random::<u64>());
    proxy.metrics.connection(&connection);
    match connection {
        Connection::Reject(refused) => {
            tracing::debug!(reason = refused.reason.as_str(), "connection rejected");
            reject(&stream);
            Ok(())
        }
        Connection::Http(_) => {
            drop(state);
            http::serve(proxy, stream, door, None).await;
            Ok(())
        }
        Connection::Forward(onward) => {
            let reach = state.reach(&onward.backend.target, onward.client_certificate(), Transport::Tcp);
            drop(state);
            pass(&proxy, stream, Vec::new(), &reach).await
        }
    }
}

/// Passes a connection on; `beginning` was read of it before.
pub(crate) async fn pass<S>(proxy: &Proxy, mut client: S, beginning: Vec<u8>, reach: &Reach) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let backend = dial::any(reach, proxy.options.connect_timeout).await;
    let (mut backend, _) = backend.map_err(io::Error::other)?;
    if !beginning.is_empty() {
        backend.write_all(&beginning).await?;
    }
    match &reach.tls {
        None => copy_bidirectional(&mut client, &mut backend).await?,
        Some(tls) => {
            let mut secured = tls.connect(backend, None).await.map_err(io::Error::other)?;
            copy_bidirectional(&mut client, &mut secured).await?
        }
    };
    Ok(())
}

/// Makes the end of a connection one that the client sees as a refusal.
pub(crate) fn reject(stream: &TcpStream) {
    if let Err(error) = stream.set_zero_linger() {
        tracing::debug!("a connection is closed, not reset: {error}");
    }
}
