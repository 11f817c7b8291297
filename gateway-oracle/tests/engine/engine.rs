//! The engine, asked for JSON.

use gateway_core::explain::Verdict;
use gateway_core::{Entrance, Profile, Router, Snapshot};
use gateway_oracle::generate::{Dial, Exchange};
use serde_json::Value;

use crate::ask;

pub(crate) struct Engine(pub(crate) Router);

impl Engine {
    pub(crate) fn new(snapshot: &Snapshot, profile: &Profile) -> Self {
        Self(Router::build(snapshot, profile).unwrap())
    }

    /// Its decision; null when it does not know the Gateway or Service.
    pub(crate) fn decide(&self, exchange: &Exchange) -> Value {
        let Some(entrance) = ask::entrance(&self.0, &exchange.arrival.target) else { return Value::Null };
        ask::exchanged(exchange, |arrival, request| {
            let arrived = self.0.arrive(entrance, arrival);
            let decision = self.0.route(arrived, request, exchange.draw).report(request);
            if matches!(entrance, Entrance::Service(_)) {
                let why = self.0.explain(entrance, arrival, request, exchange.draw);
                assert_eq!(why.decision, decision);
                let winner = why.candidates.iter().find(|one| one.verdict == Verdict::Wins);
                let decision = serde_json::to_value(&decision).unwrap();
                wins(winner.map(|one| one.route.as_str()), &decision);
            }
            serde_json::to_value(decision).unwrap()
        })
    }

    /// What becomes of a connection; null when it does not know the Gateway or Service.
    pub(crate) fn connect(&self, dial: &Dial) -> Value {
        let Some(entrance) = ask::entrance(&self.0, &dial.arrival.target) else { return Value::Null };
        let arrival = ask::dialled(dial);
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
