//! Asking another service whether a request may pass (FILT-083..091).

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::act::headers::{Line, changed, edited};
use crate::act::{Failure, Forward};
use crate::matching::{RequestView, is_call};
use crate::model::{ExternalAuthProtocol, HttpAuthConfig};
use crate::profile::{DeniedAuth, LargeAuthBody};
use crate::table::{ExternalAuth, Filter};

/// What `maxSize` can say at most: it is a `uint16` (FILT-089).
const LARGEST_BODY: u64 = u16::MAX as u64;

/// Headers of one connection, and those that say where a message ends: never copied from one message to
/// another (RFC 9110, 7.6.1).
const OF_CONNECTION: [&str; 8] = [
    "connection",
    "content-length",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// A question to an authorization server, about a request that is to be forwarded.
///
/// Only when every question of a [`Forward`] is answered with [`Verdict::Allow`], in order, does the
/// request go on.
#[derive(Clone, Copy, Debug)]
pub struct AuthCall<'r> {
    /// Whom to ask, and how.
    pub auth: &'r ExternalAuth,
    /// Its place among the filters: what is listed before it is visible to it (FILT-090).
    place: usize,
    forward: Forward<'r>,
}

/// What an authorization server said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthAnswer {
    /// An HTTP answer with this status.
    Http(u16),
    /// A gRPC `CheckResponse`.
    Grpc {
        /// The code of its `status`.
        code: i32,
        /// The HTTP status of its `denied_response`, if it has one.
        denied: Option<u16>,
    },
    /// Nothing: it could not be reached, or took too long.
    None,
}

/// What follows from the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The request goes on. Headers of the answer for which [`AuthCall::copies`] holds replace those of
    /// the request.
    Allow,
    /// The client is answered, and the request goes nowhere.
    Deny(Denial),
}

/// How a client is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Denial {
    /// The HTTP status.
    pub status: u16,
    /// The gRPC status to send instead, if the request is a gRPC call.
    pub grpc_status: Option<u8>,
    /// Whether body and headers of the server's answer go along: those for which
    /// [`AuthCall::returns`] holds (FILT-084, AMBIG-45).
    pub with_answer: bool,
}

/// What goes along of a request's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthBody {
    /// Nothing.
    None,
    /// All of it.
    Whole,
    /// So many bytes from its beginning.
    Beginning(u64),
    /// The client is answered with this: the body is too large (AMBIG-46).
    Refuse(Failure),
}

impl<'r> Forward<'r> {
    /// The questions to ask before the request goes on, in order (FILT-083).
    pub fn auth_calls(&self) -> impl Iterator<Item = AuthCall<'r>> + use<'r> {
        let forward = *self;
        self.filters().enumerate().filter_map(move |(place, filter)| match filter {
            Filter::ExternalAuth(auth) => Some(AuthCall { auth, place, forward }),
            _ => None,
        })
    }
}

impl<'r> AuthCall<'r> {
    /// The path and query to ask an HTTP server with: the request's own path behind the prefix of the
    /// filter (FILT-086). The method is the request's, and so is the `Host`.
    pub fn target<'q>(&self, request: &'q impl RequestView) -> (Cow<'q, [u8]>, Option<&'q [u8]>) {
        let prefix = self.http().and_then(|http| http.path.as_deref()).map(sanitized).unwrap_or_default();
        let path = request.path();
        if prefix.is_empty() {
            return (Cow::Borrowed(path), request.query());
        }
        let mut whole = prefix.into_bytes();
        if !path.starts_with(b"/") {
            whole.push(b'/');
        }
        whole.extend_from_slice(path);
        (Cow::Owned(whole), request.query())
    }

    /// The headers to ask with, beside `Host`, as the filters before this one leave them (FILT-090).
    ///
    /// An HTTP server gets `Authorization`, what the filter lists, and `Content-Length`: the bytes of the
    /// body that are sent, see [`Self::body`] (FILT-086). A gRPC server gets what the filter lists, or
    /// all of them if it lists none (FILT-088).
    pub fn headers<'q>(&self, request: &'q impl RequestView, body: u64) -> Vec<Line<'q>>
    where
        'r: 'q,
    {
        let mut lines = self.headers_without_length(request);
        if !self.is_grpc() {
            let length = alloc::format!("{body}").into_bytes();
            lines.push((Cow::Borrowed(b"content-length"), Cow::Owned(length)));
        }
        lines
    }

    pub(crate) fn headers_without_length<'q>(&self, request: &'q impl RequestView) -> Vec<Line<'q>>
    where
        'r: 'q,
    {
        changed(request, |name| self.sends(name), edited(self.forward.filters().take(self.place)))
    }

    /// Whether a header of the request is sent to the server (FILT-086, FILT-088).
    pub fn sends(&self, name: &[u8]) -> bool {
        if self.is_grpc() {
            let listed = self.auth.grpc.as_ref().and_then(|grpc| grpc.allowed_headers.as_deref());
            let listed = listed.unwrap_or_default();
            return listed.is_empty() || is_listed(listed, name);
        }
        let listed = self.http().and_then(|http| http.allowed_headers.as_deref()).unwrap_or_default();
        let is_made = name.eq_ignore_ascii_case(b"host") || is_of_connection(name);
        !is_made && (name.eq_ignore_ascii_case(b"authorization") || is_listed(listed, name))
    }

    /// Whether a header of an HTTP server's answer goes to the backend, in place of the request's own
    /// (FILT-087): what the filter lists, or all but the host if it lists none.
    pub fn copies(&self, name: &[u8]) -> bool {
        let listed = self.http().and_then(|http| http.allowed_response_headers.as_deref());
        let listed = listed.unwrap_or_default();
        let is_host =
            [&b"host"[..], b":authority", b"authority"].iter().any(|one| name.eq_ignore_ascii_case(one));
        // The length of the answer's body would be taken for that of the request's.
        !is_of_connection(name)
            && if listed.is_empty() { !is_host && !name.starts_with(b":") } else { is_listed(listed, name) }
    }

    /// Whether a header of the server's answer goes to the client with a denial (FILT-084).
    pub fn returns(&self, name: &[u8]) -> bool {
        !is_of_connection(name) && !name.starts_with(b":")
    }

    /// What follows from an answer: 200, or the code 0, allows, and nothing else does (FILT-083, FILT-085).
    pub fn verdict(&self, answer: AuthAnswer, request: &impl RequestView) -> Verdict {
        let passed = match answer {
            AuthAnswer::Http(200) | AuthAnswer::Grpc { code: 0, .. } => return Verdict::Allow,
            AuthAnswer::Http(status) => Some(status),
            AuthAnswer::Grpc { denied, .. } => denied,
            AuthAnswer::None => None,
        };
        // AMBIG-45; only what ends an exchange can be passed on.
        let pass_through = self.forward.choices.denied_auth == DeniedAuth::PassThrough;
        let passed = passed.filter(|status| pass_through && (200..600).contains(status));
        let status = passed.unwrap_or_else(|| Failure::ExternalAuth.status(self.forward.choices));
        // Who is not known is UNAUTHENTICATED, everybody else PERMISSION_DENIED.
        let grpc_status = is_call(request).then_some(if status == 401 { 16 } else { 7 });
        Verdict::Deny(Denial { status, grpc_status, with_answer: passed.is_some() })
    }

    /// How many bytes of a body the server takes; 0 is none at all (FILT-089).
    pub fn body_limit(&self) -> u64 {
        let size = self.auth.forward_body.as_ref().and_then(|body| body.max_size).unwrap_or(0);
        u64::try_from(size).unwrap_or(0).min(LARGEST_BODY)
    }

    /// What goes along of a body of that length. One that is still being read when it passes
    /// [`Self::body_limit`] counts as longer.
    pub fn body(&self, length: u64) -> AuthBody {
        match self.body_limit() {
            0 => AuthBody::None,
            limit if length <= limit => AuthBody::Whole,
            limit => match self.forward.choices.large_auth_body {
                LargeAuthBody::Refuse => AuthBody::Refuse(Failure::LargeBody),
                LargeAuthBody::Truncate => AuthBody::Beginning(limit),
            },
        }
    }

    fn is_grpc(&self) -> bool {
        self.auth.protocol == ExternalAuthProtocol::Grpc
    }

    fn http(&self) -> Option<&'r HttpAuthConfig> {
        self.auth.http.as_ref()
    }
}

fn is_listed(listed: &[String], name: &[u8]) -> bool {
    listed.iter().any(|one| one.as_bytes().eq_ignore_ascii_case(name))
}

fn is_of_connection(name: &[u8]) -> bool {
    OF_CONNECTION.iter().any(|one| one.as_bytes().eq_ignore_ascii_case(name))
}

/// FILT-086: a prefix made of whole elements that are what they seem, without its last `/`. What cannot
/// stand in a path ends it.
fn sanitized(prefix: &str) -> String {
    let end = prefix.find(|letter: char| matches!(letter, '?' | '#') || !letter.is_ascii_graphic());
    let prefix = prefix.get(..end.unwrap_or(prefix.len())).unwrap_or_default();
    let mut elements: Vec<&str> = Vec::new();
    for element in prefix.split('/') {
        match element {
            "" | "." => {}
            ".." => {
                elements.pop();
            }
            element => elements.push(element),
        }
    }
    elements.iter().flat_map(|element| ["/", *element]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filt_086_prefixes() {
        for (written, expected) in [
            ("", ""),
            ("/", ""),
            ("/auth", "/auth"),
            ("/auth/", "/auth"),
            ("auth", "/auth"),
            ("//a//b/", "/a/b"),
            ("/a/../b/./c", "/b/c"),
            ("/../..", ""),
            ("/a?b=c", "/a"),
            ("/a#b", "/a"),
            ("/a\r\nx: y", "/a"),
        ] {
            assert_eq!(sanitized(written), expected, "{written:?}");
        }
    }
}
