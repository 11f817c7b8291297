//! Matches that are ready but for their hostname, and what both kinds of Routes share on the way there.

use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::attach::{HostPattern, RouteNode};
use crate::matching::{Conditions, HeaderCondition, ValueCondition};
use crate::model::HeaderMatchType;
use crate::table::backend::Targets;
use crate::table::{Entry, MatchRank, Rank, Rule};

/// A rule that can be carried out, with its matches.
pub(super) struct ReadyRule {
    pub(super) rule: Arc<Rule>,
    pub(super) matches: Vec<ReadyMatch>,
}

/// A match that is ready but for its hostname.
pub(super) struct ReadyMatch {
    pub(super) index: usize,
    pub(super) asks: MatchRank,
    pub(super) conditions: Option<Conditions>,
}

impl ReadyRule {
    /// The entries of the rule for one hostname.
    pub(super) fn entries<'a>(
        &'a self,
        route: &'a RouteNode,
        hostname: &'a HostPattern,
    ) -> impl Iterator<Item = Entry> + 'a {
        self.matches.iter().map(move |one| Entry {
            rank: Rank {
                precise_hostname: Reverse(hostname.precise_length()),
                hostname: Reverse(hostname.length()),
                asks: one.asks.clone(),
                age: Arc::clone(&route.age),
                rule: self.rule.index,
                match_index: one.index,
            },
            hostname: hostname.clone(),
            conditions: one.conditions.clone(),
            rule: Arc::clone(&self.rule),
            match_index: one.index,
            lone_backend: self.rule.lone_backend(),
        })
    }
}

/// Conditions on headers. `None` when a pattern does not compile; such a rule was dropped in `attach`
/// already.
pub(super) fn header_conditions<'a>(
    headers: impl Iterator<Item = (&'a str, HeaderMatchType, &'a str)>,
    targets: &Targets<'_>,
) -> Option<Vec<HeaderCondition>> {
    let mut conditions: Vec<HeaderCondition> = Vec::new();
    for (name, how, value) in headers {
        // MATCH-39: of equivalent names only the first counts.
        if conditions.iter().any(|known| known.name.eq_ignore_ascii_case(name)) {
            continue;
        }
        conditions.push(HeaderCondition {
            name: name.to_string(),
            value: value_condition(how == HeaderMatchType::RegularExpression, value, targets)?,
            repeated: targets.profile.choices.repeated_headers,
        });
    }
    conditions.shrink_to_fit();
    Some(conditions)
}

/// A condition on a value; `None` when it is a pattern that does not compile.
pub(super) fn value_condition(
    is_pattern: bool,
    value: &str,
    targets: &Targets<'_>,
) -> Option<ValueCondition> {
    Some(if is_pattern {
        ValueCondition::Regex(targets.pattern(value)?)
    } else {
        ValueCondition::Exact(String::from(value))
    })
}
