//! Regular expressions on values (MATCH-36, AMBIG-24).
//!
//! A pattern becomes a finished automaton when the router is built, so that matching steps through
//! a value byte by byte: no cache, no lock, no allocation, and a time that grows only with the
//! value. The profile says in which dialect a pattern is written and how much of a value it must match.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use regex_automata::dfa::{StartKind, dense};
use regex_automata::nfa::thompson;
use regex_syntax::hir::Hir;

use crate::limits::Limits;
use crate::matching::automaton::Automaton;
use crate::matching::{literal, words};
use crate::profile::{Profile, RegexAnchoring, RegexDialect};

/// A compiled pattern.
#[derive(Clone)]
pub struct Pattern {
    source: String,
    anchoring: RegexAnchoring,
    dialect: RegexDialect,
    unicode: bool,
    is_literal: bool,
    automaton: Automaton,
}

/// How patterns are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PatternRules {
    /// The dialect.
    pub dialect: RegexDialect,
    /// How much of a value must match.
    pub anchoring: RegexAnchoring,
    /// Bytes that an automaton may take at most.
    pub limit: usize,
}

impl Default for PatternRules {
    fn default() -> Self {
        Limits::default().regex_bytes.into()
    }
}

impl From<usize> for PatternRules {
    /// The rulebook's own rules with another limit.
    fn from(limit: usize) -> Self {
        Self { dialect: RegexDialect::default(), anchoring: RegexAnchoring::default(), limit }
    }
}

impl From<&Profile> for PatternRules {
    fn from(profile: &Profile) -> Self {
        Self {
            dialect: profile.choices.regex_dialect,
            anchoring: profile.choices.regex_anchoring,
            limit: profile.limits.regex_bytes,
        }
    }
}

/// Why a pattern cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It is not a regular expression of the dialect.
    #[error("{0}")]
    Syntax(String),
    /// The controller has no regular expressions.
    #[error("the controller does not support regular expressions; use another type")]
    Unsupported,
    /// Its automaton is larger than the limit.
    #[error("the pattern needs more than {limit} bytes; shorten its repetitions")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
}

impl Pattern {
    /// Compiles a pattern; a number alone stands for the default rules with that limit.
    pub fn new(source: &str, rules: impl Into<PatternRules>) -> Result<Self, PatternError> {
        let PatternRules { dialect, anchoring, limit } = rules.into();
        let unicode = match dialect {
            RegexDialect::None => return Err(PatternError::Unsupported),
            // First without Unicode classes, as RE2 has them; what needs Unicode gets it.
            RegexDialect::Re2 if parse(source, false).is_ok() => false,
            RegexDialect::Re2 | RegexDialect::Rust => {
                parse(source, true).map(|_| true).map_err(PatternError::Syntax)?
            }
        };
        let whole = wrapped(source, anchoring, dialect, unicode).map_err(PatternError::Syntax)?;
        let too_large = PatternError::TooLarge { limit };
        let nfa = thompson::Compiler::new()
            .configure(thompson::Config::new().utf8(false).nfa_size_limit(Some(limit)))
            .build_from_hir(&whole)
            .map_err(|error| match error.size_limit() {
                Some(_) => too_large.clone(),
                None => PatternError::Syntax(error.to_string()),
            })?;
        let config = dense::Config::new()
            .start_kind(StartKind::Anchored)
            .dfa_size_limit(Some(limit))
            .determinize_size_limit(Some(limit.saturating_mul(2)));
        let automaton = dense::Builder::new().configure(config).build_from_nfa(&nfa).map_err(|error| {
            if error.is_size_limit_exceeded() { too_large } else { PatternError::Syntax(error.to_string()) }
        })?;
        let (prefix, whole) = match anchoring {
            RegexAnchoring::Full | RegexAnchoring::Start => {
                parse(source, unicode).map(|parsed| literal::prefix(&parsed)).unwrap_or_default()
            }
            RegexAnchoring::Search => (String::new(), false),
        };
        let is_literal = whole && anchoring == RegexAnchoring::Full;
        let automaton = Automaton::new(automaton, prefix);
        Ok(Self { source: source.to_string(), anchoring, dialect, unicode, is_literal, automaton })
    }

    /// The longest text that every value which meets the pattern begins with.
    pub fn literal_prefix(&self) -> &str {
        self.automaton.prefix()
    }

    /// Whether only one value meets the pattern: its prefix.
    pub fn is_literal(&self) -> bool {
        self.is_literal
    }

    /// The pattern as written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The pattern as it is compiled: with what may stand around it, for whole values.
    pub(crate) fn whole(&self) -> Option<Hir> {
        wrapped(&self.source, self.anchoring, self.dialect, self.unicode).ok()
    }

    /// Whether the value meets the pattern.
    pub fn matches(&self, value: impl IntoIterator<Item = u8>) -> bool {
        self.automaton.accepts_each(value)
    }

    /// The same of a value in one piece.
    pub(crate) fn matches_bytes(&self, value: &[u8]) -> bool {
        self.automaton.accepts(value)
    }
}

/// The pattern with whatever bytes may stand around the match.
fn wrapped(
    source: &str,
    anchoring: RegexAnchoring,
    dialect: RegexDialect,
    unicode: bool,
) -> Result<Hir, String> {
    let (before, after) = match anchoring {
        RegexAnchoring::Full => ("", ""),
        RegexAnchoring::Start => ("", "(?s-u:.)*"),
        RegexAnchoring::Search => ("(?s-u:.)*", "(?s-u:.)*"),
    };
    // The user's pattern stood alone before it is wrapped, so that `a)|(b` cannot escape; the line break
    // ends a comment that `(?x)` left open.
    let whole = parse(&format!(r"\A{before}(?:{source}){after}\z"), unicode)
        .or_else(|_| parse(&format!("\\A{before}(?:{source}\n){after}\\z"), unicode))?;
    Ok(if dialect == RegexDialect::Re2 && unicode { words::ascii(whole) } else { whole })
}

fn parser(unicode: bool) -> regex_syntax::Parser {
    regex_syntax::ParserBuilder::new().unicode(unicode).utf8(false).build()
}

fn parse(source: &str, unicode: bool) -> Result<Hir, String> {
    parser(unicode).parse(source).map_err(|error| match error {
        regex_syntax::Error::Parse(error) => error.kind().to_string(),
        regex_syntax::Error::Translate(error) => error.kind().to_string(),
        error => error.to_string(),
    })
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.source).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, value: &str) -> bool {
        let pattern = Pattern::new(pattern, 1 << 20);
        let matches = pattern.as_ref().is_ok_and(|pattern| pattern.matches(value.bytes()));
        assert_eq!(pattern.is_ok_and(|pattern| pattern.matches_bytes(value.as_bytes())), matches);
        matches
    }

    #[test]
    fn whole_values_only() {
        assert!(matches("a|ab", "ab"));
        assert!(!matches("a|ab", "abc"));
        assert!(!matches("^b", "ab"));
        assert!(matches("(?i)v[0-9]+", "V12"));
        assert!(matches("(?x)a # one", "a"));
        assert!(matches("/caf\u{e9}/.*", "/caf\u{e9}/x"));
        assert!(matches("", ""));
        let long = "x".repeat(100);
        assert!(matches("/a.*", &format!("/a{long}")) && !matches("/a.*", &format!("/a{long}\n{long}")));
        assert!(matches("/[^/]*/b", &format!("/{long}/b")) && !matches("/[^/]*/b", &format!("/{long}/c")));
    }

    #[test]
    fn ambig_24_anchoring_and_dialect() {
        let meets = |rules: PatternRules, pattern: &str, value: &str| {
            Pattern::new(pattern, rules).is_ok_and(|pattern| pattern.matches(value.bytes()))
        };
        let anchored = |anchoring| PatternRules { anchoring, ..PatternRules::default() };
        for (anchoring, value, expected) in [
            (RegexAnchoring::Full, "/v2", true),
            (RegexAnchoring::Full, "/v2/x", false),
            (RegexAnchoring::Start, "/v2/x\u{e9}\n", true),
            (RegexAnchoring::Start, "/x/v2", false),
            (RegexAnchoring::Search, "/x\n/v2/y", true),
            (RegexAnchoring::Search, "/x/w2", false),
        ] {
            assert_eq!(meets(anchored(anchoring), "/v[0-9]|/v", value), expected, "{anchoring:?} {value}");
        }
        assert!(!meets(anchored(RegexAnchoring::Start), "/v$", "/v2"));
        assert!(meets(anchored(RegexAnchoring::Search), "(?x) b # one", "abc"));
        // U+0663 is a decimal digit to Unicode alone.
        let rust = PatternRules { dialect: RegexDialect::Rust, ..PatternRules::default() };
        assert!(meets(rust, r"\d", "\u{663}"));
        assert!(!meets(PatternRules::default(), r"\d", "\u{663}"));
        // Words are ASCII's in RE2, whatever else the pattern needs.
        assert!(meets(PatternRules::default(), r"\pL+\b.+", "caf-1"));
        assert!(!meets(PatternRules::default(), r"\pL+\b.+", "caf1"));
        assert!(meets(PatternRules::default(), r"\pL\b\pL", "a\u{e9}"));
        let none = PatternRules { dialect: RegexDialect::None, ..PatternRules::default() };
        assert_eq!(Pattern::new("a", none).err(), Some(PatternError::Unsupported));
    }

    #[test]
    fn patterns_cannot_escape_or_explode() {
        assert!(matches!(Pattern::new("a)|(b", 1 << 20), Err(PatternError::Syntax(_))));
        assert!(matches!(Pattern::new("(?:[a-z]{100}){100}", 1 << 16), Err(PatternError::TooLarge { .. })));
        assert!(matches!(Pattern::new("(?=a)", 1 << 20), Err(PatternError::Syntax(_))));
    }
}
