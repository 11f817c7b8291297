//! Conditions that are not as they should be, each with the rule of rules 03 that it belongs to.

mod advice;
mod table;

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use crate::key::ObjectKey;
use crate::lint::declared::{Findings, declare};
use crate::lint::{Finding, Group, LintRule};
use crate::model::{Condition, ConditionStatus};
use crate::router::Router;
use crate::status::{KindStatus, ObjectStatus};
use advice::{Known, Part};
use table::{ROWS, Subject};

declare! {
    NO_ROW = "condition-not-met", Error,
        "a condition without a row of its own",
        "A controller wrote a condition that is not among those of the specification, and it says that something does not work. Do what its message says.";
}

/// Types of conditions that tell of something wrong when they are true.
const NEGATIVE: [&str; 4] =
    ["Conflicted", "OverlappingTLSConfig", "InsecureFrontendValidationMode", "PartiallyInvalid"];

fn is_negative(condition: &str) -> bool {
    NEGATIVE.contains(&condition)
}

/// One rule for each row of the table; rows of one id are one rule.
pub(in crate::lint) fn rules() -> Vec<LintRule> {
    let mut rules: Vec<LintRule> = Vec::new();
    for row in ROWS {
        if let Some(known) = rules.iter_mut().find(|rule| rule.id == row.id) {
            known.title = format!("{}; {}", known.title, row.title());
            known.doc = format!("{} {}", known.doc, row.doc);
            continue;
        }
        rules.push(LintRule {
            id: row.id,
            group: Group::Status,
            severity: row.severity,
            title: row.title(),
            doc: row.doc.to_string(),
        });
    }
    rules
}

pub(in crate::lint) fn check(router: &Router, found: &mut Findings) {
    let known = Known::of(router.graph());
    for status in router.statuses() {
        let Some(key) = status.key() else { continue };
        if known.is_foreign(&key) {
            continue;
        }
        check_object(&known, &key, &status, found);
    }
}

fn check_object(known: &Known<'_>, key: &ObjectKey, status: &ObjectStatus, found: &mut Findings) {
    let mut conditions = |part: Part, subject, conditions: &[Condition]| {
        for condition in conditions {
            check_condition(known, key, &part, subject, condition, found);
        }
    };
    match &status.status {
        KindStatus::GatewayClass(status) => {
            conditions(Part::Whole, Subject::Class, status.conditions.as_deref().unwrap_or_default());
        }
        KindStatus::Gateway(status) => {
            conditions(Part::Whole, Subject::Gateway, status.conditions.as_deref().unwrap_or_default());
            for (index, listener) in status.listeners.iter().flatten().enumerate() {
                conditions(Part::Listener(index), Subject::Listener, &listener.conditions);
            }
        }
        KindStatus::ListenerSet(status) => {
            conditions(Part::Set, Subject::ListenerSet, status.conditions.as_deref().unwrap_or_default());
            for (index, listener) in status.listeners.iter().flatten().enumerate() {
                conditions(Part::Listener(index), Subject::Listener, &listener.conditions);
            }
        }
        KindStatus::XMesh(status) => {
            conditions(Part::Whole, Subject::Mesh, status.conditions.as_deref().unwrap_or_default());
        }
        KindStatus::Route(status) => {
            for parent in &status.parents {
                let index = known.parent(key, &parent.parent_ref);
                conditions(Part::Parent(index), Subject::Route, &parent.conditions);
            }
        }
        KindStatus::Policy(status) => {
            for ancestor in &status.ancestors {
                conditions(Part::Whole, Subject::Policy, &ancestor.conditions);
            }
        }
        KindStatus::XBackend(status) => {
            for parent in status.parents.iter().flatten() {
                let all = parent.conditions.as_deref().unwrap_or_default();
                conditions(Part::Whole, Subject::Backend, all);
            }
        }
    }
}

fn check_condition(
    known: &Known<'_>,
    key: &ObjectKey,
    part: &Part,
    subject: Subject,
    condition: &Condition,
    found: &mut Findings,
) {
    let kind = condition.r#type.as_str();
    let good = if is_negative(kind) { ConditionStatus::False } else { ConditionStatus::True };
    if condition.status == good {
        return;
    }
    let row = |reason: &str| table::row(subject, kind, reason);
    let own = row(&condition.reason);
    let finding = |row: Option<&table::Row>, path, message, remedy| {
        let (rule, severity) = row.map_or((NO_ROW.id, NO_ROW.severity), |row| (row.id, row.severity));
        Finding { rule, severity, object: Some(key.clone()), path, message, remedy }
    };
    let said = known.advice(key, condition);
    for advice in &said {
        let row = row(advice.reason).or(own);
        found.push(finding(row, advice.path.clone(), advice.message.clone(), advice.remedy.clone()));
    }
    if said.is_empty() {
        let message =
            format!("{kind} is {} ({}): {}", condition.status, &*condition.reason, condition.message);
        found.push(finding(own, part.path(), message, own.map_or("", |row| row.remedy).to_string()));
    }
}
