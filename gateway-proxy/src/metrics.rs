//! What is counted, for Prometheus.

use std::time::Duration;

use gateway_core::{Connection, Decision};
use http::StatusCode;
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    decision: &'static str,
    reason: &'static str,
    code: u16,
}

/// What became of a connection or a flow.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Taken {
    decision: &'static str,
    reason: &'static str,
}

/// What is counted.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    duration: Histogram,
    connections: Family<Taken, Counter>,
    open: Gauge,
    retries: Counter,
    dropped: Counter,
    rebuilds: Counter,
    rebuild_duration: Histogram,
}

/// A connection that is open until this is dropped.
#[derive(Debug)]
pub(crate) struct OpenConnection(Gauge);

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("gateway_proxy");
        let requests = Family::default();
        registry.register(
            "requests",
            "Requests by decision, its reason and the status sent",
            requests.clone(),
        );
        let duration = Histogram::new(exponential_buckets(0.0005, 2.0, 16));
        registry.register_with_unit(
            "request_duration",
            "Time until the headers of the answer",
            Unit::Seconds,
            duration.clone(),
        );
        let connections = Family::default();
        registry.register("connections", "Connections and flows by decision", connections.clone());
        let open = Gauge::default();
        registry.register("open_connections", "Connections that are open", open.clone());
        let retries = Counter::default();
        registry.register("retries", "Tries after the first one", retries.clone());
        let dropped = Counter::default();
        registry.register("datagrams_dropped", "Datagrams that were dropped", dropped.clone());
        let rebuilds = Counter::default();
        registry.register("rebuilds", "Changes of the configuration", rebuilds.clone());
        let rebuild_duration = Histogram::new(exponential_buckets(0.0001, 2.0, 16));
        registry.register_with_unit(
            "rebuild_duration",
            "Time until a change is in force",
            Unit::Seconds,
            rebuild_duration.clone(),
        );
        Self { registry, requests, duration, connections, open, retries, dropped, rebuilds, rebuild_duration }
    }

    pub(crate) fn request(&self, decision: &Decision<'_>, status: StatusCode, elapsed: Duration) {
        let (decision, reason) = match decision {
            Decision::Forward(_) => ("forward", ""),
            Decision::Redirect(_) => ("redirect", ""),
            Decision::Respond(respond) => ("respond", respond.reason.as_str()),
        };
        self.requests.get_or_create(&Request { decision, reason, code: status.as_u16() }).inc();
        self.duration.observe(elapsed.as_secs_f64());
    }

    pub(crate) fn connection(&self, connection: &Connection<'_>) {
        let (decision, reason) = match connection {
            Connection::Forward(_) => ("forward", ""),
            Connection::Reject(reject) => ("reject", reject.reason.as_str()),
            Connection::Http(_) => ("http", ""),
        };
        self.connections.get_or_create(&Taken { decision, reason }).inc();
    }

    pub(crate) fn open_connection(&self) -> OpenConnection {
        self.open.inc();
        OpenConnection(self.open.clone())
    }

    pub(crate) fn retry(&self) {
        self.retries.inc();
    }

    pub(crate) fn datagram_dropped(&self) {
        self.dropped.inc();
    }

    pub(crate) fn rebuilt(&self, elapsed: Duration) {
        self.rebuilds.inc();
        self.rebuild_duration.observe(elapsed.as_secs_f64());
    }

    /// Everything, in the text format.
    pub(crate) fn text(&self) -> Result<String, std::fmt::Error> {
        let mut written = String::new();
        text::encode(&mut written, &self.registry)?;
        Ok(written)
    }
}
