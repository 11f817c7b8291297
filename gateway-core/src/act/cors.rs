//! What a CORS filter says to a client (FILT-070..082).

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::act::HeaderEdit;
use crate::matching::RequestView;
use crate::table::{Cors, CorsList};

const ORIGIN: &str = "origin";
const ASKED_METHOD: &str = "access-control-request-method";
const ASKED_HEADERS: &str = "access-control-request-headers";

const ALLOW_ORIGIN: &str = "access-control-allow-origin";
const ALLOW_CREDENTIALS: &str = "access-control-allow-credentials";
const ALLOW_METHODS: &str = "access-control-allow-methods";
const ALLOW_HEADERS: &str = "access-control-allow-headers";
const EXPOSE_HEADERS: &str = "access-control-expose-headers";
const MAX_AGE: &str = "access-control-max-age";
const VARY: &str = "vary";

/// Whether a request only asks whether another one would be allowed (FILT-070).
pub(crate) fn is_preflight(request: &impl RequestView) -> bool {
    let has = |name| request.header_values(name).next().is_some();
    request.method() == b"OPTIONS" && has(ORIGIN) && has(ASKED_METHOD)
}

/// The headers of the answer to a preflight (FILT-074..077).
pub(crate) fn preflight<'q>(
    cors: &'q Cors,
    request: &'q impl RequestView,
) -> impl Iterator<Item = (&'static str, Cow<'q, str>)> {
    let origin = allowed_origin(cors, request);
    let listed = |list: &'q Option<CorsList>, asked| match list.as_ref()? {
        CorsList::Listed(list) => Some(Cow::Borrowed(list.as_str())),
        CorsList::Any if cors.credentials => joined(request, asked),
        CorsList::Any => Some(Cow::Borrowed("*")),
    };
    let granted = origin.map(|origin| {
        [
            (ALLOW_ORIGIN, Some(Cow::Borrowed(origin))),
            (ALLOW_CREDENTIALS, cors.credentials.then_some(Cow::Borrowed("true"))),
            (EXPOSE_HEADERS, cors.exposed.as_deref().map(Cow::Borrowed)),
            (ALLOW_METHODS, listed(&cors.methods, ASKED_METHOD)),
            (ALLOW_HEADERS, listed(&cors.headers, ASKED_HEADERS)),
            (MAX_AGE, Some(Cow::Borrowed(cors.max_age.as_str()))),
        ]
    });
    let granted = granted.into_iter().flatten().filter_map(|(name, value)| Some((name, value?)));
    granted.chain(core::iter::once((VARY, Cow::Borrowed("Origin"))))
}

/// Changes to the response to another request. The gateway alone speaks of origins: what else the backend
/// says is removed (FILT-080). Without an Origin nothing is changed.
pub(crate) fn edits<'q>(
    cors: &'q Cors,
    request: &'q impl RequestView,
) -> impl Iterator<Item = HeaderEdit<'q>> {
    let crosses = request.header_values(ORIGIN).next().is_some();
    let origin = allowed_origin(cors, request);
    let edit = move |name| {
        let value = match name {
            ALLOW_ORIGIN => origin,
            ALLOW_CREDENTIALS => origin.filter(|_| cors.credentials).map(|_| "true"),
            EXPOSE_HEADERS => origin.and(cors.exposed.as_deref()),
            _ => None,
        };
        value.map_or(HeaderEdit::Remove(name), |value| HeaderEdit::Set(name, value))
    };
    let names = [ALLOW_ORIGIN, ALLOW_CREDENTIALS, ALLOW_METHODS, ALLOW_HEADERS, EXPOSE_HEADERS, MAX_AGE];
    let edits = names.into_iter().map(edit).chain(core::iter::once(HeaderEdit::Add(VARY, "Origin")));
    edits.filter(move |_| crosses)
}

/// The request's origin as it was sent.
pub(crate) fn origin(request: &impl RequestView) -> Option<Cow<'_, str>> {
    joined(request, ORIGIN)
}

/// The request's origin, if it is allowed. One that is given twice, or is not text, is none.
fn allowed_origin<'q>(cors: &Cors, request: &'q impl RequestView) -> Option<&'q str> {
    let mut origins = request.header_values(ORIGIN);
    let origin = core::str::from_utf8(origins.next()?).ok()?;
    let allowed = (origins.next().is_none() && cors.allows(origin)).then_some(origin);
    allowed.map(|origin| if cors.wildcard { "*" } else { origin })
}

/// All values of a header; `None` when it is not there.
fn joined<'q>(request: &'q impl RequestView, name: &'static str) -> Option<Cow<'q, str>> {
    let mut values = request.header_values(name).map(String::from_utf8_lossy);
    let first = values.next()?;
    let others: Vec<_> = values.collect();
    if others.is_empty() {
        return Some(first);
    }
    Some(Cow::Owned(core::iter::once(first).chain(others).collect::<Vec<_>>().join(",")))
}
