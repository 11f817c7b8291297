//! One request: what the engine decides is carried out.

use std::sync::Arc;
use std::time::Instant;

use gateway_core::{Arrival, Decision, RequestView};
use http::{Method, Request, Response, StatusCode};
use hyper::body::Incoming;

use crate::body::Body;
use crate::http::serve::Client;
use crate::http::{answer, forward, message, session, upgrade};
use crate::proxy::Proxy;

/// Answers a request.
pub(super) async fn handle(
    proxy: Arc<Proxy>,
    client: Arc<Client>,
    mut request: Request<Incoming>,
) -> Response<Body> {
    let started = Instant::now();
    let upgrade = upgrade::of(&mut request, &client.door);
    let (parts, body) = request.into_parts();
    if message::is_malformed(&parts) {
        return answer::status(StatusCode::BAD_REQUEST);
    }
    if parts.method == Method::CONNECT {
        // A tunnel to wherever the client says is none of a Gateway's business.
        return answer::status(StatusCode::NOT_IMPLEMENTED);
    }

    let state = proxy.state();
    let Some(gateway) = state.gateway(&client.door.socket) else {
        return answer::status(StatusCode::NOT_FOUND);
    };
    let arrival =
        Arrival { port: client.door.port(), sni: client.server_name.as_deref(), ..Arrival::default() };
    let draw = rand::random::<u64>();
    let arrived = state.router.arrive(gateway, &arrival);
    let decision = state.router.route(arrived, &parts, draw);
    let (decision, held) = session::hold(&state, decision, &parts, draw);
    let job = forward::Job { proxy: &proxy, state: &state, parts: &parts, draw, started };
    let response = match decision {
        Decision::Forward(onward) => forward::forward(job, onward, held, body, upgrade).await,
        _ => answer::decided(&decision, &parts),
    };
    tracing::debug!(
        peer = %client.door.peer,
        method = %parts.method,
        host = %String::from_utf8_lossy(RequestView::authority(&parts)),
        path = parts.uri.path(),
        status = response.status().as_u16(),
        elapsed = ?started.elapsed(),
        "request"
    );
    proxy.metrics.request(&decision, response.status(), started.elapsed());
    response
}
