//! Decisions, written into the messages of the `http` crate.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use http::header::{CONTENT_TYPE, Entry, HOST, LOCATION, SET_COOKIE};
use http::uri::{Authority, PathAndQuery};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, request, response};

use crate::act::{Denial, FailureAnswer, Forward, HeaderEdit, Redirect, Respond};
use crate::matching::RequestView;

/// What a decision wants, and no message can hold. A message that was not written to its end is not fit
/// to be sent: the client gets 500.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// The path or query.
    #[error("`{0}` cannot be the target of a request")]
    Target(String),
    /// The host.
    #[error("`{0}` cannot be the host of a request")]
    Host(String),
    /// A header: its name, its value, or one header too many.
    #[error("header `{0}` cannot be written")]
    Header(String),
    /// A status outside of 100 to 999.
    #[error("{0} is not a status")]
    Status(u16),
}

impl Forward<'_> {
    /// Makes a request the one that the backend sees: target, host and headers.
    ///
    /// A new host goes where the old one is: into the target, into `Host`, or both. Without a host of its
    /// own the request gets a `Host`. Only what is written is allocated: one buffer for a new target or
    /// host, one for each value, one for the name of a custom header that was not there, and what the map
    /// of headers needs to grow. Nothing is when nothing changes.
    ///
    /// ```
    /// # use gateway_core::Forward;
    /// # use gateway_core::act::ApplyError;
    /// fn upstream<B>(forward: Forward<'_>, request: http::Request<B>) -> Result<http::Request<B>, ApplyError> {
    ///     let (mut parts, body) = request.into_parts();
    ///     forward.apply_request(&mut parts)?;
    ///     Ok(http::Request::from_parts(parts, body))
    /// }
    /// ```
    pub fn apply_request(&self, parts: &mut request::Parts) -> Result<(), ApplyError> {
        let target = self.new_target(parts)?;
        for edit in self.request_edits() {
            write(&mut parts.headers, edit)?;
        }
        let host = self.new_authority();
        let in_target = parts.uri.authority().is_some();
        if let Some(host) = host.filter(|_| !in_target || parts.headers.contains_key(HOST)) {
            let value = HeaderValue::from_str(host).map_err(|_| ApplyError::Host(host.to_string()))?;
            parts.headers.insert(HOST, value);
        }
        let host = host.filter(|_| in_target);
        if target.is_none() && host.is_none() {
            return Ok(());
        }
        let mut uri = parts.uri.clone().into_parts();
        if let Some(host) = host {
            let authority = Authority::try_from(host).map_err(|_| ApplyError::Host(host.to_string()))?;
            uri.authority = Some(authority);
        }
        uri.path_and_query = target.or(uri.path_and_query);
        parts.uri = Uri::from_parts(uri).map_err(|error| ApplyError::Target(error.to_string()))?;
        Ok(())
    }

    /// The target for the backend, unless it is that of the request.
    fn new_target(&self, parts: &request::Parts) -> Result<Option<PathAndQuery>, ApplyError> {
        let (path, query) = self.target(parts);
        if *path == *RequestView::path(parts) && query.as_deref() == RequestView::query(parts) {
            return Ok(None);
        }
        let query = query.as_deref();
        let mut target = Vec::with_capacity(path.len() + query.map_or(0, |query| query.len() + 1));
        target.extend_from_slice(&path);
        if let Some(query) = query {
            target.push(b'?');
            target.extend_from_slice(query);
        }
        let refused = |_| {
            let whole = String::from_utf8_lossy(&path);
            ApplyError::Target(whole.into_owned())
        };
        PathAndQuery::try_from(target).map(Some).map_err(refused)
    }

    /// Makes a backend's response the one that the client sees. `request` is the client's: filters for
    /// cross-origin requests look at its `Origin`.
    pub fn apply_response(
        &self,
        request: &impl RequestView,
        parts: &mut response::Parts,
    ) -> Result<(), ApplyError> {
        self.response_edits(request).try_for_each(|edit| write(&mut parts.headers, edit))
    }
}

impl Redirect<'_> {
    /// Makes a response the redirect: status, `Location` and headers.
    pub fn apply_response(
        &self,
        request: &impl RequestView,
        parts: &mut response::Parts,
    ) -> Result<(), ApplyError> {
        parts.status = status(self.status())?;
        let location = self.location(request).into_bytes();
        let location = HeaderValue::try_from(location);
        parts.headers.insert(LOCATION, location.map_err(|_| ApplyError::Header(LOCATION.to_string()))?);
        self.response_edits(request).try_for_each(|edit| write(&mut parts.headers, edit))
    }
}

impl Respond<'_> {
    /// Makes a response the answer: status and headers. A gRPC call gets 200 and its own status in the
    /// headers, which is all of the response (MATCH-66).
    pub fn apply_response(
        &self,
        request: &impl RequestView,
        parts: &mut response::Parts,
    ) -> Result<(), ApplyError> {
        answer(parts, self.status, self.grpc_status)?;
        for (name, value) in self.headers(request) {
            write(&mut parts.headers, HeaderEdit::Set(name, &value))?;
        }
        Ok(())
    }
}

impl FailureAnswer {
    /// Makes a response the answer, as [`Respond::apply_response`] does.
    pub fn apply_response(&self, parts: &mut response::Parts) -> Result<(), ApplyError> {
        answer(parts, self.status, self.grpc_status)
    }
}

impl Denial {
    /// Makes a response the refusal, as [`Respond::apply_response`] does; headers of the server's answer that
    /// go along are the caller's to add.
    pub fn apply_response(&self, parts: &mut response::Parts) -> Result<(), ApplyError> {
        answer(parts, self.status, self.grpc_status)
    }
}

/// A status; a gRPC call gets 200 and its own status in the headers, which is all of the response (MATCH-66).
fn answer(parts: &mut response::Parts, code: u16, grpc_status: Option<u8>) -> Result<(), ApplyError> {
    parts.status = status(code)?;
    if let Some(code) = grpc_status {
        parts.status = StatusCode::OK;
        parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
        parts.headers.insert(HeaderName::from_static("grpc-status"), HeaderValue::from(u16::from(code)));
    }
    Ok(())
}

fn status(code: u16) -> Result<StatusCode, ApplyError> {
    StatusCode::from_u16(code).map_err(|_| ApplyError::Status(code))
}

/// FILT-010: what an edit does to a map of headers.
fn write(headers: &mut HeaderMap, edit: HeaderEdit<'_>) -> Result<(), ApplyError> {
    let refused = || ApplyError::Header(edit.name().to_string());
    let (name, value) = match edit {
        HeaderEdit::Remove(name) => {
            headers.remove(name);
            return Ok(());
        }
        HeaderEdit::Set(name, value) | HeaderEdit::Add(name, value) => (name, value),
    };
    let appends = matches!(edit, HeaderEdit::Add(..));
    match headers.try_entry(name).map_err(|_| refused())? {
        Entry::Vacant(place) => {
            let value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| refused())?;
            place.try_insert(value).map_err(|_| refused())?;
        }
        // RFC 9110, 5.3: cookies are the one list that has no commas.
        Entry::Occupied(mut place) if appends && *place.key() == SET_COOKIE => {
            let value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| refused())?;
            place.append(value);
        }
        Entry::Occupied(mut place) if appends => {
            if let Some(last) = place.iter_mut().next_back() {
                let joined = [last.as_bytes(), b",", value.as_bytes()].concat();
                *last = HeaderValue::try_from(joined).map_err(|_| refused())?;
            }
        }
        Entry::Occupied(mut place) => {
            place.insert(HeaderValue::from_bytes(value.as_bytes()).map_err(|_| refused())?);
        }
    }
    Ok(())
}
