//! The one comparison of rules (MATCH-44, MATCH-65).

use alloc::sync::Arc;
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
    /// What the match asks for, in the order of its kind of Route.
    pub asks: MatchRank,
    /// The older Route, then its name (MATCH-44 g, h).
    pub age: Arc<Age>,
    /// The earlier rule (MATCH-44 i).
    pub rule: usize,
    /// The earlier match: it changes no answer, but makes the order total.
    pub match_index: usize,
}

/// Rank of what a match asks for. Hostnames of HTTPRoutes and GRPCRoutes on one listener do not meet
/// (MATCH-24), so that no request ever compares the two.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchRank {
    /// A match of an HTTPRoute.
    Http(HttpRank),
    /// A match of a GRPCRoute.
    Grpc(GrpcRank),
}

/// Rank of a match of an HTTPRoute.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HttpRank {
    /// Kind and length of the path (MATCH-44 b, c).
    pub path: PathRank,
    /// Whether a method is asked for (MATCH-44 d, MATCH-49).
    pub method: Reverse<bool>,
    /// How many headers are asked for, each name once (MATCH-44 e, MATCH-39).
    pub headers: Reverse<usize>,
    /// How many query parameters are asked for, each name once (MATCH-44 f).
    pub query: Reverse<usize>,
}

/// Rank of a match of a GRPCRoute (MATCH-65).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GrpcRank {
    /// Characters of the service.
    pub service: Reverse<usize>,
    /// Characters of the method.
    pub method: Reverse<usize>,
    /// How many headers are asked for, each name once.
    pub headers: Reverse<usize>,
}

/// Rank of a path condition: exact, then expressions, then prefixes; longer first. A profile may put
/// all expressions in front or at the end instead (AMBIG-24).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PathRank {
    /// A regular expression where those stand first; otherwise as [`PathRank::Regex`].
    RegexFirst(Reverse<usize>),
    /// Exact; all of them that match one path are equal.
    Exact,
    /// A regular expression, the longer text first.
    Regex(Reverse<usize>),
    /// A prefix, the longer first (AMBIG-27).
    Prefix(Reverse<usize>),
    /// A regular expression where those stand last; otherwise as [`PathRank::Regex`].
    RegexLast(Reverse<usize>),
}
