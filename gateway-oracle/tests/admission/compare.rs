//! Ours and theirs, side by side.
//!
//! Where the rulebook wants something else than the CRDs do, [`is_meant_otherwise`] says so, and nothing else.

use std::fmt::Write as _;

use gateway_core::model::{Number, Value};
use gateway_core::validate::{Channel, Validation, Validator};
use serde_json::Value as Json;

use crate::cel::Fired;
use crate::crd::Crd;
use crate::evaluator::evaluate;
use crate::formats::is_dns_label;

/// Our validators, one for each channel.
#[derive(Debug)]
pub(crate) struct Ours {
    standard: Validator,
    experimental: Validator,
}

impl Ours {
    pub(crate) fn new() -> Self {
        Self {
            standard: Validator::new(Channel::Standard),
            experimental: Validator::new(Channel::Experimental),
        }
    }

    fn check(&self, channel: &str, object: &Json, old: Option<&Json>) -> Validation {
        let validator = if channel == "standard" { &self.standard } else { &self.experimental };
        match old {
            Some(old) => validator.update(&value(old), &value(object)),
            None => validator.create(&value(object)),
        }
    }

    /// Looks at an object in both ways. An error tells in what they differ.
    pub(crate) fn compare(
        &self,
        crd: &Crd,
        object: &Json,
        old: Option<&Json>,
        fired: &mut Fired,
    ) -> Result<Agreement, Difference> {
        let theirs = evaluate(crd, object, old, fired);
        let ours = self.check(crd.channel, object, old);
        let mut their_lines: Vec<String> = theirs.problems.iter().map(ToString::to_string).collect();
        let mut our_lines: Vec<String> = ours.problems.iter().map(ToString::to_string).collect();
        let before = their_lines.len();
        their_lines.retain(|line| !is_meant_otherwise(crd, &theirs.object, line));
        let departures = before - their_lines.len();
        their_lines.sort();
        our_lines.sort();
        let is_stored_alike = is_same(&ours.object, &theirs.object);
        if their_lines == our_lines && is_stored_alike {
            return Ok(Agreement { is_valid: our_lines.is_empty(), departures });
        }
        let stored = (!is_stored_alike)
            .then(|| [serde_json::to_string(&ours.object).unwrap(), theirs.object.to_string()]);
        Err(Difference {
            only_ours: without(&our_lines, &their_lines),
            only_theirs: without(&their_lines, &our_lines),
            stored,
        })
    }
}

/// VAL-XB-03: the rule of the CRD compares an optional with `null`, which never holds, so that the API server
/// refuses every name of a port. The rulebook, and we, take it as it is meant: a label of DNS is a name.
fn is_meant_otherwise(crd: &Crd, object: &Json, line: &str) -> bool {
    crd.kind == "XBackend"
        && line == "spec.port.name: Invalid value: \"string\": Name must be a valid DNS label"
        && object["spec"]["port"]["name"].as_str().is_some_and(is_dns_label)
}

/// That ours and theirs say the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Agreement {
    /// Whether the object is valid.
    pub(crate) is_valid: bool,
    /// The lines of theirs that we leave out on purpose.
    pub(crate) departures: usize,
}

/// In what ours and theirs differ.
#[derive(Debug)]
pub(crate) struct Difference {
    only_ours: Vec<String>,
    only_theirs: Vec<String>,
    /// What ours and what theirs would store, when that differs.
    stored: Option<[String; 2]>,
}

impl Difference {
    /// What kind of difference it is: the lines without indices and quoted texts.
    pub(crate) fn signature(&self) -> String {
        let mut signature = String::new();
        for (who, lines) in [("ours", &self.only_ours), ("theirs", &self.only_theirs)] {
            for line in lines {
                let mut is_quoted = false;
                let plain = line.chars().filter(|letter| {
                    is_quoted ^= *letter == '"';
                    !is_quoted && !letter.is_ascii_digit()
                });
                let plain: String = plain.collect();
                if !signature.contains(&plain) {
                    write!(signature, "{who}: {plain}; ").unwrap();
                }
            }
        }
        if self.stored.is_some() {
            signature.push_str("stored");
        }
        signature
    }

    /// All of it, with the object.
    pub(crate) fn report(&self, crd: &Crd, object: &Json, old: Option<&Json>) -> String {
        let mut report = format!("{} {} {}:\n  {object}\n", crd.channel, crd.api_version, crd.kind);
        if let Some(old) = old {
            writeln!(report, "  was {old}").unwrap();
        }
        for line in &self.only_ours {
            writeln!(report, "  only ours:   {line}").unwrap();
        }
        for line in &self.only_theirs {
            writeln!(report, "  only theirs: {line}").unwrap();
        }
        if let Some([ours, theirs]) = &self.stored {
            writeln!(report, "  ours stores   {ours}\n  theirs stores {theirs}").unwrap();
        }
        report
    }
}

/// The lines that are not among others, each as often as it is not.
fn without(lines: &[String], others: &[String]) -> Vec<String> {
    let mut others = others.to_vec();
    let is_new = |line: &&String| match others.iter().position(|other| other == *line) {
        Some(index) => {
            others.swap_remove(index);
            false
        }
        None => true,
    };
    lines.iter().filter(is_new).cloned().collect()
}

/// A value of the model.
fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => (*value).into(),
        Json::Number(number) => Value::Number(match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(number), _, _) => number.into(),
            (_, Some(number), _) => number.into(),
            (.., float) => Number::from(float.unwrap()),
        }),
        Json::String(text) => text.as_str().into(),
        Json::Array(elements) => Value::List(elements.iter().map(value).collect()),
        Json::Object(fields) => {
            Value::Map(fields.iter().map(|(name, field)| (name.clone(), value(field))).collect())
        }
    }
}

/// Whether a value of the model is a value of JSON; the order of fields says nothing.
fn is_same(ours: &Value, theirs: &Json) -> bool {
    match (ours, theirs) {
        (Value::Map(ours), Json::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours
                    .iter()
                    .all(|(name, ours)| theirs.get(name).is_some_and(|theirs| is_same(ours, theirs)))
        }
        (Value::List(ours), Json::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| is_same(ours, theirs))
        }
        (Value::String(ours), Json::String(theirs)) => ours == theirs,
        (ours, theirs) => *ours == value(theirs),
    }
}
