//! How much of the limits of an object is used: from the same tables that refuse what is over them.

use alloc::vec::Vec;

use super::check::Checks;
use super::rules::http_rule::{MOST_MATCHES, match_count};
use super::schema::{Schema, Shape};
use crate::model::{FieldPath, ObjectKind, PathSegment, Value};

/// A list or map with a greatest number of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fullness {
    /// Where it is.
    pub path: FieldPath,
    /// The id of the rule that sets the limit.
    pub rule: &'static str,
    /// What is counted when that is not the items of the list itself.
    pub what: Option<&'static str>,
    /// How many there are.
    pub count: usize,
    /// How many there may be.
    pub limit: usize,
}

pub(super) fn of(checks: Checks<'_>, manifest: &Value) -> Vec<Fullness> {
    let Some((kind, schema)) = checks.served(manifest) else { return Vec::new() };
    let mut walk = Walk { checks, path: FieldPath::root(), found: Vec::new() };
    walk.fields(manifest, schema);
    let total = match kind {
        ObjectKind::HttpRoute => Some("VAL-HR-01"),
        ObjectKind::GrpcRoute => Some("VAL-GR-01"),
        _ => None,
    };
    let rules = manifest.get("spec").and_then(|spec| spec.get("rules"));
    if let (Some(rule), Some(rules)) = (total, rules) {
        walk.found.push(Fullness {
            path: FieldPath::root().key("spec").key("rules"),
            rule,
            what: Some("matches of all rules"),
            count: match_count(rules),
            limit: MOST_MATCHES,
        });
    }
    walk.found
}

struct Walk<'c> {
    checks: Checks<'c>,
    path: FieldPath,
    found: Vec<Fullness>,
}

impl Walk<'_> {
    fn fields(&mut self, object: &Value, schema: &Schema) {
        for field in schema.fields(self.checks.channel) {
            if self.path.is_root() && field.name == "status" {
                continue;
            }
            if let Some(value) = object.get(field.name) {
                self.path.push(PathSegment::Key(field.name.into()));
                self.value(value, &field.schema, field.id);
                self.path.pop();
            }
        }
    }

    fn value(&mut self, value: &Value, schema: &Schema, rule: &'static str) {
        match (schema.shape, value) {
            (Shape::List { item, max, .. }, Value::List(elements)) => {
                self.count(elements.len(), max, rule);
                for (index, element) in elements.iter().enumerate() {
                    self.path.push(PathSegment::Index(index));
                    self.value(element, item, rule);
                    self.path.pop();
                }
            }
            (Shape::Map { max, .. }, Value::Map(entries)) => self.count(entries.len(), max, rule),
            (Shape::Object { .. }, Value::Map(_)) => self.fields(value, schema),
            _ => {}
        }
    }

    fn count(&mut self, count: usize, limit: usize, rule: &'static str) {
        if limit < usize::MAX {
            self.found.push(Fullness { path: self.path.clone(), rule, what: None, count, limit });
        }
    }
}
