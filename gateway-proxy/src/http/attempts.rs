//! Tries at a backend: how many, how long and after which waits the engine says (FILT-120..138).

use std::time::{Duration, Instant};

use gateway_core::act::{Failure, Outcome, TimeLeft};
use gateway_core::{Decision, Forward, Place, SpokenHttp, Transport};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::time::{sleep, timeout};

use crate::body::Body;
use crate::http::deadline::Deadline;
use crate::http::forward::{Job, upstream_parts};
use crate::http::replay::Replay;
use crate::http::{answer, message};
use crate::upstream::{Line, SendError, Sent, send};

/// The answer of a backend.
pub(super) struct Answer<'r> {
    /// The decision that it belongs to: a retry may have another one.
    pub(super) forward: Forward<'r>,
    pub(super) sent: Sent,
    /// When the body has to have passed.
    pub(super) deadline: Option<Instant>,
}

/// A body, once or as often as it takes.
enum Source {
    Once(Option<Body>),
    Again(Replay),
}

impl Source {
    fn next(&mut self) -> Option<Body> {
        match self {
            Self::Once(body) => body.take(),
            Self::Again(replay) => Some(replay.again()),
        }
    }

    fn has_another(&self) -> bool {
        match self {
            Self::Once(body) => body.is_some(),
            Self::Again(replay) => replay.is_whole(),
        }
    }
}

/// Tries until there is an answer to give.
pub(super) async fn attempt<'r>(
    job: Job<'r>,
    mut forward: Forward<'r>,
    only: Option<&Place>,
    body: Body,
    protocol: Option<&HeaderValue>,
) -> Result<Answer<'r>, Box<Response<Body>>> {
    let retry = forward.retry(job.parts);
    let mut waits = retry.map(|retry| retry.backoff(job.draw));
    let mut source =
        if retry.is_some() { Source::Again(Replay::new(body)) } else { Source::Once(Some(body)) };
    let budgets = &job.proxy.budgets;
    let target = |forward: &Forward<'r>| &forward.backend.target;
    let mut _counted = forward.retry_budget().map(|budget| budgets.request(target(&forward), &budget));
    loop {
        let Some(body) = source.next() else { return Err(failed(&forward, Failure::Connection, job)) };
        let last = once(job, &forward, only, body, protocol).await;
        let outcome = match &last {
            Ok((sent, _)) => Outcome::Status(sent.response.status().as_u16()),
            Err(Broken::Decided) => return Err(Box::new(answer::status(StatusCode::INTERNAL_SERVER_ERROR))),
            Err(Broken::Failed(Failure::Timeout)) => Outcome::BackendTimeout,
            Err(Broken::Failed(_)) => Outcome::ConnectionError,
        };
        let is_worth_it = retry.is_some_and(|retry| retry.should_retry(outcome)) && source.has_another();
        let wait = waits.as_mut().filter(|_| is_worth_it).and_then(Iterator::next);
        let Some(wait) = wait else {
            return match last {
                Ok((sent, deadline)) => Ok(Answer { forward, sent, deadline }),
                Err(Broken::Failed(failure)) => Err(failed(&forward, failure, job)),
                Err(Broken::Decided) => Err(Box::new(answer::status(StatusCode::INTERNAL_SERVER_ERROR))),
            };
        };
        drop(last);
        if let TimeLeft::Within(left) = forward.timeouts().left(job.started.elapsed())
            && left <= wait
        {
            sleep(left).await;
            return Err(failed(&forward, Failure::Timeout, job));
        }
        sleep(wait).await;
        job.proxy.metrics.retry();
        match job.state.router.retry(&forward, job.parts, rand::random::<u64>()) {
            Decision::Forward(next) => forward = next,
            decision => return Err(Box::new(answer::decided(&decision, job.parts))),
        }
        if let Some(budget) = forward.retry_budget() {
            match budgets.retry(target(&forward), &budget) {
                Some(counted) => _counted = Some(counted),
                None => return Err(failed(&forward, Failure::RetryBudget, job)),
            }
        }
    }
}

#[expect(clippy::unnecessary_box_returns, reason = "it is an error, and those are boxed")]
fn failed(forward: &Forward<'_>, failure: Failure, job: Job<'_>) -> Box<Response<Body>> {
    Box::new(answer::failure(forward.failed(failure, job.parts)))
}

/// Why a try brought no answer.
enum Broken {
    Failed(Failure),
    /// The request cannot be written as it was decided.
    Decided,
}

/// One try.
async fn once(
    job: Job<'_>,
    forward: &Forward<'_>,
    only: Option<&Place>,
    body: Body,
    protocol: Option<&HeaderValue>,
) -> Result<(Sent, Option<Instant>), Broken> {
    let mut parts = upstream_parts(forward, job.parts).map_err(|error| {
        tracing::warn!("a request cannot be sent as decided: {error}");
        Broken::Decided
    })?;
    let mut spoken = forward.spoken(job.parts);
    if let Some(protocol) = protocol.filter(|_| spoken != SpokenHttp::Http2) {
        message::set_upgrade(&mut parts.headers, protocol.clone());
        spoken = SpokenHttp::Http1;
    }
    let options = &job.proxy.options;
    let (limit, deadline) = match forward.timeouts().left_for_attempt(job.started.elapsed()) {
        TimeLeft::Expired => return Err(Broken::Failed(Failure::Timeout)),
        TimeLeft::Within(left) => (Some(left), Instant::now().checked_add(left)),
        TimeLeft::Unlimited => (None, None),
        TimeLeft::Unstated => (Some(options.response_timeout).filter(|limit| !limit.is_zero()), None),
    };
    let line = Line { pool: &job.proxy.pool, connect_timeout: options.connect_timeout, spoken };
    let reach = job.state.reach(&forward.backend.target, forward.client_certificate(), Transport::Tcp);
    let sent = send(line, &reach, only, Request::from_parts(parts, body));
    let sent = match limit {
        Some(limit) => timeout(limit, sent).await.map_err(|_| Broken::Failed(Failure::Timeout))?,
        None => sent.await,
    };
    match sent {
        Ok(sent) => Ok((sent, deadline)),
        Err(error) => {
            tracing::debug!("{}/{}: {error}", forward.backend.target.namespace, forward.backend.target.name);
            Err(Broken::Failed(failure(&error)))
        }
    }
}

/// What kind of failure it is that a request could not be sent.
pub(super) fn failure(error: &SendError) -> Failure {
    match error {
        SendError::Handshake(_) => Failure::Handshake,
        SendError::Connect(_) | SendError::Http(_) | SendError::Message(_) => Failure::Connection,
    }
}

/// A body that breaks off at its deadline.
pub(super) fn until(body: Incoming, deadline: Instant) -> Body {
    Deadline::new(body, deadline.into()).boxed_unsync()
}

/// How long somebody else who is asked may take.
pub(super) fn limit(job: Job<'_>, forward: &Forward<'_>) -> Option<Duration> {
    match forward.timeouts().left(job.started.elapsed()) {
        TimeLeft::Expired => Some(Duration::ZERO),
        TimeLeft::Within(left) => Some(left),
        TimeLeft::Unlimited | TimeLeft::Unstated => {
            Some(job.proxy.options.response_timeout).filter(|limit| !limit.is_zero())
        }
    }
}
