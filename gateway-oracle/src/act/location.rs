//! The target of a redirect.

use gateway_core::model::HttpRequestRedirectFilter;

use super::{Taken, prefix, replace};
use crate::world::hostname;

/// FILT-020..FILT-027: of the request as the client sent it.
pub(crate) fn location(taken: &Taken<'_>, redirect: &HttpRequestRedirectFilter) -> String {
    let request = taken.request;
    // FILT-021.
    let scheme = redirect.scheme.as_ref().map_or(taken.scheme, |scheme| scheme.as_str());
    // FILT-022.
    let host = redirect.hostname.as_deref().unwrap_or_else(|| hostname::host(&request.authority));
    // FILT-023.
    let well_known = match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    };
    let of_scheme = redirect.scheme.as_ref().and(well_known);
    let port = redirect.port.map(|port| port.0).or(of_scheme).unwrap_or(taken.port);
    // FILT-024.
    let port = if Some(port) == well_known { String::new() } else { format!(":{port}") };
    // FILT-025, FILT-027.
    let (path, query) = match &redirect.path {
        Some(path) => replace::replace(
            &taken.world.profile.choices,
            path,
            prefix(taken),
            &request.path,
            request.query.as_deref(),
        ),
        None => (request.path.clone(), request.query.clone()),
    };
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    format!("{scheme}://{host}{port}{path}{query}")
}
