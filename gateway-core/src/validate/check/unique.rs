//! Lists in which no two items may be the same item: sets, and lists with keys (VAL-GEN-08).

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::place::Place;
use super::print;
use crate::model::Value;
use crate::validate::schema::{ListKind, Schema, Shape};
use crate::validate::{Channel, Problem, ProblemKind};

/// Checks all lists of an object.
pub(super) fn check(channel: Channel, object: &Value, schema: &Schema, problems: &mut Vec<Problem>) {
    Unique { channel, problems }.value(object, schema, "", &Place::ROOT);
}

struct Unique<'p> {
    channel: Channel,
    problems: &'p mut Vec<Problem>,
}

impl Unique<'_> {
    fn value(&mut self, value: &Value, schema: &Schema, rule: &'static str, place: &Place<'_>) {
        match (schema.shape, value) {
            (Shape::List { item, kind, .. }, Value::List(elements)) => {
                match kind {
                    ListKind::Atomic => {}
                    ListKind::Set => self.items(elements.iter().map(print::value), rule, place),
                    ListKind::Map(keys) => self.keyed(elements, keys, rule, place),
                }
                for (index, element) in elements.iter().enumerate() {
                    self.value(element, item, rule, &place.index(index));
                }
            }
            (Shape::Object { .. }, Value::Map(_)) => {
                for field in schema.fields(self.channel) {
                    if let Some(inner) = value.get(field.name) {
                        self.value(inner, &field.schema, field.id, &place.key(field.name));
                    }
                }
            }
            _ => {}
        }
    }

    fn keyed(&mut self, elements: &[Value], keys: &[&str], rule: &'static str, place: &Place<'_>) {
        let is_item = |element: &Value| matches!(element, Value::Map(_) | Value::Null);
        if let Some(index) = elements.iter().position(|element| !is_item(element)) {
            self.problems.push(Problem {
                rule,
                path: place.index(index).path(),
                kind: ProblemKind::Invalid,
                value: elements.get(index).map(print::value),
                detail: "must be an object for an array of list-type map".into(),
                is_dotted: false,
            });
            return;
        }
        let key_of = |element: &Value| {
            let part = |key: &&str| Some(((*key).into(), element.get(key)?.clone()));
            print::json(&Value::Map(keys.iter().filter_map(part).collect()))
        };
        self.items(elements.iter().map(key_of), rule, place);
    }

    /// Reports every text that occurs more than once, at its second place.
    fn items(&mut self, texts: impl Iterator<Item = String>, rule: &'static str, place: &Place<'_>) {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (index, text) in texts.enumerate() {
            let times = seen.entry(text.clone()).or_default();
            *times += 1;
            if *times == 2 {
                self.problems.push(Problem {
                    rule,
                    path: place.index(index).path(),
                    kind: ProblemKind::Duplicate,
                    value: Some(text),
                    detail: String::new(),
                    is_dotted: false,
                });
            }
        }
    }
}
