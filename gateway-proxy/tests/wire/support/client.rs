//! Clients.

use std::convert::Infallible;
use std::net::SocketAddr;

use bytes::Bytes;
use http::request::Builder;
use http::{Request, Response};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Empty, Full};
use hyper::body::Incoming;
use hyper::client::conn::{http1 as h1, http2 as h2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

pub(crate) type Body = UnsyncBoxBody<Bytes, Infallible>;

pub(crate) fn empty() -> Body {
    Empty::new().boxed_unsync()
}

pub(crate) fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).boxed_unsync()
}

/// A request in the form of HTTP/1.1.
pub(crate) fn request(method: &str, host: &str, path: &str) -> Builder {
    Request::builder().method(method).uri(path).header("host", host)
}

/// Sends one request over a stream.
pub(crate) async fn over_http1<S>(stream: S, request: Request<Body>) -> hyper::Result<Response<Incoming>>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = h1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    sender.send_request(request).await
}

/// Sends one request over a connection of its own.
pub(crate) async fn http1(address: SocketAddr, request: Request<Body>) -> hyper::Result<Response<Incoming>> {
    over_http1(TcpStream::connect(address).await.unwrap(), request).await
}

pub(crate) async fn over_http2<S>(stream: S) -> h2::SendRequest<Body>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (sender, connection) = h2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    sender
}

/// A connection with prior knowledge of HTTP/2.
pub(crate) async fn http2(address: SocketAddr) -> h2::SendRequest<Body> {
    over_http2(TcpStream::connect(address).await.unwrap()).await
}

pub(crate) async fn text(response: Response<Incoming>) -> String {
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Status and text of a GET.
pub(crate) async fn get(address: SocketAddr, host: &str, path: &str) -> (u16, String) {
    let response = http1(address, request("GET", host, path).body(empty()).unwrap()).await.unwrap();
    (response.status().as_u16(), text(response).await)
}
