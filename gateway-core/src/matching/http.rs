//! Views of the requests of the `http` crate.

use http::header::HOST;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Request, Uri};

use crate::matching::RequestView;

/// The authority of the target, without user information (RFC 9110, 4.2.4), or else the first `Host`.
fn authority<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> &'a [u8] {
    match uri.authority() {
        Some(authority) => {
            let authority = authority.as_str();
            authority.rsplit_once('@').map_or(authority, |(_, host)| host).as_bytes()
        }
        None => headers.get(HOST).map_or(b"", |value| value.as_bytes()),
    }
}

fn values<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a [u8]> {
    // `Host` is the authority, and no header.
    let is_host = name.eq_ignore_ascii_case(HOST.as_str());
    headers.get_all(name).into_iter().filter(move |_| !is_host).map(HeaderValue::as_bytes)
}

macro_rules! view {
    ($self:ident => $method:expr, $uri:expr, $headers:expr) => {
        fn method(&$self) -> &[u8] {
            let method: &Method = $method;
            method.as_str().as_bytes()
        }

        fn scheme(&$self) -> Option<&[u8]> {
            $uri.scheme_str().map(str::as_bytes)
        }

        fn authority(&$self) -> &[u8] {
            authority($uri, $headers)
        }

        fn path(&$self) -> &[u8] {
            $uri.path().as_bytes()
        }

        fn query(&$self) -> Option<&[u8]> {
            $uri.query().map(str::as_bytes)
        }

        fn headers(&$self) -> impl Iterator<Item = (&[u8], &[u8])> {
            let all = $headers.iter().filter(|(name, _)| *name != HOST);
            all.map(|(name, value)| (name.as_str().as_bytes(), value.as_bytes()))
        }

        fn header_values<'a>(&'a $self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
            values($headers, name)
        }
    };
}

impl RequestView for Parts {
    view!(self => &self.method, &self.uri, &self.headers);
}

impl<B> RequestView for Request<B> {
    view!(self => self.method(), self.uri(), self.headers());
}
