//! What HTTP itself asks of somebody who passes messages on (RFC 9110, RFC 9113).

use gateway_core::RequestView;
use http::header::{CONNECTION, EXPECT, HOST, TE, TRANSFER_ENCODING, UPGRADE};
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Uri, Version, request};

use crate::body::Body;

/// Headers of one connection (RFC 9110, 7.6.1).
const OF_CONNECTION: [HeaderName; 6] = [
    CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    TE,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// The protocol that a request or an answer over HTTP/1.1 changes to.
pub(crate) fn upgrade(version: Version, headers: &HeaderMap) -> Option<HeaderValue> {
    let asks = |value: &HeaderValue| {
        let options = value.as_bytes().split(|byte| *byte == b',');
        options.map(<[u8]>::trim_ascii).any(|option| option.eq_ignore_ascii_case(b"upgrade"))
    };
    let is_asked = version == Version::HTTP_11 && headers.get_all(CONNECTION).iter().any(asks);
    headers.get(UPGRADE).filter(|_| is_asked).cloned()
}

/// Removes what concerns one connection alone. `TE: trailers` stays: gRPC asks for it.
pub(crate) fn strip(headers: &mut HeaderMap) {
    let wants_trailers = headers.get(TE).is_some_and(|value| {
        value.as_bytes().split(|byte| *byte == b',').any(|one| one.trim_ascii() == b"trailers")
    });
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
        .filter_map(|name| HeaderName::from_bytes(name.trim_ascii()).ok())
        .collect();
    for name in named.iter().chain(&OF_CONNECTION) {
        headers.remove(name);
    }
    if wants_trailers {
        headers.insert(TE, HeaderValue::from_static("trailers"));
    }
}

/// The headers of a request that is passed on.
pub(crate) fn strip_request(parts: &mut request::Parts) {
    strip(&mut parts.headers);
    // This hop has answered that already.
    parts.headers.remove(EXPECT);
}

/// Asks for another protocol, or agrees to it.
pub(crate) fn set_upgrade(headers: &mut HeaderMap, protocol: HeaderValue) {
    headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(UPGRADE, protocol);
}

/// Whether a request is one that a server must refuse with 400: over HTTP/1.1 there is exactly one `Host`
/// (RFC 9112, 3.2).
pub(crate) fn is_malformed(parts: &request::Parts) -> bool {
    let hosts = parts.headers.get_all(HOST).iter().count();
    hosts > 1 || (parts.version == Version::HTTP_11 && hosts == 0)
}

/// The form of HTTP/1.1: the host in a header, the target without it.
pub(crate) fn as_http1(request: &mut Request<Body>) -> Result<(), http::Error> {
    let host = HeaderValue::from_bytes(RequestView::authority(request))?;
    request.headers_mut().insert(HOST, host);
    let target = request.uri().path_and_query().cloned();
    let target = target.unwrap_or_else(|| PathAndQuery::from_static("/"));
    *request.uri_mut() = Uri::builder().path_and_query(target).build()?;
    *request.version_mut() = Version::HTTP_11;
    Ok(())
}

/// The form of HTTP/2: the host in the target, and in no header.
pub(crate) fn as_http2(request: &mut Request<Body>, is_secure: bool) -> Result<(), http::Error> {
    let authority = Authority::try_from(RequestView::authority(request))?;
    request.headers_mut().remove(HOST);
    let target = request.uri().path_and_query().cloned();
    let target = target.unwrap_or_else(|| PathAndQuery::from_static("/"));
    let scheme = if is_secure { Scheme::HTTPS } else { Scheme::HTTP };
    *request.uri_mut() = Uri::builder().scheme(scheme).authority(authority).path_and_query(target).build()?;
    *request.version_mut() = Version::HTTP_2;
    Ok(())
}
