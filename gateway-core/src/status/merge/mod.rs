//! What is written back: our status, merged into the one that the object holds (ATT-190..199).
//!
//! A controller owns the conditions of the types it writes, and the entries that carry its name. All
//! else belongs to others and stays where it is. Nothing here has a clock: the time is an input.

mod entry;
mod kinds;
mod onto;

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::model::{Condition, ConditionStatus, ControllerName, Timestamp};
use crate::status::{KindStatus, ObjectStatus, reasons};
use entry::Entry;
pub(crate) use onto::Onto;

/// Conditions of one list (ATT-197).
const CONDITIONS: usize = 8;

/// The types that controllers of the Gateway API write. One that is stored and not wanted any more is
/// stale (ATT-195, ATT-204); conditions of other types are somebody else's.
const OWN_TYPES: [&str; 9] = [
    reasons::ACCEPTED,
    reasons::PROGRAMMED,
    reasons::RESOLVED_REFS,
    reasons::CONFLICTED,
    reasons::OVERLAPPING_TLS_CONFIG,
    reasons::PARTIALLY_INVALID,
    reasons::INSECURE_FRONTEND_VALIDATION_MODE,
    reasons::DEFAULT_GATEWAY,
    reasons::SUPPORTED_VERSION,
];

/// Who writes a status, and when.
#[derive(Clone, Copy, Debug)]
pub struct StatusWriter<'a> {
    /// The names of our controllers: entries that carry them are ours (ATT-193).
    pub controllers: &'a BTreeSet<ControllerName>,
    /// The time of the write, as RFC 3339 says it.
    pub now: &'a Timestamp,
}

/// A status as it is written back.
#[derive(Clone, Debug, PartialEq)]
pub struct MergedStatus {
    /// The whole status, with all that belongs to others.
    pub status: ObjectStatus,
    /// Whether it differs from the stored one; there is nothing to write otherwise.
    pub changed: bool,
    /// What found no place in a full list.
    pub left_out: Vec<LeftOut>,
}

/// Something that found no place in a full list (ATT-197).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The list, such as `status.parents`.
    pub list: String,
    /// How many entries it takes.
    pub limit: usize,
    /// The entry: a type of condition, a name, a reference or an address.
    pub entry: String,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { list, limit, entry } = self;
        write!(f, "{list} is full with {limit} entries, so `{entry}` is not written; remove others from it")
    }
}

impl ObjectStatus {
    /// This status, merged into the one that the object holds.
    ///
    /// A status that only says that nobody has reconciled the object yet changes nothing that is stored.
    pub fn merged(&self, stored: Option<&KindStatus>, writer: StatusWriter<'_>) -> MergedStatus {
        let generation = self.metadata.generation.unwrap_or(0);
        let mut merge = Merge { writer, generation, left_out: Vec::new() };
        let status = self.status.merge_onto(stored, &mut merge);
        MergedStatus {
            changed: stored != Some(&status),
            status: Self { status, ..self.clone() },
            left_out: merge.left_out,
        }
    }
}

/// One merge, on its way.
pub(crate) struct Merge<'a> {
    writer: StatusWriter<'a>,
    /// The generation that the wanted status was worked out from.
    generation: i64,
    left_out: Vec<LeftOut>,
}

impl Merge<'_> {
    /// ATT-191: somebody has seen a newer object than we have.
    fn is_newer(&self, stored: &Condition) -> bool {
        stored.observed_generation.is_some_and(|generation| generation > self.generation)
    }

    fn leave_out(&mut self, list: &str, limit: usize, entry: impl Into<String>) {
        self.left_out.push(LeftOut { list: list.into(), limit, entry: entry.into() });
    }

    /// Merges by type (ATT-192). What is stored keeps its place; what is new follows.
    pub(crate) fn conditions(
        &mut self,
        list: &str,
        wanted: &[Condition],
        stored: &[Condition],
    ) -> Vec<Condition> {
        let mut merged: Vec<Condition> = Vec::new();
        let has = |list: &[Condition], kind: &str| list.iter().any(|condition| condition.r#type == *kind);
        for old in stored {
            let kind = old.r#type.as_str();
            let new = wanted.iter().find(|new| new.r#type == old.r#type);
            let is_own = new.is_some() || OWN_TYPES.contains(&kind);
            if !is_own || (self.is_newer(old) && !has(&merged, kind)) {
                merged.push(old.clone());
            } else if let Some(new) = new.filter(|_| !has(&merged, kind)) {
                merged.push(self.written(new, Some(old)));
            }
        }
        for new in wanted {
            let kind = new.r#type.as_str();
            if has(&merged, kind) {
                continue;
            }
            if merged.len() < CONDITIONS {
                merged.push(self.written(new, None));
            } else {
                self.leave_out(list, CONDITIONS, kind);
            }
        }
        merged
    }

    /// ATT-194: the time of a condition is when its `status` changed, not when it was last written.
    fn written(&self, new: &Condition, old: Option<&Condition>) -> Condition {
        let kept =
            old.filter(|old| old.status == new.status).and_then(|old| old.last_transition_time.clone());
        Condition {
            last_transition_time: Some(kept.unwrap_or_else(|| self.writer.now.clone())),
            ..new.clone()
        }
    }

    /// Merges entries by key (ATT-193). What is stored keeps its place; our own that are not wanted any
    /// more go (ATT-004, ATT-113); what is new follows.
    pub(crate) fn entries<E: Entry>(
        &mut self,
        list: &str,
        limit: usize,
        wanted: &[E],
        stored: &[E],
    ) -> Vec<E> {
        let mut merged: Vec<E> = Vec::new();
        let has = |list: &[E], entry: &E| list.iter().any(|other| other.is_same(entry));
        for old in stored {
            let is_own =
                old.controller().is_none_or(|controller| self.writer.controllers.contains(controller));
            if !is_own {
                merged.push(old.clone());
            } else if has(&merged, old) {
                // The same entry twice can only be a mistake of ours.
            } else if let Some(new) = wanted.iter().find(|new| new.is_same(old)) {
                let conditions =
                    self.conditions(&condition_list(list, new), new.conditions(), old.conditions());
                merged.push(new.clone().with_conditions(conditions));
            } else if old.conditions().iter().any(|condition| self.is_newer(condition)) {
                merged.push(old.clone());
            }
        }
        for new in wanted {
            if has(&merged, new) {
                continue;
            }
            if merged.len() < limit {
                let conditions = self.conditions(&condition_list(list, new), new.conditions(), &[]);
                merged.push(new.clone().with_conditions(conditions));
            } else {
                self.leave_out(list, limit, new.label());
            }
        }
        merged
    }

    /// The first entries of a list that is all ours.
    pub(crate) fn bounded<T: Clone>(
        &mut self,
        list: &str,
        limit: usize,
        all: &[T],
        label: impl Fn(&T) -> String,
    ) -> Vec<T> {
        for one in all.iter().skip(limit) {
            self.leave_out(list, limit, label(one));
        }
        all.iter().take(limit).cloned().collect()
    }
}

fn condition_list<E: Entry>(list: &str, entry: &E) -> String {
    alloc::format!("{list}[{}].conditions", entry.label())
}

/// Whether conditions say no more than that nobody has reconciled the object yet (ATT-002, ATT-196).
pub(crate) fn is_untouched(conditions: &[Condition]) -> bool {
    let pending = |condition: &Condition| {
        condition.status == ConditionStatus::Unknown && condition.reason == *reasons::PENDING
    };
    !conditions.is_empty() && conditions.iter().all(pending)
}
