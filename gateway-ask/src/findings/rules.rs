//! The list of rules.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use gateway_core::lint::{Group, LintRule, Linter, Severity};
use gateway_manifest::NoteCode;

static RULES: LazyLock<Vec<LintRule>> = LazyLock::new(|| {
    let mut rules: Vec<_> = of_reader().chain(Linter::rules()).collect();
    rules.sort_by_key(|rule| (rule.group, rule.id));
    rules
});

static GROUPS: LazyLock<BTreeMap<&'static str, Group>> =
    LazyLock::new(|| RULES.iter().map(|rule| (rule.id, rule.group)).collect());

/// All rules, by group and id.
pub fn rules() -> &'static [LintRule] {
    &RULES
}

/// The group of a rule.
pub(super) fn group_of(rule: &str) -> Option<Group> {
    GROUPS.get(rule).copied()
}

/// The rules of the reader, whose ids are the codes of its notes.
fn of_reader() -> impl Iterator<Item = LintRule> {
    NoteCode::ALL.iter().map(|code| LintRule {
        id: code.as_str(),
        group: Group::Manifest,
        severity: Severity::Warning,
        title: code.title().to_owned(),
        doc: "Found while the manifests are read; the message says what to do. An error when kubectl or the API \
              server would refuse the manifest, a warning when it says something else than was probably meant."
            .to_owned(),
    })
}
