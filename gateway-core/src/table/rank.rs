//! The one comparison of rules (MATCH-44).

use alloc::string::String;
use core::cmp::Reverse;

use crate::attach::Age;

/// The place of an entry in the order; the smaller wins. The fields stand in the specification's
/// order, and the derived `Ord` is the comparison.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// Characters of a precise hostname; a wildcard has none (MATCH-22).
    pub precise_hostname: Reverse<usize>,
    /// Characters of the hostname (MATCH-22).
    pub hostname: Reverse<usize>,
    /// Kind and length of the path (MATCH-44 b, c).
    pub path: PathRank,
    /// Whether a method is asked for (MATCH-44 d, MATCH-49).
    pub method: Reverse<bool>,
    /// How many headers are asked for, each name once (MATCH-44 e, MATCH-39).
    pub headers: Reverse<usize>,
    /// How many query parameters are asked for, each name once (MATCH-44 f).
    pub query: Reverse<usize>,
    /// The older Route, then its name (MATCH-44 g, h).
    pub age: Age,
    /// The earlier rule (MATCH-44 i).
    pub rule: usize,
    /// The earlier match: it changes no answer, but makes the order total.
    pub match_index: usize,
}

/// Rank of a path condition: exact, then expressions, then prefixes; longer first. A profile may put
/// all expressions in front or at the end instead (AMBIG-24).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PathRank {
    /// A regular expression where those stand first; otherwise as [`PathRank::Regex`].
    RegexFirst(Reverse<usize>, String),
    /// Exact; all of them that match one path are equal.
    Exact,
    /// A regular expression, the longer text first; then by the text, so that the order is total.
    Regex(Reverse<usize>, String),
    /// A prefix, the longer first (AMBIG-27).
    Prefix(Reverse<usize>),
    /// A regular expression where those stand last; otherwise as [`PathRank::Regex`].
    RegexLast(Reverse<usize>, String),
}
