//! What is known of a backend when connections to it are opened.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};

use gateway_core::table::Target;
use gateway_core::{NamespacedName, Place, PlaceHost, Router, Snapshot, Transport};

use crate::tls::{TlsStore, UpstreamTls};

/// Where a backend is, and how connections there are secured.
#[derive(Debug)]
pub(crate) struct Reach {
    /// Its endpoints.
    pub(crate) places: Vec<Place>,
    /// How connections are secured; an error when no connection could be made.
    pub(crate) tls: Option<Arc<UpstreamTls>>,
    next: AtomicUsize,
}

impl Reach {
    /// The endpoints, each once, beginning with the one whose turn it is.
    pub(crate) fn in_turn(&self) -> impl Iterator<Item = &Place> {
        let first = self.next.fetch_add(1, Ordering::Relaxed) % self.places.len().max(1);
        self.places.iter().cycle().skip(first).take(self.places.len())
    }

    /// Whether an address is one of its endpoints.
    pub(crate) fn has(&self, address: SocketAddr) -> bool {
        let host = PlaceHost::Address(address.ip());
        self.places.iter().any(|place| place.port == address.port() && place.host == host)
    }
}

/// Backend, certificate of the Gateway, and transport, by where the router keeps them: they stay there as
/// long as the router does.
type Key = (usize, usize, Transport);

/// Backends that were asked for since the router was built.
#[derive(Debug, Default)]
pub(super) struct Backends(RwLock<HashMap<Key, Arc<Reach>>>);

impl Backends {
    /// What is known of a backend of this router.
    pub(super) fn reach(
        &self,
        (router, snapshot): (&Router, &Snapshot),
        store: &TlsStore,
        target: &Target,
        certificate: Option<&NamespacedName>,
        transport: Transport,
    ) -> Arc<Reach> {
        let place = |certificate| ptr::from_ref::<NamespacedName>(certificate) as usize;
        let key = (ptr::from_ref(target) as usize, certificate.map_or(0, place), transport);
        let poisoned = "no holder of this lock panics";
        if let Some(known) = self.0.read().expect(poisoned).get(&key) {
            return Arc::clone(known);
        }
        let security = router.security(snapshot, target, certificate);
        let reach = Arc::new(Reach {
            places: router.places(snapshot, target, transport),
            tls: security.map(|security| store.upstream(security)),
            next: AtomicUsize::new(0),
        });
        Arc::clone(self.0.write().expect(poisoned).entry(key).or_insert(reach))
    }
}
