//! The regular expressions of the schemas and rules, compiled once.
//!
//! A pattern of a schema is searched for, not compared with the whole text; where it is anchored it says
//! so itself. The texts are those of the model's scalars: there is one truth about each.

use alloc::vec::Vec;
use core::fmt;

use regex_automata::Input;
use regex_automata::dfa::{Automaton, StartKind, dense};

use crate::model;

/// A pattern by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    Group,
    Kind,
    DnsLabel,
    Subdomain,
    Hostname,
    ControllerName,
    HeaderName,
    HeaderValue,
    Duration,
    AddressType,
    ProtocolType,
    CorsOrigin,
    AbsoluteUri,
    WellKnownCaCertificates,
    QualifiedName,
    LabelValue,
    PathCharacters,
    ConditionReason,
    ConditionType,
    GrpcService,
    GrpcMethod,
}

impl Pattern {
    const ALL: [Self; 21] = [
        Self::Group,
        Self::Kind,
        Self::DnsLabel,
        Self::Subdomain,
        Self::Hostname,
        Self::ControllerName,
        Self::HeaderName,
        Self::HeaderValue,
        Self::Duration,
        Self::AddressType,
        Self::ProtocolType,
        Self::CorsOrigin,
        Self::AbsoluteUri,
        Self::WellKnownCaCertificates,
        Self::QualifiedName,
        Self::LabelValue,
        Self::PathCharacters,
        Self::ConditionReason,
        Self::ConditionType,
        Self::GrpcService,
        Self::GrpcMethod,
    ];

    /// The pattern as users see it in messages.
    pub(super) fn source(self) -> &'static str {
        let scalar = match self {
            Self::Group => model::Group::PATTERN,
            Self::Kind => model::Kind::PATTERN,
            Self::DnsLabel => model::NamespaceName::PATTERN,
            Self::Subdomain => model::SectionName::PATTERN,
            Self::Hostname => model::Hostname::PATTERN,
            Self::ControllerName => model::ControllerName::PATTERN,
            Self::HeaderName => model::HeaderName::PATTERN,
            Self::HeaderValue => model::HeaderValue::PATTERN,
            Self::Duration => model::GatewayDuration::PATTERN,
            Self::AddressType => model::AddressType::PATTERN,
            Self::ProtocolType => model::ProtocolType::PATTERN,
            Self::CorsOrigin => model::CorsOrigin::PATTERN,
            Self::AbsoluteUri => model::AbsoluteUri::PATTERN,
            Self::WellKnownCaCertificates => model::WellKnownCaCertificates::PATTERN,
            Self::QualifiedName => model::LabelKey::PATTERN,
            Self::LabelValue => model::LabelValue::PATTERN,
            Self::PathCharacters => model::ExternalAuthPath::PATTERN,
            Self::ConditionReason => model::ConditionReason::PATTERN,
            Self::ConditionType => model::ConditionType::PATTERN,
            Self::GrpcService => Some(r"^(?i)\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$"),
            Self::GrpcMethod => Some("^[A-Za-z_][A-Za-z_0-9]*$"),
        };
        scalar.unwrap_or_default()
    }
}

/// All patterns, compiled.
#[derive(Clone)]
pub(super) struct Patterns(Vec<Option<dense::DFA<Vec<u32>>>>);

impl Patterns {
    pub(super) fn new() -> Self {
        let config = dense::Config::new().start_kind(StartKind::Unanchored);
        let compile =
            |pattern: Pattern| dense::Builder::new().configure(config.clone()).build(pattern.source()).ok();
        Self(Pattern::ALL.into_iter().map(compile).collect())
    }

    /// Whether a pattern occurs in a text.
    pub(super) fn matches(&self, pattern: Pattern, text: &str) -> bool {
        // The order of `ALL` is that of the variants; what cannot be compiled refuses nothing.
        let Some(Some(automaton)) = self.0.get(pattern as usize) else { return true };
        automaton.try_search_fwd(&Input::new(text).earliest(true)).is_ok_and(|end| end.is_some())
    }
}

impl fmt::Debug for Patterns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Patterns").field("count", &self.0.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Pattern, Patterns};

    #[test]
    fn all_compile_and_stand_in_their_places() {
        let patterns = Patterns::new();
        for (index, pattern) in Pattern::ALL.into_iter().enumerate() {
            assert_eq!(pattern as usize, index, "{pattern:?}");
            assert!(patterns.0[index].is_some(), "{pattern:?}");
            assert!(!pattern.source().is_empty(), "{pattern:?}");
        }
    }

    #[test]
    fn are_searched_for_as_they_are_anchored() {
        let patterns = Patterns::new();
        for (pattern, text, expected) in [
            (Pattern::Group, "", true),
            (Pattern::Group, "a.b", true),
            (Pattern::Group, "A", false),
            (Pattern::Hostname, "*", false),
            (Pattern::Hostname, "*.a", true),
            (Pattern::Hostname, "10.0.0.1", true),
            (Pattern::AddressType, "HostnameAndMore", true),
            (Pattern::AddressType, "my IPAddress", true),
            (Pattern::AddressType, "Other", false),
            (Pattern::AddressType, "~~a.b/c", true),
            (Pattern::ProtocolType, "~a.b/c", true),
            (Pattern::AbsoluteUri, "spiffe://a b", true),
            (Pattern::AbsoluteUri, "no-scheme", false),
            (Pattern::HeaderName, ":path", false),
            (Pattern::HeaderValue, "a  b", false),
            (Pattern::HeaderValue, "a\tb", true),
            (Pattern::Duration, "1h2m3s4ms", true),
            (Pattern::Duration, "1d", false),
            (Pattern::GrpcService, ".Foo.Bar_1", true),
            (Pattern::GrpcService, "foo..bar", false),
            (Pattern::CorsOrigin, "http://*:80", true),
            (Pattern::CorsOrigin, "http://bar.*.com", false),
            (Pattern::LabelValue, "a\n", false),
        ] {
            assert_eq!(patterns.matches(pattern, text), expected, "{pattern:?} {text:?}");
        }
    }
}
