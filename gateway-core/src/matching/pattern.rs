//! Regular expressions on values (MATCH-36, AMBIG-24).
//!
//! A pattern becomes a finished automaton when the router is built, so that matching steps through
//! a value byte by byte: no cache, no lock, no allocation, and a time that grows only with the
//! value. The profile says in which dialect a pattern is written and how much of a value it must match.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::RefCell;
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
    prefix: String,
    is_literal: bool,
    /// Bytes of the prefix that the automaton leaves out: a value begins with them, and the automaton
    /// takes what follows.
    head: usize,
    automaton: Arc<Automaton>,
}

/// Automata of one build, by what they take. Patterns that differ only in how they begin share one.
#[derive(Debug, Default)]
pub(crate) struct Automata(RefCell<BTreeMap<String, Arc<Automaton>>>);

impl Automata {
    /// The automaton of an expression, and what every value that it accepts begins with.
    fn of(&self, whole: &Hir, prefix: &str, limit: usize) -> Result<Arc<Automaton>, PatternError> {
        let mut made = self.0.borrow_mut();
        let text = whole.to_string();
        if let Some(known) = made.get(&text) {
            return Ok(Arc::clone(known));
        }
        let automaton = Arc::new(Automaton::new(automaton(whole, limit)?, prefix.to_string()));
        made.insert(text, Arc::clone(&automaton));
        Ok(automaton)
    }
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
        let rules = rules.into();
        Self::check(source, rules)?;
        Self::checked(source, rules, &Automata::default())
    }

    /// Whether a pattern can be used. The limit is one of the automaton of all of it, whatever is shared.
    pub(crate) fn check(source: &str, rules: impl Into<PatternRules>) -> Result<(), PatternError> {
        let PatternRules { dialect, anchoring, limit } = rules.into();
        let unicode = needs_unicode(source, dialect)?;
        let whole = wrapped(source, anchoring, dialect, unicode).map_err(PatternError::Syntax)?;
        automaton(&whole, limit).map(|_| ())
    }

    /// Compiles a pattern that [`Self::check`] lets pass.
    pub(crate) fn checked(
        source: &str,
        rules: impl Into<PatternRules>,
        automata: &Automata,
    ) -> Result<Self, PatternError> {
        let PatternRules { dialect, anchoring, limit } = rules.into();
        let unicode = needs_unicode(source, dialect)?;
        let (prefix, whole) = match anchoring {
            RegexAnchoring::Full | RegexAnchoring::Start => {
                parse(source, unicode).map(|parsed| literal::prefix(&parsed)).unwrap_or_default()
            }
            RegexAnchoring::Search => (String::new(), false),
        };
        let is_literal = whole && anchoring == RegexAnchoring::Full;
        let expression = wrapped(source, anchoring, dialect, unicode).map_err(PatternError::Syntax)?;
        let behind = literal::behind(&expression).filter(|(head, _)| prefix.as_bytes().starts_with(head));
        let shared = behind.and_then(|(head, rest)| Some((head.len(), automata.of(&rest, "", limit).ok()?)));
        let (head, automaton) = match shared {
            Some(shared) => shared,
            None => (0, automata.of(&expression, &prefix, limit)?),
        };
        let source = source.to_string();
        Ok(Self { source, anchoring, dialect, unicode, prefix, is_literal, head, automaton })
    }

    /// The longest text that every value which meets the pattern begins with.
    pub fn literal_prefix(&self) -> &str {
        &self.prefix
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
        let mut value = value.into_iter();
        self.head().iter().all(|byte| value.next() == Some(*byte)) && self.automaton.accepts_each(value)
    }

    /// The same of a value in one piece.
    pub(crate) fn matches_bytes(&self, value: &[u8]) -> bool {
        value.strip_prefix(self.head()).is_some_and(|rest| self.automaton.accepts(rest))
    }

    /// What a value begins with, before the automaton has a look at it.
    fn head(&self) -> &[u8] {
        self.prefix.as_bytes().get(..self.head).unwrap_or_default()
    }
}

/// Whether a pattern is read with Unicode's classes.
fn needs_unicode(source: &str, dialect: RegexDialect) -> Result<bool, PatternError> {
    match dialect {
        RegexDialect::None => Err(PatternError::Unsupported),
        // First without Unicode classes, as RE2 has them; what needs Unicode gets it.
        RegexDialect::Re2 if parse(source, false).is_ok() => Ok(false),
        RegexDialect::Re2 | RegexDialect::Rust => {
            parse(source, true).map(|_| true).map_err(PatternError::Syntax)
        }
    }
}

/// The automaton of an expression.
fn automaton(whole: &Hir, limit: usize) -> Result<dense::DFA<Vec<u32>>, PatternError> {
    let too_large = PatternError::TooLarge { limit };
    let nfa = thompson::Compiler::new()
        .configure(thompson::Config::new().utf8(false).nfa_size_limit(Some(limit)))
        .build_from_hir(whole)
        .map_err(|error| match error.size_limit() {
            Some(_) => too_large.clone(),
            None => PatternError::Syntax(error.to_string()),
        })?;
    let config = dense::Config::new()
        .start_kind(StartKind::Anchored)
        .dfa_size_limit(Some(limit))
        .determinize_size_limit(Some(limit.saturating_mul(2)));
    dense::Builder::new().configure(config).build_from_nfa(&nfa).map_err(|error| {
        if error.is_size_limit_exceeded() { too_large } else { PatternError::Syntax(error.to_string()) }
    })
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
    fn what_follows_a_literal_is_shared() {
        let automata = Automata::default();
        let pattern = |source| Pattern::checked(source, 1 << 20, &automata).expect("valid");
        let (one, other) = (pattern("/a/b/[0-9]+(/.*)?"), pattern("/caf\u{e9}/[0-9]+(/.*)?"));
        assert!(Arc::ptr_eq(&one.automaton, &other.automaton));
        assert_eq!((one.head(), other.head()), (&b"/a/b/"[..], "/caf\u{e9}/".as_bytes()));
        assert!(Arc::ptr_eq(&pattern("a").automaton, &pattern("bc").automaton));
        // What looks around itself must see what stands before it, and a choice begins with neither side.
        for (source, head) in [(r"a\b.c", 0), ("^a", 0), ("a|b", 0), ("ab*", 1), ("(?i)ab", 0), ("(ab)c+", 0)]
        {
            assert_eq!(pattern(source).head, head, "{source}");
        }
        // The limit is that of the whole pattern.
        let long = "a".repeat(1 << 10) + "[0-9]";
        assert!(matches!(Pattern::new(&long, 1 << 10), Err(PatternError::TooLarge { .. })));
    }

    #[test]
    fn a_literal_in_front_changes_no_answer() {
        let sources = [
            "a",
            "ab",
            "ab*",
            "a|b",
            "a.c",
            "(ab)c",
            "(?:ab)c*",
            "ab(c|d)",
            r"a\b.",
            r"a$",
            r"a\z",
            "a^b",
            "(?i)ab",
            "a(?i)b",
            "a{2}b",
            "a?b",
            "(?x)a b # c",
            "a()b",
            "",
            "(a|ab)c",
            "a[^b]",
            "ab(?:)",
            "(?m)a$",
            r"ab\B",
        ];
        let mut values = alloc::vec![String::new()];
        for length in 0..3 {
            let longer = values.iter().filter(|value| value.len() == length);
            let more: Vec<_> =
                longer.flat_map(|value| ["a", "b", "c", "B"].map(|end| format!("{value}{end}"))).collect();
            values.extend(more);
        }
        for source in sources {
            for anchoring in [RegexAnchoring::Full, RegexAnchoring::Start, RegexAnchoring::Search] {
                let rules = PatternRules { anchoring, ..PatternRules::default() };
                let pattern = Pattern::new(source, rules).expect("valid");
                let whole = automaton(&pattern.whole().expect("valid"), 1 << 20).expect("small");
                let whole = Automaton::new(whole, String::new());
                for value in &values {
                    let expected = whole.accepts_each(value.bytes());
                    assert_eq!(pattern.matches(value.bytes()), expected, "{source} {anchoring:?} {value}");
                    assert_eq!(
                        pattern.matches_bytes(value.as_bytes()),
                        expected,
                        "{source} {anchoring:?} {value}"
                    );
                }
            }
        }
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
        // Unicode's word boundaries are beyond the automata: an error, rather than those of ASCII.
        assert!(matches!(Pattern::new(r"a\b", rust), Err(PatternError::Syntax(_))));
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
