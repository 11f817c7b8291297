//! What a case says about conditions.

use serde_json::{Map, Value, json};

use crate::compare;
use crate::statuses::list;

pub(crate) fn compare_conditions(
    at: &str,
    expected: &Map<String, Value>,
    owner: &Value,
    wrong: &mut Vec<String>,
) {
    for (kind, expected) in expected {
        let found = list(&owner["conditions"]).find(|condition| condition["type"] == kind.as_str());
        if let Some(why) = condition(expected, found) {
            wrong.push(format!("{at} {kind}: {why}"));
        }
    }
}

/// What is wrong with a condition.
fn condition(expected: &Value, found: Option<&Value>) -> Option<String> {
    let words = |condition: &Value| {
        let word = |key| condition[key].as_str().unwrap_or_default().to_owned();
        format!("{}/{} ({})", word("status"), word("reason"), word("message"))
    };
    let got = found.map_or("nothing".to_owned(), words);
    let wanted = match expected {
        Value::String(word) if word == "absent" => {
            return found.map(|_| format!("expected nothing, got {got}"));
        }
        Value::String(word) if word == "notTrue" => {
            let is_true = found.is_some_and(|found| found["status"] == "True");
            return is_true.then(|| format!("expected nothing or another status than True, got {got}"));
        }
        Value::String(word) => match word.split_once('/') {
            Some((status, reason)) => json!({"status": status, "reason": reason}),
            None => json!({"status": word}),
        },
        Value::Bool(status) => json!({"status": status_word(*status)}),
        Value::Object(fields) => {
            let mut fields = fields.clone();
            let message = found.and_then(|found| found["message"].as_str()).unwrap_or_default();
            if let Some(why) = about_message(&mut fields, message) {
                return Some(format!("{why}, got {got}"));
            }
            if let Some(Value::Bool(status)) = fields.get("status").cloned() {
                fields.insert("status".to_owned(), status_word(status).into());
            }
            Value::Object(fields)
        }
        other => return Some(format!("the case itself is wrong: {other}")),
    };
    let mut differences = Vec::new();
    compare::subset("", &wanted, found, &mut differences);
    (!differences.is_empty()).then(|| format!("expected {expected}, got {got}"))
}

/// Takes out what a case says about the message, and tells what is wrong with it.
fn about_message(fields: &mut Map<String, Value>, message: &str) -> Option<String> {
    let start = fields.remove("messageStartsWith");
    if let Some(start) = start.as_ref().and_then(Value::as_str)
        && !message.starts_with(start)
    {
        return Some(format!("expected a message that starts with `{start}`"));
    }
    let without = fields.remove("messageWithout").unwrap_or_default();
    let leaked = list(&without).filter_map(Value::as_str).find(|text| message.contains(text));
    leaked.map(|text| format!("expected a message that does not tell `{text}`"))
}

/// YAML reads `True` as a boolean.
fn status_word(status: bool) -> &'static str {
    if status { "True" } else { "False" }
}
