//! Hostnames against each other: does a name match a pattern, and what do two patterns share
//! (ATT-160..165, MATCH-02, MATCH-03).

use alloc::sync::Arc;
use core::cmp::Ordering;
use core::fmt;
use core::net::Ipv4Addr;

/// A hostname as listeners and routes carry it, in lower case: everything, `*.suffix`, or one name.
///
/// The order is specificity, the most specific first: precise before wildcard, more characters
/// before fewer, everything last (MATCH-03, MATCH-22). Copies share the text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum HostPattern {
    /// One name.
    Precise(Arc<str>),
    /// `*.` and this suffix: any name that ends with `.suffix` and has at least one more label.
    Wildcard(Arc<str>),
    /// Absent or empty: every name.
    Any,
}

impl HostPattern {
    /// Reads a hostname field; absent and empty mean every name (MODEL-LSN-02).
    pub fn new(hostname: Option<&str>) -> Self {
        match hostname {
            None | Some("" | "*") => Self::Any,
            Some(text) => match text.strip_prefix("*.") {
                Some(suffix) => Self::Wildcard(suffix.to_ascii_lowercase().into()),
                None => Self::Precise(text.to_ascii_lowercase().into()),
            },
        }
    }

    /// Whether a request's name matches. The name is compared without case; it must already be free
    /// of port and trailing dot (MATCH-05).
    pub fn matches(&self, name: &[u8]) -> bool {
        match self {
            Self::Any => true,
            _ if is_ipv4(name) => false,
            Self::Precise(host) => name.eq_ignore_ascii_case(host.as_bytes()),
            Self::Wildcard(suffix) => {
                // At least one character and a dot stand before the suffix: `*.x` never matches `x`.
                let Some(dot) = name.len().checked_sub(suffix.len() + 1) else { return false };
                dot > 0
                    && name.get(dot) == Some(&b'.')
                    && name.get(dot + 1..).is_some_and(|rest| rest.eq_ignore_ascii_case(suffix.as_bytes()))
            }
        }
    }

    /// Whether some name matches both patterns.
    pub fn overlaps(&self, other: &Self) -> bool {
        let suffix_of = |wide: &str, narrow: &str| {
            let rest = narrow.strip_suffix(wide).and_then(|rest| rest.strip_suffix('.'));
            narrow == wide || rest.is_some_and(|rest| !rest.is_empty())
        };
        match (self, other) {
            (Self::Any, _) | (_, Self::Any) => true,
            (Self::Precise(name), pattern) | (pattern, Self::Precise(name)) => {
                pattern.matches(name.as_bytes())
            }
            (Self::Wildcard(one), Self::Wildcard(other)) => suffix_of(one, other) || suffix_of(other, one),
        }
    }

    /// What both patterns match, or `None` if they share nothing: the more specific of the two (ATT-162).
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        let (narrow, wide) = if self <= other { (self, other) } else { (other, self) };
        let shared = match (narrow, wide) {
            (_, Self::Any) => true,
            (Self::Precise(name), wide) => wide.matches(name.as_bytes()),
            (Self::Wildcard(narrow), Self::Wildcard(wide)) => {
                narrow == wide || Self::Wildcard(wide.clone()).matches(narrow.as_bytes())
            }
            _ => false,
        };
        shared.then(|| narrow.clone())
    }

    /// Characters of the pattern when it is precise, else 0 (MATCH-22, first comparison).
    pub fn precise_length(&self) -> usize {
        match self {
            Self::Precise(name) => name.len(),
            _ => 0,
        }
    }

    /// Characters of the pattern with its `*.`; 0 for every name (MATCH-22, second comparison).
    pub fn length(&self) -> usize {
        match self {
            Self::Precise(name) => name.len(),
            Self::Wildcard(suffix) => suffix.len() + 2,
            Self::Any => 0,
        }
    }
}

/// MATCH-05: an address is no name, so that only a pattern for everything matches it.
#[inline]
pub(crate) fn is_ipv4(name: &[u8]) -> bool {
    name.last().is_some_and(u8::is_ascii_digit)
        && name.len() <= "255.255.255.255".len()
        && core::str::from_utf8(name).is_ok_and(|name| name.parse::<Ipv4Addr>().is_ok())
}

impl Ord for HostPattern {
    fn cmp(&self, other: &Self) -> Ordering {
        fn text(pattern: &HostPattern) -> &str {
            match pattern {
                HostPattern::Precise(text) | HostPattern::Wildcard(text) => text,
                HostPattern::Any => "",
            }
        }
        other
            .precise_length()
            .cmp(&self.precise_length())
            .then_with(|| other.length().cmp(&self.length()))
            .then_with(|| text(self).cmp(text(other)))
    }
}

impl PartialOrd for HostPattern {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::Precise(name) => f.write_str(name),
            Self::Wildcard(suffix) => write!(f, "*.{suffix}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn att_164_vectors() {
        let shared = [
            ("www.example.com", "www.example.com", "www.example.com"),
            ("*.example.com", "www.example.com", "www.example.com"),
            ("*.example.com", "sub.domain.example.com", "sub.domain.example.com"),
            ("www.example.com", "*.example.com", "www.example.com"),
            ("*.example.com", "*.example.com", "*.example.com"),
            ("*.com", "*.example.com", "*.example.com"),
            ("*", "www.example.com", "www.example.com"),
            ("*", "*", "*"),
        ];
        for (listener, route, expected) in shared {
            let (listener, route) = (HostPattern::new(Some(listener)), HostPattern::new(Some(route)));
            let expected = Some(HostPattern::new(Some(expected)));
            assert_eq!(listener.intersection(&route), expected);
            assert!(listener.overlaps(&route) && route.overlaps(&listener));
            assert_eq!(route.intersection(&listener), expected);
        }
        let apart = [
            ("*.example.com", "example.com"),
            ("very.specific.com", "specific.but.wrong.com"),
            ("*.wildcard.io", "wildcard.io"),
            ("*.foo.com", "*.bar.com"),
            ("a.com", "b.com"),
        ];
        for (listener, route) in apart {
            let (listener, route) = (HostPattern::new(Some(listener)), HostPattern::new(Some(route)));
            assert_eq!(listener.intersection(&route), None);
            assert!(!listener.overlaps(&route) && !route.overlaps(&listener));
            assert_eq!(route.intersection(&listener), None);
        }
    }

    #[test]
    fn match_02_wildcards_need_a_label() {
        let wildcard = HostPattern::new(Some("*.example.com"));
        assert!(wildcard.matches(b"a.b.EXAMPLE.com"));
        for name in [&b"example.com"[..], b".example.com", b"aexample.com", b"", b"com"] {
            assert!(!wildcard.matches(name));
        }
    }
}
