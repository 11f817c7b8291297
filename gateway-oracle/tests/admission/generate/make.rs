//! Objects made from a schema alone: mostly as it wants them, sometimes not.

use serde_json::{Map, Value as Json, json};

use super::dice::Dice;
use super::pool::Pools;
use crate::schema::{ListType, Schema};

/// How an object is made.
#[derive(Debug)]
pub(crate) struct Mood {
    /// How many nodes in a thousand are made wrong.
    pub(crate) faults: usize,
    /// How many nodes more it may have before optional fields are left out.
    pub(crate) budget: usize,
    /// Whether lists are filled to their limits.
    pub(crate) is_full: bool,
    /// Whether what is made now is what a chosen rule looks at.
    pub(crate) is_in_focus: bool,
}

impl Mood {
    pub(crate) fn new(dice: &mut Dice) -> Self {
        let faults = match dice.below(100) {
            0..50 => 0,
            50..80 => 8,
            80..95 => 25,
            _ => 90,
        };
        Self { faults, budget: 20 + dice.below(100), is_full: dice.chance(30), is_in_focus: false }
    }
}

/// A value for a schema.
pub(crate) fn value(schema: &Schema, pools: &Pools, dice: &mut Dice, mood: &mut Mood) -> Json {
    focused(schema, &[], pools, dice, mood)
}

/// A value for a schema in which the fields of a way are there, for the sake of a rule at its end.
pub(crate) fn focused(
    schema: &Schema,
    focus: &[&str],
    pools: &Pools,
    dice: &mut Dice,
    mood: &mut Mood,
) -> Json {
    mood.budget = mood.budget.saturating_sub(1);
    if dice.chance(mood.faults) {
        return wrong(schema, pools, dice);
    }
    match schema.json_type.as_deref() {
        Some("object") if schema.additional.is_some() => map(schema, pools, dice, mood),
        Some("object") => object(schema, focus, pools, dice, mood),
        Some("array") => list(schema, focus, pools, dice, mood),
        Some("boolean") => json!(dice.chance(500)),
        _ => scalar(schema, pools, dice, mood.is_in_focus),
    }
}

/// A text or number that fits.
fn scalar(schema: &Schema, pools: &Pools, dice: &mut Dice, is_in_focus: bool) -> Json {
    let pool = pools.of(schema);
    if is_in_focus && !pool.unfit.is_empty() && dice.chance(40) {
        return dice.pick(&pool.unfit).clone();
    }
    if is_in_focus && !pool.spoken_of.is_empty() && dice.chance(600) {
        return dice.pick(&pool.spoken_of).clone();
    }
    if !pool.seen.is_empty() && dice.chance(if is_in_focus { 250 } else { 600 }) {
        let few = pool.seen.len().min(if dice.chance(700) { 3 } else { 12 });
        return dice.pick(&pool.seen[..few]).clone();
    }
    if pool.fit.is_empty() {
        return schema.default.clone().unwrap_or_else(|| json!("a"));
    }
    // The first few are taken more often, so that equal ones meet.
    let few = if dice.chance(600) { pool.fit.len().min(3) } else { pool.fit.len() };
    dice.pick(&pool.fit[..few]).clone()
}

/// A value that the schema does not want, most probably.
pub(crate) fn wrong(schema: &Schema, pools: &Pools, dice: &mut Dice) -> Json {
    let pool = pools.of(schema);
    if !pool.unfit.is_empty() && dice.chance(650) {
        return dice.pick(&pool.unfit).clone();
    }
    let others = [
        json!(null),
        json!(true),
        json!(1),
        json!(-1),
        json!(1.5),
        json!(""),
        json!("x"),
        json!([]),
        json!({}),
        json!({ "a": 1 }),
        json!([null]),
        json!(["a", "a"]),
        json!([{}]),
        json!([1]),
    ];
    dice.pick(&others).clone()
}

fn map(schema: &Schema, pools: &Pools, dice: &mut Dice, mood: &mut Mood) -> Json {
    let values = schema.additional.as_deref().unwrap();
    let mut count = dice.below(4);
    if dice.chance(15) {
        count = schema.max_properties.unwrap_or(3) + dice.below(2);
    }
    let mut entries = Map::new();
    for index in 0..count {
        let key = match dice.below(100) {
            0..50 => (*dice.pick(&["a", "example.com/a", "b", "app"])).to_owned(),
            50..75 => format!("k{index}"),
            75..90 => scalar(values, pools, dice, false).as_str().unwrap_or("x").to_owned(),
            _ => {
                let long =
                    format!("{}.{}.{}.{}", "a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(60));
                (*dice.pick(&[
                    "-a",
                    "a/",
                    "A.b/c",
                    "a/b/c",
                    "é",
                    "",
                    &format!("{long}/x"),
                    &format!("{long}e/x"),
                    &format!("{long}e"),
                    &"a".repeat(64),
                ]))
                .to_owned()
            }
        };
        entries.insert(key, value(values, pools, dice, mood));
    }
    Json::Object(entries)
}

fn object(schema: &Schema, focus: &[&str], pools: &Pools, dice: &mut Dice, mood: &mut Mood) -> Json {
    let mut fields = Map::new();
    let (next, rest) = focus.split_first().map_or((None, focus), |(next, rest)| (Some(*next), rest));
    for (name, property) in &schema.properties {
        if Some(name.as_str()) == next {
            mood.is_in_focus = rest.is_empty();
            fields.insert(name.clone(), focused(property, rest, pools, dice, mood));
            mood.is_in_focus = false;
            continue;
        }
        let is_wanted = if schema.required.contains(name) {
            !dice.chance(mood.faults)
        } else if name == "status" {
            dice.chance(120)
        } else {
            let often = if mood.is_full { 150 } else { 380 };
            (mood.budget > 0 && dice.chance(often)) || (mood.is_in_focus && dice.chance(400))
        };
        if is_wanted {
            fields.insert(name.clone(), value(property, pools, dice, mood));
        }
    }
    if dice.chance(if mood.is_in_focus { 600 } else { 900 }) {
        mend_union(schema, next, &mut fields, pools, dice, mood);
    }
    if dice.chance(mood.faults / 2 + 2) {
        fields.insert("unknown".to_owned(), json!({ "a": [1] }));
    }
    Json::Object(fields)
}

/// A field that names another one, such as `type`, is followed: that one is there and its fellows are not.
/// Where one of them is wanted, the field names that.
fn mend_union(
    schema: &Schema,
    wanted: Option<&str>,
    fields: &mut Map<String, Json>,
    pools: &Pools,
    dice: &mut Dice,
    mood: &mut Mood,
) {
    let named = |choice: &Json| {
        let choice = choice.as_str()?;
        schema.properties.keys().find(|name| name.eq_ignore_ascii_case(choice)).cloned()
    };
    for (name, property) in &schema.properties {
        let members: Vec<String> = property.choices.iter().filter_map(named).collect();
        let naming =
            property.choices.iter().find(|choice| wanted.is_some() && named(choice).as_deref() == wanted);
        if let Some(choice) = naming {
            fields.insert(name.clone(), choice.clone());
        }
        let chosen = fields.get(name).or(property.default.as_ref()).cloned();
        let Some(chosen) = chosen.filter(|_| !members.is_empty()) else { continue };
        let chosen = named(&chosen);
        fields.retain(|name, _| Some(name) == chosen.as_ref() || !members.contains(name));
        if let Some(chosen) = chosen.filter(|chosen| !fields.contains_key(chosen)) {
            let made = value(&schema.properties[&chosen], pools, dice, mood);
            fields.insert(chosen, made);
        }
    }
}

fn list(schema: &Schema, focus: &[&str], pools: &Pools, dice: &mut Dice, mood: &mut Mood) -> Json {
    let Some(items) = schema.items.as_deref() else { return json!([]) };
    let least = schema.min_items.unwrap_or_default();
    let limit = schema.max_items.unwrap_or(4);
    let mut count = match dice.below(100) {
        0..8 => 0,
        8..60 => 1,
        60..85 => 2,
        85..95 => 3,
        _ => 4,
    };
    let is_long = lists_in(items) < 2 && dice.chance(if mood.is_full { 700 } else { 4 });
    if is_long {
        count = match dice.below(12) {
            0 => limit + 1,
            1 => limit.saturating_sub(1),
            2 | 3 => limit * 2 / 3,
            4 | 5 => limit * 2 / 3 + 1,
            _ => limit,
        };
    } else if mood.is_full {
        count = 2 + dice.below(2);
    }
    if !focus.is_empty() {
        count = count.max(1);
    } else if mood.is_in_focus && dice.chance(600) {
        count = count.max(2);
    }
    if !dice.chance(mood.faults) {
        count = count.max(least);
    }
    let is_in_focus = mood.is_in_focus;
    let mut elements: Vec<Json> = Vec::with_capacity(count);
    for _ in 0..count {
        if is_long {
            mood.budget = 0;
        }
        let mut element = match elements.last() {
            Some(previous) if dice.chance(if is_long { 950 } else { 200 }) => {
                let mut copy = previous.clone();
                if !is_long && dice.chance(500) {
                    change_a_field(items, &mut copy, pools, dice, mood);
                }
                copy
            }
            _ => {
                mood.is_in_focus = is_in_focus;
                focused(items, focus, pools, dice, mood)
            }
        };
        let is_unique = !dice.chance(if is_long { 5 } else { 60 });
        if is_unique {
            make_unique(schema, items, &mut element, &elements, pools, dice);
        }
        elements.push(element);
    }
    Json::Array(elements)
}

/// How deep lists are in each other below a node.
fn lists_in(schema: &Schema) -> usize {
    let below = schema.properties.values().map(lists_in).max().unwrap_or_default();
    below.max(schema.items.as_deref().map_or(0, |items| 1 + lists_in(items)))
}

fn change_a_field(items: &Schema, element: &mut Json, pools: &Pools, dice: &mut Dice, mood: &mut Mood) {
    let names: Vec<&String> = items.properties.keys().collect();
    if let (Json::Object(fields), false) = (element, names.is_empty()) {
        let name = *dice.pick(&names);
        if dice.chance(300) {
            fields.remove(name);
        } else {
            fields.insert(name.clone(), value(&items.properties[name], pools, dice, mood));
        }
    }
}

/// Gives an element of a set or a map of its list another key than the others have.
fn make_unique(
    schema: &Schema,
    items: &Schema,
    element: &mut Json,
    others: &[Json],
    pools: &Pools,
    dice: &mut Dice,
) {
    let next = |old: &Json, index: usize| match old {
        Json::Number(number) => json!(number.as_i64().unwrap_or(1) + i64::try_from(index).unwrap()),
        _ => json!(format!("n{index}")),
    };
    match &schema.list_type {
        ListType::Atomic => {}
        ListType::Set => {
            for index in 0..4 {
                if !others.contains(element) {
                    break;
                }
                *element = if items.choices.is_empty() && index > 2 {
                    next(element, others.len())
                } else {
                    scalar(items, pools, dice, false)
                };
            }
        }
        ListType::Map(keys) => {
            let key_of = |element: &Json| -> Vec<Option<Json>> {
                keys.iter().map(|key| element.get(key).cloned()).collect()
            };
            let Some(changed) = keys.iter().find(|key| items.properties[*key].choices.is_empty()) else {
                return;
            };
            if others.iter().any(|other| key_of(other) == key_of(element))
                && let Some(value) = element.get_mut(changed)
            {
                *value = next(value, others.len());
            }
        }
    }
}
