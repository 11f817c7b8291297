//! What a case says about one object: whether the API server takes it, and how it stores it.

use std::sync::LazyLock;

use gateway_core::model::Value as Manifest;
use gateway_core::validate::{Channel, Problem, Validation, Validator};
use serde::Deserialize;
use serde_json::Value;

use crate::compare;

/// A case about one object.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(rename = "name")]
    _name: String,
    rules: Vec<String>,
    #[serde(default, rename = "note")]
    _note: String,
    channel: Option<ChannelName>,
    object: Value,
    old: Option<Value>,
    #[serde(default)]
    problems: Vec<Expected>,
    stored: Option<Value>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ChannelName {
    Standard,
    Experimental,
}

/// A problem, as far as the case names it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Expected {
    rule: Option<String>,
    path: Option<String>,
    message: Option<String>,
    message_contains: Option<String>,
}

impl Expected {
    fn is_met_by(&self, problem: &Problem) -> bool {
        let equal = |expected: &Option<String>, found: &str| expected.as_deref().is_none_or(|it| it == found);
        let message = problem.message();
        equal(&self.rule, problem.rule)
            && equal(&self.path, &problem.path.to_string())
            && equal(&self.message, &message)
            && self.message_contains.as_deref().is_none_or(|part| message.contains(part))
    }
}

/// Whether a case is about one object.
pub(crate) fn is_one(case: &Value) -> bool {
    case.get("object").is_some()
}

/// Runs a case; the error lists everything that is not as expected.
pub(crate) fn run(case: &Value) -> Result<(), String> {
    let case = Case::deserialize(case).map_err(|error| format!("the case itself is wrong: {error}"))?;
    if case.rules.is_empty() {
        return Err("a case needs rules".to_owned());
    }
    let channels = match case.channel {
        Some(channel) => vec![channel],
        None => vec![ChannelName::Standard, ChannelName::Experimental],
    };
    let mut wrong = Vec::new();
    for name in channels {
        let validation = validate(&case, validator(name))?;
        let before = wrong.len();
        problems(&case.problems, &validation.problems, &mut wrong);
        stored(&case, &validation, &mut wrong)?;
        if wrong.len() > before {
            wrong.insert(before, format!("in the channel {name:?}:"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// One validator for all cases of a channel: its patterns are compiled once.
fn validator(channel: ChannelName) -> &'static Validator {
    static STANDARD: LazyLock<Validator> = LazyLock::new(|| Validator::new(Channel::Standard));
    static EXPERIMENTAL: LazyLock<Validator> = LazyLock::new(|| Validator::new(Channel::Experimental));
    match channel {
        ChannelName::Standard => &STANDARD,
        ChannelName::Experimental => &EXPERIMENTAL,
    }
}

fn validate(case: &Case, validator: &Validator) -> Result<Validation, String> {
    let manifest = |value| Manifest::deserialize(value).map_err(|error| format!("the object: {error}"));
    let object = manifest(&case.object)?;
    Ok(match &case.old {
        Some(old) => validator.update(&manifest(old)?, &object),
        None => validator.create(&object),
    })
}

/// Every expected problem is there, and no other.
fn problems(expected: &[Expected], found: &[Problem], wrong: &mut Vec<String>) {
    let mut unexplained: Vec<&Problem> = found.iter().collect();
    // What is expected to the letter chooses first.
    let (exact, loose): (Vec<_>, Vec<_>) = expected.iter().partition(|expected| expected.message.is_some());
    for expected in exact.into_iter().chain(loose) {
        match unexplained.iter().position(|problem| expected.is_met_by(problem)) {
            Some(index) => drop(unexplained.remove(index)),
            None => wrong.push(format!("  missing: {expected:?}")),
        }
    }
    wrong
        .extend(unexplained.into_iter().map(|problem| format!("  not expected: {} {problem}", problem.rule)));
}

fn stored(case: &Case, validation: &Validation, wrong: &mut Vec<String>) -> Result<(), String> {
    if let Some(expected) = &case.stored {
        let found = serde_json::to_value(&validation.object).map_err(|error| error.to_string())?;
        let before = wrong.len();
        compare::subset("  stored", expected, Some(&found), wrong);
        if wrong.len() > before {
            wrong.push(format!("  what is stored: {found}"));
        }
    }
    Ok(())
}
