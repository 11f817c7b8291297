//! The rules that are not limits: a value's own first, then those inside it.
//!
//! A rule looks only at a value that is there (VAL-GEN-03), a rule about changes only at one that was
//! there before as well (VAL-GEN-13).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Checks;
use super::place::Place;
use crate::model::Value;
use crate::validate::rules::{Check, Rule};
use crate::validate::schema::{Schema, Shape};
use crate::validate::{Problem, ProblemKind};

/// Applies the rules of a schema to an object that obeys its limits, or nearly.
pub(super) fn check(
    checks: Checks<'_>,
    object: &Value,
    old: Option<&Value>,
    schema: &Schema,
    problems: &mut Vec<Problem>,
) {
    Ruling { checks, problems }.value(object, old, schema, &Place::ROOT);
}

struct Ruling<'c, 'p> {
    checks: Checks<'c>,
    problems: &'p mut Vec<Problem>,
}

impl Ruling<'_, '_> {
    fn value(&mut self, value: &Value, old: Option<&Value>, schema: &Schema, place: &Place<'_>) {
        for rule in schema.rules.iter().filter(|rule| rule.is_in(self.checks.channel)) {
            if let Some(detail) = self.broken(rule, value, old) {
                self.problems.push(Problem {
                    rule: rule.id,
                    path: place.path(),
                    kind: ProblemKind::Invalid,
                    value: Some(format!("\"{}\"", schema.type_name())),
                    detail,
                    is_dotted: false,
                });
            }
        }
        match (schema.shape, value) {
            // No rule about changes stands inside a list, so that no item needs its former self.
            (Shape::List { item, .. }, Value::List(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    self.value(element, None, item, &place.index(index));
                }
            }
            (Shape::Object { .. }, Value::Map(_)) => {
                for field in schema.fields(self.checks.channel) {
                    if let Some(inner) = value.get(field.name) {
                        let old = old.and_then(|old| old.get(field.name));
                        self.value(inner, old, &field.schema, &place.key(field.name));
                    }
                }
            }
            _ => {}
        }
    }

    /// What to say when a rule is broken; an error on the way is one, too (VAL-GEN-12).
    fn broken(&self, rule: &Rule, value: &Value, old: Option<&Value>) -> Option<String> {
        let holds = match rule.check {
            Check::Now(check) => check(value, self.checks.patterns),
            Check::Fallible(check) => match check(value) {
                Ok(holds) => holds,
                Err(error) => return Some(format!("{error} evaluating rule: {}", rule.message)),
            },
            Check::Change(check) => old.is_none_or(|old| check(old, value)),
        };
        (!holds).then(|| rule.message.into())
    }
}
