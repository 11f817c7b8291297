//! The parts of a case's statuses that the oracle answers: attachment and its words.

use serde_json::{Map, Value, json};

use crate::{compare, conditions};

pub(crate) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

const ROUTES: [&str; 5] = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"];

/// Compares what is expected of Gateways, ListenerSets and Routes.
pub(crate) fn check(found: &Value, expected: &Value, wrong: &mut Vec<String>) {
    for expected in list(expected) {
        let at = expected["object"].as_str().unwrap_or_default();
        let (kind, name) = at.split_once('/').unwrap_or_default();
        let (namespace, name) = name.split_once('/').unwrap_or(("default", name));
        let named = |one: &&Value| one["namespace"] == namespace && one["name"] == name;
        let before = wrong.len();
        if ROUTES.contains(&kind) {
            let route =
                list(&found["routes"]).find(|one| one["route"]["kind"] == kind && named(&&one["route"]));
            route_status(at, expected, route.unwrap_or(&Value::Null), wrong);
        } else if kind == "Gateway" || kind == "ListenerSet" {
            let lists = if kind == "Gateway" { "gateways" } else { "listenerSets" };
            let owner = list(&found[lists]).find(named);
            let listeners: Vec<_> = list(&found["listeners"])
                .filter(|one| one["listener"]["kind"] == kind && named(&&one["listener"]))
                .collect();
            owner_status(at, expected, owner, &listeners, wrong);
        }
        if wrong.len() > before {
            wrong.push(format!("  all: {found}"));
        }
    }
}

/// A condition in Kubernetes' shape.
fn condition(kind: &str, word: &Value) -> Value {
    let status = if word["status"] == true { "True" } else { "False" };
    json!({"type": kind, "status": status, "reason": word["reason"]})
}

/// Compares the conditions of the named types; what a message says is not the oracle's.
fn words(at: &str, types: &[&str], expected: &Value, found: &[Value], wrong: &mut Vec<String>) {
    let mut wanted = Map::new();
    for (kind, word) in
        expected.as_object().into_iter().flatten().filter(|(kind, _)| types.contains(&kind.as_str()))
    {
        let mut word = word.clone();
        if let Some(fields) = word.as_object_mut() {
            fields.retain(|key, _| !key.starts_with("message"));
        }
        wanted.insert(kind.clone(), word);
    }
    conditions::compare_conditions(at, &wanted, &json!({"conditions": found}), wrong);
}

fn route_status(at: &str, expected: &Value, route: &Value, wrong: &mut Vec<String>) {
    let found: Vec<_> = list(&route["parents"]).collect();
    if expected["untouched"] == true && !found.is_empty() {
        wrong.push(format!("{at}: expected to be left alone"));
    }
    let Some(parents) = expected["parents"].as_array() else { return };
    if parents.len() != found.len() {
        return wrong.push(format!("{at}: expected {} parents, got {}", parents.len(), found.len()));
    }
    for (expected, found) in parents.iter().zip(found) {
        if !expected["parentRef"].is_null() {
            compare::subset(
                &format!("{at} parentRef"),
                &expected["parentRef"],
                Some(&found["parentRef"]),
                wrong,
            );
        }
        if !expected["controllerName"].is_null() && expected["controllerName"] != found["controllerName"] {
            wrong.push(format!(
                "{at}: expected {}, got {}",
                expected["controllerName"], found["controllerName"]
            ));
        }
        let mut conditions = vec![
            condition("Accepted", &found["accepted"]),
            condition("ResolvedRefs", &found["resolvedRefs"]),
        ];
        if let Some(reason) = found["partiallyInvalid"].as_str() {
            conditions.push(json!({"type": "PartiallyInvalid", "status": "True", "reason": reason}));
        }
        let types = ["Accepted", "ResolvedRefs", "PartiallyInvalid"];
        words(at, &types, &expected["conditions"], &conditions, wrong);
    }
}

fn owner_status(
    at: &str,
    expected: &Value,
    owner: Option<&Value>,
    listeners: &[&Value],
    wrong: &mut Vec<String>,
) {
    let untouched = expected["untouched"] == true;
    if untouched != owner.is_none() {
        return wrong.push(format!("{at}: untouched: {untouched}, got {owner:?}"));
    }
    let Some(owner) = owner else { return };
    words(at, &["Accepted"], &expected["conditions"], &[condition("Accepted", &owner["accepted"])], wrong);
    if let Some(count) = expected["attachedListenerSets"].as_u64()
        && owner["attachedListenerSets"] != count
    {
        wrong.push(format!("{at}: expected {count} sets, got {}", owner["attachedListenerSets"]));
    }
    for (name, expected) in expected["listeners"].as_object().into_iter().flatten() {
        let at = format!("{at} listener {name}");
        let Some(found) = listeners.iter().find(|one| one["listener"]["section"] == name.as_str()) else {
            wrong.push(format!("{at}: expected, got nothing"));
            continue;
        };
        for (key, found) in
            [("attachedRoutes", &found["attachedRoutes"]), ("supportedKinds", &found["supportedKinds"])]
        {
            if !expected[key].is_null() {
                compare::subset(&format!("{at} {key}"), &expected[key], Some(found), wrong);
            }
        }
        let mut conditions = vec![condition("Accepted", &found["accepted"])];
        if let Some(reason) = found["conflicted"].as_str() {
            conditions.push(json!({"type": "Conflicted", "status": "True", "reason": reason}));
        }
        words(&at, &["Accepted", "Conflicted"], &expected["conditions"], &conditions, wrong);
    }
}
