//! One router, and what follows from it. Immutable but for what is worked out once on demand; readers keep
//! the one that they began with.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};

use gateway_core::table::{GatewayTable, Target};
use gateway_core::{ListenerKey, NamespacedName, Router, Snapshot, Transport};

use crate::config::Reach;
use crate::config::backends::Backends;
use crate::tls::{ListenerTls, TlsStore};

/// A socket that the router needs.
pub(crate) type Socket = (SocketAddr, Transport);

/// One router, and what follows from it.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) router: Router,
    pub(crate) snapshot: Snapshot,
    /// The sockets to be open, and whose they are.
    pub(crate) sockets: HashMap<Socket, NamespacedName>,
    store: Arc<TlsStore>,
    backends: Backends,
    listeners: Mutex<HashMap<ListenerKey, Option<Arc<ListenerTls>>>>,
}

impl State {
    pub(crate) fn new(
        router: Router,
        snapshot: Snapshot,
        addresses: &HashMap<NamespacedName, Vec<IpAddr>>,
        store: Arc<TlsStore>,
    ) -> Self {
        let mut sockets = HashMap::new();
        for table in router.tables() {
            for address in addresses.get(&table.name).into_iter().flatten() {
                for (port, transport) in table.ports() {
                    let socket = (SocketAddr::new(*address, port), transport);
                    if let Some(other) = sockets.get(&socket) {
                        tracing::warn!(
                            "{} is {other}'s, so that {} is not served there",
                            socket.0,
                            table.name
                        );
                        continue;
                    }
                    sockets.insert(socket, table.name.clone());
                }
            }
        }
        Self { router, snapshot, sockets, store, backends: Backends::default(), listeners: Mutex::default() }
    }

    /// The Gateway that a socket belongs to.
    pub(crate) fn gateway(&self, socket: &Socket) -> Option<&GatewayTable> {
        let name = self.sockets.get(socket)?;
        self.router.gateway(&name.namespace, &name.name)
    }

    /// What is known of a backend of this router.
    pub(crate) fn reach(
        &self,
        target: &Target,
        certificate: Option<&NamespacedName>,
        transport: Transport,
    ) -> Arc<Reach> {
        self.backends.reach((&self.router, &self.snapshot), &self.store, target, certificate, transport)
    }

    /// How a listener ends TLS; `None` when it has no certificate that can be used.
    pub(crate) fn listener_tls(&self, key: &ListenerKey) -> Option<Arc<ListenerTls>> {
        let mut known = self.listeners.lock().expect("no holder of this lock panics");
        if let Some(found) = known.get(key) {
            return found.clone();
        }
        let credentials = self.router.credentials(&self.snapshot, key);
        let node = self.router.listener_node(key)?;
        let made = self.store.listener(credentials, node.client_validation.as_deref(), node.protocol);
        known.insert(key.clone(), made.clone());
        made
    }
}
