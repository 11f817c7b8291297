//! The list of rules.

use gateway_core::lint::{LintRule, Linter};

use super::collect::reader_rules;

/// All rules, by group and id.
pub fn rules() -> Vec<LintRule> {
    let mut rules: Vec<_> = reader_rules().chain(Linter::rules()).collect();
    rules.sort_by_key(|rule| (rule.group, rule.id));
    rules
}
