//! No two elements of a set, and no two keys of a list that is a map (VAL-GEN-08).

use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use crate::problem::{Problem, ProblemKind, shown};
use crate::schema::{ListType, Schema};

/// Checks a value and all that is in it.
pub(crate) fn check(schema: &Schema, value: &Json, path: &str, problems: &mut Vec<Problem>) {
    match value {
        Json::Array(elements) => {
            match &schema.list_type {
                ListType::Atomic => {}
                ListType::Set => unique(elements, path, problems),
                ListType::Map(keys) => map(keys, elements, path, problems),
            }
            if let Some(items) = &schema.items {
                for (index, element) in elements.iter().enumerate() {
                    check(items, element, &format!("{path}[{index}]"), problems);
                }
            }
        }
        Json::Object(fields) => {
            for (name, value) in fields {
                if let Some(additional) = &schema.additional {
                    check(additional, value, &format!("{path}[{name}]"), problems);
                }
                if let Some(property) = schema.properties.get(name) {
                    check(property, value, &format!("{path}.{name}"), problems);
                }
            }
        }
        _ => {}
    }
}

fn map(keys: &[String], elements: &[Json], path: &str, problems: &mut Vec<Problem>) {
    let stray = elements.iter().enumerate().find(|(_, element)| !element.is_object() && !element.is_null());
    if let Some((index, element)) = stray {
        problems.push(Problem::new(
            &format!("{path}[{index}]"),
            ProblemKind::Invalid,
            Some(shown(element)),
            "must be an object for an array of list-type map".to_owned(),
        ));
        return;
    }
    let key_of = |element: &Json| {
        let present = keys.iter().filter_map(|key| Some((key.clone(), element.get(key)?.clone())));
        Json::Object(present.collect::<Map<_, _>>())
    };
    let keys: Vec<Json> = elements.iter().map(key_of).collect();
    unique(&keys, path, problems);
}

/// Names the second of equal values, and no later one.
fn unique(values: &[Json], path: &str, problems: &mut Vec<Problem>) {
    if values.len() < 2 {
        return;
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (index, value) in values.iter().enumerate() {
        let times = seen.entry(shown(value)).or_default();
        *times += 1;
        if *times == 2 {
            let path = format!("{path}[{index}]");
            problems.push(Problem::new(&path, ProblemKind::Duplicate, Some(shown(value)), String::new()));
        }
    }
}
