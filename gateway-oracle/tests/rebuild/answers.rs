//! What a router says about a request or a connection, as JSON.

use gateway_core::{Arrival, Request, Router, Transport};
use gateway_oracle::Target;
use gateway_oracle::generate::{Dial, Exchange};
use serde_json::{Value, json};

/// The explanation, which holds the decision; null when the router does not know the Gateway.
pub(crate) fn request(router: &Router, exchange: &Exchange) -> Value {
    let Target::Gateway { namespace, name } = &exchange.arrival.target else { return Value::Null };
    let Some(gateway) = router.gateway(namespace, name) else { return Value::Null };
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
    let arrival = arrival(&exchange.arrival, Transport::Tcp);
    let explained = router.explain(gateway, &arrival, &request, exchange.draw);
    let decision = router.route(router.arrive(gateway, &arrival), &request, exchange.draw).report(&request);
    json!({"explained": explained, "decision": decision})
}

/// What becomes of a connection; null when the router does not know the Gateway.
pub(crate) fn connection(router: &Router, dial: &Dial) -> Value {
    let Target::Gateway { namespace, name } = &dial.arrival.target else { return Value::Null };
    let Some(gateway) = router.gateway(namespace, name) else { return Value::Null };
    let transport = if dial.udp { Transport::Udp } else { Transport::Tcp };
    let arrived = router.arrive(gateway, &arrival(&dial.arrival, transport));
    serde_json::to_value(router.connect(arrived, dial.draw).report()).unwrap()
}

fn arrival(arrival: &gateway_oracle::Arrival, transport: Transport) -> Arrival<'_> {
    Arrival { port: u16::try_from(arrival.port).unwrap(), sni: arrival.sni.as_deref(), transport }
}
