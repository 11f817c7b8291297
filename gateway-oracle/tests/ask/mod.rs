//! What the generators draw, as the engine is asked.

use gateway_core::{Arrival, Entrance, Request, Router, Transport};
use gateway_oracle::Target;
use gateway_oracle::generate::{Dial, Exchange};

/// What is asked; `None` when the router does not know the Gateway or Service.
pub(crate) fn entrance<'r>(router: &'r Router, target: &Target) -> Option<Entrance<'r>> {
    match target {
        Target::Gateway { namespace, name } => router.gateway(namespace, name).map(Entrance::from),
        Target::Service { namespace, name } => router.service(namespace, name).map(Entrance::from),
    }
}

/// The connection and the request of an exchange.
pub(crate) fn exchanged<T>(exchange: &Exchange, ask: impl FnOnce(&Arrival<'_>, &Request<'_>) -> T) -> T {
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
    ask(&arrival(&exchange.arrival, Transport::Tcp), &request)
}

/// The connection of a dial.
pub(crate) fn dialled(dial: &Dial) -> Arrival<'_> {
    arrival(&dial.arrival, if dial.udp { Transport::Udp } else { Transport::Tcp })
}

fn arrival(arrival: &gateway_oracle::Arrival, transport: Transport) -> Arrival<'_> {
    Arrival {
        port: u16::try_from(arrival.port).unwrap(),
        sni: arrival.sni.as_deref(),
        transport,
        client_namespace: arrival.client_namespace.as_deref(),
    }
}
