//! Names and the patterns they meet. An absent hostname is the empty text here.

use std::net::IpAddr;

/// MATCH-02: whether a request's name meets a hostname.
pub(crate) fn matches(hostname: &str, name: &str) -> bool {
    if hostname.is_empty() {
        return true;
    }
    // MATCH-05: addresses meet absent hostnames only.
    if name.starts_with('[') || name.parse::<IpAddr>().is_ok() {
        return false;
    }
    let hostname = hostname.to_ascii_lowercase();
    match hostname.strip_prefix('*') {
        Some(suffix) => name.len() > suffix.len() && name.ends_with(suffix),
        None => name == hostname,
    }
}

/// MATCH-03: a greater value is more specific; precise, then wildcards by their labels, then absent.
pub(crate) fn specificity(hostname: &str) -> (bool, usize) {
    match hostname.strip_prefix("*.") {
        _ if hostname.is_empty() => (false, 0),
        Some(suffix) => (false, suffix.split('.').count()),
        None => (true, 0),
    }
}

/// MATCH-22: characters in a matching precise hostname, then characters in a matching hostname.
pub(crate) fn precedence(hostname: &str) -> (usize, usize) {
    let characters = hostname.chars().count();
    if hostname.starts_with('*') { (0, characters) } else { (characters, characters) }
}

/// ATT-161, ATT-162: what two hostnames have in common.
pub(crate) fn intersection(listener: &str, route: &str) -> Option<String> {
    let (listener, route) = (listener.to_ascii_lowercase(), route.to_ascii_lowercase());
    if listener.is_empty() || listener == route {
        return Some(route);
    }
    if route.is_empty() {
        return Some(listener);
    }
    let covers = |wide: &str, narrow: &str| {
        let narrow = narrow.strip_prefix('*').unwrap_or(narrow);
        wide.strip_prefix('*').is_some_and(|suffix| narrow.len() > suffix.len() && narrow.ends_with(suffix))
    };
    if covers(&listener, &route) {
        Some(route)
    } else if covers(&route, &listener) {
        Some(listener)
    } else {
        None
    }
}

/// MATCH-05, AMBIG-30: the name in a Host header: no port, no case, no trailing dot.
pub(crate) fn of_authority(authority: &str) -> String {
    without_dot(&host(authority).to_ascii_lowercase())
}

/// AMBIG-30: a TLS server name in the same form.
pub(crate) fn of_sni(sni: &str) -> String {
    without_dot(&sni.to_ascii_lowercase())
}

/// The host of an authority as it stands there.
pub(crate) fn host(authority: &str) -> &str {
    if authority.starts_with('[') {
        return authority.find(']').map_or(authority, |end| &authority[..=end]);
    }
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

fn without_dot(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{intersection, matches};

    /// The vectors of ATT-164.
    #[test]
    fn vectors() {
        let both = |listener, route, result: Option<&str>| {
            assert_eq!(intersection(listener, route).as_deref(), result, "{listener} {route}");
        };
        both("www.example.com", "www.example.com", Some("www.example.com"));
        both("*.example.com", "www.example.com", Some("www.example.com"));
        both("*.example.com", "sub.domain.example.com", Some("sub.domain.example.com"));
        both("www.example.com", "*.example.com", Some("www.example.com"));
        both("*.com", "*.example.com", Some("*.example.com"));
        both("*.example.com", "*.example.com", Some("*.example.com"));
        both("", "www.example.com", Some("www.example.com"));
        both("", "", Some(""));
        both("*.example.com", "example.com", None);
        both("*.foo.com", "*.bar.com", None);
        both("a.com", "b.com", None);
        both("*.wildcard.io", "wildcard.io", None);
    }

    /// MATCH-02, MATCH-05.
    #[test]
    fn names() {
        assert!(matches("*.a.test", "x.y.a.test"));
        assert!(!matches("*.a.test", "a.test"));
        assert!(!matches("*.a.test", ".a.test") || matches("*.a.test", "x.a.test"));
        assert!(matches("", "192.0.2.1") && !matches("192.0.2.1", "192.0.2.1"));
    }
}
