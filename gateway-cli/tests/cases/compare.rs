//! Comparison with what a case expects.

use serde_json::{Map, Value};

/// Adds a line for each difference. Keys that are not expected do not matter.
pub(crate) fn subset(path: &str, expected: &Value, got: Option<&Value>, differences: &mut Vec<String>) {
    let got = got.filter(|got| !got.is_null());
    match (expected, got) {
        (Value::String(word), found) if word == "absent" => {
            if let Some(found) = found {
                differences.push(format!("{path}: expected nothing, got {found}"));
            }
        }
        (Value::Object(expected), Some(Value::Object(found))) => {
            for (key, value) in expected {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                match key.as_str() {
                    "headersInclude" => include(&path, value, found, differences),
                    "headersExclude" => exclude(&path, value, found, differences),
                    _ => subset(&path, value, found.get(key), differences),
                }
            }
        }
        (Value::Array(expected), Some(Value::Array(found))) if expected.len() == found.len() => {
            for (index, (expected, found)) in expected.iter().zip(found).enumerate() {
                subset(&format!("{path}[{index}]"), expected, Some(found), differences);
            }
        }
        (Value::Null, None) => {}
        (expected, found) if found == Some(expected) => {}
        (expected, found) => {
            differences.push(format!("{path}: expected {expected}, got {}", found.unwrap_or(&Value::Null)));
        }
    }
}

/// The values of a header, joined.
fn values(upstream: &Map<String, Value>, name: &str) -> Option<String> {
    let pairs = upstream.get("headers")?.as_array()?;
    let named = |pair: &&Value| pair[0].as_str().is_some_and(|found| found.eq_ignore_ascii_case(name));
    let values: Vec<_> = pairs.iter().filter(named).filter_map(|pair| pair[1].as_str()).collect();
    (!values.is_empty()).then(|| values.join(","))
}

fn include(path: &str, expected: &Value, upstream: &Map<String, Value>, differences: &mut Vec<String>) {
    let Some(expected) = expected.as_object() else {
        return differences.push(format!("{path}: the case must give a mapping"));
    };
    for (name, value) in expected {
        let found = values(upstream, name);
        if found.as_deref() != value.as_str() {
            differences.push(format!("{path}.{name}: expected {value}, got {found:?}"));
        }
    }
}

fn exclude(path: &str, expected: &Value, upstream: &Map<String, Value>, differences: &mut Vec<String>) {
    let Some(expected) = expected.as_array() else {
        return differences.push(format!("{path}: the case must give a list"));
    };
    for name in expected.iter().filter_map(Value::as_str) {
        if let Some(found) = values(upstream, name) {
            differences.push(format!("{path}: expected no {name}, got {found}"));
        }
    }
}
