//! Takes connections, as many as there may be at once.

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::config::Socket;
use crate::listen::Door;
use crate::proxy::Proxy;
use crate::stream;

/// How long to wait after the system has no room for another connection.
const PAUSE: Duration = Duration::from_millis(50);

/// Takes connections until the socket is to close.
pub(super) async fn listen(
    proxy: Arc<Proxy>,
    listener: TcpListener,
    socket: Socket,
    mut closing: watch::Receiver<bool>,
) {
    loop {
        // Who finds no room here waits in the queue of the system.
        let room = tokio::select! {
            room = Arc::clone(&proxy.room).acquire_owned() => room,
            _ = closing.wait_for(|closing| *closing) => break,
        };
        let Ok(room) = room else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = closing.wait_for(|closing| *closing) => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!("{}: no connection taken: {error}", socket.0);
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!("{peer}: {error}");
        }
        let door = Door { socket, peer, room: Arc::new(room), closing: closing.clone() };
        let proxy = Arc::clone(&proxy);
        tokio::spawn(async move {
            let _guard = proxy.metrics.open_connection();
            if let Err(error) = stream::accept(Arc::clone(&proxy), stream, door).await {
                tracing::debug!("{peer}: {error}");
            }
        });
    }
}
