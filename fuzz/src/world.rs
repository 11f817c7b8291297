//! Objects, a profile and requests of a tree.
//!
//! ```text
//! {objects: [MANIFEST, ..], controller: TEXT, choices: {KEY: WORD}, requests: [REQUEST, ..]}
//! REQUEST: {gateway | service: NAMESPACE/NAME, port, sni, clientNamespace, scheme, method, host, path,
//!           query, headers: [NAME, VALUE, ..], draw}
//! ```
//!
//! A request whose scheme is `tls`, `tcp` or `udp` is a connection.

use std::sync::LazyLock;

use gateway_core::model::{Object, Value};
use gateway_core::validate::{Channel, Validator};
use gateway_core::{Profile, Request};
use gateway_oracle::generate::{Dial, Exchange};
use gateway_oracle::{Arrival, Target};
use http::uri::Authority;

use crate::tree::Tree;

/// More objects or requests are left out: a run should be short.
const OBJECTS: usize = 60;
const REQUESTS: usize = 16;

static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| Validator::new(Channel::Experimental));

/// The objects, with whatever is wrong with them.
pub(crate) fn objects(tree: &Tree) -> Vec<Object> {
    let items = tree.items("objects").iter().take(OBJECTS);
    items.filter_map(|item| Some(Object::read(item.to_value()).ok()?.object)).collect()
}

/// The objects that the API server takes, as it stores them.
pub(crate) fn accepted(tree: &Tree) -> Vec<Object> {
    tree.items("objects").iter().take(OBJECTS).filter_map(|item| stored(&item.to_value())).collect()
}

/// An object as the API server stores it, if it does.
pub(crate) fn stored(manifest: &Value) -> Option<Object> {
    let validation = VALIDATOR.create(manifest);
    if !validation.is_valid() {
        return None;
    }
    Some(Object::read(validation.object).ok()?.object)
}

/// The profile; words that it does not know count for nothing.
pub(crate) fn profile(tree: &Tree) -> Profile {
    let mut profile = tree.text("controller").map_or_else(Profile::every_class, Profile::spec);
    if let Some(Tree::Map(choices)) = tree.get("choices") {
        for (key, word) in choices {
            let word = word.as_bytes().and_then(|word| std::str::from_utf8(word).ok());
            if let (Ok(key), Some(word)) = (std::str::from_utf8(key), word) {
                let _ = profile.choices.set(key, word);
            }
        }
    }
    profile.hash_key = tree.number("hashKey").unwrap_or_default();
    profile
}

/// Whether HTTP allows it as an authority: a host, and digits for a port (RFC 9110, section 7.2).
pub(crate) fn is_authority(text: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(text) else { return false };
    let Ok(authority) = Authority::try_from(text) else { return text.is_empty() };
    text.strip_prefix(authority.host()).is_some_and(|port| {
        let digits = port.strip_prefix(':').unwrap_or(port);
        digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// A request of any bytes, and where it arrives.
pub(crate) struct Asked<'t> {
    tree: &'t Tree,
    /// The Gateway or Service.
    pub(crate) target: Target,
    headers: Vec<(&'t [u8], &'t [u8])>,
}

/// The requests.
pub(crate) fn requests(tree: &Tree) -> impl Iterator<Item = Asked<'_>> {
    tree.items("requests").iter().take(REQUESTS).map(Asked::new)
}

impl<'t> Asked<'t> {
    pub(crate) fn new(tree: &'t Tree) -> Self {
        let target = |key: &str| {
            let (namespace, name) = tree.text(key)?.split_once('/')?;
            Some((namespace.to_owned(), name.to_owned()))
        };
        let target = match (target("gateway"), target("service")) {
            (None, Some((namespace, name))) => Target::Service { namespace, name },
            (gateway, _) => {
                let (namespace, name) = gateway.unwrap_or_else(|| ("infra".to_owned(), "gw".to_owned()));
                Target::Gateway { namespace, name }
            }
        };
        let headers = tree.items("headers").chunks_exact(2);
        let headers = headers.filter_map(|pair| Some((pair[0].as_bytes()?, pair[1].as_bytes()?))).collect();
        Self { tree, target, headers }
    }

    fn or(&self, key: &str, default: &'static [u8]) -> &[u8] {
        self.tree.bytes(key).unwrap_or(default)
    }

    /// The port that the client connected to.
    pub(crate) fn port(&self) -> u16 {
        self.tree.number("port").unwrap_or(80)
    }

    pub(crate) fn sni(&self) -> Option<&str> {
        self.tree.text("sni")
    }

    pub(crate) fn client_namespace(&self) -> Option<&str> {
        self.tree.text("clientNamespace")
    }

    pub(crate) fn draw(&self) -> u64 {
        self.tree.number("draw").unwrap_or_default()
    }

    /// The request, whatever its bytes are.
    pub(crate) fn request(&self) -> Request<'_> {
        Request {
            method: self.or("method", b"GET"),
            scheme: self.tree.bytes("scheme"),
            authority: self.or("host", b""),
            path: self.or("path", b"/"),
            query: self.tree.bytes("query"),
            headers: &self.headers,
        }
    }

    fn arrival(&self) -> Arrival {
        Arrival {
            target: self.target.clone(),
            port: i32::from(self.port()),
            sni: self.sni().map(str::to_owned),
            client_namespace: self.client_namespace().map(str::to_owned),
        }
    }

    /// The connection, if that is all there is.
    pub(crate) fn dial(&self) -> Option<Dial> {
        let udp = match self.tree.bytes("scheme")? {
            b"udp" => true,
            b"tls" | b"tcp" => false,
            _ => return None,
        };
        Some(Dial { arrival: self.arrival(), udp, draw: self.draw() })
    }

    /// The request for the oracle, which reads text: `None` when a part of it is none, or when no HTTP/1.1
    /// or HTTP/2 client could have sent it.
    pub(crate) fn exchange(&self) -> Option<Exchange> {
        let raw = self.request();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
        let is_http = http::Method::from_bytes(raw.method).is_ok()
            && is_authority(raw.authority)
            && raw.headers.iter().all(|(name, value)| {
                http::HeaderName::from_bytes(name).is_ok() && http::HeaderValue::from_bytes(value).is_ok()
            });
        if !is_http {
            return None;
        }
        let headers = raw.headers.iter().map(|(name, value)| Some((text(name)?, text(value)?)));
        let request = gateway_oracle::Request {
            method: text(raw.method)?,
            scheme: raw.scheme.map(|scheme| text(scheme).ok_or(())).transpose().ok()?,
            authority: text(raw.authority)?,
            path: text(raw.path)?,
            query: raw.query.map(|query| text(query).ok_or(())).transpose().ok()?,
            headers: headers.collect::<Option<_>>()?,
        };
        Some(Exchange { arrival: self.arrival(), request, draw: self.draw() })
    }
}
