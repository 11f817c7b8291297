//! Cross-origin requests.

use gateway_core::model::HttpCorsFilter;

use super::headers::Step;
use crate::Request;
use crate::matching::headers::value;

const HEADERS: [&str; 6] = [
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-expose-headers",
    "access-control-max-age",
];

/// FILT-070.
pub(crate) fn is_preflight(request: &Request) -> bool {
    request.method == "OPTIONS"
        && value(request, "origin").is_some()
        && value(request, "access-control-request-method").is_some()
}

/// FILT-072.
fn allows(cors: &HttpCorsFilter, origin: &str) -> bool {
    cors.allow_origins.iter().flatten().any(|one| one.as_str() == "*" || meets(one, origin))
}

fn meets(pattern: &str, origin: &str) -> bool {
    let (Some(pattern), Some(origin)) = (parts(pattern), parts(origin)) else { return false };
    let host = match pattern.1.strip_prefix('*') {
        Some("") => true,
        Some(suffix) => origin.1.len() > suffix.len() && origin.1.ends_with(suffix),
        None => pattern.1 == origin.1,
    };
    pattern.0 == origin.0 && host && pattern.2 == origin.2
}

/// Scheme, host and port, the port that of the scheme where none is said.
fn parts(origin: &str) -> Option<(String, String, String)> {
    let (scheme, authority) = origin.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let host = crate::world::hostname::host(authority);
    let port = authority[host.len()..].trim_start_matches(':');
    let port = match (port, scheme.as_str()) {
        ("", "http") => "80",
        ("", "https") => "443",
        (port, _) => port,
    };
    Some((scheme, host.to_ascii_lowercase(), port.to_owned()))
}

/// FILT-073, FILT-074..FILT-077: the headers of the answer to a preflight.
pub(crate) fn preflight(cors: &HttpCorsFilter, request: &Request) -> Vec<(String, String)> {
    let mut headers = common(cors, request);
    if headers.is_empty() {
        return vec![vary()];
    }
    let credentials = cors.allow_credentials();
    let listed = |list: Option<Vec<&str>>, asked: &str| {
        let list = list?;
        match (list.contains(&"*"), credentials) {
            (true, true) => value(request, asked),
            (true, false) => Some("*".to_owned()),
            (false, _) => Some(list.join(", ")).filter(|list| !list.is_empty()),
        }
    };
    let methods = cors
        .allow_methods
        .as_ref()
        .map(|list| list.iter().map(gateway_core::model::CorsMethod::as_str).collect());
    let names = cors
        .allow_headers
        .as_ref()
        .map(|list| list.iter().map(gateway_core::model::HeaderName::as_str).collect());
    let mut push =
        |name: &str, value: Option<String>| headers.extend(value.map(|value| (name.to_owned(), value)));
    push("access-control-allow-methods", listed(methods, "access-control-request-method"));
    push("access-control-allow-headers", listed(names, "access-control-request-headers"));
    push("access-control-max-age", Some(cors.max_age().to_string()));
    headers.push(vary());
    headers
}

/// FILT-074: what an answer and a response have in common; nothing for an origin that is not allowed.
fn common(cors: &HttpCorsFilter, request: &Request) -> Vec<(String, String)> {
    let Some(origin) = value(request, "origin").filter(|origin| allows(cors, origin)) else {
        return Vec::new();
    };
    let mut headers = vec![("access-control-allow-origin".to_owned(), origin)];
    if cors.allow_credentials() {
        headers.push(("access-control-allow-credentials".to_owned(), "true".to_owned()));
    }
    let exposed: Vec<_> =
        cors.expose_headers.iter().flatten().map(gateway_core::model::HeaderName::as_str).collect();
    // FILT-077, AMBIG-43.
    let exposed = match (exposed.contains(&"*"), cors.allow_credentials()) {
        (true, true) => String::new(),
        (true, false) => "*".to_owned(),
        (false, _) => exposed.join(", "),
    };
    if !exposed.is_empty() {
        headers.push(("access-control-expose-headers".to_owned(), exposed));
    }
    headers
}

fn vary() -> (String, String) {
    ("vary".to_owned(), "Origin".to_owned())
}

/// FILT-073, FILT-074, FILT-080: the response to an actual request; what a backend says is replaced.
pub(crate) fn actual(cors: &HttpCorsFilter, request: &Request) -> Vec<Step> {
    if value(request, "origin").is_none() {
        return Vec::new();
    }
    let ours = common(cors, request);
    let strange = HEADERS.iter().filter(|name| !ours.iter().any(|(one, _)| one == *name));
    let removed: Vec<_> = strange.map(|name| Step::Remove((*name).to_owned())).collect();
    let (name, value) = vary();
    let set = ours.iter().map(|(name, value)| Step::Set(name.clone(), value.clone()));
    set.chain(removed).chain([Step::Add(name, value)]).collect()
}
