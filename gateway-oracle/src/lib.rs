//! The specification of the Gateway API's data plane as code, for tests and fuzzing of `gateway-core`.
//!
//! The slow, obvious interpreter over the objects: every question is answered by walking all of them, each
//! function is headed by the rule it writes down, and nothing is built ahead. It reads
//! `gateway_core::model`, [`Snapshot`] and [`Profile`] as plain inputs and shares nothing with the engine,
//! so that two readings of the rules can be compared.
//!
//! * [`attachments`]: which listeners serve, which Route is attached to which, and why not.
//! * [`decide`]: what becomes of a request, with the candidates that were considered.
//! * [`connect`]: what becomes of a connection (TLSRoute, TCPRoute, UDPRoute).
//! * [`normal`]: the forms in which parts of a request are compared.
//! * [`generate`]: clusters whose rules collide, and requests that are aimed at them.
//!
//! `docs/decision.md` says what the JSON of the answers looks like; `DECISION.md`, how open corners are read.
#![forbid(unsafe_code)]

mod act;
mod attach;
mod connect;
mod decide;
mod decision;
pub mod generate;
mod matching;
pub mod normal;
mod rule;
mod world;

use gateway_core::{Profile, Snapshot};

pub use attach::verdicts::{
    Attached, Attachments, GatewayVerdict, ListenerSetVerdict, ListenerVerdict, ParentVerdict, RouteVerdict,
    Word,
};
pub use connect::{Connection, Pass};
pub use decide::{Candidate, Trace, Traced};
pub use decision::{
    Auth, BackendName, Decision, Edits, Forward, ListenerName, Mirror, Origin, Redirect, Respond, RouteName,
    ServiceName, Timeouts, Upstream, UpstreamTls, WeightedBackend,
};

/// Where a connection arrives.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub enum Target {
    /// At a Gateway.
    Gateway {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
    },
    /// At a Service, inside a mesh.
    Service {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
    },
}

/// A connection.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Arrival {
    /// Where it arrives.
    pub target: Target,
    /// The port that the client connected to.
    pub port: i32,
    /// The TLS server name.
    pub sni: Option<String>,
    /// The namespace of the client, for mesh traffic.
    pub client_namespace: Option<String>,
}

/// A request.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The scheme; absent means that of the listener.
    pub scheme: Option<String>,
    /// `Host` or `:authority`.
    pub authority: String,
    /// The path as it stands in the request.
    pub path: String,
    /// The query without `?`.
    pub query: Option<String>,
    /// All headers but `Host`, in order.
    pub headers: Vec<(String, String)>,
}

/// A cluster under one profile: the objects, and what follows for attachment.
#[derive(Debug)]
pub struct Oracle {
    world: world::World,
    attachments: attach::Graph,
}

impl Oracle {
    /// Reads the objects.
    pub fn new(snapshot: &Snapshot, profile: &Profile) -> Self {
        let world = world::World::new(snapshot, profile);
        let attachments = attach::graph(&world);
        Self { world, attachments }
    }

    /// See [`attachments`].
    pub fn attachments(&self) -> Attachments {
        attach::verdicts::of(&self.world, &self.attachments)
    }

    /// See [`decide`].
    pub fn decide(&self, arrival: &Arrival, request: &Request, draw: u64) -> Traced {
        decide::decide(&self.world, &self.attachments, arrival, request, draw)
    }

    /// See [`connect`].
    pub fn connect(&self, arrival: &Arrival, udp: bool, draw: u64) -> Connection {
        connect::connect(&self.world, &self.attachments, arrival, udp, draw)
    }
}

/// Which Route is attached to which listener, with which hostnames, or the first reason why not.
pub fn attachments(snapshot: &Snapshot, profile: &Profile) -> Attachments {
    Oracle::new(snapshot, profile).attachments()
}

/// What becomes of a request, and which candidates were considered.
pub fn decide(
    snapshot: &Snapshot,
    profile: &Profile,
    arrival: &Arrival,
    request: &Request,
    draw: u64,
) -> Traced {
    Oracle::new(snapshot, profile).decide(arrival, request, draw)
}

/// What becomes of a connection, or of a UDP flow.
pub fn connect(
    snapshot: &Snapshot,
    profile: &Profile,
    arrival: &Arrival,
    udp: bool,
    draw: u64,
) -> Connection {
    Oracle::new(snapshot, profile).connect(arrival, udp, draw)
}
