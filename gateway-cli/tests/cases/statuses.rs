//! What a case says about statuses.

use gateway_core::Router;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::compare;

/// The status of one object as a case expects it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expected {
    object: String,
    #[serde(default)]
    untouched: bool,
    conditions: Option<Map<String, Value>>,
    listeners: Option<Map<String, Value>>,
    parents: Option<Vec<Parent>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Listener {
    attached_routes: Option<Value>,
    supported_kinds: Option<Vec<String>>,
    #[serde(default)]
    conditions: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Parent {
    #[serde(rename = "parentRef")]
    reference: Option<Value>,
    controller_name: Option<String>,
    #[serde(default)]
    conditions: Map<String, Value>,
}

/// Compares all that is expected, and the generation of everything.
pub(crate) fn check(router: &Router, expected: &[Expected], wrong: &mut Vec<String>) {
    let statuses = match serde_json::to_value(router.statuses()) {
        Ok(Value::Array(statuses)) => statuses,
        other => return wrong.push(format!("statuses are no list: {other:?}")),
    };
    for status in statuses.iter().filter(|status| !is_untouched(&status["status"])) {
        generations(status, wrong);
    }
    for expected in expected {
        let status = statuses.iter().find(|status| name(status) == expected.object);
        let status = status.map_or(&Value::Null, |status| &status["status"]);
        let before = wrong.len();
        object(expected, status, wrong);
        if wrong.len() > before {
            wrong.push(format!("  the status: {status}"));
        }
    }
}

/// `KIND/NAMESPACE/NAME`, or `KIND/NAME`.
fn name(status: &Value) -> String {
    let metadata = &status["metadata"];
    let parts = [&status["kind"], &metadata["namespace"], &metadata["name"]];
    parts.into_iter().filter_map(Value::as_str).collect::<Vec<_>>().join("/")
}

/// All conditions of a status, with those of its listeners and parents.
fn conditions(status: &Value) -> impl Iterator<Item = &Value> {
    let below = ["listeners", "parents"].into_iter().flat_map(|key| list(&status[key]));
    std::iter::once(status).chain(below).flat_map(|owner| list(&owner["conditions"]))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Whether nobody has reconciled the object.
fn is_untouched(status: &Value) -> bool {
    conditions(status).all(|condition| condition["status"] == "Unknown" && condition["reason"] == "Pending")
}

/// ATT-190.
fn generations(status: &Value, wrong: &mut Vec<String>) {
    let generation = status["metadata"]["generation"].as_i64().unwrap_or(0);
    for condition in conditions(&status["status"]) {
        if condition["observedGeneration"] != generation {
            let (name, kind) = (name(status), &condition["type"]);
            let found = &condition["observedGeneration"];
            wrong.push(format!("{name} {kind}: expected observedGeneration {generation}, got {found}"));
        }
    }
}

fn object(expected: &Expected, status: &Value, wrong: &mut Vec<String>) {
    let at = &expected.object;
    if expected.untouched && !is_untouched(status) {
        wrong.push(format!("{at}: expected to be left alone"));
    }
    if let Some(expected) = &expected.conditions {
        compare_conditions(at, expected, status, wrong);
    }
    if let Some(expected) = &expected.listeners {
        listeners(at, expected, status, wrong);
    }
    if let Some(expected) = &expected.parents {
        let found: Vec<_> = list(&status["parents"]).collect();
        if found.len() != expected.len() {
            return wrong.push(format!("{at}: expected {} parents, got {}", expected.len(), found.len()));
        }
        for (index, (expected, found)) in expected.iter().zip(found).enumerate() {
            let at = format!("{at} parents[{index}]");
            if let Some(reference) = &expected.reference {
                compare::subset(&format!("{at}.parentRef"), reference, Some(&found["parentRef"]), wrong);
            }
            if let Some(name) = &expected.controller_name {
                compare::subset(
                    &format!("{at}.controllerName"),
                    &json!(name),
                    Some(&found["controllerName"]),
                    wrong,
                );
            }
            compare_conditions(&at, &expected.conditions, found, wrong);
        }
    }
}

fn listeners(at: &str, expected: &Map<String, Value>, status: &Value, wrong: &mut Vec<String>) {
    let found: Vec<_> = list(&status["listeners"]).collect();
    let mut names: Vec<_> = found.iter().filter_map(|listener| listener["name"].as_str()).collect();
    let mut wanted: Vec<_> = expected.keys().map(String::as_str).collect();
    names.sort_unstable();
    wanted.sort_unstable();
    if names != wanted {
        return wrong.push(format!("{at}: expected listeners {wanted:?}, got {names:?}"));
    }
    for listener in found {
        let name = listener["name"].as_str().unwrap_or_default();
        let at = format!("{at} listener {name}");
        let expected = match Listener::deserialize(&expected[name]) {
            Ok(expected) => expected,
            Err(error) => return wrong.push(format!("{at}: the case itself is wrong: {error}")),
        };
        if let Some(routes) = &expected.attached_routes {
            compare::subset(
                &format!("{at} attachedRoutes"),
                routes,
                Some(&listener["attachedRoutes"]),
                wrong,
            );
        }
        if let Some(kinds) = &expected.supported_kinds {
            let found: Vec<_> = list(&listener["supportedKinds"]).map(|kind| kind["kind"].clone()).collect();
            compare::subset(&format!("{at} supportedKinds"), &json!(kinds), Some(&json!(found)), wrong);
        }
        compare_conditions(&at, &expected.conditions, listener, wrong);
    }
}

fn compare_conditions(at: &str, expected: &Map<String, Value>, owner: &Value, wrong: &mut Vec<String>) {
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
        Value::String(word) => match word.split_once('/') {
            Some((status, reason)) => json!({"status": status, "reason": reason}),
            None => json!({"status": word}),
        },
        Value::Bool(status) => json!({"status": status_word(*status)}),
        Value::Object(fields) => {
            let mut fields = fields.clone();
            let start = fields.remove("messageStartsWith");
            let message = found.and_then(|found| found["message"].as_str()).unwrap_or_default();
            if let Some(start) = start.as_ref().and_then(Value::as_str)
                && !message.starts_with(start)
            {
                return Some(format!("expected a message that starts with `{start}`, got {got}"));
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

/// YAML reads `True` as a boolean.
fn status_word(status: bool) -> &'static str {
    if status { "True" } else { "False" }
}
