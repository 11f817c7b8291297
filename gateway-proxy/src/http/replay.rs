//! A body that can be sent again, as long as it is short: what has passed is kept.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

use crate::body::{Body, BodyError};

/// How many bytes are kept. The body of a longer request passes once.
const ROOM: usize = 256 * 1024;

/// The body of a request that may be sent more than once.
#[derive(Clone)]
pub(super) struct Replay(Arc<Mutex<Kept>>);

struct Kept {
    body: Body,
    hint: SizeHint,
    frames: Vec<Bytes>,
    bytes: usize,
    /// Frames were dropped, or there are trailers, which are not kept.
    is_lost: bool,
    has_ended: bool,
    /// How many tries there were: the last one alone reads.
    tries: usize,
}

/// A try that another one has taken over from.
#[derive(Debug, thiserror::Error)]
#[error("another try has begun")]
struct TakenOver;

const POISONED: &str = "no holder of this lock panics";

impl Replay {
    pub(super) fn new(body: Body) -> Self {
        let (hint, has_ended) = (body.size_hint(), body.is_end_stream());
        Self(Arc::new(Mutex::new(Kept {
            body,
            hint,
            frames: Vec::new(),
            bytes: 0,
            is_lost: false,
            has_ended,
            tries: 0,
        })))
    }

    /// Whether another try can be made.
    pub(super) fn is_whole(&self) -> bool {
        !self.0.lock().expect(POISONED).is_lost
    }

    /// The body from its beginning. What an earlier try has not read is read by this one.
    pub(super) fn again(&self) -> Body {
        let mut kept = self.0.lock().expect(POISONED);
        kept.tries += 1;
        Try { kept: Arc::clone(&self.0), number: kept.tries, next: 0, passed: 0 }.boxed_unsync()
    }
}

/// The body of one try.
struct Try {
    kept: Arc<Mutex<Kept>>,
    number: usize,
    next: usize,
    passed: u64,
}

impl HttpBody for Try {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let this = &mut *self;
        let mut kept = this.kept.lock().expect(POISONED);
        if kept.tries != this.number {
            return Poll::Ready(Some(Err(TakenOver.into())));
        }
        if let Some(frame) = kept.frames.get(this.next).cloned() {
            this.next += 1;
            this.passed += u64::try_from(frame.len()).unwrap_or(0);
            return Poll::Ready(Some(Ok(Frame::data(frame))));
        }
        if kept.has_ended {
            return Poll::Ready(None);
        }
        let frame = ready!(Pin::new(&mut kept.body).poll_frame(context));
        match &frame {
            None => kept.has_ended = true,
            Some(Err(_)) => kept.is_lost = true,
            Some(Ok(frame)) => match frame.data_ref() {
                None => kept.is_lost = true,
                Some(data) => {
                    this.passed += u64::try_from(data.len()).unwrap_or(0);
                    kept.bytes += data.len();
                    if kept.bytes > ROOM || kept.is_lost {
                        kept.is_lost = true;
                        kept.frames.clear();
                    } else {
                        kept.frames.push(data.clone());
                        this.next += 1;
                    }
                }
            },
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        let kept = self.kept.lock().expect(POISONED);
        kept.has_ended && self.next >= kept.frames.len()
    }

    fn size_hint(&self) -> SizeHint {
        let hint = &self.kept.lock().expect(POISONED).hint;
        hint.exact()
            .map_or_else(SizeHint::default, |exact| SizeHint::with_exact(exact.saturating_sub(self.passed)))
    }
}
