//! A body that has to have passed by a point in time.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::body::BodyError;

/// The body of an answer, which breaks off at its deadline.
pub(super) struct Deadline {
    body: Incoming,
    sleep: Pin<Box<Sleep>>,
}

/// The answer took too long after it had begun.
#[derive(Debug, thiserror::Error)]
#[error("the answer took too long")]
struct TooLong;

impl Deadline {
    pub(super) fn new(body: Incoming, deadline: Instant) -> Self {
        Self { body, sleep: Box::pin(sleep_until(deadline)) }
    }
}

impl Body for Deadline {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            return Poll::Ready(frame.map(|frame| frame.map_err(BodyError::from)));
        }
        match self.sleep.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Some(Err(TooLong.into()))),
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
