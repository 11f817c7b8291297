//! External authorization over gRPC.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use gateway_core::RequestView;
use gateway_core::act::{AuthAnswer, AuthCall};
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, Uri, request};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tonic::client::{Grpc, GrpcService};
use tonic_prost::ProstCodec;

use crate::body;
use crate::config::Reach;
use crate::http::auth::Said;
use crate::http::check::{Asked, Attributes, CheckRequest, CheckResponse, HeaderOption, HttpRequest, PATH};
use crate::upstream::{Line, Pool, SendError, send};

/// The connections of the proxy, as tonic wants them.
pub(super) struct Channel {
    pub(super) pool: Arc<Pool>,
    pub(super) reach: Arc<Reach>,
    pub(super) connect_timeout: std::time::Duration,
    pub(super) spoken: gateway_core::SpokenHttp,
}

impl GrpcService<tonic::body::Body> for Channel {
    type ResponseBody = Incoming;
    type Error = SendError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Incoming>, SendError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), SendError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<tonic::body::Body>) -> Self::Future {
        let (pool, reach) = (Arc::clone(&self.pool), Arc::clone(&self.reach));
        let (connect_timeout, spoken) = (self.connect_timeout, self.spoken);
        let request = request.map(|body| body.map_err(body::BodyError::from).boxed_unsync());
        Box::pin(async move {
            let line = Line { pool: &pool, connect_timeout, spoken };
            Ok(send(line, &reach, None, request).await?.response)
        })
    }
}

/// Asks a server; what it says.
pub(super) async fn say(
    channel: Channel,
    call: &AuthCall<'_>,
    parts: &request::Parts,
    content: Bytes,
) -> Option<Said> {
    let authority = String::from_utf8_lossy(parts.authority()).into_owned();
    let origin = Uri::builder().scheme("http").authority(authority.as_str()).path_and_query("/").build();
    let mut client = Grpc::with_origin(channel, origin.ok()?);
    let question = tonic::Request::new(question(call, parts, authority, content));
    let codec = ProstCodec::<CheckRequest, CheckResponse>::default();
    let answer = client.unary(question, PathAndQuery::from_static(PATH), codec).await;
    match answer {
        Ok(answer) => Some(said(answer.into_inner())),
        Err(status) => {
            tracing::debug!("external authorization: {status}");
            None
        }
    }
}

fn question(call: &AuthCall<'_>, parts: &request::Parts, host: String, content: Bytes) -> CheckRequest {
    let length = u64::try_from(content.len()).unwrap_or(u64::MAX);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut headers = std::collections::HashMap::new();
    for (name, value) in call.headers(parts, length) {
        // A map holds one value for each name.
        let joined: &mut String = headers.entry(text(&name).to_ascii_lowercase()).or_default();
        if !joined.is_empty() {
            joined.push(',');
        }
        joined.push_str(&text(&value));
    }
    let target = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let http = HttpRequest {
        method: parts.method.to_string(),
        headers,
        path: target,
        host,
        scheme: parts.uri.scheme_str().unwrap_or_default().to_owned(),
        size: i64::try_from(length).unwrap_or(i64::MAX),
        protocol: format!("{:?}", parts.version),
        raw_body: content.into(),
    };
    CheckRequest { attributes: Some(Attributes { request: Some(Asked { http: Some(http) }) }) }
}

fn said(answer: CheckResponse) -> Said {
    let code = answer.status.map_or(0, |status| status.code);
    let (denied, headers, text) = match (answer.denied, answer.ok) {
        (Some(denied), _) => {
            let status = denied.status.and_then(|status| u16::try_from(status.code).ok());
            (status, denied.headers, denied.body)
        }
        (None, Some(ok)) => (None, ok.headers, String::new()),
        (None, None) => (None, Vec::new(), String::new()),
    };
    Said { answer: AuthAnswer::Grpc { code, denied }, headers: map(headers), body: body::full(text) }
}

/// Headers of a message; what no header can be is left out.
fn map(options: Vec<HeaderOption>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for header in options.into_iter().filter_map(|option| option.header) {
        let value = if header.raw_value.is_empty() { header.value.into_bytes() } else { header.raw_value };
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(header.key), HeaderValue::try_from(value)) {
            headers.append(name, value);
        }
    }
    headers
}
