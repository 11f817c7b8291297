//! A request as a user describes it: in parts, or as a URL.

use std::fmt;
use std::net::IpAddr;

use gateway_core::Request;
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::args::RequestArgs;
use crate::error::CliError;
use crate::url::{self, Url};

/// A request as a user describes it.
///
/// Deserializes from a line of `gateway route --requests`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Line")]
pub struct RequestSpec {
    /// The Gateway, as `namespace/name`; unless there is only one.
    pub gateway: Option<String>,
    /// The port the client connects to.
    pub port: u16,
    /// The TLS server name.
    pub sni: ServerName,
    /// Whether the client speaks TLS, as far as it said so.
    pub https: bool,
    /// The method.
    pub method: String,
    /// `Host` or `:authority`.
    pub host: String,
    /// The path.
    pub path: String,
    /// The query without `?`.
    pub query: Option<String>,
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

impl RequestSpec {
    /// The request of `gateway route URL`.
    pub(crate) fn from_args(url: &str, args: &RequestArgs) -> Result<Self, CliError> {
        let line = Line {
            url: Some(url.to_owned()),
            gateway: args.gateway.clone(),
            port: args.port,
            sni: if args.no_sni { Some(None) } else { args.sni.clone().map(Some) },
            method: args.method.clone(),
            headers: Pairs(args.headers.iter().map(|header| split_header(header)).collect::<Result<_, _>>()?),
            draw: args.draw,
            ..Line::default()
        };
        line.try_into()
    }

    /// Lends the request to the engine.
    pub fn with_view<T>(&self, f: impl FnOnce(&Request<'_>) -> T) -> T {
        let headers: Vec<_> =
            self.headers.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes())).collect();
        f(&Request {
            method: self.method.as_bytes(),
            authority: self.host.as_bytes(),
            path: self.path.as_bytes(),
            query: self.query.as_deref().map(str::as_bytes),
            headers: &headers,
        })
    }

    /// The server name for a connection to a listener that speaks HTTPS or not.
    pub(crate) fn server_name(&self, https_listener: bool) -> Option<&str> {
        match &self.sni {
            ServerName::None => None,
            ServerName::Name(name) => Some(name),
            ServerName::Host if !self.https && !https_listener => None,
            ServerName::Host => {
                let host = url::host_of(&self.host);
                // TLS has no server names for addresses (RFC 6066, section 3).
                let is_name = !host.is_empty() && !host.starts_with('[') && host.parse::<IpAddr>().is_err();
                is_name.then_some(host)
            }
        }
    }
}

/// A line of `gateway route --requests`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Line {
    gateway: Option<String>,
    port: Option<u16>,
    /// Outer `None`: not said. Inner `None`: none.
    #[serde(deserialize_with = "said")]
    sni: Option<Option<String>>,
    scheme: Option<String>,
    method: Option<String>,
    host: Option<String>,
    path: Option<String>,
    query: Option<String>,
    headers: Pairs,
    draw: Option<u64>,
    url: Option<String>,
}

impl TryFrom<Line> for RequestSpec {
    type Error = CliError;

    fn try_from(line: Line) -> Result<Self, CliError> {
        let wrong = |why: &str| Err(CliError::Request(why.to_owned()));
        let url = line.url.as_deref().map(Url::parse).transpose()?;
        if url.is_some() && (line.scheme.is_some() || line.path.is_some() || line.query.is_some()) {
            return wrong("`url` stands in place of `scheme`, `path` and `query`; leave them out");
        }
        let https = match line.scheme.as_deref() {
            None => url.as_ref().is_some_and(|url| url.https),
            Some("https") => true,
            Some("http") => false,
            Some(_) => return wrong("`scheme` must be `http` or `https`"),
        };
        let port = line.port.or(url.as_ref().and_then(|url| url.port));
        let host = line.host.or(url.as_ref().map(Url::authority)).unwrap_or_default();
        let (path, query) = match &url {
            Some(url) => (url.path.to_owned(), url.query.map(str::to_owned)),
            None => target(line.path.as_deref().unwrap_or("/"), line.query),
        };
        if !path.starts_with('/') && path != "*" {
            return wrong("`path` must begin with `/`");
        }
        let mut sni = match line.sni {
            None => ServerName::Host,
            Some(None) => ServerName::None,
            Some(Some(name)) => ServerName::Name(name),
        };
        let (hosts, headers): (Vec<_>, Vec<_>) =
            line.headers.0.into_iter().partition(|(name, _)| name.eq_ignore_ascii_case("host"));
        let host = match hosts.into_iter().next_back() {
            None => host,
            // Like curl: a Host header changes what is asked for, not who is connected to.
            Some((_, other)) => {
                if sni == ServerName::Host && url.is_some() {
                    let connected = Self { host, https, ..Self::default() };
                    sni = connected.server_name(false).map_or(ServerName::None, |name| ServerName::Name(name.to_owned()));
                }
                other
            }
        };
        Ok(Self {
            gateway: line.gateway,
            port: port.unwrap_or_else(|| url::default_port(https)),
            sni,
            https,
            method: line.method.unwrap_or_else(|| "GET".to_owned()),
            host,
            path,
            query,
            headers,
            draw: line.draw.unwrap_or_default(),
        })
    }
}

/// A path may bring its query along.
fn target(path: &str, query: Option<String>) -> (String, Option<String>) {
    match (url::split_target(path), query) {
        ((path, inline), None) => (path.to_owned(), inline.map(str::to_owned)),
        (_, query) => (path.to_owned(), query),
    }
}

fn split_header(header: &str) -> Result<(String, String), CliError> {
    let pair = header.split_once(':').map(|(name, value)| (name.trim_end(), value.trim()));
    let is_token = |name: &str| {
        !name.is_empty() && name.bytes().all(|c| c.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&c))
    };
    match pair {
        Some((name, value)) if is_token(name) => Ok((name.to_owned(), value.to_owned())),
        _ => Err(CliError::Header { header: header.to_owned() }),
    }
}

/// Tells an explicit `null` from nothing.
fn said<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Headers: a mapping of names to one value or several, or a list of pairs.
#[derive(Debug, Default)]
struct Pairs(Vec<(String, String)>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Values {
    One(String),
    Many(Vec<String>),
}

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("headers as {\"name\": \"value\"} or [[\"name\", \"value\"]]")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Pairs, E> {
        Ok(Pairs::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
        let mut pairs = Vec::new();
        while let Some((name, values)) = map.next_entry::<String, Values>()? {
            match values {
                Values::One(value) => pairs.push((name, value)),
                Values::Many(values) => pairs.extend(values.into_iter().map(|value| (name.clone(), value))),
            }
        }
        Ok(Pairs(pairs))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Pairs, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = list.next_element()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::{RequestSpec, ServerName};

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
    fn mistakes_are_told() {
        for line in [r#"{"hots":"a"}"#, r#"{"path":"x"}"#, r#"{"scheme":"ftp"}"#, r#"{"headers":{"a":1}}"#, "[]"] {
            assert!(serde_json::from_str::<RequestSpec>(line).is_err(), "{line}");
        }
    }
}
