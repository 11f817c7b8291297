//! Validation against the schema, as the API server does it: types, required fields, limits, patterns and
//! unions. Which branch of a union speaks is decided by how many checks it passed, so checks are counted.

use std::net::IpAddr;

use serde_json::Value as Json;

use crate::formats::{is_date_time, is_sloppy_ip};
use crate::problem::{NO_PATH, Problem, ProblemKind, quoted, shown};
use crate::schema::Schema;

/// The problems found, and the number of checks made.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) problems: Vec<Problem>,
    checks: usize,
}

impl Outcome {
    /// Adds a problem unless it is known.
    fn add(&mut self, problem: Problem) {
        let known = |other: &Problem| other.path == problem.path && other.to_string() == problem.to_string();
        if !self.problems.iter().any(known) {
            self.problems.push(problem);
        }
    }

    fn merge(&mut self, other: Outcome) {
        self.checks += other.checks;
        if self.problems.is_empty() {
            self.problems = other.problems;
        } else {
            other.problems.into_iter().for_each(|problem| self.add(problem));
        }
    }

    fn is_valid(&self) -> bool {
        self.problems.is_empty()
    }
}

/// A problem whose detail starts with the path again.
fn in_body(path: &str, kind: ProblemKind, value: String, detail: &str) -> Problem {
    Problem::new(path, kind, Some(value), format!("{} in body {detail}", path.trim_start_matches('.')))
}

/// A problem of a union, which names its path in the detail only.
fn of_union(path: &str, detail: &str) -> Problem {
    let detail = format!("{} {detail}", quoted(path.trim_start_matches('.')));
    Problem::new(NO_PATH, ProblemKind::Invalid, Some(quoted("")), detail)
}

/// Checks a value.
pub(crate) fn check(schema: &Schema, value: &Json, path: &str) -> Outcome {
    let mut outcome = Outcome::default();
    if schema.json_type.is_some() || schema.format.is_some() {
        match type_problem(schema, value, path) {
            Some(problem) => outcome.add(problem),
            None => outcome.checks += 1,
        }
        outcome.checks += 1;
    }
    if value.is_null() {
        choice(schema, value, path, &mut outcome);
        return outcome;
    }
    outcome.merge(unions(schema, value, path));
    outcome.checks += 1;
    match value {
        Json::String(text) => string(schema, text, path, &mut outcome),
        Json::Number(_) => number(schema, value, path, &mut outcome),
        Json::Array(elements) => list(schema, elements, path, &mut outcome),
        _ => {}
    }
    choice(schema, value, path, &mut outcome);
    outcome.checks += 1;
    if let Json::Object(fields) = value {
        object(schema, fields, path, &mut outcome);
        outcome.checks += 1;
    }
    outcome.checks += 1;
    outcome
}

/// The type and the format of a value in the words of the API server.
fn names(value: &Json) -> (&'static str, &'static str) {
    match value {
        Json::Null => ("null", ""),
        Json::Bool(_) => ("boolean", ""),
        Json::Number(number) if number.is_i64() => ("integer", "int64"),
        Json::Number(_) => ("number", "float64"),
        Json::String(_) => ("string", ""),
        Json::Array(_) => ("array", ""),
        Json::Object(_) => ("object", ""),
    }
}

/// VAL-SCH-11. Where a text has a format, all but texts and lists are told the format instead of the type, and
/// a list passes. Formats of numbers say nothing here.
fn type_problem(schema: &Schema, value: &Json, path: &str) -> Option<Problem> {
    let wanted = schema.json_type.as_deref().unwrap_or_default();
    let (actual, format) = names(value);
    let wrong = |wanted: &str, actual: &str| {
        let detail = format!("must be of type {wanted}: {}", quoted(actual));
        Some(in_body(path, ProblemKind::TypeInvalid, quoted(actual), &detail))
    };
    if value.is_null() {
        let is_allowed = wanted.is_empty() || schema.nullable;
        return if is_allowed { None } else { wrong(wanted, actual) };
    }
    let is_whole = value.as_f64().is_some_and(|number| number.fract() == 0.0 && number.abs() < 9e15);
    let fits = wanted == actual
        || (actual == "number" && wanted == "integer" && is_whole)
        || (actual == "integer" && wanted == "number");
    match &schema.format {
        Some(_) if value.is_string() || value.is_array() => None,
        Some(wanted) if !fits => wrong(wanted, format),
        None if !fits => wrong(wanted, actual),
        _ => None,
    }
}

/// `anyOf`, `oneOf` and `not`.
fn unions(schema: &Schema, value: &Json, path: &str) -> Outcome {
    let mut outcome = Outcome::default();
    if !schema.any_of.is_empty() {
        let mut best: Option<Outcome> = None;
        for branch in &schema.any_of {
            let tried = check(branch, value, path);
            let is_valid = tried.is_valid();
            if is_valid || best.as_ref().is_none_or(|best| tried.checks > best.checks) {
                best = Some(tried);
            }
            if is_valid {
                break;
            }
        }
        let best = best.unwrap_or_default();
        if !best.is_valid() {
            outcome.add(of_union(path, "must validate at least one schema (anyOf)"));
        }
        outcome.merge(best);
    }
    if !schema.one_of.is_empty() {
        let tried: Vec<_> = schema.one_of.iter().map(|branch| check(branch, value, path)).collect();
        let valid = tried.iter().filter(|tried| tried.is_valid()).count();
        match valid {
            0 => {
                outcome
                    .add(of_union(path, "must validate one and only one schema (oneOf). Found none valid"));
                let most = tried.iter().map(|tried| tried.checks).max().unwrap_or_default();
                outcome.merge(tried.into_iter().find(|tried| tried.checks == most).unwrap_or_default());
            }
            1 => outcome.merge(tried.into_iter().find(Outcome::is_valid).unwrap_or_default()),
            many => outcome.add(of_union(
                path,
                &format!("must validate one and only one schema (oneOf). Found {many} valid alternatives"),
            )),
        }
    }
    if schema.not.as_ref().is_some_and(|not| check(not, value, path).is_valid()) {
        outcome.add(of_union(path, "must not validate the schema (not)"));
    }
    outcome.checks += 1;
    outcome
}

/// VAL-SCH-02..04 and 12: of several limits of a text, the first it breaks is told.
fn string(schema: &Schema, text: &str, path: &str, outcome: &mut Outcome) {
    let length = || text.chars().count();
    if let Some(most) = schema.max_length.filter(|most| length() > *most) {
        let detail = format!("may not be more than {most} bytes");
        outcome.add(Problem::new(path, ProblemKind::TooLong, None, detail));
    } else if let Some(least) = schema.min_length.filter(|least| length() < *least) {
        let detail = format!("should be at least {least} chars long");
        outcome.add(in_body(path, ProblemKind::Invalid, quoted(text), &detail));
    } else if let Some(pattern) = schema.pattern.as_ref().filter(|pattern| !pattern.is_match(text)) {
        let detail = format!("should match '{pattern}'");
        outcome.add(in_body(path, ProblemKind::Invalid, quoted(text), &detail));
    }
    outcome.checks += 1;
    if let Some(format) = &schema.format {
        let fits = match format.as_str() {
            "ipv4" => is_sloppy_ip(text) && text.contains('.'),
            "ipv6" => text.parse::<IpAddr>().is_ok() && text.contains(':'),
            "date-time" => is_date_time(text),
            other => panic!("the format {other} is not known"),
        };
        if !fits {
            let detail = format!("must be of type {format}: {}", quoted(text));
            outcome.add(in_body(path, ProblemKind::TypeInvalid, quoted(text), &detail));
        }
        outcome.checks += 1;
    }
}

/// VAL-SCH-05, 06 and 13: of several limits of a number, the first it breaks is told.
fn number(schema: &Schema, value: &Json, path: &str, outcome: &mut Outcome) {
    outcome.checks += 2;
    let number = value.as_f64().unwrap();
    #[expect(clippy::cast_precision_loss, reason = "limits are small")]
    let float = |limit: i64| limit as f64;
    if let Some(least) = schema.minimum.filter(|least| number < float(*least)) {
        let detail = format!("should be greater than or equal to {least}");
        outcome.add(in_body(path, ProblemKind::Invalid, shown(value), &detail));
    } else if let Some(most) = schema.maximum.filter(|most| number > float(*most)) {
        let detail = format!("should be less than or equal to {most}");
        outcome.add(in_body(path, ProblemKind::Invalid, shown(value), &detail));
    } else if schema.is_int32 && value.as_i64().is_some_and(|number| i32::try_from(number).is_err()) {
        let detail = format!(
            "Checked value must be of type integer with format int32 in {}",
            path.trim_start_matches('.')
        );
        outcome.add(Problem::new(NO_PATH, ProblemKind::Invalid, Some(quoted("")), detail));
    }
}

/// VAL-SCH-08 and 09.
fn list(schema: &Schema, elements: &[Json], path: &str, outcome: &mut Outcome) {
    if let Some(items) = &schema.items {
        for (index, element) in elements.iter().enumerate() {
            outcome.merge(check(items, element, &format!("{path}[{index}]")));
        }
    }
    let size = elements.len();
    if let Some(least) = schema.min_items.filter(|least| size < *least) {
        let detail = format!("should have at least {least} items");
        outcome.add(in_body(path, ProblemKind::Invalid, size.to_string(), &detail));
    }
    if let Some(most) = schema.max_items.filter(|most| size > *most) {
        outcome.add(too_many(path, size, most));
    }
    outcome.checks += 2;
}

fn too_many(path: &str, size: usize, most: usize) -> Problem {
    let unit = if most == 1 { "item" } else { "items" };
    let detail = format!("must have at most {most} {unit}");
    Problem::new(path, ProblemKind::TooMany, Some(size.to_string()), detail)
}

/// VAL-SCH-07.
fn choice(schema: &Schema, value: &Json, path: &str, outcome: &mut Outcome) {
    if schema.choices.is_empty() || schema.choices.contains(value) {
        return;
    }
    let supported: Vec<String> = schema
        .choices
        .iter()
        .map(|choice| quoted(choice.as_str().map_or_else(|| choice.to_string(), str::to_owned).as_str()))
        .collect();
    let detail = format!("supported values: {}", supported.join(", "));
    outcome.add(Problem::new(path, ProblemKind::Unsupported, Some(shown(value)), detail));
}

/// VAL-SCH-01 and 10. Of an object with too many fields nothing else is told.
fn object(schema: &Schema, fields: &serde_json::Map<String, Json>, path: &str, outcome: &mut Outcome) {
    if let Some(most) = schema.max_properties.filter(|most| fields.len() > *most) {
        outcome.add(too_many(path, fields.len(), most));
        return;
    }
    for (name, value) in fields {
        if let Some(schema) = schema.properties.get(name).or(schema.additional.as_deref()) {
            outcome.merge(check(schema, value, &format!("{path}.{name}")));
        }
    }
    for name in schema.required.iter().filter(|name| !fields.contains_key(*name)) {
        let path = format!("{path}.{name}");
        outcome.add(Problem::new(&path, ProblemKind::Required, None, String::new()));
    }
}
