//! The steps in their order (VAL-GEN-01).

mod address;
mod admit;
mod date_time;
mod metadata;
mod place;
mod print;
mod ruling;
mod structure;
mod unique;

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

pub(super) use metadata::CHECKS as META_CHECKS;
use place::Place;

use super::pattern::Patterns;
use super::schema::{Schema, Shape, schema_of};
use super::{Channel, Problem, ProblemKind, Validation};
use crate::model::{FieldPath, ObjectKind, Value, Version};

/// The word for word text of the API server when it looks at no CEL rule (VAL-GEN-02).
const NOT_CHECKED: &str = "some validation rules were not checked because the object was invalid; \
                           correct the existing errors to complete validation";

/// What all steps need.
#[derive(Clone, Copy)]
pub(super) struct Checks<'p> {
    pub(super) channel: Channel,
    pub(super) patterns: &'p Patterns,
}

impl Checks<'_> {
    /// Takes an object through all steps.
    pub(super) fn object(self, manifest: &Value, old: Option<&Value>) -> Validation {
        let schema = match self.schema(manifest) {
            Known::Served(kind, schema) => (kind, schema),
            Known::NotServed(problem) => {
                return Validation { problems: vec![problem], object: manifest.clone() };
            }
            Known::Other => return Validation { problems: Vec::new(), object: manifest.clone() },
        };
        let (kind, schema) = schema;
        let object = admit::object(manifest, schema, self.channel);
        let old = old.map(|old| admit::object(old, schema, self.channel));

        let mut problems = Vec::new();
        metadata::check(object.get("metadata"), kind, self.patterns, &mut problems);
        structure::check(self, &object, schema, &mut problems);
        unique::check(self.channel, &object, schema, &mut problems);
        if problems.iter().any(|problem| problem.kind.is_blocking()) {
            // Of rules that are not there none goes unchecked.
            if !has_rules(schema, self.channel) {
                return Validation { problems, object };
            }
            problems.push(Problem {
                rule: "VAL-GEN-02",
                path: FieldPath::root(),
                kind: ProblemKind::Invalid,
                value: Some("null".into()),
                detail: NOT_CHECKED.into(),
                is_dotted: false,
            });
        } else {
            ruling::check(self, &object, old.as_ref(), schema, &mut problems);
        }
        Validation { problems, object }
    }

    /// The kind and the schema of a manifest that some CRD serves.
    pub(super) fn served(self, manifest: &Value) -> Option<(ObjectKind, &'static Schema)> {
        match self.schema(manifest) {
            Known::Served(kind, schema) => Some((kind, schema)),
            Known::NotServed(_) | Known::Other => None,
        }
    }

    /// Finds the schema of a manifest.
    fn schema(self, manifest: &Value) -> Known {
        let text = |key| manifest.get(key).and_then(Value::as_str).unwrap_or_default();
        let (api_version, kind) = (text("apiVersion"), text("kind"));
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        match ObjectKind::from_group_kind(group, kind).filter(|kind| kind.is_gateway_api()) {
            None => Known::Other,
            Some(known) => Version::from_name(version)
                .and_then(|version| schema_of(known, version, self.channel))
                .map_or_else(
                    || Known::NotServed(not_served(api_version, kind)),
                    |it| Known::Served(known, it),
                ),
        }
    }
}

/// Whether a schema or one inside it has rules.
fn has_rules(schema: &Schema, channel: Channel) -> bool {
    schema.rules.iter().any(|rule| rule.is_in(channel))
        || match schema.shape {
            Shape::Object { .. } => schema.fields(channel).any(|field| has_rules(&field.schema, channel)),
            Shape::List { item, .. } => has_rules(item, channel),
            Shape::Map { value, .. } => has_rules(value, channel),
            _ => false,
        }
}

/// What the API server knows about a manifest's `apiVersion` and `kind`.
enum Known {
    Served(ObjectKind, &'static Schema),
    NotServed(Problem),
    Other,
}

/// What `kubectl` says of a kind or version that no CRD serves.
fn not_served(api_version: &str, kind: &str) -> Problem {
    Problem {
        rule: "VAL-META-10",
        path: FieldPath::root().key("apiVersion"),
        kind: ProblemKind::NotFound,
        value: None,
        detail: format!(
            "no matches for kind {} in version {}",
            print::quoted(kind),
            print::quoted(api_version)
        ),
        is_dotted: false,
    }
}

/// A problem of the schema at a place.
fn at_schema(
    place: &Place<'_>,
    rule: &'static str,
    kind: ProblemKind,
    value: Option<String>,
    detail: String,
) -> Problem {
    Problem { rule, path: place.path(), kind, value, detail, is_dotted: true }
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};
    use alloc::vec;
    use alloc::vec::Vec;

    use super::NOT_CHECKED;
    use crate::model::Value;
    use crate::validate::{Channel, Validator};

    fn lines_without_spec(kind: &str) -> Vec<String> {
        let text = |key: &str, text: &str| (key.to_string(), Value::from(text));
        let metadata = Value::Map(vec![text("name", "x"), text("namespace", "x")]);
        let object = Value::Map(vec![
            text("apiVersion", "gateway.networking.k8s.io/v1"),
            text("kind", kind),
            ("metadata".to_string(), metadata),
        ]);
        let problems = Validator::new(Channel::Standard).create(&object).problems;
        problems.iter().map(ToString::to_string).collect()
    }

    /// VAL-GEN-02: what is told of unchecked rules is told of rules that there are.
    #[test]
    fn a_kind_without_rules_has_none_unchecked() {
        assert_eq!(lines_without_spec("ReferenceGrant"), ["spec: Required value"]);
        let lines = lines_without_spec("Gateway");
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with(NOT_CHECKED), "{}", lines[1]);
    }
}
