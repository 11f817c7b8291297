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
        let end = colon(authority);
        end.and_then(|end| authority.get(..end)).unwrap_or(authority)
    }
}

/// The position of the first colon, eight bytes at a time: every request asks for it.
#[inline]
fn colon(text: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // The lowest byte that is marked is a colon.
    let marks = |word: [u8; 8]| {
        let zeros = u64::from_le_bytes(word) ^ (u64::from(b':') * ONES);
        zeros.wrapping_sub(ONES) & !zeros & (0x80 * ONES)
    };
    let first = |marks: u64| (marks.trailing_zeros() / 8) as usize;
    let Some(last) = text.last_chunk::<8>() else {
        return text.iter().position(|byte| *byte == b':');
    };
    let (words, _) = text.as_chunks::<8>();
    for (number, word) in words.iter().enumerate() {
        let marks = marks(*word);
        if marks != 0 {
            return Some(8 * number + first(marks));
        }
    }
    // What is left, with some bytes before it that are no colons.
    let marks = marks(*last);
    (marks != 0).then(|| text.len() - 8 + first(marks))
}

#[cfg(test)]
mod tests {
    use super::{colon, request_host};

    #[test]
    fn the_first_colon() {
        for length in 0..20 {
            let mut text = [b';'; 20];
            assert_eq!(colon(&text[..length]), None);
            for at in 0..length {
                text[at..length].fill(b':');
                assert_eq!(colon(&text[..length]), Some(at));
                text[at..length].fill(b'9');
            }
        }
    }

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
