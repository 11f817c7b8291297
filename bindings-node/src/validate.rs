//! `validate`: one object, as the API server judges it.

use std::sync::LazyLock;

use gateway_core::model::Value;
use gateway_core::validate::{Channel, Validator};
use napi_derive::napi;
use serde::Serialize;

use crate::failure::{Failure, guard, json};
use crate::router::ProblemJson;

#[derive(Serialize)]
struct ValidationJson<'a> {
    problems: Vec<ProblemJson<'a>>,
    object: &'a Value,
}

/// One validator for each channel: its patterns are compiled once.
pub(crate) fn validator(standard: bool) -> &'static Validator {
    static STANDARD: LazyLock<Validator> = LazyLock::new(|| Validator::new(Channel::Standard));
    static EXPERIMENTAL: LazyLock<Validator> = LazyLock::new(|| Validator::new(Channel::Experimental));
    if standard { &STANDARD } else { &EXPERIMENTAL }
}

/// What the API server says to an object, or to an update of `old`, and what it would store.
#[napi]
pub(crate) fn validate(object: String, old: Option<String>, standard: bool) -> napi::Result<String> {
    guard(|| {
        let (object, old) = (read(&object)?, old.as_deref().map(read).transpose()?);
        let validator = validator(standard);
        let found = match &old {
            Some(old) => validator.update(old, &object),
            None => validator.create(&object),
        };
        let problems = found.problems.iter().map(|problem| ProblemJson::new(None, problem)).collect();
        json(&ValidationJson { problems, object: &found.object })
    })
}

fn read(text: &str) -> Result<Value, Failure> {
    serde_json::from_str(text).map_err(|error| Failure::Argument(format!("object: {error}")))
}
