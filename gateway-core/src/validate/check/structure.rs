//! The schema: types, limits, patterns, words, required fields (VAL-SCH-01..13).
//!
//! The checks of one value stand in the API server's order: type, alternatives, text, number, items, words,
//! fields, required fields. A field's own problems come before those of the fields inside it.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::date_time::is_date_time;
use super::place::Place;
use super::{Checks, address, at_schema, print};
use crate::model::{FieldPath, JsonType, Number, Value};
use crate::validate::schema::{Integer, Schema, Shape, Text};
use crate::validate::{Channel, Problem, ProblemKind};

/// Checks an object against its schema.
pub(super) fn check(checks: Checks<'_>, object: &Value, schema: &Schema, problems: &mut Vec<Problem>) {
    Structure { checks, problems }.object(object, schema, &Place::ROOT);
}

struct Structure<'c, 'p> {
    checks: Checks<'c>,
    problems: &'p mut Vec<Problem>,
}

impl Structure<'_, '_> {
    /// Checks a value; `rule` is the id of the field it belongs to.
    fn value(&mut self, value: &Value, schema: &Schema, rule: &'static str, place: &Place<'_>) {
        self.json_type(value, schema, rule, place);
        match (schema.shape, value) {
            (Shape::Text(limits), _) => {
                if let Value::String(text) = value {
                    self.text(text, limits, rule, place);
                }
                self.words(value, limits.values, rule, place);
            }
            (Shape::Integer(limits), _) => {
                if let Value::Number(number) = value {
                    self.number(number, limits, rule, place);
                }
                self.numbers(value, limits.values, rule, place);
            }
            (Shape::List { item, min, max, .. }, Value::List(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    self.value(element, item, rule, &place.index(index));
                }
                self.count(elements.len(), min, max, rule, place);
            }
            (Shape::Map { value, max }, Value::Map(entries)) => {
                self.count(entries.len(), 0, max, rule, place);
                let mut sorted: Vec<_> = entries.iter().collect();
                sorted.sort_by(|a, b| a.0.cmp(&b.0));
                for (key, entry) in sorted {
                    self.value(entry, value, rule, &place.key(key));
                }
            }
            (Shape::Object { is_address, .. }, _) => {
                if is_address {
                    address::check(value, place, self.problems);
                }
                self.object(value, schema, place);
            }
            _ => {}
        }
    }

    fn object(&mut self, object: &Value, schema: &Schema, place: &Place<'_>) {
        if object.as_map().is_none() {
            return;
        }
        let mut missing = Vec::new();
        for field in schema.fields(self.checks.channel) {
            match object.get(field.name) {
                Some(value) => self.value(value, &field.schema, field.id, &place.key(field.name)),
                None if field.required => missing.push(field),
                None => {}
            }
        }
        for field in missing {
            self.report(&place.key(field.name), field.id, ProblemKind::Required, None, String::new());
        }
    }

    fn json_type(&mut self, value: &Value, schema: &Schema, rule: &'static str, place: &Place<'_>) {
        let actual = type_name(value);
        let (is_right, expected, actual) = match schema.shape {
            // The API server leaves strings and lists to the format.
            Shape::Text(Text { is_date_time: true, .. }) if *value != Value::Null => {
                let is_left = matches!(value, Value::String(_) | Value::List(_));
                (is_left, "date-time", address::format_name(value))
            }
            _ => (actual == schema.type_name(), schema.type_name(), actual),
        };
        if !is_right {
            let detail = format!("{} in body must be of type {expected}: \"{actual}\"", place.dotted());
            self.report(place, rule, ProblemKind::TypeInvalid, Some(print::quoted(actual)), detail);
        }
    }

    /// Checks a text; only the first of its limits that is broken counts.
    fn text(&mut self, text: &str, limits: Text, rule: &'static str, place: &Place<'_>) {
        let at_least = |count: usize| text.len() >= count && text.chars().nth(count.max(1) - 1).is_some();
        let pattern = limits
            .pattern
            .filter(|_| !limits.pattern_is_experimental || self.checks.channel == Channel::Experimental)
            .filter(|pattern| !self.checks.patterns.matches(*pattern, text));
        if limits.max < usize::MAX && at_least(limits.max + 1) {
            let unit = if limits.max == 1 { "byte" } else { "bytes" };
            let detail = format!("may not be more than {} {unit}", limits.max);
            self.report(place, rule, ProblemKind::TooLong, None, detail);
        } else if limits.min > 0 && !at_least(limits.min) {
            let detail = format!("{} in body should be at least {} chars long", place.dotted(), limits.min);
            self.report(place, rule, ProblemKind::Invalid, Some(print::quoted(text)), detail);
        } else if let Some(pattern) = pattern {
            let detail = format!("{} in body should match '{}'", place.dotted(), pattern.source());
            self.report(place, rule, ProblemKind::Invalid, Some(print::quoted(text)), detail);
        }
        if limits.is_date_time && !is_date_time(text) {
            let detail =
                format!("{} in body must be of type date-time: {}", place.dotted(), print::quoted(text));
            self.report(place, rule, ProblemKind::TypeInvalid, Some(print::quoted(text)), detail);
        }
    }

    fn number(&mut self, number: &Number, limits: Integer, rule: &'static str, place: &Place<'_>) {
        let value = || Some(print::number(number));
        if is_below(number, limits.min) {
            let detail =
                format!("{} in body should be greater than or equal to {}", place.dotted(), limits.min);
            self.report(place, rule, ProblemKind::Invalid, value(), detail);
        } else if is_above(number, limits.max) {
            let detail = format!("{} in body should be less than or equal to {}", place.dotted(), limits.max);
            self.report(place, rule, ProblemKind::Invalid, value(), detail);
        } else if limits.bits == 32 && number.as_i64().is_some_and(|whole| i32::try_from(whole).is_err()) {
            let detail =
                format!("Checked value must be of type integer with format int32 in {}", place.dotted());
            self.problems.push(Problem {
                rule,
                path: FieldPath::root(),
                kind: ProblemKind::Invalid,
                value: Some("\"\"".into()),
                detail,
                is_dotted: true,
            });
        }
    }

    fn count(&mut self, count: usize, min: usize, max: usize, rule: &'static str, place: &Place<'_>) {
        if count < min {
            let detail = format!("{} in body should have at least {min} items", place.dotted());
            self.report(place, rule, ProblemKind::Invalid, Some(count.to_string()), detail);
        }
        if count > max {
            let unit = if max == 1 { "item" } else { "items" };
            let detail = format!("must have at most {max} {unit}");
            self.report(place, rule, ProblemKind::TooMany, Some(count.to_string()), detail);
        }
    }

    fn words(&mut self, value: &Value, values: &[&str], rule: &'static str, place: &Place<'_>) {
        if !values.is_empty() && !value.as_str().is_some_and(|text| values.contains(&text)) {
            self.not_supported(value, values.iter().map(|word| print::quoted(word)), rule, place);
        }
    }

    fn numbers(&mut self, value: &Value, values: &[i64], rule: &'static str, place: &Place<'_>) {
        if !values.is_empty() && !value.as_i64().is_some_and(|number| values.contains(&number)) {
            let values = values.iter().map(|number| print::quoted(&number.to_string()));
            self.not_supported(value, values, rule, place);
        }
    }

    fn not_supported(
        &mut self,
        value: &Value,
        values: impl Iterator<Item = String>,
        rule: &'static str,
        place: &Place<'_>,
    ) {
        let detail = format!("supported values: {}", values.collect::<Vec<_>>().join(", "));
        self.report(place, rule, ProblemKind::NotSupported, Some(print::value(value)), detail);
    }

    fn report(
        &mut self,
        place: &Place<'_>,
        rule: &'static str,
        kind: ProblemKind,
        value: Option<String>,
        detail: String,
    ) {
        self.problems.push(at_schema(place, rule, kind, value, detail));
    }
}

/// What a value is to the API server, for which a number too great for 64 bits is no integer.
fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Number(number) if number.as_i64().is_none() => JsonType::Number.as_str(),
        value => value.json_type().as_str(),
    }
}

/// Whether a number is less than a limit; the least limit is none.
#[expect(clippy::cast_precision_loss, reason = "limits of fields are small")]
fn is_below(number: &Number, limit: i64) -> bool {
    limit != i64::MIN && number.as_i64().map_or_else(|| number.as_f64() < limit as f64, |whole| whole < limit)
}

/// Whether a number is more than a limit; the greatest limit is none.
#[expect(clippy::cast_precision_loss, reason = "limits of fields are small")]
fn is_above(number: &Number, limit: i64) -> bool {
    limit != i64::MAX && number.as_i64().map_or_else(|| number.as_f64() > limit as f64, |whole| whole > limit)
}
