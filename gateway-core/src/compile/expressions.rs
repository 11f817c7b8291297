//! Regular expressions on paths, many in one automaton.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use regex_automata::MatchKind;
use regex_automata::dfa::{StartKind, dense};
use regex_automata::nfa::thompson;
use regex_syntax::hir::Hir;

use crate::matching::{Automaton, Pattern};

/// Expressions that share an automaton, with the candidates of each.
#[derive(Clone, Debug)]
pub(super) struct ExpressionGroup {
    automaton: Automaton,
    /// In the order of the automaton's patterns.
    candidates: Arc<[u32]>,
}

impl ExpressionGroup {
    /// Joins expressions; `None` when their automaton would take more than `limit` bytes.
    pub(super) fn automaton(patterns: &[&Pattern], limit: usize) -> Option<Automaton> {
        let whole: Vec<Hir> = patterns.iter().map(|pattern| pattern.whole()).collect::<Option<_>>()?;
        let nfa = thompson::Compiler::new()
            .configure(thompson::Config::new().utf8(false).nfa_size_limit(Some(limit)))
            .build_many_from_hir(&whole)
            .ok()?;
        let config = dense::Config::new()
            .start_kind(StartKind::Anchored)
            .match_kind(MatchKind::All)
            .dfa_size_limit(Some(limit))
            .determinize_size_limit(Some(limit.saturating_mul(2)));
        let automaton = dense::Builder::new().configure(config).build_from_nfa(&nfa).ok()?;
        let prefix = patterns.iter().map(|pattern| pattern.literal_prefix()).reduce(common)?;
        Some(Automaton::new(automaton, String::from(prefix)))
    }

    /// Names the candidates of each expression.
    pub(super) fn with(automaton: Automaton, candidates: Vec<u32>) -> Self {
        Self { automaton, candidates: candidates.into() }
    }

    /// Bytes on the heap.
    pub(super) fn memory(&self) -> usize {
        self.automaton.memory() + 4 * self.candidates.len()
    }

    /// Calls for the candidates of each expression that the path meets.
    #[inline]
    pub(super) fn each_match(&self, path: &[u8], mut found: impl FnMut(u32)) {
        for pattern in self.automaton.accepting(path) {
            if let Some(candidates) = self.candidates.get(pattern.as_usize()) {
                found(*candidates);
            }
        }
    }
}

/// What both texts begin with.
fn common<'t>(one: &'t str, other: &str) -> &'t str {
    let differs = one.char_indices().zip(other.chars()).find(|((_, one), other)| one != other);
    let end = differs.map_or(one.len().min(other.len()), |((at, _), _)| at);
    one.get(..end).unwrap_or_default()
}

/// The prefix by elements that every path which the expression meets lies at or below.
pub(super) fn guard(pattern: &Pattern) -> &str {
    let prefix = pattern.literal_prefix();
    if pattern.is_literal() {
        return prefix;
    }
    // What follows may go on within the last element.
    prefix.rfind('/').and_then(|end| prefix.get(..end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    #[test]
    fn each_expression_that_matches_is_found() {
        let sources = ["/(?:a/b|a/ab)/.*", "/a(/.*)?", "(?i)/A", ".*/b"];
        let patterns: Vec<_> =
            sources.iter().map(|source| Pattern::new(source, 1 << 20).expect("valid")).collect();
        let patterns: Vec<_> = patterns.iter().collect();
        let automaton = ExpressionGroup::automaton(&patterns, 1 << 20).expect("small");
        let group = ExpressionGroup::with(automaton, vec![10, 11, 12, 13]);
        let long = "/a".repeat(64);
        for (path, expected) in [
            ("/a", &[11, 12][..]),
            ("/A", &[12]),
            ("/a/b", &[11, 13]),
            ("/a/b/", &[10, 11]),
            ("/a/b\n", &[]),
            (&long, &[11]),
        ] {
            let mut found = Vec::new();
            group.each_match(path.as_bytes(), |one| found.push(one));
            assert_eq!(found, expected, "{path:?}");
        }
    }

    #[test]
    fn what_all_begin_with_is_compared_at_once() {
        let patterns = ["/caf\u{e9}/1[a-z]+", "/caf\u{ea}/2.*", "/caf\u{e9}/1"];
        for (every, prefix) in [(1, "/caf"), (2, "/caf\u{e9}/1")] {
            let patterns: Vec<_> = patterns
                .iter()
                .step_by(every)
                .map(|source| Pattern::new(source, 1 << 20).expect("valid"))
                .collect();
            assert_eq!(patterns.iter().map(Pattern::literal_prefix).reduce(common), Some(prefix));
        }
    }

    #[test]
    fn guards_are_whole_elements() {
        for (source, expected) in [
            ("/a/b", "/a/b"),
            ("/a/b/[0-9]+", "/a/b"),
            ("/a/b[0-9]+", "/a"),
            ("/a(/.*)?", ""),
            ("/a/(b|bc)/d", "/a"),
            ("(?i)/a/b", ""),
            ("/a/(x)/.*", "/a/x"),
            ("", ""),
        ] {
            let pattern = Pattern::new(source, 1 << 20).expect("valid");
            assert_eq!(guard(&pattern), expected, "{source}");
        }
    }
}
