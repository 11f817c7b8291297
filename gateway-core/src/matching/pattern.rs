//! Regular expressions that must match a whole value (MATCH-36, AMBIG-24).
//!
//! A pattern becomes a finished automaton when the router is built, so that matching steps through
//! a value byte by byte: no cache, no lock, no allocation, and a time that grows only with the
//! value. The dialect is RE2's as far as `regex-syntax` has it; `\d`, `\w`, `\s` and `\b` are ASCII.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use regex_automata::Anchored;
use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::{start, syntax};

/// A compiled pattern.
#[derive(Clone)]
pub struct Pattern {
    source: String,
    automaton: dense::DFA<Vec<u32>>,
}

/// Why a pattern cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It is not a regular expression of the dialect.
    #[error("{0}")]
    Syntax(String),
    /// Its automaton is larger than the limit.
    #[error("the pattern needs more than {limit} bytes; shorten its repetitions")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
}

impl Pattern {
    /// Compiles a pattern whose automaton takes at most `limit` bytes.
    pub fn new(source: &str, limit: usize) -> Result<Self, PatternError> {
        // First without Unicode classes, as RE2 has them; what needs Unicode gets it.
        let unicode = match parse(source, false) {
            Ok(()) => false,
            Err(_) => parse(source, true).map(|()| true).map_err(PatternError::Syntax)?,
        };
        // The user's pattern stands alone before it is wrapped, so that `a)|(b` cannot escape; the
        // line break ends a comment that `(?x)` left open.
        let mut whole = format!(r"\A(?:{source})\z");
        if parse(&whole, unicode).is_err() {
            whole = format!("\\A(?:{source}\n)\\z");
        }
        let too_large = PatternError::TooLarge { limit };
        let nfa = thompson::Compiler::new()
            .syntax(syntax::Config::new().unicode(unicode).utf8(false))
            .configure(thompson::Config::new().utf8(false).nfa_size_limit(Some(limit)))
            .build(&whole)
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
        Ok(Self { source: source.to_string(), automaton })
    }

    /// The pattern as written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether the pattern matches the whole value.
    pub fn matches(&self, value: impl IntoIterator<Item = u8>) -> bool {
        let anchored = start::Config::new().anchored(Anchored::Yes);
        let Ok(mut state) = self.automaton.start_state(&anchored) else { return false };
        for byte in value {
            state = self.automaton.next_state(state, byte);
            if self.automaton.is_dead_state(state) || self.automaton.is_quit_state(state) {
                return false;
            }
        }
        self.automaton.is_match_state(self.automaton.next_eoi_state(state))
    }
}

fn parse(source: &str, unicode: bool) -> Result<(), String> {
    let mut parser = regex_syntax::ParserBuilder::new().unicode(unicode).utf8(false).build();
    parser.parse(source).map(|_| ()).map_err(|error| match error {
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
        Pattern::new(pattern, 1 << 20).is_ok_and(|pattern| pattern.matches(value.bytes()))
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
    }

    #[test]
    fn patterns_cannot_escape_or_explode() {
        assert!(matches!(Pattern::new("a)|(b", 1 << 20), Err(PatternError::Syntax(_))));
        assert!(matches!(Pattern::new("(?:[a-z]{100}){100}", 1 << 16), Err(PatternError::TooLarge { .. })));
        assert!(matches!(Pattern::new("(?=a)", 1 << 20), Err(PatternError::Syntax(_))));
    }
}
