//! Which findings are wanted: words of `--only` and `--ignore`.

use std::collections::BTreeSet;

use gateway_core::lint::Group;

use super::{Placed, rules};
use crate::AskError;

/// Rules and groups of rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    rules: BTreeSet<&'static str>,
    groups: BTreeSet<Group>,
}

impl Selection {
    /// Reads the ids of rules and the names of groups, whatever their case.
    pub fn read<'a>(words: impl IntoIterator<Item = &'a String>) -> Result<Self, AskError> {
        let mut selection = Self::default();
        for word in words {
            let word = word.trim();
            if let Some(group) = Group::from_name(&word.to_ascii_lowercase()) {
                selection.groups.insert(group);
            } else if let Some(id) =
                rules().iter().map(|rule| rule.id).find(|id| id.eq_ignore_ascii_case(word))
            {
                selection.rules.insert(id);
            } else {
                let groups: Vec<_> = Group::ALL.iter().map(|group| group.as_str()).collect();
                return Err(AskError::UnknownRule { word: word.to_owned(), groups: groups.join(", ") });
            }
        }
        Ok(selection)
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.groups.is_empty()
    }

    /// Whether a finding is asked for: where nothing is selected, every one is.
    pub fn wants(&self, finding: &Placed) -> bool {
        self.is_empty() || self.holds(finding)
    }

    /// Whether a finding is selected.
    pub fn holds(&self, finding: &Placed) -> bool {
        self.rules.contains(finding.rule) || self.groups.contains(&finding.group)
    }
}
