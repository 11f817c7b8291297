//! The name in a request's authority (MATCH-05, AMBIG-30).

/// The host of an authority: without port and without one trailing dot. The case stays; names are
/// compared without it. An IPv6 literal keeps its brackets.
pub fn request_host(authority: &[u8]) -> &[u8] {
    let host = if authority.first() == Some(&b'[') {
        let end = authority.iter().position(|byte| *byte == b']');
        end.and_then(|end| authority.get(..=end)).unwrap_or(authority)
    } else {
        let end = authority.iter().position(|byte| *byte == b':');
        end.and_then(|end| authority.get(..end)).unwrap_or(authority)
    };
    host.strip_suffix(b".").unwrap_or(host)
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
