//! Comparison with what a case expects.

use serde_json::Value;

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
                match partly(key) {
                    Some((list, true)) => include(&path, value, found.get(list), differences),
                    Some((list, false)) => exclude(&path, value, found.get(list), differences),
                    None => subset(&path, value, found.get(key), differences),
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

/// `headersInclude` and the like: the list that is meant, and whether its headers must be there.
fn partly(key: &str) -> Option<(&str, bool)> {
    let (list, included) = match key.strip_suffix("Include") {
        Some(list) => (list, true),
        None => (key.strip_suffix("Exclude")?, false),
    };
    ["headers", "set", "add", "remove"].contains(&list).then_some((list, included))
}

/// The values of a header, joined. Where the list has names alone, the value is empty.
fn values(headers: Option<&Value>, name: &str) -> Option<String> {
    let pairs = headers?.as_array()?.iter().map(|one| (one.as_str().or(one[0].as_str()), &one[1]));
    let named = pairs.filter(|(found, _)| found.is_some_and(|found| found.eq_ignore_ascii_case(name)));
    let values: Vec<_> = named.map(|(_, value)| value.as_str().unwrap_or_default()).collect();
    (!values.is_empty()).then(|| values.join(","))
}

fn include(path: &str, expected: &Value, headers: Option<&Value>, differences: &mut Vec<String>) {
    let expected: Vec<_> = match expected {
        Value::Object(expected) => {
            expected.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
        }
        Value::Array(names) => names.iter().filter_map(Value::as_str).map(|name| (name, Some(""))).collect(),
        _ => return differences.push(format!("{path}: the case must give a mapping or a list")),
    };
    for (name, value) in expected {
        let found = values(headers, name);
        if found.is_none() || found.as_deref() != value {
            differences.push(format!("{path}.{name}: expected {value:?}, got {found:?}"));
        }
    }
}

fn exclude(path: &str, expected: &Value, headers: Option<&Value>, differences: &mut Vec<String>) {
    let Some(expected) = expected.as_array() else {
        return differences.push(format!("{path}: the case must give a list"));
    };
    for name in expected.iter().filter_map(Value::as_str) {
        if let Some(found) = values(headers, name) {
            differences.push(format!("{path}: expected no {name}, got {found}"));
        }
    }
}
