//! The name in a request's authority (MATCH-05, AMBIG-30).

/// The name to compare: the host of an authority without one trailing dot. The case stays; names are
/// compared without it.
#[inline]
pub fn request_host(authority: &[u8]) -> &[u8] {
    let host = without_port(authority);
    host.strip_suffix(b".").unwrap_or(host)
}

/// The host of an authority as it was written. An IPv6 literal keeps its brackets.
#[inline]
pub fn without_port(authority: &[u8]) -> &[u8] {
    if authority.first() == Some(&b'[') {
        let end = authority.iter().position(|byte| *byte == b']');
        end.and_then(|end| authority.get(..=end)).unwrap_or(authority)
    } else {
        let end = memchr::memchr(b':', authority);
        end.and_then(|end| authority.get(..end)).unwrap_or(authority)
    }
}

#[cfg(test)]
mod tests {
    use super::request_host;

    #[test]
    fn ports_dots_and_brackets() {
        for (authority, host) in [
            ("very.specific.com:1234", "very.specific.com"),
            ("example.com.", "example.com"),
            ("example.com.:80", "example.com"),
            ("[::1]:8080", "[::1]"),
            ("[::1", "[::1"),
            ("", ""),
            (":80", ""),
        ] {
            assert_eq!(request_host(authority.as_bytes()), host.as_bytes());
        }
    }
}
