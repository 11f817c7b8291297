//! From the entry that matched to what to do: respond, redirect, or forward with changes.

mod carry;
mod choose;
mod connection;
mod connection_report;
mod cors;
mod external_auth;
mod failure;
mod headers;
#[cfg(feature = "http")]
mod http;
mod location;
mod path;
mod report;
mod report_target;
mod report_traffic;
mod retry;
mod session;
mod spoken;
mod timeouts;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

pub use choose::Draw;
pub use connection::{Connection, Pass, Reject, TlsHandling};
pub use connection_report::{ConnectionReport, PassReport, RejectReport};
pub use external_auth::{AuthAnswer, AuthBody, AuthCall, Denial, Verdict};
pub use failure::{Failure, FailureAnswer};
pub use headers::{HeaderEdit, Line};
#[cfg(feature = "http")]
pub use http::ApplyError;
pub use report::{
    DecisionReport, ForwardReport, ListenerReport, RedirectReport, ReportNames, RespondReport,
    ResponseReport, RouteReport, ServiceReport, TimeoutReport, UpstreamReport,
};
pub use report_target::{BackendReport, ExternalAuthReport, MirrorReport, UpstreamTlsReport};
pub use report_traffic::{
    AuthRequestReport, BackoffReport, BudgetReport, CookieReport, ExtensionReport, RateReport, RetryReport,
    SessionReport,
};
pub use retry::{Backoff, Budget, Outcome, Retry, RetryLoad};
pub use session::Session;
pub use spoken::SpokenHttp;
pub use timeouts::TimeLeft;

pub(crate) use choose::{again, at_backend, decide, refuse};
pub(crate) use connection::connect;
pub(crate) use cors::origin;

use crate::key::NamespacedName;
use crate::matching::{RequestView, without_port};
use crate::model::{HttpRequestRedirectFilter, HttpUrlRewriteFilter};
use crate::profile::Choices;
use crate::table::{Backend, Cors, Entry, ExternalAuth, Filter, ListenerTable, Mirror, Rule, UpstreamTls};

/// What to do with a request. Borrows from the router.
#[derive(Clone, Copy, Debug)]
pub enum Decision<'r> {
    /// Send it to a backend, with changes.
    Forward(Forward<'r>),
    /// Answer with a redirect.
    Redirect(Redirect<'r>),
    /// Answer with a status alone.
    Respond(Respond<'r>),
}

impl<'r> Decision<'r> {
    /// The listener that took the request, if one did.
    pub fn listener(&self) -> Option<&'r ListenerTable> {
        match self {
            Self::Forward(forward) => Some(forward.listener),
            Self::Redirect(redirect) => Some(redirect.listener),
            Self::Respond(respond) => respond.listener,
        }
    }

    /// The entry that matched, if one did.
    pub fn entry(&self) -> Option<&'r Entry> {
        match self {
            Self::Forward(forward) => Some(forward.entry),
            Self::Redirect(redirect) => Some(redirect.entry),
            Self::Respond(respond) => respond.entry,
        }
    }

    /// The backend that was drawn, if it came to that.
    pub fn backend(&self) -> Option<&'r Backend> {
        match self {
            Self::Forward(forward) => Some(forward.backend),
            Self::Redirect(redirect) => redirect.backend,
            Self::Respond(respond) => respond.backend,
        }
    }
}

/// A request to send on.
#[derive(Clone, Copy, Debug)]
pub struct Forward<'r> {
    /// The listener that took it.
    pub listener: &'r ListenerTable,
    /// The entry that matched.
    pub entry: &'r Entry,
    /// The backend that was drawn.
    pub backend: &'r Backend,
    /// The draw, of which the mirrors take what the backends left.
    draw: Draw,
    /// What the profile chose.
    choices: Choices,
}

/// A redirect to answer with.
#[derive(Clone, Copy, Debug)]
pub struct Redirect<'r> {
    /// The listener that took the request.
    pub listener: &'r ListenerTable,
    /// The entry that matched.
    pub entry: &'r Entry,
    /// The backend that was drawn, if the redirect is its own (FILT-030).
    pub backend: Option<&'r Backend>,
    /// The filter that redirects.
    pub filter: &'r HttpRequestRedirectFilter,
    /// What the profile chose.
    choices: Choices,
}

/// A status to answer with.
#[derive(Clone, Copy, Debug)]
pub struct Respond<'r> {
    /// The HTTP status.
    pub status: u16,
    /// Why.
    pub reason: Reason,
    /// The gRPC status to send instead, if the request is a gRPC call (MATCH-66, FILT-119).
    pub grpc_status: Option<u8>,
    /// The listener that took the request, if one did.
    pub listener: Option<&'r ListenerTable>,
    /// The entry that matched, if one did.
    pub entry: Option<&'r Entry>,
    /// The backend that was drawn, if it came to that.
    pub backend: Option<&'r Backend>,
    /// The filter that answers a preflight.
    cors: Option<&'r Cors>,
}

/// Why a request is answered with a status alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No listener for the port and the name (MATCH-06): 404.
    NoMatchingListener,
    /// The listener has no rule for it (MATCH-25): 404.
    NoMatchingRoute,
    /// The Host belongs to another listener than the connection (MATCH-13): 421.
    MisdirectedRequest,
    /// The rule has no backend that could take traffic (FILT-113, AMBIG-47): 500.
    NoBackends,
    /// The backend that was drawn is invalid (FILT-111): 500.
    InvalidBackend,
    /// Nobody is ready behind the backend that was drawn (FILT-114): 503.
    NoEndpoints,
    /// A CORS preflight, allowed or not (FILT-070): 204.
    Preflight,
    /// A filter that nobody here can carry out (REF-42): 500.
    UnsupportedFilter,
    /// Who would have to allow the request cannot be asked (FILT-085): 500.
    InvalidExternalAuth,
}

impl Reason {
    /// The word for it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoMatchingListener => "NoMatchingListener",
            Self::NoMatchingRoute => "NoMatchingRoute",
            Self::MisdirectedRequest => "MisdirectedRequest",
            Self::NoBackends => "NoBackends",
            Self::InvalidBackend => "InvalidBackend",
            Self::NoEndpoints => "NoEndpoints",
            Self::Preflight => "Preflight",
            Self::UnsupportedFilter => "UnsupportedFilter",
            Self::InvalidExternalAuth => "InvalidExternalAuth",
        }
    }

    /// The HTTP status it is answered with (FILT-119).
    pub fn status(self) -> u16 {
        match self {
            Self::NoMatchingListener | Self::NoMatchingRoute => 404,
            Self::MisdirectedRequest => 421,
            Self::NoBackends | Self::InvalidBackend | Self::UnsupportedFilter | Self::InvalidExternalAuth => {
                500
            }
            Self::NoEndpoints => 503,
            Self::Preflight => 204,
        }
    }

    /// The gRPC status that a call gets instead: UNIMPLEMENTED for what nobody takes (MATCH-66),
    /// UNAVAILABLE for what cannot be carried out (FILT-115).
    pub fn grpc_status(self) -> Option<u8> {
        match self.status() {
            404 => Some(12),
            500.. => Some(14),
            _ => None,
        }
    }
}

impl<'r> Forward<'r> {
    /// The rule that is carried out.
    pub fn rule(&self) -> &'r Rule {
        &self.entry.rule
    }

    /// All filters in the order in which they see the request: those of the rule first (AMBIG-35).
    pub fn filters(&self) -> impl DoubleEndedIterator<Item = &'r Filter> + use<'r> {
        self.entry.rule.filters.iter().chain(&self.backend.filters)
    }

    /// Changes to the request's headers, in order. Nothing is allocated.
    pub fn request_edits(&self) -> impl Iterator<Item = HeaderEdit<'r>> + use<'r> {
        headers::edited(self.filters())
    }

    /// The request's headers with all changes made. What is not changed is borrowed.
    pub fn request_headers<'q>(&self, request: &'q impl RequestView) -> Vec<Line<'q>>
    where
        'r: 'q,
    {
        headers::changed(request, |_| true, self.request_edits())
    }

    /// Changes to the response's headers, in order: those of the backend first (AMBIG-35). What a CORS
    /// filter changes depends on the request.
    pub fn response_edits<'q>(&self, request: &'q impl RequestView) -> impl Iterator<Item = HeaderEdit<'q>>
    where
        'r: 'q,
    {
        response_edits(Some(self.backend), self.entry, request)
    }

    fn rewrites(&self) -> impl Iterator<Item = &'r HttpUrlRewriteFilter> + use<'r> {
        self.filters().filter_map(|filter| match filter {
            Filter::Rewrite(rewrite) => Some(&**rewrite),
            _ => None,
        })
    }

    /// Who must allow the request before it goes on, in order (FILT-083, FILT-090).
    pub fn external_auth(&self) -> impl Iterator<Item = &'r ExternalAuth> + use<'r> {
        self.auth_calls().map(|call| call.auth)
    }

    /// How the connection to the backend is secured; `None` without a BackendTLSPolicy (FILT-170).
    pub fn upstream_tls(&self) -> Option<&'r UpstreamTls> {
        self.backend.target.tls.as_deref()
    }

    /// The Secret with the certificate to show when the backend asks for one over TLS (FILT-176). It is
    /// the Gateway's, and stands for mirrors and for who authorizes alike.
    pub fn client_certificate(&self) -> Option<&'r NamespacedName> {
        self.listener.client_certificate.as_deref()
    }

    /// The authority for the backend: the request's own (MATCH-26) unless a rewrite names another (FILT-040).
    pub fn authority<'q>(&self, request: &'q impl RequestView) -> &'q [u8]
    where
        'r: 'q,
    {
        self.new_authority().map_or(request.authority(), str::as_bytes)
    }

    /// The authority that the last rewrite names.
    fn new_authority(&self) -> Option<&'r str> {
        self.rewrites().filter_map(|rewrite| rewrite.hostname.as_deref()).last()
    }

    /// Path and query for the backend.
    pub fn target<'q>(&self, request: &'q impl RequestView) -> (Cow<'q, [u8]>, Option<Cow<'q, [u8]>>) {
        let path = self.choices.path_normalization.apply(request.path());
        let mut target = (path, request.query().map(Cow::Borrowed));
        for modifier in self.rewrites().filter_map(|rewrite| rewrite.path.as_ref()) {
            target = path::modified(&target.0, target.1, modifier, self.entry, self.choices);
        }
        target
    }

    /// Mirrors that this request is copied to; each has its own share of the draw (FILT-061, FILT-062).
    pub fn mirrors(&self) -> impl Iterator<Item = &'r Mirror> + use<'r> {
        let mut draw = self.draw.0 / self.entry.rule.total_weight.max(1);
        let mirrors = self.filters().filter_map(|filter| match filter {
            Filter::Mirror(mirror) => Some(&**mirror),
            _ => None,
        });
        mirrors.filter(move |mirror| {
            let digit = draw % mirror.denominator;
            draw /= mirror.denominator;
            mirror.target.valid && digit < mirror.numerator
        })
    }
}

impl<'r> Redirect<'r> {
    /// The status of the answer.
    pub fn status(&self) -> u16 {
        u16::try_from(self.filter.status_code()).unwrap_or(302)
    }

    /// The `Location` of the answer: always absolute, default ports left out (FILT-020..027).
    pub fn location(&self, request: &impl RequestView) -> String {
        location::location(self, request, without_port(request.authority()))
    }

    /// Changes to the answer's headers, as for a response.
    pub fn response_edits<'q>(&self, request: &'q impl RequestView) -> impl Iterator<Item = HeaderEdit<'q>>
    where
        'r: 'q,
    {
        response_edits(self.backend, self.entry, request)
    }
}

impl Respond<'_> {
    /// Headers of the answer: those of a preflight, otherwise none (FILT-074).
    pub fn headers<'q>(
        &'q self,
        request: &'q impl RequestView,
    ) -> impl Iterator<Item = (&'static str, Cow<'q, str>)> {
        self.cors.into_iter().flat_map(|cors| cors::preflight(cors, request))
    }
}

fn response_edits<'q>(
    backend: Option<&'q Backend>,
    entry: &'q Entry,
    request: &'q impl RequestView,
) -> impl Iterator<Item = HeaderEdit<'q>> {
    let filters = backend.into_iter().flat_map(|backend| &backend.filters).chain(&entry.rule.filters);
    filters.flat_map(move |filter| {
        let (modifier, cors) = match filter {
            Filter::ResponseHeaders(modifier) => (Some(modifier), None),
            Filter::Cors(cors) => (None, Some(&**cors)),
            _ => (None, None),
        };
        let edits = modifier.into_iter().flat_map(headers::edits);
        edits.chain(cors.into_iter().flat_map(move |cors| cors::edits(cors, request)))
    })
}
