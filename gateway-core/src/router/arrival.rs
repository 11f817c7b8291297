//! Where connections come in, and who takes them.

use alloc::sync::Arc;

use crate::attach::Protocol;
use crate::compile::Index;
use crate::matching::{RequestView, request_host};
use crate::profile::Hosts;
use crate::table::{ConnectionEntry, Entry, GatewayTable, ListenerTable, ServiceTable};

/// Where a connection comes in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Arrival<'a> {
    /// The port the client connected to, not the one in its Host header (MATCH-01).
    pub port: u16,
    /// The TLS server name, if the client sent one.
    pub sni: Option<&'a str>,
    /// What the connection is made of; TCP unless said otherwise.
    pub transport: Transport,
    /// The client's namespace; matters in a mesh alone (MATCH-91).
    pub client_namespace: Option<&'a str>,
}

/// What a connection is for.
#[derive(Clone, Copy, Debug)]
pub enum Entrance<'r> {
    /// A Gateway.
    Gateway(&'r GatewayTable),
    /// A Service of a mesh.
    Service(&'r ServiceTable),
}

impl<'r> From<&'r GatewayTable> for Entrance<'r> {
    fn from(gateway: &'r GatewayTable) -> Self {
        Self::Gateway(gateway)
    }
}

impl<'r> From<&'r ServiceTable> for Entrance<'r> {
    fn from(service: &'r ServiceTable) -> Self {
        Self::Service(service)
    }
}

/// What carries a connection: one port number can serve both (ATT-033).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transport {
    /// A stream.
    #[default]
    Tcp,
    /// A flow of datagrams.
    Udp,
}

/// A connection: the listeners of its port, and the one its SNI chose.
#[derive(Clone, Copy, Debug)]
pub struct Arrived<'r> {
    /// The listeners of the port, most specific hostname first; in a mesh the one for the client.
    listeners: &'r [Arc<ListenerTable>],
    /// What the SNI chose among the HTTPS and TLS listeners.
    by_sni: Option<&'r ListenerTable>,
    /// What the SNI chose on a TLS listener.
    by_name: Option<&'r ConnectionEntry>,
    /// One for each of the listeners; none in a mesh, nor for the tables of another router.
    indexes: &'r [Index],
    transport: Transport,
}

/// Who takes a connection.
pub(crate) enum Taker<'r> {
    /// No listener.
    Nobody,
    /// One for HTTP; which one, the host of a plain request says.
    Http(Option<&'r ListenerTable>),
    /// One whose Routes take connections, and the one of them that does.
    Routes(&'r ListenerTable, Option<&'r ConnectionEntry>),
}

impl<'r> Arrived<'r> {
    /// `indexes` is one for each listener of the Gateway, or none.
    pub(super) fn at(entrance: Entrance<'r>, indexes: &'r [Index], arrival: &Arrival<'_>) -> Self {
        match entrance {
            Entrance::Gateway(gateway) => at_gateway(gateway, indexes, arrival),
            Entrance::Service(service) => in_mesh(service, arrival),
        }
    }

    /// In a mesh, the port of the Service as the client sees it: the address decides, not the host
    /// (MATCH-90, ATT-213).
    pub(crate) fn in_mesh(&self) -> Option<&'r ListenerTable> {
        self.listeners.first().map(|port| &**port).filter(|port| port.service.is_some())
    }

    /// MATCH-50: the first entry of one of the listeners that the request meets, from its index; where there
    /// is none, from the table itself.
    pub(super) fn find(
        &self,
        listener: &'r ListenerTable,
        host: &[u8],
        request: &impl RequestView,
        hosts: Hosts,
    ) -> Option<&'r Entry> {
        let position = self.listeners.iter().position(|known| core::ptr::eq(&raw const **known, listener));
        match position.and_then(|position| self.indexes.get(position)) {
            Some(index) => index.find_at_host(host, request, hosts),
            None => first(listener, host, request, hosts),
        }
    }

    /// MATCH-04: by port and protocol, for TLS and HTTPS by server name too.
    pub(crate) fn taker(&self) -> Taker<'r> {
        let of = |protocol| self.listeners.iter().find(|listener| listener.protocol == protocol);
        // MATCH-80: all of a port goes to the oldest Route.
        let of_port =
            |listener: &'r Arc<ListenerTable>| Taker::Routes(listener, listener.connection_entries().next());
        if self.transport == Transport::Udp {
            return of(Protocol::Udp).map_or(Taker::Nobody, of_port);
        }
        if let Some(listener) = of(Protocol::Tcp) {
            return of_port(listener);
        }
        if let Some(port) = self.in_mesh() {
            return Taker::Http(Some(port));
        }
        match self.by_sni {
            _ if of(Protocol::Http).is_some() => Taker::Http(None),
            None => Taker::Nobody,
            Some(listener) if listener.protocol == Protocol::Https => Taker::Http(Some(listener)),
            Some(listener) => Taker::Routes(listener, self.by_name),
        }
    }

    /// The listener that the connection's SNI chose on an HTTPS port (MATCH-12).
    pub fn by_sni(&self) -> Option<&'r ListenerTable> {
        self.by_sni
    }

    /// The listeners of the port, most specific hostname first.
    pub fn listeners(&self) -> &'r [Arc<ListenerTable>] {
        self.listeners
    }
}

/// The listeners of a Gateway that a connection can be for.
fn at_gateway<'r>(gateway: &'r GatewayTable, indexes: &'r [Index], arrival: &Arrival<'_>) -> Arrived<'r> {
    let start = gateway.listeners.partition_point(|listener| listener.port < arrival.port);
    let end = gateway.listeners.partition_point(|listener| listener.port <= arrival.port);
    let listeners = gateway.listeners.get(start..end).unwrap_or_default();
    let secure =
        |listener: &&Arc<ListenerTable>| matches!(listener.protocol, Protocol::Https | Protocol::Tls);
    // MATCH-12: without SNI only a listener for every name takes the connection.
    let name = request_host(arrival.sni.unwrap_or_default().as_bytes());
    let by_sni = listeners.iter().filter(secure).find(|listener| listener.hostname.matches(name));
    let by_sni = by_sni.map(|listener| &**listener);
    // MATCH-72: without SNI no TLSRoute matches.
    let is_named = !name.is_empty();
    let by_name = by_sni
        .filter(|_| is_named)
        .and_then(|listener| listener.connection_entries().find(|entry| entry.hostname.matches(name)));
    let indexes = indexes.get(start..end).unwrap_or_default();
    Arrived { listeners, by_sni, by_name, indexes, transport: arrival.transport }
}

/// MATCH-90, MATCH-91: the port of a Service, as clients of a namespace see it.
fn in_mesh<'r>(service: &'r ServiceTable, arrival: &Arrival<'_>) -> Arrived<'r> {
    let is_udp = arrival.transport == Transport::Udp;
    let port = service.ports.iter().find(|port| (port.port, port.is_udp) == (arrival.port, is_udp));
    let listeners =
        port.map(|port| core::slice::from_ref(port.seen_from(arrival.client_namespace))).unwrap_or_default();
    Arrived { listeners, by_sni: None, by_name: None, indexes: &[], transport: arrival.transport }
}

/// MATCH-50: the first entry in rank order that the request meets.
fn first<'r>(
    listener: &'r ListenerTable,
    host: &[u8],
    request: &impl RequestView,
    hosts: Hosts,
) -> Option<&'r Entry> {
    let mut named = listener.entries().skip_while(|entry| !entry.hostname.matches(host));
    let owner = &named.clone().next()?.hostname;
    named.find(|entry| {
        // AMBIG-22: a virtual host keeps its requests, whether it has a rule for them or not.
        let is_served = match hosts {
            Hosts::FallThrough => entry.hostname.matches(host),
            Hosts::VirtualHost => entry.hostname == *owner,
        };
        is_served && entry.is_met(request)
    })
}
