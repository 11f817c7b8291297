//! The ordered rules of every listener: the single truth about precedence.
//!
//! One [`Entry`] stands for one hostname and one match of one rule, of an HTTPRoute or a GRPCRoute.
//! Entries are sorted by [`Rank`]; the first one that a request meets is the answer. Everything about
//! order is in the derived `Ord` of `Rank`, nothing is compared when a request comes. Entries of one
//! hostname stand together: no request meets two hostnames of one length. A
//! [`ConnectionEntry`] is the same for Routes that take connections instead of requests.

mod backend;
mod build;
mod connection;
mod cors;
mod filter;
mod grpc;
mod hosts;
mod http;
mod mesh;
mod rank;
mod ready;
mod rule;
mod traffic;

use alloc::sync::Arc;
use alloc::vec::Vec;

pub use backend::{Backend, Target, UpstreamTls};
pub use connection::{ConnectionEntry, ConnectionRank};
pub use cors::{AllowedOrigin, Cors, CorsList, OriginHost};
pub use filter::{Extension, ExternalAuth, Filter, Mirror};
pub use hosts::{HostTable, HostTables};
pub use mesh::{ServicePortTable, ServiceTable};
pub use rank::{GrpcRank, HttpRank, MatchRank, PathRank, Rank};
pub use rule::Rule;
pub(crate) use traffic::written;
pub use traffic::{BackendTraffic, Retries, RetryBudget, SessionCarrier, Sessions, Timeouts};

use crate::attach::{HostPattern, Protocol};
use crate::key::{ListenerKey, NamespacedName};
use crate::matching::{Conditions, RequestView};

/// The tables of one Gateway.
#[derive(Clone, Debug)]
pub struct GatewayTable {
    /// The Gateway.
    pub name: NamespacedName,
    /// Its listeners that take part in routing, most specific hostname first within a port (MATCH-03).
    pub listeners: Vec<Arc<ListenerTable>>,
}

/// The ordered rules of one listener. In a mesh, of one port of a Service, as some clients see it.
#[derive(Clone, Debug)]
pub struct ListenerTable {
    /// The listener.
    pub key: ListenerKey,
    /// Its port.
    pub port: u16,
    /// What it speaks.
    pub protocol: Protocol,
    /// Its hostname.
    pub hostname: HostPattern,
    /// Whether TLS ends here; what does not end here is passed on as it comes (MATCH-73).
    pub ends_tls: bool,
    /// Whether it can serve; a listener without a usable certificate is here but cannot.
    pub programmed: bool,
    /// The Secret with the certificate that its Gateway shows to backends that it reaches over TLS
    /// (FILT-176).
    pub client_certificate: Option<Arc<NamespacedName>>,
    /// In a mesh, the Service itself: where rules without backends lead (MATCH-95, AMBIG-31).
    pub service: Option<Backend>,
    /// Its rules for requests.
    pub hosts: HostTables,
    /// Its rules for connections; none where HTTP is spoken.
    pub connections: HostTables<ConnectionEntry>,
}

impl ListenerTable {
    /// Its rules for requests, first match wins.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> + Clone {
        hosts::entries(&self.hosts)
    }

    /// Its rules for connections, first match wins.
    pub fn connection_entries(&self) -> impl Iterator<Item = &ConnectionEntry> + Clone {
        hosts::entries(&self.connections)
    }

    /// Whether both listeners of a Gateway say the same, and share their rules.
    fn is_same(&self, other: &Self) -> bool {
        let Self { key, port, protocol, hostname, ends_tls, programmed, .. } = self;
        let Self { client_certificate, service: _, hosts, connections, .. } = self;
        (key, port, protocol, hostname) == (&other.key, &other.port, &other.protocol, &other.hostname)
            && (ends_tls, programmed) == (&other.ends_tls, &other.programmed)
            && *client_certificate == other.client_certificate
            && hosts.is_same(&other.hosts)
            && connections.is_same(&other.connections)
    }
}

/// One hostname and one match of one rule.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place in the order.
    pub rank: Rank,
    /// The name that listener and Route share.
    pub hostname: HostPattern,
    /// What the request must be like; `None` matches every request (MATCH-30).
    pub conditions: Option<Conditions>,
    /// The rule it belongs to.
    pub rule: Arc<Rule>,
    /// The match's index in its rule.
    pub match_index: usize,
    /// The rule's backends, where every request goes to the only one there is: decided without reading the rule,
    /// which lies elsewhere in memory.
    pub(crate) lone_backend: Option<Arc<[Backend]>>,
}

impl Entry {
    /// Whether a request meets all conditions; its host is not one of them.
    pub(crate) fn is_met(&self, request: &impl RequestView) -> bool {
        self.conditions.as_ref().is_none_or(|conditions| conditions.unmet(request).is_none())
    }
}

pub(crate) use build::Tables;
