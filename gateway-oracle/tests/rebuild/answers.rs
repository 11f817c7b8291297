//! What a router says about a request or a connection, as JSON.

use gateway_core::{Arrival, Entrance, Request, Router, Transport};
use gateway_oracle::Target;
use gateway_oracle::generate::{Dial, Exchange};
use serde_json::{Value, json};

fn entrance<'r>(router: &'r Router, target: &Target) -> Option<Entrance<'r>> {
    match target {
        Target::Gateway { namespace, name } => router.gateway(namespace, name).map(Entrance::from),
        Target::Service { namespace, name } => router.service(namespace, name).map(Entrance::from),
    }
}

/// The decision and the explanation; null when the router does not know the Gateway or Service.
pub(crate) fn request(router: &Router, exchange: &Exchange) -> Value {
    let Some(entrance) = entrance(router, &exchange.arrival.target) else { return Value::Null };
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
    let explained = router.explain(entrance, &arrival, &request, exchange.draw);
    let decision = router.route(router.arrive(entrance, &arrival), &request, exchange.draw).report(&request);
    json!({"explained": explained, "decision": decision})
}

/// The same for a connection.
pub(crate) fn connection(router: &Router, dial: &Dial) -> Value {
    let Some(entrance) = entrance(router, &dial.arrival.target) else { return Value::Null };
    let transport = if dial.udp { Transport::Udp } else { Transport::Tcp };
    let arrival = arrival(&dial.arrival, transport);
    let explained = router.explain_connection(entrance, &arrival, dial.draw);
    let decision = router.connect(router.arrive(entrance, &arrival), dial.draw).report();
    json!({"explained": explained, "decision": decision})
}

fn arrival(arrival: &gateway_oracle::Arrival, transport: Transport) -> Arrival<'_> {
    Arrival {
        port: u16::try_from(arrival.port).unwrap(),
        sni: arrival.sni.as_deref(),
        transport,
        client_namespace: arrival.client_namespace.as_deref(),
    }
}
