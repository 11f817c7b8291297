//! One connection with HTTP: HTTP/1.1 or HTTP/2, whichever the client begins with.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::sleep;

use crate::http::handle::handle;
use crate::listen::Door;
use crate::proxy::Proxy;

/// What requests of a connection have in common.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) door: Door,
    /// The server name of the TLS handshake.
    pub(super) server_name: Option<String>,
}

/// The most requests that one client may have under way over one connection.
const STREAMS: u32 = 250;

/// Serves a connection until it ends. When its socket closes, or the proxy drains, it ends with the requests
/// that are under way.
pub(crate) async fn serve<S>(proxy: Arc<Proxy>, stream: S, door: Door, server_name: Option<String>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let peer = door.peer;
    let mut closing = door.closing.clone();
    let mut builder = auto::Builder::new(TokioExecutor::new());
    let header_bytes = proxy.options.max_header_bytes;
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(proxy.options.client_timeout)
        .max_buf_size(usize::try_from(header_bytes).unwrap_or(usize::MAX).max(8192));
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(header_bytes)
        .keep_alive_interval(Some(proxy.options.client_timeout * 2));

    let has_asked = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&has_asked);
    let limit = proxy.options.client_timeout;
    let client = Arc::new(Client { door, server_name });
    let draining = Arc::clone(&proxy);
    let service = service_fn(move |request| {
        asked.store(true, Ordering::Relaxed);
        let (proxy, client) = (Arc::clone(&proxy), Arc::clone(&client));
        async move { Ok::<_, Infallible>(handle(proxy, client, request).await) }
    });
    let mut connection = pin!(builder.serve_connection_with_upgrades(TokioIo::new(stream), service));
    let mut first = pin!(sleep(limit));
    let mut is_waiting = true;
    let mut is_open = true;
    loop {
        tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!("{peer}: {error}");
                }
                break;
            }
            // A client that says nothing, or not even which version it speaks.
            () = first.as_mut(), if is_waiting => {
                is_waiting = false;
                if !has_asked.load(Ordering::Relaxed) {
                    break;
                }
            }
            _ = closing.wait_for(|closing| *closing), if is_open => {
                is_open = false;
                connection.as_mut().graceful_shutdown();
            }
            () = draining.drained(), if is_open => {
                is_open = false;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}
