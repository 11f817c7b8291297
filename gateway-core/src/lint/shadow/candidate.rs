//! Matches of HTTPRoutes and GRPCRoutes alike, in the order in which a listener tries them.

use alloc::format;
use alloc::string::String;

use crate::attach::{Age, HostPattern};
use crate::key::ObjectKey;
use crate::matching::Conditions;
use crate::table::{Entry, GrpcEntry};

/// A match of a rule on one hostname.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'r> {
    pub(super) hostname: &'r HostPattern,
    /// What it asks for; `None` for every request.
    pub(super) conditions: Option<&'r Conditions>,
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
            route: &entry.rule.route,
            age: &entry.rank.age,
            rule: entry.rule.index,
            index: entry.match_index,
        }
    }
}

impl<'r> From<&'r GrpcEntry> for Candidate<'r> {
    fn from(entry: &'r GrpcEntry) -> Self {
        Self {
            hostname: &entry.hostname,
            conditions: entry.conditions.as_ref(),
            route: &entry.route,
            age: &entry.rank.age,
            rule: entry.rank.rule,
            index: entry.rank.match_index,
        }
    }
}

impl Candidate<'_> {
    /// The field of the match; the rule itself when it lists none.
    pub(super) fn path(&self) -> String {
        match self.conditions {
            Some(_) => format!("spec.rules[{}].matches[{}]", self.rule, self.index),
            None => format!("spec.rules[{}]", self.rule),
        }
    }

    /// The match in words.
    pub(super) fn named(&self) -> String {
        match self.conditions {
            Some(_) => format!("{} rule {} match {}", self.route, self.rule, self.index),
            None => format!("{} rule {}", self.route, self.rule),
        }
    }
}
