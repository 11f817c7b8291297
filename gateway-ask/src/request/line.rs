//! A request as one JSON object.

use gateway_core::Transport;
use serde::Deserialize;
use serde::de::{self, Deserializer};

use super::headers::Headers;
use super::text::Text;
use super::{RequestSpec, ServerName};
use crate::error::AskError;
use crate::scheme::Scheme;
use crate::url::Url;

/// A line of `gateway route --requests`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RequestLine<T = String> {
    /// As of [`RequestSpec`].
    pub gateway: Option<T>,
    /// As of [`RequestSpec`].
    pub service: Option<T>,
    /// As of [`RequestSpec`].
    #[serde(rename = "clientNamespace")]
    pub client_namespace: Option<T>,
    /// The port the client connects to; that of the URL or scheme if there is none.
    pub port: Option<u16>,
    /// The TLS server name.
    #[serde(deserialize_with = "server_name")]
    pub sni: ServerName,
    /// `http`, `https`, `tls`, `tcp` or `udp`.
    pub scheme: Option<T>,
    /// The method; `GET` if there is none.
    pub method: Option<T>,
    /// `Host` or `:authority`.
    pub host: Option<T>,
    /// The path, which may bring its query along; `/` if there is none.
    pub path: Option<T>,
    /// The query without `?`.
    pub query: Option<T>,
    /// The headers.
    pub headers: Headers,
    /// The caller's random bits; 0 if there are none.
    pub draw: Option<u64>,
    /// The URL, in place of `scheme`, `path` and `query`.
    pub url: Option<T>,
}

impl<T: Text> TryFrom<RequestLine<T>> for RequestSpec<T> {
    type Error = AskError;

    fn try_from(line: RequestLine<T>) -> Result<Self, AskError> {
        let wrong = |why: &str| Err(AskError::Request(why.to_owned()));
        if line.gateway.is_some() && (line.service.is_some() || line.client_namespace.is_some()) {
            return wrong(
                "`service` and `clientNamespace` stand in place of `gateway`; leave one of them out",
            );
        }
        let url = line.url.as_deref().map(Url::parse).transpose()?;
        if url.is_some() && (line.scheme.is_some() || line.path.is_some() || line.query.is_some()) {
            return wrong("`url` stands in place of `scheme`, `path` and `query`; leave them out");
        }
        let scheme = match line.scheme.as_deref() {
            None => url.as_ref().map(|url| url.scheme).unwrap_or_default(),
            Some(name) => match Scheme::of(name) {
                Some(scheme) => scheme,
                None => return wrong("`scheme` must be `http` or `https`, or `tls`, `tcp` or `udp`"),
            },
        };
        if let Some(transport) = scheme.connection() {
            let is_request = line.method.is_some() || line.path.is_some() || line.query.is_some();
            if is_request || !line.headers.0.is_empty() {
                return wrong("a connection has no method, path, query and headers; leave them out");
            }
            if transport == Transport::Udp && matches!(line.sni, ServerName::Name(_)) {
                return wrong("datagrams carry no TLS server name; leave it out");
            }
        }
        let port = line.port.or(url.as_ref().and_then(|url| url.port)).or(scheme.default_port());
        let Some(port) = port else { return wrong("name the port of the connection") };
        let host = line.host.or_else(|| url.as_ref().map(|url| url.authority().into()));
        let host = host.unwrap_or_else(|| T::fixed(""));
        let (path, query) = match &url {
            Some(url) => (url.path.to_owned().into(), url.query.map(|query| query.to_owned().into())),
            None => target(line.path.unwrap_or_else(|| T::fixed("/")), line.query)?,
        };
        let mut sni = line.sni;
        let mut headers = line.headers.0;
        let hosts = headers.extract_if(.., |(name, _)| name.eq_ignore_ascii_case("host"));
        let host = match hosts.last() {
            None => host,
            // Like curl: a Host header changes what is asked for, not who is connected to.
            Some((_, other)) => {
                if sni == ServerName::Host && url.is_some() {
                    let connected = sni.sent(&host, scheme.is_tls()).map(str::to_owned);
                    sni = connected.map_or(ServerName::None, ServerName::Name);
                }
                other.into()
            }
        };
        Ok(Self {
            gateway: line.gateway,
            service: line.service,
            client_namespace: line.client_namespace,
            port,
            sni,
            scheme,
            method: line.method.unwrap_or_else(|| T::fixed("GET")),
            host,
            path,
            query,
            headers,
            draw: line.draw.unwrap_or_default(),
        })
    }
}

/// Path and query; a path that brings no query along is not copied.
fn target<T: Text>(path: T, query: Option<T>) -> Result<(T, Option<T>), AskError> {
    let (before, found) = super::target(&path, query.as_deref())?;
    if before.len() == path.len() {
        return Ok((path, query));
    }
    let (end, found) = (before.len(), found.map(|found| found.to_owned().into()));
    Ok((path.cut(end), found))
}

impl<'de> Deserialize<'de> for RequestSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        RequestLine::<String>::deserialize(deserializer)?.try_into().map_err(de::Error::custom)
    }
}

/// A server name that is said, be it `null`.
fn server_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ServerName, D::Error> {
    Ok(Option::deserialize(deserializer)?.map_or(ServerName::None, ServerName::Name))
}
