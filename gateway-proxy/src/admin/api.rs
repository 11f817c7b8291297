//! The paths of the admin API.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde::Serialize;
use tokio::net::TcpListener;

use crate::admin::objects::{Answer, Batch, Refused};
use crate::proxy::Proxy;

/// The most bytes of one batch.
const LARGEST: usize = 256 * 1024 * 1024;

/// Serves the admin API.
pub(crate) async fn serve(proxy: Arc<Proxy>, listener: TcpListener) {
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!("admin API: {error}");
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                continue;
            }
        };
        // An answer is one small write after another otherwise.
        let _ = stream.set_nodelay(true);
        let proxy = Arc::clone(&proxy);
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let proxy = Arc::clone(&proxy);
                async move { Ok::<_, Infallible>(answer(&proxy, request).await) }
            });
            if let Err(error) = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await {
                tracing::debug!("{peer}: {error}");
            }
        });
    }
}

async fn answer(proxy: &Arc<Proxy>, request: Request<Incoming>) -> Response<Full<Bytes>> {
    match (request.method(), request.uri().path()) {
        (&Method::GET, "/healthz") => text(StatusCode::OK, "ok\n".to_owned()),
        (&Method::GET, "/metrics") => match proxy.metrics.text() {
            Ok(metrics) => {
                let mut response = text(StatusCode::OK, metrics);
                let format =
                    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");
                response.headers_mut().insert(CONTENT_TYPE, format);
                response
            }
            Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
        },
        (&Method::GET, "/statuses") => json(StatusCode::OK, &proxy.statuses().await),
        (&Method::POST, "/objects") => objects(proxy, request.into_body()).await,
        (&Method::POST, "/drain") => {
            proxy.drain();
            text(StatusCode::OK, "draining\n".to_owned())
        }
        (_, "/healthz" | "/metrics" | "/statuses" | "/objects" | "/drain") => {
            text(StatusCode::METHOD_NOT_ALLOWED, "another method is needed\n".to_owned())
        }
        _ => text(StatusCode::NOT_FOUND, "no such path\n".to_owned()),
    }
}

/// One batch is one rebuild.
async fn objects(proxy: &Arc<Proxy>, body: Incoming) -> Response<Full<Bytes>> {
    let body = match Limited::new(body, LARGEST).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) => return json(StatusCode::BAD_REQUEST, &Refused { error: error.to_string() }),
    };
    let batch: Batch = match serde_json::from_slice(&body) {
        Ok(batch) => batch,
        Err(error) => return json(StatusCode::BAD_REQUEST, &Refused { error: error.to_string() }),
    };
    let read = batch.read();
    match proxy.change(read.upsert, &read.remove).await {
        Ok(changed) => json(StatusCode::OK, &Answer::new(changed, read.problems)),
        Err(error) => json(StatusCode::UNPROCESSABLE_ENTITY, &Refused { error: error.to_string() }),
    }
}

fn text(status: StatusCode, text: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(text.into()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

fn json(status: StatusCode, value: &impl Serialize) -> Response<Full<Bytes>> {
    match serde_json::to_vec(value) {
        Ok(bytes) => {
            let mut response = Response::new(Full::new(bytes.into()));
            *response.status_mut() = status;
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            response
        }
        Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
    }
}
