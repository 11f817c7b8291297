//! Sends a request to an endpoint, over a connection that waits or a new one.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use gateway_core::{Place, SpokenHttp};
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;

use crate::body::Body;
use crate::config::Reach;
use crate::http::message;
use crate::tls::TlsFault;
use crate::upstream::dial;
use crate::upstream::pool::{Destination, Pool, Sender};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SendError {
    #[error("no connection: {0}")]
    Connect(#[from] io::Error),
    #[error("no secure connection: {0}")]
    Handshake(#[from] TlsFault),
    #[error("no answer: {0}")]
    Http(#[from] hyper::Error),
    #[error("the request cannot be sent: {0}")]
    Message(#[from] http::Error),
}

/// An answer, and who gave it.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) response: Response<Incoming>,
    pub(crate) place: Place,
}

/// What connections need.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'p> {
    pub(crate) pool: &'p Arc<Pool>,
    pub(crate) connect_timeout: Duration,
    pub(crate) spoken: SpokenHttp,
}

/// Sends a request to a backend: to `only` if that is given, otherwise to the endpoint whose turn it is, or
/// to another if no connection can be made there.
pub(crate) async fn send(
    line: Line<'_>,
    reach: &Reach,
    only: Option<&Place>,
    mut request: Request<Body>,
) -> Result<Sent, SendError> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the backend has no endpoint").into();
    let places: Vec<&Place> = match only {
        Some(only) => vec![only],
        None => reach.in_turn().take(dial::TRIES).collect(),
    };
    for place in places {
        let destination = Destination { place: place.clone(), tls: reach.tls.clone() };
        // Connections that waited may have ended meanwhile; then the request comes back.
        while let Some(sender) = waiting(line, &destination) {
            match over(line, destination.clone(), sender, request).await {
                Ok(response) => return Ok(Sent { response, place: place.clone() }),
                Err(Unsent::Returned(returned, _)) => request = *returned,
                Err(Unsent::Lost(error)) => return Err(error),
            }
        }
        match connect(line, &destination).await {
            Ok(sender) => match over(line, destination, sender, request).await {
                Ok(response) => return Ok(Sent { response, place: place.clone() }),
                Err(Unsent::Returned(_, error) | Unsent::Lost(error)) => return Err(error),
            },
            Err(error @ SendError::Connect(_)) => {
                tracing::debug!("{place:?}: {error}");
                last = error;
            }
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

fn waiting(line: Line<'_>, destination: &Destination) -> Option<Sender> {
    let http1 = || line.pool.take_http1(destination).map(Sender::Http1);
    let http2 = || line.pool.http2(destination).map(Sender::Http2);
    match line.spoken {
        SpokenHttp::Http1 => http1(),
        SpokenHttp::Http2 => http2(),
        SpokenHttp::Any => http2().or_else(http1),
    }
}

/// A request that was not answered.
enum Unsent {
    /// Nothing of it was sent.
    Returned(Box<Request<Body>>, SendError),
    Lost(SendError),
}

impl From<hyper::client::conn::TrySendError<Request<Body>>> for Unsent {
    fn from(mut error: hyper::client::conn::TrySendError<Request<Body>>) -> Self {
        match error.take_message() {
            Some(request) => Self::Returned(Box::new(request), error.into_error().into()),
            None => Self::Lost(error.into_error().into()),
        }
    }
}

/// Sends a request over a connection, which waits for another one afterwards.
async fn over(
    line: Line<'_>,
    destination: Destination,
    sender: Sender,
    mut request: Request<Body>,
) -> Result<Response<Incoming>, Unsent> {
    match sender {
        Sender::Http1(mut sender) => {
            message::as_http1(&mut request).map_err(|error| Unsent::Lost(error.into()))?;
            let response = sender.try_send_request(request).await?;
            let pool = Arc::downgrade(line.pool);
            // Ready again once the answer has passed; never, if the connection ends with it.
            tokio::spawn(async move {
                if sender.ready().await.is_ok()
                    && let Some(pool) = pool.upgrade()
                {
                    pool.keep(destination, Sender::Http1(sender));
                }
            });
            Ok(response)
        }
        Sender::Http2(mut sender) => {
            let is_secure = destination.tls.is_some();
            message::as_http2(&mut request, is_secure).map_err(|error| Unsent::Lost(error.into()))?;
            Ok(sender.try_send_request(request).await?)
        }
    }
}

/// A new connection.
async fn connect(line: Line<'_>, destination: &Destination) -> Result<Sender, SendError> {
    let stream = dial::one(&destination.place, line.connect_timeout).await?;
    let Some(tls) = &destination.tls else {
        let is_http2 = line.spoken == SpokenHttp::Http2;
        return handshake(line, destination, stream, is_http2).await;
    };
    let secured = timeout(line.connect_timeout, tls.connect(stream, Some(line.spoken))).await;
    let secured = secured.map_err(|_| TlsFault::Handshake(io::ErrorKind::TimedOut.into()))??;
    let chosen = secured.get_ref().1.alpn_protocol();
    let is_http2 = chosen == Some(b"h2") || (chosen.is_none() && line.spoken == SpokenHttp::Http2);
    handshake(line, destination, secured, is_http2).await
}

async fn handshake<S>(
    line: Line<'_>,
    destination: &Destination,
    stream: S,
    is_http2: bool,
) -> Result<Sender, SendError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let io = TokioIo::new(stream);
    if is_http2 {
        let (sender, connection) = http2::Builder::new(TokioExecutor::new()).handshake(io).await?;
        drive(connection);
        line.pool.keep(destination.clone(), Sender::Http2(sender.clone()));
        return Ok(Sender::Http2(sender));
    }
    let (sender, connection) = http1::handshake(io).await?;
    drive(connection.with_upgrades());
    Ok(Sender::Http1(sender))
}

/// A connection does its work by being polled.
fn drive(connection: impl Future<Output = Result<(), hyper::Error>> + Send + 'static) {
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!("connection to a backend: {error}");
        }
    });
}
