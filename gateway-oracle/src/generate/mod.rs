//! Clusters whose rules collide, and requests that are aimed at them.
//!
//! Alphabets are small, so that hosts, paths and headers of different Routes meet. Objects are such that the
//! API server would take most of them; a share is broken in one respect. Everything is a
//! [`proptest`] strategy; [`sampler`] draws from one with a fixed seed.

mod alphabet;
mod backends;
mod cluster;
mod connection;
mod filters;
mod gateways;
mod matches;
mod pair;
mod request;
mod routes;

use gateway_core::{Object, ObjectKind, Snapshot};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::{Arrival, Request};

pub use cluster::cluster;
pub use connection::connection;
pub use pair::is_judged;
pub use request::exchange;

/// How large and how wild clusters are.
#[derive(Clone, Debug)]
pub struct Settings {
    /// At most so many Gateways.
    pub gateways: usize,
    /// At most so many listeners on each.
    pub listeners: usize,
    /// At most so many ListenerSets.
    pub listener_sets: usize,
    /// At most so many Routes.
    pub routes: usize,
    /// At most so many rules in each.
    pub rules: usize,
    /// The kinds of Routes.
    pub kinds: Vec<ObjectKind>,
    /// Of a hundred parts so many are broken.
    pub broken: u32,
    /// Whether HTTPS and TLS listeners occur.
    pub tls: bool,
    /// Whether filters occur.
    pub filters: bool,
    /// Whether CORS filters occur.
    pub cors: bool,
    /// Whether ExternalAuth filters occur.
    pub external_auth: bool,
    /// Whether EndpointSlices and BackendTLSPolicies occur.
    pub endpoints_and_policies: bool,
    /// Whether Routes on Services, and traffic to them, occur.
    pub mesh: bool,
    /// Of a hundred parents in a mesh so many are Services, and of a hundred requests.
    pub services: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            gateways: 3,
            listeners: 6,
            listener_sets: 3,
            routes: 12,
            rules: 3,
            kinds: vec![
                ObjectKind::HttpRoute,
                ObjectKind::GrpcRoute,
                ObjectKind::TlsRoute,
                ObjectKind::TcpRoute,
                ObjectKind::UdpRoute,
            ],
            broken: 4,
            tls: true,
            filters: true,
            cors: true,
            external_auth: true,
            endpoints_and_policies: true,
            mesh: true,
            services: 20,
        }
    }
}

impl Settings {
    /// HTTPRoutes alone, without CORS, ExternalAuth, EndpointSlices, policies and meshes.
    pub fn http() -> Self {
        Self {
            kinds: vec![ObjectKind::HttpRoute],
            cors: false,
            external_auth: false,
            endpoints_and_policies: false,
            mesh: false,
            ..Self::default()
        }
    }

    /// Routes on Services, with one small Gateway beside them.
    pub fn mesh() -> Self {
        Self { gateways: 1, listeners: 2, listener_sets: 0, services: 85, ..Self::default() }
    }

    /// TLSRoutes, TCPRoutes and UDPRoutes, on listeners for them.
    pub fn connections() -> Self {
        Self {
            kinds: vec![ObjectKind::TlsRoute, ObjectKind::TcpRoute, ObjectKind::UdpRoute],
            mesh: false,
            ..Self::default()
        }
    }
}

/// A request, where it arrives, and the caller's random bits.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Exchange {
    /// Where it arrives.
    pub arrival: Arrival,
    /// The request.
    pub request: Request,
    /// The caller's random bits.
    pub draw: u64,
}

/// A connection, and the caller's random bits.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Dial {
    /// Where it arrives.
    pub arrival: Arrival,
    /// Whether it is a flow of datagrams.
    pub udp: bool,
    /// The caller's random bits.
    pub draw: u64,
}

/// The objects of a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster(pub Vec<Object>);

impl Cluster {
    /// The objects, filed.
    pub fn snapshot(&self) -> Snapshot {
        self.0.iter().cloned().collect()
    }
}

/// Draws from strategies with a fixed seed.
#[derive(Debug)]
pub struct Sampler(TestRunner);

/// A sampler with a seed.
pub fn sampler(seed: u64) -> Sampler {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    Sampler(TestRunner::new_with_rng(Config::default(), rng))
}

impl Sampler {
    /// One value; `None` when the strategy has none.
    pub fn draw<T: std::fmt::Debug>(&mut self, strategy: &impl Strategy<Value = T>) -> Option<T> {
        strategy.new_tree(&mut self.0).ok().map(|tree| tree.current())
    }
}
