//! The names that a certificate is good for.

use alloc::string::String;
use core::fmt;

/// A DNS name of a certificate, in lower case: one name, or `*.` and a suffix, which stands for
/// exactly one more label (RFC 6125; routing by SNI is wider, AMBIG-07).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertificateName(String);

impl CertificateName {
    /// A name as the certificate has it.
    pub fn new(name: &str) -> Self {
        Self(name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase())
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a client that asks for the hostname accepts the certificate. A hostname with a leading
    /// `*.` stands for itself: only the same wildcard covers it.
    pub fn covers(&self, hostname: &str) -> bool {
        let hostname = hostname.strip_suffix('.').unwrap_or(hostname);
        if self.0.eq_ignore_ascii_case(hostname) {
            return true;
        }
        let (Some(suffix), Some((label, rest))) = (self.0.strip_prefix("*."), hostname.split_once('.'))
        else {
            return false;
        };
        !label.is_empty() && label != "*" && rest.eq_ignore_ascii_case(suffix)
    }

    /// Whether some hostname is covered by both.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.covers(&other.0) || other.covers(&self.0)
    }
}

impl fmt::Display for CertificateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::CertificateName;

    #[test]
    fn a_wildcard_stands_for_one_label() {
        let wildcard = CertificateName::new("*.Example.com.");
        assert_eq!(wildcard.as_str(), "*.example.com");
        for hostname in ["a.example.com", "A.EXAMPLE.COM", "a.example.com.", "*.example.com"] {
            assert!(wildcard.covers(hostname), "{hostname}");
        }
        for hostname in ["example.com", "a.b.example.com", ".example.com", "*.a.example.com", "", "*"] {
            assert!(!wildcard.covers(hostname), "{hostname}");
        }
    }

    #[test]
    fn att_071_names_overlap_when_they_share_a_hostname() {
        let overlap = |one: &str, other: &str| {
            let (one, other) = (CertificateName::new(one), CertificateName::new(other));
            assert_eq!(one.overlaps(&other), other.overlaps(&one));
            one.overlaps(&other)
        };
        assert!(overlap("a.example", "a.example"));
        assert!(overlap("*.example", "a.example"));
        assert!(overlap("*.example", "*.example"));
        assert!(!overlap("*.example", "*.a.example"));
        assert!(!overlap("*.example", "example"));
        assert!(!overlap("a.example", "b.example"));
    }
}
