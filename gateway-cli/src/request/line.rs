//! A request as one JSON object.

use gateway_core::Transport;
use serde::Deserialize;
use serde::de::Deserializer;

use super::headers::Pairs;
use super::{RequestSpec, ServerName};
use crate::error::CliError;
use crate::scheme::Scheme;
use crate::url::{self, Url};

/// A line of `gateway route --requests`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Line {
    pub(super) gateway: Option<String>,
    pub(super) service: Option<String>,
    #[serde(rename = "clientNamespace")]
    pub(super) client_namespace: Option<String>,
    pub(super) port: Option<u16>,
    #[serde(deserialize_with = "server_name")]
    pub(super) sni: ServerName,
    pub(super) scheme: Option<String>,
    pub(super) method: Option<String>,
    pub(super) host: Option<String>,
    pub(super) path: Option<String>,
    pub(super) query: Option<String>,
    pub(super) headers: Pairs,
    pub(super) draw: Option<u64>,
    pub(super) url: Option<String>,
}

impl TryFrom<Line> for RequestSpec {
    type Error = CliError;

    fn try_from(line: Line) -> Result<Self, CliError> {
        let wrong = |why: &str| Err(CliError::Request(why.to_owned()));
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
        let host = line.host.or(url.as_ref().map(Url::authority)).unwrap_or_default();
        let (path, query) = match &url {
            Some(url) => (url.path.to_owned(), url.query.map(str::to_owned)),
            None => target(line.path.as_deref().unwrap_or("/"), line.query),
        };
        if !path.starts_with('/') && path != "*" {
            return wrong("`path` must begin with `/`");
        }
        let mut sni = line.sni;
        let (hosts, headers): (Vec<_>, Vec<_>) =
            line.headers.0.into_iter().partition(|(name, _)| name.eq_ignore_ascii_case("host"));
        let host = match hosts.into_iter().next_back() {
            None => host,
            // Like curl: a Host header changes what is asked for, not who is connected to.
            Some((_, other)) => {
                if sni == ServerName::Host && url.is_some() {
                    let connected = Self { scheme, host, ..Self::default() };
                    sni = connected
                        .server_name(false)
                        .map_or(ServerName::None, |name| ServerName::Name(name.to_owned()));
                }
                other
            }
        };
        Ok(Self {
            gateway: line.gateway,
            service: line.service,
            client_namespace: line.client_namespace,
            port,
            sni,
            scheme,
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

/// A server name that is said, be it `null`.
fn server_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ServerName, D::Error> {
    Ok(Option::deserialize(deserializer)?.map_or(ServerName::None, ServerName::Name))
}
