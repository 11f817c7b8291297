//! A request that goes on to a backend, and the answer that comes back.

use std::sync::Arc;
use std::time::Instant;

use gateway_core::Forward;
use gateway_core::act::ApplyError;
use http::{HeaderName, HeaderValue, Request, Response, StatusCode, request};
use hyper::body::Incoming;

use crate::body::{self, Body};
use crate::config::State;
use crate::http::attempts::{self, Answer};
use crate::http::session::{self, Held};
use crate::http::upgrade::{self, Upgrade};
use crate::http::{answer, auth, message, mirror};
use crate::proxy::Proxy;

/// A request, and what it was decided by.
#[derive(Clone, Copy)]
pub(super) struct Job<'j> {
    pub(super) proxy: &'j Arc<Proxy>,
    pub(super) state: &'j Arc<State>,
    /// The request as the client sent it.
    pub(super) parts: &'j request::Parts,
    pub(super) draw: u64,
    pub(super) started: Instant,
}

/// Carries out a decision.
pub(super) async fn forward(
    job: Job<'_>,
    forward: Forward<'_>,
    held: Held,
    body: Incoming,
    upgrade: Option<Upgrade>,
) -> Response<Body> {
    if let (Held::Lost, Some(lost)) = (&held, forward.lost_session(job.parts)) {
        return answer::failure(lost);
    }
    let allowed = match auth::ask(job, &forward, body::incoming(body)).await {
        Ok(allowed) => allowed,
        Err(denied) => return *denied,
    };
    // What the authorization server says replaces headers of the client's request.
    let parts = allowed.parts;
    let job = Job { parts: parts.as_ref().unwrap_or(job.parts), ..job };
    let body = mirror::mirror(job, &forward, allowed.body);
    let only = match &held {
        Held::At(place) => Some(place),
        Held::None | Held::Lost => None,
    };
    let protocol = upgrade.as_ref().map(|upgrade| &upgrade.protocol);
    let Answer { forward, sent, deadline } = match attempts::attempt(job, forward, only, body, protocol).await
    {
        Ok(answer) => answer,
        Err(failed) => return *failed,
    };

    let (mut response, place) = (sent.response, sent.place);
    let switched = response.status() == StatusCode::SWITCHING_PROTOCOLS;
    let agreed = message::upgrade(response.version(), response.headers());
    match (switched, upgrade, &agreed) {
        (true, Some(upgrade), Some(_)) => upgrade::join(upgrade, &mut response),
        // Nobody asked for that.
        (true, ..) => return answer::status(StatusCode::BAD_GATEWAY),
        _ => {}
    }
    let (mut head, body) = response.into_parts();
    message::strip(&mut head.headers);
    let body = match deadline.filter(|_| !switched) {
        Some(deadline) => attempts::until(body, deadline),
        None => body::incoming(body),
    };
    head.version = http::Version::default();
    let mut response = Response::from_parts(head, body);
    answer::with(&mut response, |head| forward.apply_response(job.parts, head));
    if let Some(protocol) = agreed.filter(|_| switched) {
        message::set_upgrade(response.headers_mut(), protocol);
    }
    if !matches!(held, Held::At(_))
        && let Some((name, value)) = forward.session().and_then(|one| session::header(&one, &place))
        && let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value))
    {
        response.headers_mut().append(name, value);
    }
    response
}

/// The request as the backend sees it.
pub(super) fn upstream_parts(
    forward: &Forward<'_>,
    client: &request::Parts,
) -> Result<request::Parts, ApplyError> {
    let (mut parts, ()) = Request::new(()).into_parts();
    parts.method = client.method.clone();
    parts.uri = client.uri.clone();
    parts.headers = client.headers.clone();
    message::strip_request(&mut parts);
    forward.apply_request(&mut parts)?;
    Ok(parts)
}
