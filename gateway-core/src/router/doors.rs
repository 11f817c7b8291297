//! Which ports of a Gateway are to be opened, and how a connection there begins (MATCH-01, ATT-033).

use alloc::collections::BTreeSet;

use crate::attach::Protocol;
use crate::router::{Arrived, Transport};
use crate::table::{GatewayTable, ListenerTable};

impl GatewayTable {
    /// The ports that its listeners take connections on, in order. Several listeners share a port.
    pub fn ports(&self) -> BTreeSet<(u16, Transport)> {
        self.listeners.iter().map(|listener| (listener.port, transport(listener))).collect()
    }
}

fn transport(listener: &ListenerTable) -> Transport {
    if listener.protocol == Protocol::Udp { Transport::Udp } else { Transport::Tcp }
}

impl Arrived<'_> {
    /// Whether a connection begins with a TLS handshake that has to be looked at: who takes it depends on
    /// the server name (MATCH-04). On a port with a listener for HTTP or TCP nobody looks.
    pub fn begins_with_tls(&self) -> bool {
        let speaks =
            |wanted: &[Protocol]| self.listeners().iter().any(|listener| wanted.contains(&listener.protocol));
        speaks(&[Protocol::Https, Protocol::Tls]) && !speaks(&[Protocol::Http, Protocol::Tcp])
    }
}
