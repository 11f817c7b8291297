//! What a case says about statuses.

use gateway_core::Router;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::conditions::compare_conditions;
use crate::{compare, everywhere};

/// The status of one object as a case expects it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Expected {
    object: String,
    #[serde(default)]
    untouched: bool,
    conditions: Option<Map<String, Value>>,
    listeners: Option<Map<String, Value>>,
    attached_listener_sets: Option<u64>,
    addresses: Option<Value>,
    supported_features: Option<Features>,
    parents: Option<Vec<Entry>>,
    ancestors: Option<Vec<Entry>>,
}

impl Expected {
    /// Whether it says anything besides `untouched`.
    fn says_more(&self) -> bool {
        self.conditions.is_some()
            || self.listeners.is_some()
            || self.attached_listener_sets.is_some()
            || self.addresses.is_some()
            || self.supported_features.is_some()
            || self.parents.is_some()
            || self.ancestors.is_some()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Listener {
    attached_routes: Option<Value>,
    supported_kinds: Option<Vec<String>>,
    #[serde(default)]
    conditions: Map<String, Value>,
}

/// All names, or some that must be there and some that must not.
#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Features {
    All(Vec<String>),
    Some {
        #[serde(default)]
        include: Vec<String>,
        #[serde(default)]
        exclude: Vec<String>,
    },
}

/// An entry of `parents` or `ancestors`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Entry {
    #[serde(rename = "parentRef", alias = "ancestorRef")]
    reference: Option<Value>,
    controller_name: Option<String>,
    #[serde(default)]
    conditions: Map<String, Value>,
}

/// Compares all that is expected, and what holds of every status.
pub(crate) fn check(router: &Router, expected: &[Expected], wrong: &mut Vec<String>) {
    match serde_json::to_value(router.statuses()) {
        Ok(Value::Array(statuses)) => check_list(&statuses, expected, wrong),
        other => wrong.push(format!("statuses are no list: {other:?}")),
    }
}

pub(crate) fn check_list(statuses: &[Value], expected: &[Expected], wrong: &mut Vec<String>) {
    for status in statuses.iter().filter(|status| !everywhere::is_untouched(&status["status"])) {
        everywhere::check(&name(status), status, wrong);
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

pub(crate) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn object(expected: &Expected, status: &Value, wrong: &mut Vec<String>) {
    let at = &expected.object;
    if expected.untouched == expected.says_more() {
        wrong.push(format!("{at}: the case itself is wrong: `untouched`, or what the status holds"));
    }
    if expected.untouched && !everywhere::is_untouched(status) {
        wrong.push(format!("{at}: expected to be left alone"));
    }
    if let Some(expected) = &expected.conditions {
        compare_conditions(at, expected, status, wrong);
    }
    if let Some(expected) = &expected.listeners {
        listeners(at, expected, status, wrong);
    }
    if let Some(expected) = expected.attached_listener_sets {
        let found = &status["attachedListenerSets"];
        if found.as_u64().unwrap_or(0) != expected {
            wrong.push(format!("{at} attachedListenerSets: expected {expected}, got {found}"));
        }
    }
    if let Some(expected) = &expected.addresses {
        let found = Some(&status["addresses"]).filter(|found| !found.is_null()).cloned().unwrap_or(json!([]));
        compare::subset(&format!("{at} addresses"), expected, Some(&found), wrong);
    }
    if let Some(expected) = &expected.supported_features {
        features(at, expected, status, wrong);
    }
    if let Some(expected) = &expected.parents {
        entries(at, ["parents", "parentRef"], expected, status, wrong);
    }
    if let Some(expected) = &expected.ancestors {
        entries(at, ["ancestors", "ancestorRef"], expected, status, wrong);
    }
}

/// Compares the entries of a status, all of them, in order.
fn entries(
    at: &str,
    [key, reference_key]: [&str; 2],
    expected: &[Entry],
    status: &Value,
    wrong: &mut Vec<String>,
) {
    let found: Vec<_> = list(&status[key]).collect();
    if found.len() != expected.len() {
        return wrong.push(format!("{at}: expected {} {key}, got {}", expected.len(), found.len()));
    }
    for (index, (expected, found)) in expected.iter().zip(found).enumerate() {
        let at = format!("{at} {key}[{index}]");
        if let Some(reference) = &expected.reference {
            compare::subset(&format!("{at}.{reference_key}"), reference, Some(&found[reference_key]), wrong);
        }
        if let Some(name) = &expected.controller_name {
            let found = Some(&found["controllerName"]);
            compare::subset(&format!("{at}.controllerName"), &json!(name), found, wrong);
        }
        compare_conditions(&at, &expected.conditions, found, wrong);
    }
}

/// The names of the features that a status lists.
pub(crate) fn feature_names(status: &Value) -> Vec<&str> {
    list(&status["supportedFeatures"]).filter_map(|feature| feature["name"].as_str()).collect()
}

fn features(at: &str, expected: &Features, status: &Value, wrong: &mut Vec<String>) {
    let found = feature_names(status);
    match expected {
        Features::All(names) if found != *names => {
            wrong.push(format!("{at} supportedFeatures: expected {names:?}, got {found:?}"));
        }
        Features::All(_) => {}
        Features::Some { include, exclude } => {
            let missing: Vec<_> = include.iter().filter(|name| !found.contains(&name.as_str())).collect();
            if !missing.is_empty() {
                wrong.push(format!("{at} supportedFeatures: expected {missing:?} among {found:?}"));
            }
            let extra: Vec<_> = exclude.iter().filter(|name| found.contains(&name.as_str())).collect();
            if !extra.is_empty() {
                wrong.push(format!("{at} supportedFeatures: expected no {extra:?} among {found:?}"));
            }
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
