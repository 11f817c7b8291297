//! The one type of body that passes through.

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Empty, Full};
use hyper::body::Incoming;

/// Whatever goes wrong while a body passes.
pub(crate) type BodyError = Box<dyn std::error::Error + Send + Sync>;

/// A body on its way, never held as a whole.
pub(crate) type Body = UnsyncBoxBody<Bytes, BodyError>;

pub(crate) fn empty() -> Body {
    Empty::new().map_err(|never| match never {}).boxed_unsync()
}

pub(crate) fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed_unsync()
}

pub(crate) fn incoming(body: Incoming) -> Body {
    body.map_err(BodyError::from).boxed_unsync()
}
