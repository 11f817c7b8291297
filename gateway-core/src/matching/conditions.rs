//! The conditions of one match, and which of them a request does not meet (MATCH-30..43).

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::matching::pattern::Pattern;
use crate::matching::query::{decoded, parameters};
use crate::matching::request::RequestView;
use crate::profile::{RepeatedHeaders, RepeatedQueryParams};

/// What a request must be like. All of it (MATCH-30).
#[derive(Clone, Debug)]
pub struct Conditions {
    /// On the path.
    pub path: PathCondition,
    /// The method, if one is asked for.
    pub method: Option<Box<str>>,
    /// Headers, one for each name.
    pub headers: Vec<HeaderCondition>,
    /// Query parameters, one for each name.
    pub query: Vec<QueryCondition>,
}

/// A condition on the path (MATCH-31..36).
#[derive(Clone, Debug)]
pub enum PathCondition {
    /// Byte-equal.
    Exact(String),
    /// The first elements; without the trailing `/` that does not count, so `/` is empty.
    Prefix(String),
    /// An expression on the path.
    Regex(Box<Pattern>),
    /// Every method of a gRPC service: paths that begin so, as in `/service/` (MATCH-61).
    Service(String),
    /// A method of any gRPC service: paths that end so, as in `/method`, with a service before it (MATCH-61).
    Method(String),
}

/// A condition on a header.
#[derive(Clone, Debug)]
pub struct HeaderCondition {
    /// The name, compared without case.
    pub name: String,
    /// The value.
    pub value: ValueCondition,
    /// What it is compared with when the header is repeated (MATCH-40, AMBIG-25).
    pub repeated: RepeatedHeaders,
}

/// A condition on a query parameter.
#[derive(Clone, Debug)]
pub struct QueryCondition {
    /// The name, compared with case.
    pub name: String,
    /// The value.
    pub value: ValueCondition,
    /// What it is compared with when the parameter is repeated (MATCH-42).
    pub repeated: RepeatedQueryParams,
}

/// A condition on a value.
#[derive(Clone, Debug)]
pub enum ValueCondition {
    /// Byte-equal.
    Exact(String),
    /// An expression on the value.
    Regex(Box<Pattern>),
}

/// The first condition that a request does not meet. Numbers are indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmet {
    /// The path.
    Path,
    /// The method.
    Method,
    /// A header.
    Header(usize),
    /// A query parameter.
    Query(usize),
}

impl Conditions {
    /// The first condition that the request does not meet; `None` when it matches.
    pub fn unmet(&self, request: &impl RequestView) -> Option<Unmet> {
        if !self.path.matches(request.path()) {
            return Some(Unmet::Path);
        }
        if self.method.as_ref().is_some_and(|method| method.as_bytes() != request.method()) {
            return Some(Unmet::Method);
        }
        if let Some(index) = self.headers.iter().position(|header| !header.matches(request)) {
            return Some(Unmet::Header(index));
        }
        self.query.iter().position(|param| !param.matches(request.query())).map(Unmet::Query)
    }

    /// Whether the request has the method, if one is asked for.
    pub(crate) fn has_method(&self, request: &impl RequestView) -> bool {
        self.method.as_ref().is_none_or(|method| method.as_bytes() == request.method())
    }

    /// Whether the request has all headers.
    pub(crate) fn has_headers(&self, request: &impl RequestView) -> bool {
        self.headers.iter().all(|header| header.matches(request))
    }

    /// Whether the request has all query parameters.
    pub(crate) fn has_query(&self, request: &impl RequestView) -> bool {
        self.query.iter().all(|param| param.matches(request.query()))
    }
}

impl PathCondition {
    /// A prefix from its configured value; one trailing `/` does not count (MATCH-33).
    pub fn prefix(value: &str) -> Self {
        Self::Prefix(value.strip_suffix('/').unwrap_or(value).into())
    }

    /// Whether the path meets the condition.
    pub fn matches(&self, path: &[u8]) -> bool {
        match self {
            Self::Exact(exact) => path == exact.as_bytes(),
            Self::Prefix(prefix) => is_at_or_below(path, prefix.as_bytes()),
            Self::Regex(pattern) => pattern.matches_bytes(path),
            Self::Service(service) => path.starts_with(service.as_bytes()),
            Self::Method(method) => path
                .strip_suffix(method.as_bytes())
                .is_some_and(|service| service.len() > 1 && service.first() == Some(&b'/')),
        }
    }
}

/// Whether a path is the prefix or lies below it (MATCH-33); a prefix has no slash at its end.
#[inline]
pub(crate) fn is_at_or_below(path: &[u8], prefix: &[u8]) -> bool {
    // `/` alone matches everything, also the `*` of OPTIONS (MATCH-34).
    path.strip_prefix(prefix).is_some_and(|rest| prefix.is_empty() || matches!(rest, [] | [b'/', ..]))
}

impl HeaderCondition {
    fn matches(&self, request: &impl RequestView) -> bool {
        let mut values = request.header_values(&self.name).peekable();
        if values.peek().is_none() {
            return false;
        }
        match self.repeated {
            RepeatedHeaders::Joined => self.value.matches(joined(values)),
            RepeatedHeaders::Any => values.any(|value| self.value.matches(value.iter().copied())),
            RepeatedHeaders::First => {
                values.next().is_some_and(|value| self.value.matches(value.iter().copied()))
            }
        }
    }
}

/// The values of a repeated header as one (MATCH-40).
pub(crate) fn joined<'a>(values: impl Iterator<Item = &'a [u8]>) -> impl Iterator<Item = u8> {
    let mut first = true;
    values.flat_map(move |value| {
        let comma = if core::mem::take(&mut first) { None } else { Some(b',') };
        comma.into_iter().chain(value.iter().copied())
    })
}

impl QueryCondition {
    fn matches(&self, query: Option<&[u8]>) -> bool {
        let mut named = parameters(query.unwrap_or_default())
            .filter(|(name, _)| decoded(name).eq(self.name.as_bytes().iter().copied()));
        match self.repeated {
            RepeatedQueryParams::First => {
                named.next().is_some_and(|(_, value)| self.value.matches(decoded(value)))
            }
            RepeatedQueryParams::Any => named.any(|(_, value)| self.value.matches(decoded(value))),
        }
    }
}

impl ValueCondition {
    fn matches(&self, value: impl Iterator<Item = u8>) -> bool {
        match self {
            Self::Exact(exact) => value.eq(exact.as_bytes().iter().copied()),
            Self::Regex(pattern) => pattern.matches(value),
        }
    }
}
