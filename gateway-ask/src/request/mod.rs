//! A request as a user describes it: in parts, or as a URL.

mod headers;
mod line;
mod text;

use std::net::IpAddr;

use gateway_core::Request;

use crate::AskError;
use crate::scheme::Scheme;
use crate::url;
pub use headers::Headers;
pub use line::RequestLine;
pub use text::Text;

/// A request as a user describes it, or a connection.
///
/// Deserializes from a line of `gateway route --requests`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestSpec<T = String> {
    /// The Gateway, as `namespace/name`; unless there is only one.
    pub gateway: Option<T>,
    /// The Service of the mesh that takes the place of a Gateway, as `namespace/name`.
    pub service: Option<T>,
    /// The namespace that a client of a Service is in.
    pub client_namespace: Option<T>,
    /// The port the client connects to.
    pub port: u16,
    /// The TLS server name.
    pub sni: ServerName,
    /// What the client speaks, as far as it said so.
    pub scheme: Scheme,
    /// The method.
    pub method: T,
    /// `Host` or `:authority`.
    pub host: T,
    /// The path.
    pub path: T,
    /// The query without `?`.
    pub query: Option<T>,
    /// All headers but `Host`, in order.
    pub headers: Vec<(String, String)>,
    /// The caller's random bits.
    pub draw: u64,
}

/// The TLS server name a client sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ServerName {
    /// The host, if the connection is for HTTPS.
    #[default]
    Host,
    /// None.
    None,
    /// Another name.
    Name(String),
}

impl<T: Text> RequestSpec<T> {
    /// The same, if it is about a connection.
    pub fn connection(self) -> Result<Self, AskError> {
        if self.scheme.connection().is_some() {
            return Ok(self);
        }
        Err(AskError::Request("this is a request; ask about a connection with tls, tcp or udp".to_owned()))
    }

    /// Lends the request to the engine.
    pub fn with_view<R>(&self, f: impl FnOnce(&Request<'_>) -> R) -> R {
        let request = Request {
            method: self.method.as_bytes(),
            scheme: Some(self.scheme.as_str().as_bytes()),
            authority: self.host.as_bytes(),
            path: self.path.as_bytes(),
            query: self.query.as_deref().map(str::as_bytes),
            headers: &[],
        };
        with_headers(request, &self.headers, f)
    }

    /// The server name for a connection to a listener that speaks HTTPS or not.
    pub fn server_name(&self, https_listener: bool) -> Option<&str> {
        self.sni.sent(&self.host, self.scheme.is_tls() || https_listener)
    }
}

impl ServerName {
    /// What is sent by a client that asks for a host, over TLS or not.
    pub(crate) fn sent<'a>(&'a self, host: &'a str, tls: bool) -> Option<&'a str> {
        match self {
            Self::None => None,
            Self::Name(name) => Some(name),
            Self::Host if !tls => None,
            Self::Host => {
                let host = url::host_of(host);
                // TLS has no server names for addresses (RFC 6066, section 3).
                let is_name = !host.is_empty() && !host.starts_with('[') && host.parse::<IpAddr>().is_err();
                is_name.then_some(host)
            }
        }
    }
}

/// Lends a request with these headers to the engine.
pub(crate) fn with_headers<R>(
    request: Request<'_>,
    headers: &[(String, String)],
    f: impl FnOnce(&Request<'_>) -> R,
) -> R {
    if headers.is_empty() {
        return f(&request);
    }
    let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes())).collect();
    f(&Request { headers: &headers, ..request })
}

/// Whether a path can be one.
fn check_path(path: &str) -> Result<(), AskError> {
    if path.starts_with('/') || path == "*" {
        return Ok(());
    }
    Err(AskError::Request("`path` must begin with `/`".to_owned()))
}

/// Path and query of a request; a path may bring its query along.
pub fn target<'a>(path: &'a str, query: Option<&'a str>) -> Result<(&'a str, Option<&'a str>), AskError> {
    match (url::split_target(path), query) {
        ((_, Some(_)), Some(_)) => Err(AskError::Request(
            "`path` brings a query along, and there is a `query` too; leave one of them out".to_owned(),
        )),
        ((path, inline), query) => {
            check_path(path)?;
            Ok((path, query.or(inline)))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{Headers, RequestLine, RequestSpec, Scheme, ServerName};

    fn read(line: &str) -> RequestSpec {
        serde_json::from_str(line).expect("the line is right")
    }

    #[test]
    fn parts_and_url_say_the_same() {
        let parts = r#"{"scheme":"https","host":"a.test","path":"/x?y=1","headers":{"a":["1","2"],"b":"3"}}"#;
        let url = r#"{"url":"https://a.test/x?y=1","headers":[["a","1"],["a","2"],["b","3"]]}"#;
        assert_eq!(read(parts), read(url));
        assert_eq!(read(url).port, 443);
        assert_eq!(read(url).server_name(false), Some("a.test"));
    }

    #[test]
    fn borrowed_texts_mean_the_same() {
        let headers = Headers(vec![("Host".into(), "b.test".into()), ("a".into(), "1".into())]);
        let line = RequestLine {
            host: Some(Cow::Borrowed("a.test")),
            path: Some(Cow::Borrowed("/x?y=1")),
            headers,
            ..RequestLine::default()
        };
        let borrowed = RequestSpec::try_from(line).expect("the line is right");
        let owned = read(r#"{"host":"a.test","path":"/x?y=1","headers":[["Host","b.test"],["a","1"]]}"#);
        assert_eq!((&*borrowed.method, &*borrowed.host, &*borrowed.path), ("GET", "b.test", "/x"));
        assert_eq!((&*owned.method, &*owned.host, &*owned.path), ("GET", "b.test", "/x"));
        assert_eq!((borrowed.query.as_deref(), owned.query.as_deref()), (Some("y=1"), Some("y=1")));
        assert_eq!((borrowed.headers, borrowed.sni), (owned.headers, owned.sni));
        assert!(matches!(borrowed.path, Cow::Borrowed(_)));
    }

    #[test]
    fn a_missing_server_name_is_not_null() {
        assert_eq!(read(r#"{"host":"a","sni":null}"#).sni, ServerName::None);
        assert_eq!(read(r#"{"host":"a"}"#).sni, ServerName::Host);
        assert_eq!(read(r#"{"host":"a:8443"}"#).server_name(true), Some("a"));
        assert_eq!(read(r#"{"host":"10.0.0.1"}"#).server_name(true), None);
    }

    #[test]
    fn a_host_header_leaves_the_connection_alone() {
        let request = read(r#"{"url":"https://a.test/","headers":{"Host":"b.test"}}"#);
        assert_eq!((request.host.as_str(), request.server_name(true)), ("b.test", Some("a.test")));
        assert!(request.headers.is_empty());
    }

    #[test]
    fn connections() {
        let tls = read(r#"{"url":"tls://a.test"}"#);
        assert_eq!((tls.port, tls.server_name(false)), (443, Some("a.test")));
        let tcp = read(r#"{"scheme":"tcp","port":9000}"#);
        assert_eq!((tcp.port, tcp.server_name(false), tcp.scheme), (9000, None, Scheme::Tcp));
    }

    #[test]
    fn mistakes_are_told() {
        for line in [
            r#"{"hots":"a"}"#,
            r#"{"path":"x"}"#,
            r#"{"scheme":"ftp"}"#,
            r#"{"headers":{"a":1}}"#,
            r#"{"scheme":"tcp"}"#,
            r#"{"scheme":"tcp","port":1,"path":"/"}"#,
            r#"{"scheme":"udp","port":1,"sni":"a"}"#,
            r#"{"gateway":"a/b","service":"a/b"}"#,
            r#"{"path":"/x?a=1","query":"b=2"}"#,
            r#"{"path":"/x?","query":""}"#,
        ] {
            assert!(serde_json::from_str::<RequestSpec>(line).is_err(), "{line}");
        }
    }
}
