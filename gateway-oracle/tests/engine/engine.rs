//! The engine, asked for JSON.

use gateway_core::{Arrival, Profile, Request, Router, Snapshot, Transport};
use gateway_oracle::Target;
use gateway_oracle::generate::{Dial, Exchange};
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
        let arrived = self.0.arrive(gateway, &arrival(&exchange.arrival, Transport::Tcp));
        serde_json::to_value(self.0.route(arrived, &request, exchange.draw).report(&request)).unwrap()
    }

    /// What becomes of a connection; null when it does not know the Gateway.
    pub(crate) fn connect(&self, dial: &Dial) -> Value {
        let Target::Gateway { namespace, name } = &dial.arrival.target else { return Value::Null };
        let Some(gateway) = self.0.gateway(namespace, name) else { return Value::Null };
        let transport = if dial.udp { Transport::Udp } else { Transport::Tcp };
        let arrived = self.0.arrive(gateway, &arrival(&dial.arrival, transport));
        serde_json::to_value(self.0.connect(arrived, dial.draw).report()).unwrap()
    }
}

fn arrival(arrival: &gateway_oracle::Arrival, transport: Transport) -> Arrival<'_> {
    Arrival { port: u16::try_from(arrival.port).unwrap(), sni: arrival.sni.as_deref(), transport }
}
