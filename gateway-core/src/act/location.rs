//! The target of a redirect (FILT-020..028).

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

use crate::act::{Redirect, path};
use crate::attach::Protocol;
use crate::matching::RequestView;
use crate::model::PortNumber;

pub(crate) fn location(redirect: &Redirect<'_>, request: &impl RequestView, host: &[u8]) -> String {
    let filter = redirect.filter;
    // In a mesh nobody but the client knows.
    let in_mesh = redirect.listener.service.is_some();
    let says_https = || request.scheme().is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"https"));
    let is_https = redirect.listener.protocol == Protocol::Https || in_mesh && says_https();
    let own_scheme = if is_https { "https" } else { "http" };
    let scheme = filter.scheme.as_ref().map_or(own_scheme, |scheme| scheme.as_str());
    let host = match filter.hostname.as_deref() {
        Some(hostname) => Cow::Borrowed(hostname),
        None => String::from_utf8_lossy(host),
    };
    let well_known = |scheme: &str| if scheme == "https" { 443 } else { 80 };
    // FILT-023
    let port = match (filter.port.and_then(PortNumber::as_u16), &filter.scheme) {
        (Some(port), _) => port,
        (None, Some(scheme)) => well_known(scheme.as_str()),
        (None, None) => redirect.listener.port,
    };
    let port = if port == well_known(scheme) { String::new() } else { format!(":{port}") };
    let own = redirect.choices.path_normalization.apply(request.path());
    let (path, query) = match &filter.path {
        Some(modifier) => path::modified(
            &own,
            request.query().map(Cow::Borrowed),
            modifier,
            redirect.entry,
            redirect.choices,
        ),
        None => (own, request.query().map(Cow::Borrowed)),
    };
    let path = String::from_utf8_lossy(&path);
    match query {
        Some(query) => format!("{scheme}://{host}{port}{path}?{}", String::from_utf8_lossy(&query)),
        None => format!("{scheme}://{host}{port}{path}"),
    }
}
