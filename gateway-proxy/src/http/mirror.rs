//! Copies of requests (FILT-060..064): sent along, and never waited for.

use std::sync::Arc;
use std::time::Duration;

use gateway_core::{Forward, Transport};
use http::Request;
use http_body_util::BodyExt;
use tokio::time::timeout;

use crate::body::Body;
use crate::http::forward::{Job, upstream_parts};
use crate::http::tee;
use crate::upstream::{Line, send};

/// How long a copy may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sends the copies that the decision asks for; the body to send on is what comes back.
pub(super) fn mirror(job: Job<'_>, forward: &Forward<'_>, body: Body) -> Body {
    let mirrors: Vec<_> = forward.mirrors().collect();
    let (body, copies) = tee::tee(body, mirrors.len());
    for (mirror, copy) in mirrors.into_iter().zip(copies) {
        let parts = match upstream_parts(forward, job.parts) {
            Ok(parts) => parts,
            Err(error) => {
                tracing::warn!("a copy cannot be sent as decided: {error}");
                continue;
            }
        };
        let request = Request::from_parts(parts, copy);
        let reach = job.state.reach(&mirror.target, forward.client_certificate(), Transport::Tcp);
        let (pool, connect_timeout) = (Arc::clone(&job.proxy.pool), job.proxy.options.connect_timeout);
        let spoken = forward.spoken_to(&mirror.target, job.parts);
        tokio::spawn(async move {
            let line = Line { pool: &pool, connect_timeout, spoken };
            let sent = async {
                let mut answer = send(line, &reach, None, request).await?.response;
                // Read to its end, so that the connection can be used again.
                while let Some(Ok(_)) = answer.frame().await {}
                Ok::<_, crate::upstream::SendError>(())
            };
            match timeout(PATIENCE, sent).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::debug!("copy: {error}"),
                Err(_) => tracing::debug!("copy: it took too long"),
            }
        });
    }
    body
}
