//! CORS filters, made ready: origins to compare with, lists as they are sent (FILT-070..082).

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::matching::without_port;
use crate::model::{CorsMethod, HeaderName, HttpCorsFilter};
use crate::profile::{Choices, CorsOrigin};

/// A CORS filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cors {
    /// Origins that are allowed.
    pub origins: Vec<AllowedOrigin>,
    /// Whether `*` is answered where every origin is allowed (AMBIG-44).
    pub wildcard: bool,
    /// Whether credentials may be sent.
    pub credentials: bool,
    /// Methods that may be used (FILT-075); `None` says nothing of them (AMBIG-42).
    pub methods: Option<CorsList>,
    /// Request headers that may be sent (FILT-076).
    pub headers: Option<CorsList>,
    /// Response headers that may be read, as they are sent (FILT-077); with credentials `*` names none
    /// (AMBIG-43).
    pub exposed: Option<String>,
    /// Seconds that an answer to a preflight may be kept, as they are sent.
    pub max_age: String,
}

/// A list of methods or headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CorsList {
    /// `*`: all of them.
    Any,
    /// These, as they are sent.
    Listed(String),
}

/// An origin that is allowed (FILT-072).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AllowedOrigin {
    /// `*`: every origin.
    Any,
    /// Origins of a scheme and a port.
    Like {
        /// The scheme, in lower case.
        scheme: String,
        /// The host.
        host: OriginHost,
        /// The port; that of the scheme where none is written.
        port: String,
    },
}

/// The host of an origin that is allowed, compared without case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OriginHost {
    /// `*`: every host.
    Any,
    /// Every host that ends so and has something before it: `.example.com`.
    EndingWith(String),
    /// This host.
    Exactly(String),
}

impl Cors {
    pub(super) fn new(spec: &HttpCorsFilter, choices: Choices) -> Self {
        let credentials = spec.allow_credentials();
        let methods = spec.allow_methods.as_deref().unwrap_or_default();
        let headers = spec.allow_headers.as_deref().unwrap_or_default();
        let exposed = spec.expose_headers.as_deref().unwrap_or_default();
        let origins = spec.allow_origins.iter().flatten();
        let origins: Vec<_> = origins.filter_map(|one| AllowedOrigin::new(one)).collect();
        Self {
            wildcard: choices.cors_origin == CorsOrigin::Wildcard
                && !credentials
                && origins.contains(&AllowedOrigin::Any),
            origins,
            credentials,
            methods: CorsList::new(methods.iter().map(CorsMethod::as_str)),
            headers: CorsList::new(headers.iter().map(HeaderName::as_str)),
            exposed: match CorsList::new(exposed.iter().map(HeaderName::as_str)) {
                Some(CorsList::Any) if credentials => None,
                Some(CorsList::Any) => Some("*".to_string()),
                Some(CorsList::Listed(list)) => Some(list),
                None => None,
            },
            max_age: spec.max_age().to_string(),
        }
    }
}

impl CorsList {
    fn new<'a>(names: impl Iterator<Item = &'a str>) -> Option<Self> {
        let names: Vec<_> = names.collect();
        match names.as_slice() {
            [] => None,
            names if names.contains(&"*") => Some(Self::Any),
            names => Some(Self::Listed(names.join(", "))),
        }
    }
}

impl Cors {
    /// Whether requests from an origin are allowed.
    pub fn allows(&self, origin: &str) -> bool {
        self.origins.iter().any(|one| one.allows(origin))
    }
}

impl AllowedOrigin {
    /// `None` for what no origin can ever be like.
    fn new(text: &str) -> Option<Self> {
        if text == "*" {
            return Some(Self::Any);
        }
        let (scheme, host, port) = parts(text)?;
        let host = match host.strip_prefix('*') {
            Some("") => OriginHost::Any,
            Some(end) => OriginHost::EndingWith(end.to_string()),
            None => OriginHost::Exactly(host.to_string()),
        };
        Some(Self::Like { scheme: scheme.to_ascii_lowercase(), host, port: port.to_string() })
    }

    fn allows(&self, origin: &str) -> bool {
        let Self::Like { scheme, host, port } = self else { return true };
        let Some(found) = parts(origin) else { return false };
        found.0.eq_ignore_ascii_case(scheme) && host.allows(found.1) && found.2 == port
    }
}

impl OriginHost {
    fn allows(&self, host: &str) -> bool {
        match self {
            Self::Any => true,
            Self::EndingWith(end) => {
                let start = host.len().checked_sub(end.len()).filter(|start| *start > 0);
                start.and_then(|start| host.get(start..)).is_some_and(|found| found.eq_ignore_ascii_case(end))
            }
            Self::Exactly(exactly) => host.eq_ignore_ascii_case(exactly),
        }
    }
}

/// Scheme, host and port, the port that of the scheme where none is written.
fn parts(origin: &str) -> Option<(&str, &str, &str)> {
    let (scheme, authority) = origin.split_once("://")?;
    let (host, port) = authority.split_at_checked(without_port(authority.as_bytes()).len())?;
    let port = match port.strip_prefix(':').unwrap_or(port) {
        "" if scheme.eq_ignore_ascii_case("http") => "80",
        "" if scheme.eq_ignore_ascii_case("https") => "443",
        port => port,
    };
    Some((scheme, host, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filt_072_origins() {
        for (allowed, origin, expected) in [
            ("*", "null", true),
            ("*", "https://a.test:8443", true),
            ("https://www.foo.com", "https://WWW.foo.com", true),
            ("https://www.foo.com", "https://www.foo.com:443", true),
            ("https://www.foo.com:443", "HTTPS://www.foo.com", true),
            ("https://www.foo.com", "http://www.foo.com", false),
            ("https://www.foo.com", "https://www.foo.com:8443", false),
            ("https://*.bar.com", "https://www.bar.com", true),
            ("https://*.bar.com", "https://xpto.www.bar.com", true),
            ("https://*.bar.com", "https://foobar.com", false),
            ("https://*.bar.com", "https://bar.com", false),
            ("https://*.bar.com", "https://.bar.com", false),
            ("https://*.bar.com", "http://www.bar.com", false),
            ("https://*.bar.com:8443", "https://a.bar.com:8443", true),
            ("https://*", "https://any.test", true),
            ("https://*", "http://any.test", false),
            ("http://*:8080", "http://[::1]:8080", true),
            ("http://a.test", "http://a.test:80", true),
            // Only of those two the port is known.
            ("ftp://a.test:443", "ftp://a.test", false),
            ("ftp://a.test:80", "ftp://a.test", false),
            ("http://a.test", "null", false),
            ("http://a.test", "a.test", false),
        ] {
            let found = AllowedOrigin::new(allowed).is_some_and(|one| one.allows(origin));
            assert_eq!(found, expected, "{allowed} and {origin}");
        }
    }
}
