//! Objects that others wrote, changed in a place or three.

use serde_json::{Value as Json, json};

use super::dice::Dice;
use super::make::{self, Mood};
use super::pool::Pools;
use crate::schema::Schema;

/// The way to a value: names and indices.
type Way = Vec<Step>;

#[derive(Clone, Debug)]
enum Step {
    Name(String),
    Index(usize),
}

/// Changes an object in one place.
pub(crate) fn mutate(object: &mut Json, schema: &Schema, pools: &Pools, dice: &mut Dice) {
    let mut ways = Vec::new();
    for (name, property) in &schema.properties {
        if let Some(value) = object.get(name).filter(|_| name == "spec" || name == "status") {
            find(value, property, &mut vec![Step::Name(name.clone())], &mut ways);
        }
    }
    if ways.is_empty() {
        return;
    }
    let (way, schema) = dice.pick(&ways);
    let faults = if dice.chance(300) { 20 } else { 0 };
    let is_in_focus = dice.chance(500);
    let mut mood = Mood { faults, budget: dice.below(20), is_full: false, is_in_focus };
    match dice.below(10) {
        0 | 1 => remove(object, way),
        2 => {
            let empty = match at(object, way) {
                Json::String(_) => json!(""),
                Json::Array(_) => json!([]),
                Json::Object(_) => json!({}),
                _ => json!(0),
            };
            *at(object, way) = empty;
        }
        3 => *at(object, way) = make::wrong(schema, pools, dice),
        4 | 5 => {
            if let Json::Array(elements) = at(object, way) {
                if !elements.is_empty() {
                    let copy = dice.pick(elements).clone();
                    elements.insert(dice.below(elements.len() + 1), copy);
                }
            } else {
                *at(object, way) = make::value(schema, pools, dice, &mut mood);
            }
        }
        6 | 7 => match at(object, way) {
            Json::Object(fields) if !schema.properties.is_empty() => {
                let names: Vec<&String> = schema.properties.keys().collect();
                let name = *dice.pick(&names);
                fields.insert(name.clone(), make::value(&schema.properties[name], pools, dice, &mut mood));
            }
            Json::Object(fields) => {
                fields.insert("added".to_owned(), json!("x"));
            }
            Json::Array(elements) => {
                if let Some(items) = &schema.items {
                    elements.push(make::value(items, pools, dice, &mut mood));
                }
            }
            value => *value = make::value(schema, pools, dice, &mut mood),
        },
        8 => match at(object, way) {
            Json::Object(fields) => {
                fields.insert("unknown".to_owned(), json!([{ "a": null }]));
            }
            Json::Array(elements) => elements.reverse(),
            value => *value = make::wrong(schema, pools, dice),
        },
        _ => *at(object, way) = make::value(schema, pools, dice, &mut mood),
    }
}

fn find<'s>(value: &Json, schema: &'s Schema, way: &mut Way, ways: &mut Vec<(Way, &'s Schema)>) {
    ways.push((way.clone(), schema));
    match value {
        Json::Object(fields) => {
            for (name, value) in fields {
                if let Some(schema) = schema.properties.get(name).or(schema.additional.as_deref()) {
                    way.push(Step::Name(name.clone()));
                    find(value, schema, way, ways);
                    way.pop();
                }
            }
        }
        Json::Array(elements) => {
            if let Some(items) = &schema.items {
                for (index, element) in elements.iter().enumerate() {
                    way.push(Step::Index(index));
                    find(element, items, way, ways);
                    way.pop();
                }
            }
        }
        _ => {}
    }
}

fn at<'o>(object: &'o mut Json, way: &[Step]) -> &'o mut Json {
    way.iter().fold(object, |value, step| match step {
        Step::Name(name) => &mut value[name.as_str()],
        Step::Index(index) => &mut value[*index],
    })
}

fn remove(object: &mut Json, way: &[Step]) {
    let (last, parents) = way.split_last().unwrap();
    match (at(object, parents), last) {
        (Json::Object(fields), Step::Name(name)) => {
            fields.shift_remove(name);
        }
        (Json::Array(elements), Step::Index(index)) => {
            elements.remove(*index);
        }
        _ => {}
    }
}
