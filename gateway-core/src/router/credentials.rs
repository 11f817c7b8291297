//! Certificates with their keys: those that listeners show to clients, and a Gateway to backends (MATCH-12,
//! FILT-176, AMBIG-07).

use alloc::vec::Vec;
use core::fmt;

use crate::attach::{CertificateName, ListenerNode, certificate_names};
use crate::key::{ListenerKey, NamespacedName};
use crate::matching::request_host;
use crate::model::Secret;
use crate::router::Router;
use crate::snapshot::Snapshot;

/// A certificate chain with its key, as a Secret holds them.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The Secret.
    pub secret: NamespacedName,
    /// The DNS names of the certificate.
    pub names: Vec<CertificateName>,
    /// The chain, as PEM.
    pub chain: Vec<u8>,
    /// The private key, as PEM.
    pub key: Vec<u8>,
}

impl fmt::Debug for Credentials {
    /// Without the key (ATT-020).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("secret", &self.secret).finish_non_exhaustive()
    }
}

impl Credentials {
    /// Those of a Secret; `None` when it has no chain and key that belong together.
    pub fn of(snapshot: &Snapshot, secret: &NamespacedName) -> Option<Self> {
        let object = snapshot.secrets.get(secret)?;
        Self::read(secret, object)
    }

    fn read(name: &NamespacedName, secret: &Secret) -> Option<Self> {
        let names = certificate_names(secret)?;
        let (chain, key) = (secret.value("tls.crt")?, secret.value("tls.key")?);
        Some(Self { secret: name.clone(), names, chain, key })
    }

    /// Those to show to a client that asks for a server name: the first that are good for it, or else the
    /// first. `None` when there are none.
    pub fn for_server_name<'c>(all: &'c [Self], server_name: Option<&str>) -> Option<&'c Self> {
        let name = core::str::from_utf8(request_host(server_name.unwrap_or_default().as_bytes()));
        let name = name.unwrap_or_default();
        let good = all.iter().find(|one| one.names.iter().any(|known| known.covers(name)));
        good.or_else(|| all.first())
    }
}

impl Router {
    /// Everything found out about a listener; `None` when there is no such listener.
    pub fn listener_node(&self, key: &ListenerKey) -> Option<&ListenerNode> {
        self.graph.listener(key)
    }

    /// The certificates that a listener shows, in the order in which it names them; those that cannot be used
    /// are left out (ATT-061..065). `snapshot` is the one that this router was built from.
    pub fn credentials(&self, snapshot: &Snapshot, listener: &ListenerKey) -> Vec<Credentials> {
        let Some(node) = self.listener_node(listener).filter(|node| node.ends_tls()) else {
            return Vec::new();
        };
        let references = node.spec.tls.as_ref().and_then(|tls| tls.certificate_refs.as_deref());
        let is_usable =
            |index: usize| node.certificates.problems.iter().all(|problem| problem.index != Some(index));
        let usable = references.unwrap_or_default().iter().enumerate().filter(|(index, _)| is_usable(*index));
        usable
            .filter_map(|(_, reference)| {
                let namespace = reference.namespace_or(&listener.owner.namespace);
                Credentials::of(snapshot, &NamespacedName::new(namespace, &*reference.name))
            })
            .collect()
    }
}
