//! Matches of HTTPRoutes and GRPCRoutes alike, in the order in which a listener tries them.

use alloc::format;
use alloc::string::String;

use crate::attach::{Age, HostPattern};
use crate::key::ObjectKey;
use crate::matching::Conditions;
use crate::table::Entry;

/// A match of a rule on one hostname.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'r> {
    pub(super) hostname: &'r HostPattern,
    /// What it asks for; `None` for every request.
    pub(super) conditions: Option<&'r Conditions>,
    /// Whether its rule lists matches at all.
    pub(super) is_listed: bool,
    pub(super) route: &'r ObjectKey,
    pub(super) age: &'r Age,
    pub(super) rule: usize,
    pub(super) index: usize,
}

impl<'r> From<&'r Entry> for Candidate<'r> {
    fn from(entry: &'r Entry) -> Self {
        Self {
            hostname: &entry.hostname,
            conditions: entry.conditions.as_ref(),
            is_listed: entry.rule.lists_matches,
            route: &entry.rule.route,
            age: &entry.rank.age,
            rule: entry.rule.index,
            index: entry.match_index,
        }
    }
}

impl Candidate<'_> {
    /// The field of the match; the rule itself when it lists none.
    pub(super) fn path(&self) -> String {
        if self.is_listed {
            format!("spec.rules[{}].matches[{}]", self.rule, self.index)
        } else {
            format!("spec.rules[{}]", self.rule)
        }
    }

    /// The match in words.
    pub(super) fn named(&self) -> String {
        if self.is_listed {
            format!("{} rule {} match {}", self.route, self.rule, self.index)
        } else {
            format!("{} rule {}", self.route, self.rule)
        }
    }
}
