//! The list of everything that is checked, for people.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Channel;
use super::check::META_CHECKS;
use super::rules::Rule;
use super::schema::{Field, Integer, ListKind, Schema, Shape, Text, schema_of};
use crate::model::ObjectKind;

/// One rule: the limits of a field, a rule over values, or a check of metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidationRule {
    /// The id, such as `VAL-HR-03` or `MODEL-HR-01`.
    pub id: &'static str,
    /// The kinds whose objects it is about.
    pub kinds: Vec<ObjectKind>,
    /// Where in an object, with `[]` for every item: `spec.rules[].filters`.
    pub paths: Vec<String>,
    /// The only channel that has it; `None` for both.
    pub channel: Option<Channel>,
    /// What the API server says of a breach; for the limits of a field, the limits.
    pub message: String,
    /// What it asks for, in one line.
    pub doc: String,
}

/// Every rule, ordered by id.
pub fn rules() -> impl Iterator<Item = ValidationRule> {
    let mut catalog = Catalog(BTreeMap::new());
    for kind in ObjectKind::ALL.iter().copied() {
        for channel in Channel::ALL {
            for version in kind.served_versions().iter().copied() {
                if let Some(schema) = schema_of(kind, version, channel) {
                    catalog.schema(kind, channel, schema, "");
                }
            }
        }
    }
    let kinds: Vec<_> = ObjectKind::ALL.iter().copied().filter(|kind| kind.is_gateway_api()).collect();
    for check in META_CHECKS {
        let rule = ValidationRule {
            id: check.id,
            kinds: kinds.clone(),
            paths: Vec::from([check.path.to_owned()]),
            channel: None,
            message: check.message.to_owned(),
            doc: check.doc.to_owned(),
        };
        catalog.0.insert(check.id, (rule, Channel::ALL.to_vec()));
    }
    catalog.0.into_values().map(|(rule, channels)| ValidationRule {
        channel: if let [channel] = channels.as_slice() { Some(*channel) } else { None },
        ..rule
    })
}

/// The rules found so far, with the channels they were found in.
struct Catalog(BTreeMap<&'static str, (ValidationRule, Vec<Channel>)>);

impl Catalog {
    fn schema(&mut self, kind: ObjectKind, channel: Channel, schema: &Schema, path: &str) {
        for rule in schema.rules.iter().filter(|rule| rule.is_in(channel)) {
            let Rule { id, message, doc, .. } = rule;
            self.found(id, kind, channel, path, || ((*message).into(), (*doc).into()));
        }
        match schema.shape {
            Shape::List { item, .. } => self.schema(kind, channel, item, &format!("{path}[]")),
            Shape::Object { fields, is_address } => {
                if is_address {
                    self.found("VAL-GW-05", kind, channel, path, || {
                        (ADDRESS_MESSAGE.into(), ADDRESS_DOC.into())
                    });
                }
                for field in fields.iter().filter(|field| field.only.is_none_or(|only| only == channel)) {
                    let inner =
                        if path.is_empty() { field.name.into() } else { format!("{path}.{}", field.name) };
                    self.found(field.id, kind, channel, &inner, || {
                        let limits = limits(field);
                        let doc = format!("`{}` is {limits}", field.name);
                        (limits, doc)
                    });
                    self.schema(kind, channel, &field.schema, &inner);
                }
            }
            _ => {}
        }
    }

    fn found(
        &mut self,
        id: &'static str,
        kind: ObjectKind,
        channel: Channel,
        path: &str,
        text: impl FnOnce() -> (String, String),
    ) {
        let (rule, channels) = self.0.entry(id).or_insert_with(|| {
            let (message, doc) = text();
            let rule =
                ValidationRule { id, kinds: Vec::new(), paths: Vec::new(), channel: None, message, doc };
            (rule, Vec::new())
        });
        if !rule.kinds.contains(&kind) {
            rule.kinds.push(kind);
        }
        if !rule.paths.iter().any(|known| known == path) {
            rule.paths.push(path.into());
        }
        if !channels.contains(&channel) {
            channels.push(channel);
        }
    }
}

const ADDRESS_MESSAGE: &str = "must validate one and only one schema (oneOf)";
const ADDRESS_DOC: &str = "the value of an address of type `IPAddress` is an IPv4 or IPv6 address";

/// The limits of a field in words.
fn limits(field: &Field) -> String {
    let mut words = shape(&field.schema);
    words.push_str(if field.required { "; required" } else { "" });
    if let Some(default) = field.default {
        words.push_str("; default ");
        words.push_str(&default.to_value().excerpt(300));
    }
    words
}

fn shape(schema: &Schema) -> String {
    match schema.shape {
        Shape::Text(text) => string(&text),
        Shape::Integer(integer) => whole_number(&integer),
        Shape::Boolean => "a boolean".into(),
        Shape::List { item, min, max, kind } => {
            let count =
                range(min, (max < usize::MAX).then_some(max)).map(|range| format!(" of {range} items"));
            let unique = match kind {
                ListKind::Atomic => String::new(),
                ListKind::Set => ", no two equal".into(),
                ListKind::Map(keys) => format!(", no two with the same {}", keys.join(", ")),
            };
            format!("a list{}{unique}; each is {}", count.unwrap_or_default(), shape(item))
        }
        Shape::Map { value, max } => {
            let count = if max < usize::MAX { format!(" of at most {max} entries") } else { String::new() };
            format!("a map{count}; each value is {}", shape(value))
        }
        Shape::Object { .. } => "an object".into(),
    }
}

fn string(text: &Text) -> String {
    if !text.values.is_empty() {
        return format!("one of {}", text.values.join(", "));
    }
    let what = if text.is_date_time { "a point in time" } else { "a string" };
    let length = range(text.min, (text.max < usize::MAX).then_some(text.max))
        .map_or_else(String::new, |range| format!(" of {range} characters"));
    let pattern = text.pattern.map_or_else(String::new, |pattern| {
        let channel = if text.pattern_is_experimental { " (experimental channel)" } else { "" };
        format!(" that matches {}{channel}", pattern.source())
    });
    format!("{what}{length}{pattern}")
}

fn whole_number(integer: &Integer) -> String {
    if !integer.values.is_empty() {
        let values: Vec<_> = integer.values.iter().map(ToString::to_string).collect();
        return format!("one of {}", values.join(", "));
    }
    let least = (integer.min > i64::MIN).then(|| format!(" of at least {}", integer.min));
    let greatest = (integer.max < i64::MAX).then(|| format!(" of at most {}", integer.max));
    match (least, greatest) {
        (Some(_), Some(_)) => format!("a whole number from {} to {}", integer.min, integer.max),
        (one, other) => format!("a whole number{}", one.or(other).unwrap_or_default()),
    }
}

/// A number of things, unless any number is right.
fn range(min: usize, max: Option<usize>) -> Option<String> {
    match (min, max) {
        (0, None) => None,
        (0, Some(max)) => Some(format!("at most {max}")),
        (min, None) => Some(format!("at least {min}")),
        (min, Some(max)) if min == max => Some(format!("exactly {min}")),
        (min, Some(max)) => Some(format!("{min} to {max}")),
    }
}
