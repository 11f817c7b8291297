//! Rules as the modules of this folder declare them, and the list that findings are collected in.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::key::ObjectKey;
use crate::lint::{Finding, Group, LintRule, Severity};

/// A rule whose words are known when this crate is built.
#[derive(Clone, Copy, Debug)]
pub(in crate::lint) struct Declared {
    pub(in crate::lint) id: &'static str,
    pub(in crate::lint) severity: Severity,
    pub(in crate::lint) title: &'static str,
    pub(in crate::lint) doc: &'static str,
}

impl Declared {
    /// The rule as the public list shows it.
    pub(in crate::lint) fn rule(&self, group: Group) -> LintRule {
        LintRule {
            id: self.id,
            group,
            severity: self.severity,
            title: self.title.to_owned(),
            doc: self.doc.to_owned(),
        }
    }
}

/// Declares the rules of a module, each as a constant, and the list of them.
macro_rules! declare {
    ($($name:ident = $id:literal, $severity:ident, $title:literal, $doc:literal;)*) => {
        $(
            pub(in crate::lint) const $name: $crate::lint::declared::Declared = $crate::lint::declared::Declared {
                id: $id,
                severity: $crate::lint::Severity::$severity,
                title: $title,
                doc: $doc,
            };
        )*

        /// The rules of this module.
        pub(in crate::lint) const RULES: &[$crate::lint::declared::Declared] = &[$($name),*];
    };
}

pub(in crate::lint) use declare;

/// Findings as they come.
#[derive(Debug, Default)]
pub(in crate::lint) struct Findings(Vec<Finding>);

impl Findings {
    /// Adds a finding of the rule's own severity.
    pub(in crate::lint) fn add(
        &mut self,
        rule: &Declared,
        object: &ObjectKey,
        path: impl Into<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.add_as(rule.severity, rule, object, path, message, remedy);
    }

    /// Adds a finding that is milder or worse than its rule.
    pub(in crate::lint) fn add_as(
        &mut self,
        severity: Severity,
        rule: &Declared,
        object: &ObjectKey,
        path: impl Into<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.push(Finding {
            rule: rule.id,
            severity,
            object: Some(object.clone()),
            path: path.into(),
            message: message.into(),
            remedy: remedy.into(),
        });
    }

    /// All findings, to change them.
    pub(in crate::lint) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Finding> {
        self.0.iter_mut()
    }

    pub(in crate::lint) fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// The findings by object, path and rule; what was found twice is told once.
    pub(in crate::lint) fn sorted(self) -> Vec<Finding> {
        let mut findings = self.0;
        findings.sort_by(|one, other| {
            one.object
                .cmp(&other.object)
                .then_with(|| path_order(&one.path, &other.path))
                .then_with(|| one.rule.cmp(other.rule))
                .then_with(|| other.severity.cmp(&one.severity))
                .then_with(|| one.message.cmp(&other.message))
        });
        findings.dedup();
        findings
    }
}

/// Paths in the order of the manifest's lists: `rules[2]` before `rules[10]`.
fn path_order(one: &str, other: &str) -> Ordering {
    let mut rests = (one, other);
    while let (Some(start), Some(other_start)) = (index_start(rests.0), index_start(rests.1)) {
        let (names, indexes) = (rests.0.split_at(start), rests.1.split_at(other_start));
        if names.0 != indexes.0 {
            return names.0.cmp(indexes.0);
        }
        let (index, rest) = leading_number(names.1);
        let (other_index, other_rest) = leading_number(indexes.1);
        if index != other_index {
            return index.cmp(&other_index);
        }
        rests = (rest, other_rest);
    }
    rests.0.cmp(rests.1)
}

/// Where the first index begins, behind its bracket.
fn index_start(path: &str) -> Option<usize> {
    path.find('[').map(|bracket| bracket + 1)
}

/// The number that a text begins with, by length and then by digits, and what follows.
fn leading_number(text: &str) -> ((usize, &str), &str) {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    ((digits.len(), digits), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_follow_the_lists() {
        let mut paths = [
            "spec.rules[10].filters[0]",
            "spec.rules[2]",
            "spec.rules",
            "spec.listeners[0].port",
            "spec.rules[2].matches[1]",
            "",
        ];
        paths.sort_by(|one, other| path_order(one, other));
        let expected = [
            "",
            "spec.listeners[0].port",
            "spec.rules",
            "spec.rules[2]",
            "spec.rules[2].matches[1]",
            "spec.rules[10].filters[0]",
        ];
        assert_eq!(paths, expected);
    }
}
