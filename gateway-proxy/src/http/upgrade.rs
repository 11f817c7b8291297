//! Other protocols over a connection of HTTP/1.1, such as WebSocket.

use std::sync::Arc;

use http::{HeaderValue, Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::io::copy_bidirectional;
use tokio::sync::OwnedSemaphorePermit;

use crate::http::message;
use crate::listen::Door;

/// A client's wish for another protocol.
#[derive(Debug)]
pub(super) struct Upgrade {
    pub(super) protocol: HeaderValue,
    client: OnUpgrade,
    /// The connection still counts.
    room: Arc<OwnedSemaphorePermit>,
}

/// The wish of a request, if it has one.
pub(super) fn of(request: &mut Request<Incoming>, door: &Door) -> Option<Upgrade> {
    let protocol = message::upgrade(request.version(), request.headers())?;
    Some(Upgrade { protocol, client: hyper::upgrade::on(request), room: Arc::clone(&door.room) })
}

/// Joins client and backend once both have changed to the protocol.
pub(super) fn join(upgrade: Upgrade, response: &mut Response<Incoming>) {
    debug_assert_eq!(response.status(), StatusCode::SWITCHING_PROTOCOLS);
    let backend = hyper::upgrade::on(response);
    tokio::spawn(async move {
        let _room = upgrade.room;
        let joined = async {
            let (client, backend) = tokio::try_join!(upgrade.client, backend)?;
            let (mut client, mut backend) = (TokioIo::new(client), TokioIo::new(backend));
            copy_bidirectional(&mut client, &mut backend).await?;
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
        };
        if let Err(error) = joined.await {
            tracing::debug!("upgraded connection: {error}");
        }
    });
}
