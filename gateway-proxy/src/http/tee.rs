//! A body that is copied while it passes.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body_util::BodyExt;
use http_body_util::channel::{Channel, Sender};
use hyper::body::{Body as HttpBody, Frame, SizeHint};

use crate::body::{Body, BodyError};

/// How many frames a copy may lag behind. A receiver that is slower loses its copy, and slows down nobody.
const LAG: usize = 64;

/// A body with copies.
pub(super) struct Tee {
    body: Body,
    copies: Vec<Sender<Bytes, BodyError>>,
    has_ended: bool,
}

/// Why a copy breaks off.
#[derive(Debug, thiserror::Error)]
#[error("the body that was copied broke off, or its receiver was too slow")]
struct BrokeOff;

/// The body, and so many copies of it.
pub(super) fn tee(body: Body, copies: usize) -> (Body, Vec<Body>) {
    if copies == 0 {
        return (body, Vec::new());
    }
    let (senders, bodies): (Vec<_>, Vec<_>) = (0..copies)
        .map(|_| {
            let (sender, copy) = Channel::<Bytes, BodyError>::new(LAG);
            (sender, Sized { body: copy.boxed_unsync(), hint: body.size_hint() }.boxed_unsync())
        })
        .unzip();
    let has_ended = body.is_end_stream();
    (Tee { body, copies: senders, has_ended }.boxed_unsync(), bodies)
}

impl Tee {
    fn copy(&mut self, frame: &Frame<Bytes>) {
        let copied = |frame: &Frame<Bytes>| match (frame.data_ref(), frame.trailers_ref()) {
            (Some(data), _) => Some(Frame::data(data.clone())),
            (_, Some(trailers)) => Some(Frame::trailers(trailers.clone())),
            _ => None,
        };
        let copies = std::mem::take(&mut self.copies);
        for mut sender in copies {
            let Some(frame) = copied(frame) else { continue };
            match sender.try_send(frame) {
                Ok(()) => self.copies.push(sender),
                Err(_) => sender.abort(BrokeOff.into()),
            }
        }
    }
}

impl HttpBody for Tee {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        match &frame {
            Some(Ok(frame)) => {
                self.copy(frame);
                self.has_ended = self.body.is_end_stream();
            }
            Some(Err(_)) => {}
            None => self.has_ended = true,
        }
        if self.has_ended {
            // Whoever holds the other ends sees an end.
            self.copies.clear();
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Tee {
    fn drop(&mut self) {
        for copy in self.copies.drain(..).filter(|_| !self.has_ended) {
            copy.abort(BrokeOff.into());
        }
    }
}

/// A copy that is as long as what it is copied from.
struct Sized {
    body: Body,
    hint: SizeHint,
}

impl HttpBody for Sized {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if let Some(Ok(frame)) = &frame
            && let (Some(data), Some(exact)) = (frame.data_ref(), self.hint.exact())
        {
            let passed = u64::try_from(data.len()).unwrap_or(u64::MAX);
            self.hint = SizeHint::with_exact(exact.saturating_sub(passed));
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.hint.exact() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.hint
    }
}
