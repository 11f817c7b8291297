//! Asking somebody else whether a request may pass: whom, with what, and what follows, the engine says
//! (FILT-083..091).

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use gateway_core::act::{AuthAnswer, AuthBody, AuthCall, Denial, Verdict};
use gateway_core::model::ExternalAuthProtocol;
use gateway_core::{Forward, Transport};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, request};
use http_body_util::BodyExt;
use tokio::time::timeout;

use crate::body::{self, Body};
use crate::http::auth_grpc::{self, Channel};
use crate::http::forward::Job;
use crate::http::{answer, attempts, prefixed};
use crate::upstream::{Line, send};

/// A request that may go on.
pub(super) struct Allowed {
    /// The request with what servers added to it; `None` when they added nothing.
    pub(super) parts: Option<request::Parts>,
    pub(super) body: Body,
}

/// Asks everybody who has to be asked, in order.
pub(super) async fn ask(
    job: Job<'_>,
    forward: &Forward<'_>,
    mut body: Body,
) -> Result<Allowed, Box<Response<Body>>> {
    let mut parts: Option<request::Parts> = None;
    for call in forward.auth_calls() {
        let asked = Job { parts: parts.as_ref().unwrap_or(job.parts), ..job };
        let (beginning, rest) = beginning(&call, body)
            .await
            .map_err(|failure| Box::new(answer::failure(forward.failed(failure, job.parts))))?;
        let sent = match call.body(beginning.length) {
            AuthBody::None => Bytes::new(),
            AuthBody::Whole => beginning.bytes.clone(),
            AuthBody::Beginning(length) => {
                let length = usize::try_from(length).unwrap_or(usize::MAX);
                beginning.bytes.slice(..length.min(beginning.bytes.len()))
            }
            AuthBody::Refuse(failure) => {
                return Err(Box::new(answer::failure(forward.failed(failure, job.parts))));
            }
        };
        let said = say(asked, forward, &call, sent).await;
        match call.verdict(said.answer, asked.parts) {
            Verdict::Deny(denial) => return Err(Box::new(deny(&call, denial, said))),
            Verdict::Allow => {
                let mut next = copied(asked.parts);
                copy(&call, &said.headers, &mut next.headers);
                parts = Some(next);
            }
        }
        body = prefixed::prefixed(beginning.bytes, rest);
    }
    Ok(Allowed { parts, body })
}

/// What was read of a body.
struct Beginning {
    bytes: Bytes,
    /// How long the body is, as far as it matters.
    length: u64,
}

/// Reads as much of a body as the server takes, and a little more to know whether there is more.
async fn beginning(
    call: &AuthCall<'_>,
    mut body: Body,
) -> Result<(Beginning, Body), gateway_core::act::Failure> {
    let limit = call.body_limit();
    let mut read = BytesMut::new();
    let length = |read: &BytesMut| u64::try_from(read.len()).unwrap_or(u64::MAX);
    while limit > 0 && length(&read) <= limit {
        match body.frame().await {
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    read.extend_from_slice(&data);
                }
            }
            Some(Err(_)) => return Err(gateway_core::act::Failure::Connection),
            None => break,
        }
    }
    let length = length(&read);
    Ok((Beginning { bytes: read.freeze(), length }, body))
}

/// What a server said.
pub(super) struct Said {
    pub(super) answer: AuthAnswer,
    pub(super) headers: HeaderMap,
    pub(super) body: Body,
}

async fn say(job: Job<'_>, forward: &Forward<'_>, call: &AuthCall<'_>, body: Bytes) -> Said {
    let asked = async {
        if call.auth.protocol == ExternalAuthProtocol::Grpc {
            let channel = Channel {
                pool: Arc::clone(&job.proxy.pool),
                reach: job.state.reach(&call.auth.target, forward.client_certificate(), Transport::Tcp),
                connect_timeout: job.proxy.options.connect_timeout,
                spoken: call.auth.spoken(),
            };
            return auth_grpc::say(channel, call, job.parts, body).await;
        }
        say_http(job, forward, call, body).await
    };
    let said = match attempts::limit(job, forward) {
        Some(limit) => timeout(limit, asked).await.ok().flatten(),
        None => asked.await,
    };
    let nothing = || Said { answer: AuthAnswer::None, headers: HeaderMap::new(), body: body::empty() };
    said.unwrap_or_else(nothing)
}

async fn say_http(job: Job<'_>, forward: &Forward<'_>, call: &AuthCall<'_>, body: Bytes) -> Option<Said> {
    let request = question(job, call, body).ok()?;
    let connect_timeout = job.proxy.options.connect_timeout;
    let line = Line { pool: &job.proxy.pool, connect_timeout, spoken: call.auth.spoken() };
    let reach = job.state.reach(&call.auth.target, forward.client_certificate(), Transport::Tcp);
    match send(line, &reach, None, request).await {
        Ok(sent) => {
            let (head, body) = sent.response.into_parts();
            let answer = AuthAnswer::Http(head.status.as_u16());
            Some(Said { answer, headers: head.headers, body: body::incoming(body) })
        }
        Err(error) => {
            tracing::debug!("external authorization: {error}");
            None
        }
    }
}

/// The request that a server is asked with.
fn question(job: Job<'_>, call: &AuthCall<'_>, body: Bytes) -> Result<Request<Body>, http::Error> {
    let (path, query) = call.target(job.parts);
    let mut target = path.into_owned();
    if let Some(query) = query {
        target.push(b'?');
        target.extend_from_slice(query);
    }
    let length = u64::try_from(body.len()).unwrap_or(u64::MAX);
    let mut request = Request::builder()
        .method(job.parts.method.clone())
        .uri(http::uri::PathAndQuery::try_from(target)?.as_str())
        .body(body::full(body))?;
    for (name, value) in call.headers(job.parts, length) {
        request.headers_mut().append(HeaderName::from_bytes(&name)?, HeaderValue::from_bytes(&value)?);
    }
    let host = HeaderValue::from_bytes(gateway_core::RequestView::authority(job.parts))?;
    request.headers_mut().insert(http::header::HOST, host);
    Ok(request)
}

/// Takes over the headers of an answer, in place of those of the request.
fn copy(call: &AuthCall<'_>, from: &HeaderMap, to: &mut HeaderMap) {
    for name in from.keys().filter(|name| call.copies(name.as_str().as_bytes())) {
        to.remove(name);
        for value in from.get_all(name) {
            to.append(name.clone(), value.clone());
        }
    }
}

fn copied(parts: &request::Parts) -> request::Parts {
    let (mut copy, ()) = Request::new(()).into_parts();
    copy.method = parts.method.clone();
    copy.uri = parts.uri.clone();
    copy.version = parts.version;
    copy.headers = parts.headers.clone();
    copy
}

/// Refuses the client, with what the server said if that goes along.
fn deny(call: &AuthCall<'_>, denial: Denial, said: Said) -> Response<Body> {
    let mut response = Response::new(body::empty());
    if denial.with_answer {
        response = Response::new(said.body);
        for name in said.headers.keys().filter(|name| call.returns(name.as_str().as_bytes())) {
            for value in said.headers.get_all(name) {
                response.headers_mut().append(name.clone(), value.clone());
            }
        }
    }
    answer::with(&mut response, |head| denial.apply_response(head));
    response
}
