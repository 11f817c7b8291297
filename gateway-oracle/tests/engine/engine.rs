//! The engine, asked for JSON.

use gateway_core::{Arrival, Entrance, Profile, Request, Router, Snapshot, Transport};
use gateway_oracle::Target;
use gateway_oracle::generate::{Dial, Exchange};
use serde_json::Value;

pub(crate) struct Engine(pub(crate) Router);

impl Engine {
    pub(crate) fn new(snapshot: &Snapshot, profile: &Profile) -> Self {
        Self(Router::build(snapshot, profile).unwrap())
    }

    fn entrance(&self, target: &Target) -> Option<Entrance<'_>> {
        match target {
            Target::Gateway { namespace, name } => self.0.gateway(namespace, name).map(Entrance::from),
            Target::Service { namespace, name } => self.0.service(namespace, name).map(Entrance::from),
        }
    }

    /// Its decision; null when it does not know the Gateway or Service.
    pub(crate) fn decide(&self, exchange: &Exchange) -> Value {
        let Some(entrance) = self.entrance(&exchange.arrival.target) else { return Value::Null };
        let asked = &exchange.request;
        let headers: Vec<_> =
            asked.headers.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes())).collect();
        let request = Request {
            method: asked.method.as_bytes(),
            scheme: asked.scheme.as_deref().map(str::as_bytes),
            authority: asked.authority.as_bytes(),
            path: asked.path.as_bytes(),
            query: asked.query.as_deref().map(str::as_bytes),
            headers: &headers,
        };
        let arrived = self.0.arrive(entrance, &arrival(&exchange.arrival, Transport::Tcp));
        serde_json::to_value(self.0.route(arrived, &request, exchange.draw).report(&request)).unwrap()
    }

    /// What becomes of a connection; null when it does not know the Gateway or Service.
    pub(crate) fn connect(&self, dial: &Dial) -> Value {
        let Some(entrance) = self.entrance(&dial.arrival.target) else { return Value::Null };
        let transport = if dial.udp { Transport::Udp } else { Transport::Tcp };
        let arrived = self.0.arrive(entrance, &arrival(&dial.arrival, transport));
        serde_json::to_value(self.0.connect(arrived, dial.draw).report()).unwrap()
    }
}

fn arrival(arrival: &gateway_oracle::Arrival, transport: Transport) -> Arrival<'_> {
    Arrival {
        port: u16::try_from(arrival.port).unwrap(),
        sni: arrival.sni.as_deref(),
        transport,
        client_namespace: arrival.client_namespace.as_deref(),
    }
}
