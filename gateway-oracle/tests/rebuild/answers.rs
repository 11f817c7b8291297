//! What a router says about a request or a connection, as JSON.

use gateway_core::Router;
use gateway_oracle::generate::{Dial, Exchange};
use serde_json::{Value, json};

use crate::ask;

/// The decision and the explanation; null when the router does not know the Gateway or Service.
pub(crate) fn request(router: &Router, exchange: &Exchange) -> Value {
    let Some(entrance) = ask::entrance(router, &exchange.arrival.target) else { return Value::Null };
    ask::exchanged(exchange, |arrival, request| {
        let explained = router.explain(entrance, arrival, request, exchange.draw);
        let decision = router.route(router.arrive(entrance, arrival), request, exchange.draw).report(request);
        json!({"explained": explained, "decision": decision})
    })
}

/// The same for a connection.
pub(crate) fn connection(router: &Router, dial: &Dial) -> Value {
    let Some(entrance) = ask::entrance(router, &dial.arrival.target) else { return Value::Null };
    let arrival = ask::dialled(dial);
    let explained = router.explain_connection(entrance, &arrival, dial.draw);
    let decision = router.connect(router.arrive(entrance, &arrival), dial.draw).report();
    json!({"explained": explained, "decision": decision})
}
