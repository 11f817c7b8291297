//! From the entry that matched to what to do: respond, redirect, or forward with changes.

mod choose;
mod failure;
mod headers;
mod location;
mod path;
mod report;
mod report_traffic;
mod retry;
mod session;
mod timeouts;

use alloc::borrow::Cow;
use alloc::string::String;

pub use choose::Draw;
pub use failure::{Failure, FailureAnswer};
pub use headers::HeaderEdit;
pub use report::{
    BackendReport, DecisionReport, ForwardReport, ListenerReport, MirrorReport, RedirectReport, ReportNames,
    RespondReport, ResponseReport, RouteReport, TimeoutReport, UpstreamReport,
};
pub use report_traffic::{BackoffReport, BudgetReport, CookieReport, RateReport, RetryReport, SessionReport};
pub use retry::{Backoff, Budget, Outcome, Retry, RetryLoad};
pub use session::Session;
pub use timeouts::TimeLeft;

pub(crate) use choose::{decide, respond};

use crate::matching::{RequestView, without_port};
use crate::model::{HttpRequestRedirectFilter, HttpRouteFilter, HttpRouteFilterType, HttpUrlRewriteFilter};
use crate::profile::Choices;
use crate::table::{Backend, Entry, ListenerTable, Mirror, Rule, Timeouts};

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

/// A request to send on.
#[derive(Clone, Copy, Debug)]
pub struct Forward<'r> {
    /// The listener that took it.
    pub listener: &'r ListenerTable,
    /// The entry that matched.
    pub entry: &'r Entry,
    /// The backend that was drawn.
    pub backend: &'r Backend,
    /// What is left of the draw for the mirrors.
    mirror_draw: u64,
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
    /// The listener that took the request, if one did.
    pub listener: Option<&'r ListenerTable>,
    /// The entry that matched, if one did.
    pub entry: Option<&'r Entry>,
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
    /// A filter that nobody here can carry out (REF-42): 500.
    UnsupportedFilter,
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
            Self::UnsupportedFilter => "UnsupportedFilter",
        }
    }

    /// The HTTP status it is answered with (FILT-119).
    pub fn status(self) -> u16 {
        match self {
            Self::NoMatchingListener | Self::NoMatchingRoute => 404,
            Self::MisdirectedRequest => 421,
            Self::NoBackends | Self::InvalidBackend | Self::UnsupportedFilter => 500,
        }
    }
}

impl<'r> Forward<'r> {
    /// The rule that is carried out.
    pub fn rule(&self) -> &'r Rule {
        &self.entry.rule
    }

    /// Filters on the request, those of the rule first (AMBIG-35).
    fn filters(&self) -> impl DoubleEndedIterator<Item = &'r HttpRouteFilter> + use<'r> {
        self.entry.rule.filters.iter().chain(&self.backend.filters)
    }

    /// Changes to the request's headers, in order. Nothing is allocated.
    pub fn request_edits(&self) -> impl Iterator<Item = HeaderEdit<'r>> + use<'r> {
        let modifiers =
            self.filters().filter(|filter| filter.r#type == HttpRouteFilterType::RequestHeaderModifier);
        modifiers.filter_map(|filter| filter.request_header_modifier.as_ref()).flat_map(headers::edits)
    }

    /// Changes to the response's headers, in order: those of the backend first (AMBIG-35).
    pub fn response_edits(&self) -> impl Iterator<Item = HeaderEdit<'r>> + use<'r> {
        response_edits(self.backend.filters.iter().chain(&self.entry.rule.filters))
    }

    fn rewrites(&self) -> impl Iterator<Item = &'r HttpUrlRewriteFilter> + use<'r> {
        let rewrites = self.filters().filter(|filter| filter.r#type == HttpRouteFilterType::UrlRewrite);
        rewrites.filter_map(|filter| filter.url_rewrite.as_ref())
    }

    /// The authority for the backend: the request's own (MATCH-26) unless a rewrite names another (FILT-040).
    pub fn authority<'q>(&self, request: &'q impl RequestView) -> &'q [u8]
    where
        'r: 'q,
    {
        let rewritten = self.rewrites().filter_map(|rewrite| rewrite.hostname.as_deref()).last();
        rewritten.map_or(request.authority(), str::as_bytes)
    }

    /// Path and query for the backend.
    pub fn target<'q>(&self, request: &'q impl RequestView) -> (Cow<'q, [u8]>, Option<Cow<'q, [u8]>>) {
        let path = self.choices.path_normalization.apply(request.path());
        let mut target = (path, request.query().map(Cow::Borrowed));
        for modifier in self.rewrites().filter_map(|rewrite| rewrite.path.as_ref()) {
            target = path::modified(&target.0, target.1.as_deref(), modifier, self.entry, self.choices);
        }
        target
    }

    /// Mirrors that this request is copied to; each has its own share of the draw (FILT-061, FILT-062).
    pub fn mirrors(&self) -> impl Iterator<Item = &'r Mirror> + use<'r> {
        let mut draw = self.mirror_draw;
        self.entry.rule.mirrors.iter().chain(&self.backend.mirrors).filter(move |mirror| {
            let digit = draw % mirror.denominator;
            draw /= mirror.denominator;
            mirror.valid && digit < mirror.numerator
        })
    }
}

impl<'r> Forward<'r> {
    /// How long it may take.
    pub fn timeouts(&self) -> Timeouts {
        self.entry.rule.timeouts
    }

    /// When the request is tried again; `None` when the rule says nothing of retries, or those of its
    /// method are not repeated (FILT-130..136, AMBIG-51).
    pub fn retry(&self, request: &impl RequestView) -> Option<Retry<'r>> {
        Retry::new(self.entry.rule.retries.as_ref()?, request, self.choices)
    }

    /// How many retries the backend takes; `None` is not limited (FILT-138).
    pub fn retry_budget(&self) -> Option<Budget<'r>> {
        let traffic = self.backend.traffic.as_deref()?;
        let counting = self.choices.budget_counting;
        Some(Budget { policy: &traffic.policy, limits: traffic.retry_budget?, counting })
    }

    /// How the client stays with its endpoint, if it does (FILT-180..190).
    pub fn session(&self) -> Option<Session<'r>> {
        Session::new(self.listener, self.entry, self.backend)
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

    /// Changes to the answer's headers.
    pub fn response_edits(&self) -> impl Iterator<Item = HeaderEdit<'r>> + use<'r> {
        response_edits(self.entry.rule.filters.iter())
    }
}

fn response_edits<'r>(
    filters: impl Iterator<Item = &'r HttpRouteFilter>,
) -> impl Iterator<Item = HeaderEdit<'r>> {
    filters
        .filter(|filter| filter.r#type == HttpRouteFilterType::ResponseHeaderModifier)
        .filter_map(|filter| filter.response_header_modifier.as_ref())
        .flat_map(headers::edits)
}
