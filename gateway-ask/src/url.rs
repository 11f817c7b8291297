//! URLs, cut into what a client makes of them.

use crate::error::AskError;
use crate::scheme::Scheme;

/// The parts of a URL.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Url<'a> {
    pub(crate) scheme: Scheme,
    /// The host, an IPv6 address with its brackets.
    pub(crate) host: &'a str,
    pub(crate) port: Option<u16>,
    pub(crate) path: &'a str,
    pub(crate) query: Option<&'a str>,
}

impl<'a> Url<'a> {
    pub(crate) fn parse(url: &'a str) -> Result<Self, AskError> {
        Self::cut(url).map_err(|why| AskError::Url { url: url.to_owned(), why })
    }

    fn cut(url: &'a str) -> Result<Self, &'static str> {
        let Some((scheme, rest)) = url.split_once("://") else {
            return Err("write it in full, as https://host/path");
        };
        let Some(scheme) = Scheme::of(scheme) else {
            return Err("the scheme must be http or https, or tls, tcp or udp for a connection");
        };
        if !url.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("percent-encode spaces and everything that is not ASCII");
        }
        let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
        let (authority, target) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let (path, query) = split_target(target);
        let (host, port) = split_authority(authority)?;
        if scheme.connection().is_some() && !matches!(target, "" | "/") {
            return Err("a connection has no path and no query; leave them out");
        }
        Ok(Self { scheme, host, port, path: if path.is_empty() { "/" } else { path }, query })
    }

    /// What a client sends as Host: the port only when it is not that of the scheme.
    pub(crate) fn authority(&self) -> String {
        match self.port {
            Some(port) if Some(port) != self.scheme.default_port() => format!("{}:{port}", self.host),
            _ => self.host.to_owned(),
        }
    }
}

/// Path and query.
pub(crate) fn split_target(target: &str) -> (&str, Option<&str>) {
    target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)))
}

/// Host and port.
fn split_authority(authority: &str) -> Result<(&str, Option<u16>), &'static str> {
    if authority.contains('@') {
        return Err("a Gateway does not look at user and password; leave them out");
    }
    let host = host_of(authority);
    if host.is_empty() {
        return Err("the host is missing");
    }
    if host.starts_with('[') != host.ends_with(']') {
        return Err("put an IPv6 address into brackets");
    }
    let port = match authority.get(host.len()..).unwrap_or_default() {
        "" | ":" => None,
        port => {
            let port = port.strip_prefix(':').and_then(|port| port.parse().ok()).filter(|port| *port != 0);
            Some(port.ok_or("the port must be a number from 1 to 65535")?)
        }
    };
    Ok((host, port))
}

/// An authority without its port.
pub(crate) fn host_of(authority: &str) -> &str {
    let end = if authority.starts_with('[') {
        authority.find(']').map(|bracket| bracket + 1)
    } else {
        authority.find(':')
    };
    end.and_then(|end| authority.get(..end)).unwrap_or(authority)
}

#[cfg(test)]
mod tests {
    use super::Url;
    use crate::scheme::Scheme;

    #[test]
    fn cuts_urls() {
        let url = Url::parse("https://api.test:8443/v2/users?a=1?b#top").expect("it is a URL");
        assert_eq!((url.scheme, url.host, url.port), (Scheme::Https, "api.test", Some(8443)));
        assert_eq!((url.path, url.query), ("/v2/users", Some("a=1?b")));
        assert_eq!(url.authority(), "api.test:8443");

        let url = Url::parse("HTTP://[::1]:80?q").expect("it is a URL");
        assert_eq!((url.scheme, url.host, url.path, url.query), (Scheme::Http, "[::1]", "/", Some("q")));
        assert_eq!(url.authority(), "[::1]");
    }

    #[test]
    fn says_what_is_wrong() {
        for url in [
            "api.test",
            "ftp://x",
            "http://",
            "http://u@h",
            "http://h:0",
            "http://h:x",
            "http://h/ä",
            "http://[::1",
            "tcp://h:9000/x",
        ] {
            assert!(Url::parse(url).is_err(), "{url}");
        }
    }
}
