//! The object as the API server takes it in: without unknown fields, with defaults (MODEL-R10..R16).

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use crate::model::Value;
use crate::validate::Channel;
use crate::validate::schema::{Schema, Shape};

/// What every object has and no schema describes.
const META: [&str; 3] = ["apiVersion", "kind", "metadata"];
/// Up to here a list of entries is searched instead of indexed.
const FEW: usize = 32;

/// Takes in a whole object. Metadata stays as it is.
pub(super) fn object(manifest: &Value, schema: &Schema, channel: Channel) -> Value {
    let Value::Map(entries) = manifest else { return manifest.clone() };
    let mut admitted: Vec<_> =
        last_of_each(entries).into_iter().filter(|(key, _)| META.contains(&key.as_str())).cloned().collect();
    if let Value::Map(body) = value(manifest, Some(schema), channel) {
        admitted.extend(body);
    }
    Value::Map(admitted)
}

/// Takes in a value. Without a schema nothing is known, so nothing but scalars and lists is left.
fn value(given: &Value, schema: Option<&Schema>, channel: Channel) -> Value {
    match given {
        Value::Map(entries) => match schema.map(|schema| (schema, schema.shape)) {
            Some((schema, Shape::Object { .. })) => Value::Map(fields(entries, schema, channel)),
            Some((_, Shape::Map { value: inner, .. })) => Value::Map(
                last_of_each(entries)
                    .into_iter()
                    .filter(|(_, entry)| *entry != Value::Null)
                    .map(|(key, entry)| (key.clone(), value(entry, Some(inner), channel)))
                    .collect(),
            ),
            _ => Value::Map(Vec::new()),
        },
        Value::List(elements) => {
            let item = match schema.map(|schema| schema.shape) {
                Some(Shape::List { item, .. }) => Some(item),
                _ => None,
            };
            Value::List(elements.iter().map(|element| value(element, item, channel)).collect())
        }
        scalar => scalar.clone(),
    }
}

/// The known fields of an object, then its defaults. A `null` stands for an absent field.
fn fields(entries: &[(String, Value)], schema: &Schema, channel: Channel) -> Vec<(String, Value)> {
    let mut admitted: Vec<(String, Value)> = last_of_each(entries)
        .into_iter()
        .filter(|(_, given)| *given != Value::Null)
        .filter_map(|(key, given)| {
            let field = schema.field(key, channel)?;
            Some((key.clone(), value(given, Some(&field.schema), channel)))
        })
        .collect();
    for field in schema.fields(channel) {
        if let Some(default) = field.default
            && !admitted.iter().any(|(key, _)| key == field.name)
        {
            admitted.push((field.name.into(), value(&default.to_value(), Some(&field.schema), channel)));
        }
    }
    admitted
}

/// The entries of a map, of several with the same key the last.
fn last_of_each(entries: &[(String, Value)]) -> Vec<&(String, Value)> {
    if entries.len() <= FEW {
        let is_last = |index: usize, key: &str| !entries[index + 1..].iter().any(|(later, _)| later == key);
        return entries
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| is_last(index, &entry.0).then_some(entry))
            .collect();
    }
    let mut seen = BTreeSet::new();
    let mut last: Vec<_> = entries.iter().rev().filter(|(key, _)| seen.insert(key.as_str())).collect();
    last.reverse();
    last
}
