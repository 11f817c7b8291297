//! The structural schema of a CRD, read once.

use std::collections::{BTreeMap, BTreeSet};

use cel::Program;
use regex::Regex;
use serde_json::Value as Json;

use crate::cel::compile;

/// What a schema demands of a value.
#[derive(Debug, Default)]
pub(crate) struct Schema {
    /// `type`.
    pub(crate) json_type: Option<String>,
    /// The format of a text.
    pub(crate) format: Option<String>,
    /// Whether the format of a number is `int32`.
    pub(crate) is_int32: bool,
    pub(crate) nullable: bool,
    pub(crate) default: Option<Json>,
    /// `enum`.
    pub(crate) choices: Vec<Json>,
    pub(crate) pattern: Option<Regex>,
    pub(crate) min_length: Option<usize>,
    pub(crate) max_length: Option<usize>,
    pub(crate) minimum: Option<i64>,
    pub(crate) maximum: Option<i64>,
    pub(crate) min_items: Option<usize>,
    pub(crate) max_items: Option<usize>,
    pub(crate) max_properties: Option<usize>,
    pub(crate) required: Vec<String>,
    pub(crate) properties: BTreeMap<String, Schema>,
    /// `additionalProperties`, when it is a schema.
    pub(crate) additional: Option<Box<Schema>>,
    pub(crate) items: Option<Box<Schema>>,
    pub(crate) any_of: Vec<Schema>,
    pub(crate) one_of: Vec<Schema>,
    pub(crate) not: Option<Box<Schema>>,
    pub(crate) list_type: ListType,
    /// `x-kubernetes-validations` of this very node.
    pub(crate) rules: Vec<Rule>,
    /// Whether there are rules here or below.
    pub(crate) has_rules: bool,
}

/// `x-kubernetes-list-type`.
#[derive(Debug, Default)]
pub(crate) enum ListType {
    #[default]
    Atomic,
    Set,
    /// With `x-kubernetes-list-map-keys`.
    Map(Vec<String>),
}

/// One rule of `x-kubernetes-validations`.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Its place in the list of all rules of the CRD.
    pub(crate) number: usize,
    pub(crate) message: String,
    pub(crate) program: Program,
    /// Whether it compares with the old object.
    pub(crate) is_transition: bool,
}

/// Where a rule is written, for the report.
#[derive(Debug)]
pub(crate) struct RulePlace {
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) message: String,
}

/// Reads a schema; `places` receives the rules in the order of their numbers. A keyword that is not known
/// ends the test: it would be ignored otherwise.
pub(crate) fn read(schema: &Json, path: &str, places: &mut Vec<RulePlace>) -> Schema {
    let mut read = Schema::default();
    for (keyword, value) in schema.as_object().unwrap() {
        let size = || Some(usize::try_from(value.as_u64().unwrap()).unwrap());
        let text = || value.as_str().unwrap().to_owned();
        let texts =
            || value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect();
        match keyword.as_str() {
            "description" | "x-kubernetes-map-type" | "x-kubernetes-list-map-keys" => {}
            "type" => read.json_type = Some(text()),
            "format" if value == "int32" => read.is_int32 = true,
            // All whole numbers that can be read are of this format.
            "format" if value == "int64" => {}
            "format" => read.format = Some(text()),
            "nullable" => read.nullable = value.as_bool().unwrap(),
            "default" => read.default = Some(value.clone()),
            "enum" => read.choices.clone_from(value.as_array().unwrap()),
            "pattern" => read.pattern = Some(Regex::new(value.as_str().unwrap()).unwrap()),
            "minLength" => read.min_length = size(),
            "maxLength" => read.max_length = size(),
            "minimum" => read.minimum = Some(value.as_i64().unwrap()),
            "maximum" => read.maximum = Some(value.as_i64().unwrap()),
            "minItems" => read.min_items = size(),
            "maxItems" => read.max_items = size(),
            "maxProperties" => read.max_properties = size(),
            "required" => read.required = texts(),
            "properties" => {
                for (name, schema) in value.as_object().unwrap() {
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    read.properties.insert(name.clone(), self::read(schema, &path, places));
                }
            }
            "additionalProperties" => {
                read.additional = Some(Box::new(self::read(value, &format!("{path}{{}}"), places)));
            }
            "items" => read.items = Some(Box::new(self::read(value, &format!("{path}[]"), places))),
            "anyOf" => read.any_of = branches(value),
            "oneOf" => read.one_of = branches(value),
            "not" => read.not = branches(&Json::Array(vec![value.clone()])).pop().map(Box::new),
            "x-kubernetes-list-type" => {
                read.list_type = match value.as_str().unwrap() {
                    "atomic" => ListType::Atomic,
                    "set" => ListType::Set,
                    "map" => {
                        let keys = schema["x-kubernetes-list-map-keys"].as_array().unwrap();
                        ListType::Map(keys.iter().map(|key| key.as_str().unwrap().to_owned()).collect())
                    }
                    other => panic!("the list type {other} at {path} is not known"),
                };
            }
            "x-kubernetes-validations" => {
                read.rules =
                    value.as_array().unwrap().iter().map(|rule| rule_of(rule, path, places)).collect();
            }
            other => panic!("the keyword {other} at {path} is not known"),
        }
    }
    let below = read.properties.values().chain(read.items.as_deref()).chain(read.additional.as_deref());
    read.has_rules = !read.rules.is_empty() || below.into_iter().any(|schema| schema.has_rules);
    read
}

/// The schemas of `anyOf` and the like. A structural schema allows no rules in them.
fn branches(schemas: &Json) -> Vec<Schema> {
    let mut places = Vec::new();
    let read = schemas.as_array().unwrap().iter().map(|schema| read(schema, "", &mut places)).collect();
    assert!(places.is_empty(), "there are rules in anyOf, oneOf or not");
    read
}

fn rule_of(rule: &Json, path: &str, places: &mut Vec<RulePlace>) -> Rule {
    let keys: BTreeSet<&str> = rule.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, BTreeSet::from(["message", "rule"]), "the rule at {path} says more than that");
    let (text, message) = (rule["rule"].as_str().unwrap(), rule["message"].as_str().unwrap().trim());
    let is_transition = text.contains("oldSelf");
    assert!(!(is_transition && path.contains("[]")), "{path}: old elements of lists are not looked for");
    let place = RulePlace { path: path.to_owned(), text: text.to_owned(), message: message.to_owned() };
    places.push(place);
    Rule { number: places.len() - 1, message: message.to_owned(), program: compile(text), is_transition }
}
