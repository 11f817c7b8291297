//! Two decisions, compared as JSON.

use std::collections::BTreeMap;

use gateway_core::model::GatewayDuration;
use gateway_oracle::Oracle;
use gateway_oracle::generate::{Dial, Exchange};
use serde_json::{Map, Value, json};

use crate::engine::Engine;

/// What follows from the decision for who carries it out. The oracle decides nothing there.
const CARRIED_OUT: [&str; 5] = ["authRequests", "extensions", "retryPlan", "retryBudget", "session"];

fn decided(oracle: &Oracle, exchange: &Exchange) -> Value {
    serde_json::to_value(oracle.decide(&exchange.arrival, &exchange.request, exchange.draw).decision).unwrap()
}

/// What kind of decision it is.
pub(crate) fn kind(oracle: &Oracle, exchange: &Exchange) -> String {
    let decision = decided(oracle, exchange);
    let word = decision["reason"].as_str().or(decision["decision"].as_str()).unwrap_or_default();
    word.to_owned()
}

/// Both decisions, if they differ.
pub(crate) fn differ(oracle: &Oracle, engine: &Engine, exchange: &Exchange) -> Option<(Value, Value)> {
    let theirs = engine.decide(exchange);
    let ours = decided(oracle, exchange);
    if theirs.is_null() {
        let nobody = ours["reason"] == "NoMatchingListener";
        return (!nobody).then_some((ours, theirs));
    }
    unequal(ours, theirs)
}

/// What becomes of a connection, if the two differ.
pub(crate) fn differ_on_connection(oracle: &Oracle, engine: &Engine, dial: &Dial) -> Option<(Value, Value)> {
    let theirs = engine.connect(dial);
    let ours = serde_json::to_value(oracle.connect(&dial.arrival, dial.udp, dial.draw)).unwrap();
    if theirs.is_null() {
        let nobody = ours["reason"] == "NoMatchingListener";
        return (!nobody).then_some((ours, theirs));
    }
    unequal(ours, theirs)
}

fn unequal(ours: Value, theirs: Value) -> Option<(Value, Value)> {
    let (ours, mut theirs) = (normal(ours), normal(theirs));
    if let Some(fields) = theirs.as_object_mut() {
        fields.retain(|key, _| !CARRIED_OUT.contains(&key.as_str()));
    }
    (ours != theirs).then_some((ours, theirs))
}

/// What may be written in more than one way, in one: null or nothing, the order of different headers and
/// the case of their names (FILT-014), durations (MODEL-R21).
fn normal(mut decision: Value) -> Value {
    let headers = decision["upstream"]["headers"].take();
    if headers.is_array() {
        decision["upstream"]["headers"] = joined(&headers);
    }
    for list in ["set", "add"] {
        let pairs = decision["response"][list].take();
        if pairs.is_array() {
            decision["response"][list] = joined(&pairs);
        }
    }
    for timeout in ["request", "backendRequest"] {
        let written = decision["timeouts"][timeout].take();
        if let Some(text) = written.as_str() {
            let duration = GatewayDuration::from(text).parse().unwrap();
            decision["timeouts"][timeout] = json!(duration.as_millis());
        }
    }
    let removed = decision["response"]["remove"].take();
    if let Some(names) = removed.as_array() {
        let mut names: Vec<_> =
            names.iter().map(|name| name.as_str().unwrap().to_ascii_lowercase()).collect();
        names.sort();
        decision["response"]["remove"] = json!(names);
    }
    without_nulls(decision)
}

fn joined(pairs: &Value) -> Value {
    let mut values: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for pair in pairs.as_array().unwrap() {
        let name = pair[0].as_str().unwrap().to_ascii_lowercase();
        values.entry(name).or_default().push(pair[1].as_str().unwrap());
    }
    values
        .into_iter()
        .map(|(name, values)| (name, Value::from(values.join(","))))
        .collect::<Map<_, _>>()
        .into()
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(_, value)| !value.is_null());
            kept.map(|(key, value)| (key, without_nulls(value))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

/// A name for a difference, so that each cause is told once: the decisions, and the keys that differ.
pub(crate) fn cause(ours: &Value, theirs: &Value) -> String {
    let word = |one: &Value| {
        format!("{}/{}", one["decision"].as_str().unwrap_or("?"), one["reason"].as_str().unwrap_or("-"))
    };
    let keys = ours.as_object().into_iter().flatten().map(|(key, _)| key);
    let others = theirs.as_object().into_iter().flatten().map(|(key, _)| key);
    let mut keys: Vec<_> =
        keys.chain(others).filter(|key| ours[key.as_str()] != theirs[key.as_str()]).collect();
    keys.sort();
    keys.dedup();
    format!("oracle {} engine {} in {keys:?}", word(ours), word(theirs))
}
