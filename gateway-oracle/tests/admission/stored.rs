//! What the API server stores: unknown fields pruned, nulls dropped, defaults filled in (VAL-GEN-01).

use serde_json::Value as Json;

use crate::schema::Schema;

/// Fields of the root that the schema of a CRD does not describe.
const META: [&str; 3] = ["apiVersion", "kind", "metadata"];

/// The object as stored.
pub(crate) fn stored(object: &Json, schema: &Schema) -> Json {
    let mut stored = object.clone();
    if let Json::Object(fields) = &mut stored {
        fields.retain(|name, _| META.contains(&name.as_str()) || schema.properties.contains_key(name));
        for (name, value) in fields.iter_mut().filter(|(name, _)| !META.contains(&name.as_str())) {
            prune(value, schema.properties.get(name));
        }
    }
    drop_nulls(&mut stored, Some(schema));
    fill(&mut stored, schema);
    stored
}

fn prune(value: &mut Json, schema: Option<&Schema>) {
    match (value, schema) {
        (Json::Object(fields), None) => fields.clear(),
        (Json::Object(fields), Some(schema)) => {
            fields.retain(|name, _| schema.properties.contains_key(name) || schema.additional.is_some());
            for (name, value) in fields.iter_mut() {
                prune(value, schema.properties.get(name).or(schema.additional.as_deref()));
            }
        }
        (Json::Array(elements), schema) => {
            let items = schema.and_then(|schema| schema.items.as_deref());
            for element in elements {
                prune(element, items);
            }
        }
        _ => {}
    }
}

/// A null is dropped where it is neither allowed nor replaced by a default; elements of lists stay.
fn drop_nulls(value: &mut Json, schema: Option<&Schema>) {
    match value {
        Json::Object(fields) => {
            let field =
                |name: &str| schema.and_then(|it| it.properties.get(name).or(it.additional.as_deref()));
            fields.retain(|name, value| {
                let goes = |schema: &Schema| !schema.nullable && schema.default.is_none();
                !(value.is_null() && field(name).is_some_and(goes))
            });
            for (name, value) in fields.iter_mut() {
                drop_nulls(value, field(name));
            }
        }
        Json::Array(elements) => {
            let items = schema.and_then(|schema| schema.items.as_deref());
            for element in elements {
                drop_nulls(element, items);
            }
        }
        _ => {}
    }
}

fn fill(value: &mut Json, schema: &Schema) {
    let is_replaced = |value: &Json, schema: &Schema| value.is_null() && !schema.nullable;
    match value {
        Json::Object(fields) => {
            for (name, schema) in &schema.properties {
                let Some(default) = &schema.default else { continue };
                if fields.get(name).is_none_or(|value| is_replaced(value, schema)) {
                    fields.insert(name.clone(), default.clone());
                }
            }
            for (name, value) in fields.iter_mut() {
                if let Some(schema) = schema.properties.get(name) {
                    fill(value, schema);
                } else if let Some(schema) = &schema.additional {
                    if is_replaced(value, schema) {
                        *value = schema.default.clone().unwrap_or_default();
                    }
                    fill(value, schema);
                }
            }
        }
        Json::Array(elements) => {
            let Some(items) = &schema.items else { return };
            for element in elements {
                if is_replaced(element, items) {
                    *element = items.default.clone().unwrap_or_default();
                }
                fill(element, items);
            }
        }
        _ => {}
    }
}
