//! TLS configurations by what they are made of: those that a change does not touch are kept, and with them
//! their sessions.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex};

use gateway_core::attach::{ClientValidation, Protocol};
use gateway_core::model::FrontendValidationMode;
use gateway_core::{Authorities, Credentials, Security};
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};

use crate::tls::{ListenerTls, UpstreamTls};

/// How many configurations are kept before those are dropped that nobody uses.
const ROOM: usize = 256;

/// TLS configurations by what they are made of.
#[derive(Debug)]
pub(crate) struct TlsStore {
    provider: Arc<CryptoProvider>,
    listeners: Kept<Vec<u8>, ListenerTls>,
    upstream: Kept<Vec<u8>, UpstreamTls>,
}

#[derive(Debug)]
struct Kept<K, V>(Mutex<HashMap<K, Arc<V>>>);

impl<K: Eq + Hash, V> Kept<K, V> {
    fn get(&self, key: K, make: impl FnOnce() -> Option<V>) -> Option<Arc<V>> {
        let mut known = self.0.lock().expect("no holder of this lock panics");
        if let Some(found) = known.get(&key) {
            return Some(Arc::clone(found));
        }
        if known.len() >= ROOM {
            known.retain(|_, kept| Arc::strong_count(kept) > 1);
        }
        let made = Arc::new(make()?);
        known.insert(key, Arc::clone(&made));
        Some(made)
    }
}

impl TlsStore {
    pub(crate) fn new() -> Self {
        Self {
            provider: Arc::new(ring::default_provider()),
            listeners: Kept(Mutex::default()),
            upstream: Kept(Mutex::default()),
        }
    }

    /// How a listener ends TLS; `None` when none of its certificates can be used.
    pub(crate) fn listener(
        &self,
        credentials: Vec<Credentials>,
        clients: Option<&ClientValidation>,
        protocol: Protocol,
    ) -> Option<Arc<ListenerTls>> {
        let mut key = Material::default();
        key.add(&[u8::from(protocol == Protocol::Https)]);
        for one in &credentials {
            key.add_credentials(one);
        }
        if let Some(clients) = clients {
            key.add(&[u8::from(clients.mode == FrontendValidationMode::AllowInsecureFallback)]);
            for authority in &clients.authorities {
                key.add(authority);
            }
        }
        let make = || match ListenerTls::new(&self.provider, credentials, clients, protocol) {
            Ok(made) => Some(made),
            Err(error) => {
                tracing::warn!("a listener cannot end TLS: {error}");
                None
            }
        };
        self.listeners.get(key.0, make)
    }

    /// How connections to a backend are secured. Where that cannot be done every connection fails: nothing is
    /// sent in plain.
    pub(crate) fn upstream(&self, security: Security) -> Arc<UpstreamTls> {
        let mut key = Material::default();
        key.add(security.server_name.as_bytes());
        key.add(format!("{:?}", security.subject_alt_names).as_bytes());
        match &security.authorities {
            Authorities::System => key.add(b"system"),
            Authorities::Certificates(all) => {
                key.add(b"certificates");
                for one in all {
                    key.add(one);
                }
            }
        }
        key.add(b"client");
        if let Some(one) = &security.client_certificate {
            key.add_credentials(one);
        }
        let found = self.upstream.get(key.0, || Some(UpstreamTls::new(&self.provider, security)));
        found.unwrap_or_else(|| unreachable!("it is always made"))
    }
}

/// What a configuration is made of, each part with its length.
#[derive(Default)]
struct Material(Vec<u8>);

impl Material {
    fn add(&mut self, part: &[u8]) {
        self.0.extend_from_slice(&part.len().to_be_bytes());
        self.0.extend_from_slice(part);
    }

    fn add_credentials(&mut self, credentials: &Credentials) {
        self.add(&credentials.chain);
        self.add(&credentials.key);
    }
}
