//! The engine, asked for JSON.

use gateway_core::{Arrival, Profile, Request, Router, Snapshot};
use gateway_oracle::Target;
use gateway_oracle::generate::Exchange;
use serde_json::Value;

pub(crate) struct Engine(pub(crate) Router);

impl Engine {
    pub(crate) fn new(snapshot: &Snapshot, profile: &Profile) -> Self {
        Self(Router::build(snapshot, profile).unwrap())
    }

    /// Its decision; null when it does not know the Gateway.
    pub(crate) fn decide(&self, exchange: &Exchange) -> Value {
        let Target::Gateway { namespace, name } = &exchange.arrival.target else { return Value::Null };
        let Some(gateway) = self.0.gateway(namespace, name) else { return Value::Null };
        let asked = &exchange.request;
        let headers: Vec<_> =
            asked.headers.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes())).collect();
        let request = Request {
            method: asked.method.as_bytes(),
            authority: asked.authority.as_bytes(),
            path: asked.path.as_bytes(),
            query: asked.query.as_deref().map(str::as_bytes),
            headers: &headers,
        };
        let port = u16::try_from(exchange.arrival.port).unwrap();
        let arrived = self.0.arrive(gateway, &Arrival { port, sni: exchange.arrival.sni.as_deref() });
        serde_json::to_value(self.0.route(arrived, &request, exchange.draw).report(&request)).unwrap()
    }
}
