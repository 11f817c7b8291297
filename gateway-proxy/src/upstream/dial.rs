//! Opens connections to endpoints.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use gateway_core::{Place, PlaceHost};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use crate::config::Reach;

/// How many endpoints of a backend are tried for one connection.
pub(super) const TRIES: usize = 3;

/// A connection to one endpoint.
pub(crate) async fn one(place: &Place, limit: Duration) -> io::Result<TcpStream> {
    let connect = async {
        match &place.host {
            PlaceHost::Address(address) => TcpStream::connect((*address, place.port)).await,
            PlaceHost::Name(name) => TcpStream::connect((name.as_str(), place.port)).await,
        }
    };
    let stream = timeout(limit, connect).await.map_err(|_| io::ErrorKind::TimedOut)??;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// A connection to whichever endpoint takes one, beginning with the one whose turn it is. Nothing was sent
/// to those that do not: trying another is no retry.
pub(crate) async fn any(reach: &Reach, limit: Duration) -> io::Result<(TcpStream, &Place)> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the backend has no endpoint");
    for place in reach.in_turn().take(TRIES) {
        match one(place, limit).await {
            Ok(stream) => return Ok((stream, place)),
            Err(error) => {
                tracing::debug!("{place:?}: {error}");
                last = error;
            }
        }
    }
    Err(last)
}

/// The address of the endpoint whose turn it is.
pub(crate) async fn address(reach: &Reach) -> Option<SocketAddr> {
    let place = reach.in_turn().next()?;
    match &place.host {
        PlaceHost::Address(address) => Some(SocketAddr::new(*address, place.port)),
        PlaceHost::Name(name) => lookup_host((name.as_str(), place.port)).await.ok()?.next(),
    }
}
