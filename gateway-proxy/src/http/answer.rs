//! Answers that the proxy gives by itself.

use gateway_core::Decision;
use gateway_core::act::{ApplyError, FailureAnswer};
use http::{Response, StatusCode, request, response};

use crate::body::{self, Body};

/// An answer with nothing but a status.
pub(super) fn status(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(body::empty());
    *response.status_mut() = status;
    response
}

/// What the engine decides to answer with; nothing for what is to be forwarded.
pub(super) fn decided(decision: &Decision<'_>, request: &request::Parts) -> Response<Body> {
    let mut response = Response::new(body::empty());
    with(&mut response, |head| match decision {
        Decision::Respond(respond) => respond.apply_response(request, head),
        Decision::Redirect(redirect) => redirect.apply_response(request, head),
        Decision::Forward(_) => Ok(()),
    });
    response
}

/// What the engine says that the client is told when something fails.
pub(super) fn failure(failure: FailureAnswer) -> Response<Body> {
    let mut response = Response::new(body::empty());
    with(&mut response, |head| failure.apply_response(head));
    response
}

/// Writes a decision into a response. One that no response can hold becomes 500.
pub(super) fn with(
    response: &mut Response<Body>,
    write: impl FnOnce(&mut response::Parts) -> Result<(), ApplyError>,
) {
    let (mut head, passed) = std::mem::replace(response, Response::new(body::empty())).into_parts();
    match write(&mut head) {
        Ok(()) => *response = Response::from_parts(head, passed),
        Err(error) => {
            tracing::warn!("an answer cannot be given as decided: {error}");
            *response = status(StatusCode::INTERNAL_SERVER_ERROR);
        }
    }
}
