//! The engine, asked for JSON.

use gateway_core::explain::Verdict;
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
        let arrival = arrival(&exchange.arrival, Transport::Tcp);
        let arrived = self.0.arrive(entrance, &arrival);
        let decision = self.0.route(arrived, &request, exchange.draw).report(&request);
        if matches!(entrance, Entrance::Service(_)) {
            let why = self.0.explain(entrance, &arrival, &request, exchange.draw);
            assert_eq!(why.decision, decision);
            let winner = why.candidates.iter().find(|one| one.verdict == Verdict::Wins);
            let decision = serde_json::to_value(&decision).unwrap();
            wins(winner.map(|one| one.route.as_str()), &decision);
        }
        serde_json::to_value(decision).unwrap()
    }

    /// What becomes of a connection; null when it does not know the Gateway or Service.
    pub(crate) fn connect(&self, dial: &Dial) -> Value {
        let Some(entrance) = self.entrance(&dial.arrival.target) else { return Value::Null };
        let transport = if dial.udp { Transport::Udp } else { Transport::Tcp };
        let arrival = arrival(&dial.arrival, transport);
        let decision = self.0.connect(self.0.arrive(entrance, &arrival), dial.draw).report();
        let why = self.0.explain_connection(entrance, &arrival, dial.draw);
        assert_eq!(why.decision, decision);
        let winner = why.candidates.iter().find(|one| one.verdict == Verdict::Wins);
        let decision = serde_json::to_value(decision).unwrap();
        wins(winner.map(|one| one.route.as_str()), &decision);
        decision
    }
}

/// The candidate that wins an explanation is the Route of the decision, or the Service itself.
fn wins(winner: Option<&str>, decision: &Value) {
    let route = &decision["route"];
    let name = |kind: &str, one: &Value| {
        format!("{kind}/{}/{}", one["namespace"].as_str().unwrap(), one["name"].as_str().unwrap())
    };
    let named = route.is_object().then(|| name(route["kind"].as_str().unwrap(), route));
    let service = &decision["service"];
    let is_plain = service.is_object() && decision["decision"] == "forward" && named.is_none();
    let expected = named.or_else(|| is_plain.then(|| name("Service", service)));
    assert_eq!(winner, expected.as_deref(), "{decision}");
}

fn arrival(arrival: &gateway_oracle::Arrival, transport: Transport) -> Arrival<'_> {
    Arrival {
        port: u16::try_from(arrival.port).unwrap(),
        sni: arrival.sni.as_deref(),
        transport,
        client_namespace: arrival.client_namespace.as_deref(),
    }
}
