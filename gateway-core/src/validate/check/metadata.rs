//! What Kubernetes asks of the metadata of every object, in its own words.
//!
//! No rule of the Gateway API says this; the ids `VAL-META-..` are ours (see [`CHECKS`]). Owner references
//! and managed fields are not looked at, and a namespace that is absent is the request's to add.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::print;
use crate::model::{FieldPath, ObjectKind, Value};
use crate::validate::pattern::{Pattern, Patterns};
use crate::validate::{Problem, ProblemKind};

/// A check of metadata, for the list of rules.
pub(in crate::validate) struct MetaCheck {
    pub(in crate::validate) id: &'static str,
    pub(in crate::validate) path: &'static str,
    pub(in crate::validate) message: &'static str,
    pub(in crate::validate) doc: &'static str,
}

const fn meta(id: &'static str, path: &'static str, message: &'static str, doc: &'static str) -> MetaCheck {
    MetaCheck { id, path, message, doc }
}

const NAME: MetaCheck = meta(
    "VAL-META-01",
    "metadata.name",
    "name or generateName is required",
    "an object has a name, or a prefix from which the API server makes one",
);
const NAME_FORM: MetaCheck = meta("VAL-META-02", "metadata.name", SUBDOMAIN, "the name is a DNS subdomain");
const PREFIX_FORM: MetaCheck =
    meta("VAL-META-03", "metadata.generateName", SUBDOMAIN, "the prefix of a name begins a DNS subdomain");
const NAMESPACE_FORM: MetaCheck =
    meta("VAL-META-04", "metadata.namespace", LABEL, "the namespace is a DNS label");
const GENERATION: MetaCheck = meta(
    "VAL-META-05",
    "metadata.generation",
    "must be greater than or equal to 0",
    "the generation counts from 0",
);
const LABELS: MetaCheck = meta(
    "VAL-META-06",
    "metadata.labels",
    NAME_PART,
    "keys are a name with an optional DNS subdomain before a slash, values are short",
);
const ANNOTATIONS: MetaCheck = meta(
    "VAL-META-07",
    "metadata.annotations",
    NAME_PART,
    "keys are a name with an optional DNS subdomain before a slash, in either case; all together are small",
);
const FINALIZERS: MetaCheck = meta(
    "VAL-META-08",
    "metadata.finalizers",
    NAME_PART,
    "a finalizer is a name with an optional DNS subdomain before a slash",
);
const TYPES: MetaCheck =
    meta("VAL-META-09", "metadata", "must be of type", "every field of the metadata has its JSON type");
const SERVED: MetaCheck = meta(
    "VAL-META-10",
    "apiVersion",
    "no matches for kind",
    "the CRDs of the channel serve the kind in this version",
);

/// All checks, in the order of their ids.
pub(in crate::validate) const CHECKS: [MetaCheck; 10] = [
    NAME,
    NAME_FORM,
    PREFIX_FORM,
    NAMESPACE_FORM,
    GENERATION,
    LABELS,
    ANNOTATIONS,
    FINALIZERS,
    TYPES,
    SERVED,
];

const SUBDOMAIN: &str = r"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const NAME_PART: &str = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const LABEL_KEY: &str = "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
const LABEL_VALUE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/// Bytes of all annotations together.
const ANNOTATIONS_SIZE: usize = 256 << 10;

/// The fields whose type is checked, with their type.
const TYPED: [(&str, &str); 7] = [
    ("annotations", "object"),
    ("finalizers", "array"),
    ("generateName", "string"),
    ("generation", "integer"),
    ("labels", "object"),
    ("name", "string"),
    ("namespace", "string"),
];

/// Checks the metadata of an object of a kind.
pub(super) fn check(
    metadata: Option<&Value>,
    kind: ObjectKind,
    patterns: &Patterns,
    problems: &mut Vec<Problem>,
) {
    let mut metadata_check = Metadata { patterns, problems };
    let metadata = metadata.unwrap_or(&Value::Null);
    if !matches!(metadata, Value::Map(_) | Value::Null) {
        metadata_check.wrong_type(FieldPath::root().key("metadata"), metadata, "object");
        return;
    }
    metadata_check.names(metadata, kind);
    metadata_check.labels(metadata);
    metadata_check.annotations(metadata);
    metadata_check.finalizers(metadata);
    metadata_check.types(metadata);
}

struct Metadata<'c, 'p> {
    patterns: &'c Patterns,
    problems: &'p mut Vec<Problem>,
}

impl Metadata<'_, '_> {
    fn names(&mut self, metadata: &Value, kind: ObjectKind) {
        let text = |key| metadata.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        if let Some(prefix) = text("generateName") {
            // What is appended may follow a dash; the API server overlooks the letter before it, too.
            let begun = match prefix.strip_suffix('-').and_then(|front| front.char_indices().last()) {
                Some((start, letter)) if letter.is_ascii() => {
                    format!("{}a", prefix.get(..start).unwrap_or_default())
                }
                _ => prefix.into(),
            };
            for detail in self.subdomain(&begun) {
                self.invalid(PREFIX_FORM.id, field("generateName"), prefix, detail);
            }
        }
        match metadata.get("name") {
            Some(Value::String(name)) if !name.is_empty() => {
                for detail in self.subdomain(name) {
                    self.invalid(NAME_FORM.id, field("name"), name, detail);
                }
            }
            None | Some(Value::String(_) | Value::Null) if text("generateName").is_none() => {
                self.problems.push(Problem {
                    rule: NAME.id,
                    path: field("name"),
                    kind: ProblemKind::Required,
                    value: None,
                    detail: NAME.message.into(),
                    is_dotted: false,
                });
            }
            _ => {}
        }
        // The API server drops the namespace of an object that has none.
        if let Some(namespace) = text("namespace").filter(|_| kind.is_namespaced()) {
            let mut details = too_long(namespace, 63, "characters");
            if !self.patterns.matches(Pattern::DnsLabel, namespace) {
                let is_subdomain = self.patterns.matches(Pattern::Subdomain, namespace);
                details.push(if is_subdomain { "must not contain dots" } else { LABEL }.into());
            }
            for detail in details {
                self.invalid(NAMESPACE_FORM.id, field("namespace"), namespace, detail);
            }
        }
        if let Some(generation) = metadata.get("generation").and_then(Value::as_i64).filter(|it| *it < 0) {
            self.problems.push(Problem {
                rule: GENERATION.id,
                path: field("generation"),
                kind: ProblemKind::Invalid,
                value: Some(generation.to_string()),
                detail: GENERATION.message.into(),
                is_dotted: false,
            });
        }
    }

    fn labels(&mut self, metadata: &Value) {
        for (key, value) in sorted(metadata.get("labels")) {
            for detail in self.qualified_name(key) {
                self.invalid(LABELS.id, field("labels"), key, detail);
            }
            let Some(value) = value.as_str() else { continue };
            let mut details = too_long(value, 63, "bytes");
            if !self.patterns.matches(Pattern::LabelValue, value) {
                details.push(LABEL_VALUE.into());
            }
            for detail in details {
                self.invalid(LABELS.id, field("labels"), value, detail);
            }
        }
    }

    fn annotations(&mut self, metadata: &Value) {
        let annotations = sorted(metadata.get("annotations"));
        let size: usize =
            annotations.iter().map(|(key, value)| key.len() + value.as_str().map_or(0, str::len)).sum();
        for (key, _) in annotations {
            for detail in self.qualified_name(&key.to_lowercase()) {
                self.invalid(ANNOTATIONS.id, field("annotations"), key, detail);
            }
        }
        if size > ANNOTATIONS_SIZE {
            self.problems.push(Problem {
                rule: ANNOTATIONS.id,
                path: field("annotations"),
                kind: ProblemKind::TooLong,
                value: None,
                detail: format!("may not be more than {ANNOTATIONS_SIZE} bytes"),
                is_dotted: false,
            });
        }
    }

    fn finalizers(&mut self, metadata: &Value) {
        let finalizers = metadata.get("finalizers").and_then(Value::as_list).unwrap_or_default();
        for finalizer in finalizers.iter().filter_map(Value::as_str) {
            for detail in self.qualified_name(finalizer) {
                self.invalid(FINALIZERS.id, field("finalizers"), finalizer, detail);
            }
        }
        let has = |name: &str| finalizers.iter().any(|finalizer| finalizer.as_str() == Some(name));
        if has("foregroundDeletion") && has("orphan") {
            self.problems.push(Problem {
                rule: FINALIZERS.id,
                path: field("finalizers"),
                kind: ProblemKind::Invalid,
                value: metadata.get("finalizers").map(print::value),
                detail: "finalizer orphan and foregroundDeletion cannot be both set".into(),
                is_dotted: false,
            });
        }
    }

    fn types(&mut self, metadata: &Value) {
        for (name, expected) in TYPED {
            let Some(value) = metadata.get(name).filter(|value| **value != Value::Null) else { continue };
            if value.json_type().as_str() != expected {
                self.wrong_type(field(name), value, expected);
            }
            match value {
                Value::Map(_) if expected == "object" => {
                    for (key, entry) in sorted(Some(value)) {
                        if !matches!(entry, Value::String(_) | Value::Null) {
                            self.wrong_type(field(name).key(key), entry, "string");
                        }
                    }
                }
                Value::List(elements) if expected == "array" => {
                    for (index, element) in elements.iter().enumerate() {
                        if !matches!(element, Value::String(_) | Value::Null) {
                            self.wrong_type(field(name).index(index), element, "string");
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// What is wrong with a text that should be a DNS subdomain.
    fn subdomain(&self, text: &str) -> Vec<String> {
        let mut details = too_long(text, 253, "characters");
        if !self.patterns.matches(Pattern::Subdomain, text) {
            details.push(SUBDOMAIN.into());
        }
        details
    }

    /// What is wrong with the key of a label or annotation.
    fn qualified_name(&self, key: &str) -> Vec<String> {
        let mut details = Vec::new();
        let parts: Vec<&str> = key.split('/').collect();
        let name = match parts.as_slice() {
            [name] => *name,
            [prefix, name] => {
                if prefix.is_empty() {
                    details.push("prefix part must be non-empty".into());
                } else {
                    let mut of_prefix = too_long(prefix, 253, "bytes");
                    if !self.patterns.matches(Pattern::Subdomain, prefix) {
                        of_prefix.push(SUBDOMAIN.into());
                    }
                    details.extend(of_prefix.into_iter().map(|detail| format!("prefix part {detail}")));
                }
                name
            }
            _ => return Vec::from([LABEL_KEY.into()]),
        };
        if name.is_empty() {
            details.push("name part must be non-empty".into());
        }
        details.extend(too_long(name, 63, "bytes").into_iter().map(|detail| format!("name part {detail}")));
        if name.is_empty() || !self.patterns.matches(Pattern::LabelValue, name) {
            details.push(NAME_PART.into());
        }
        details
    }

    fn invalid(&mut self, rule: &'static str, path: FieldPath, value: &str, detail: String) {
        self.problems.push(Problem {
            rule,
            path,
            kind: ProblemKind::Invalid,
            value: Some(print::quoted(value)),
            detail,
            is_dotted: false,
        });
    }

    fn wrong_type(&mut self, path: FieldPath, value: &Value, expected: &str) {
        let actual = value.json_type();
        self.problems.push(Problem {
            rule: TYPES.id,
            kind: ProblemKind::TypeInvalid,
            value: Some(format!("\"{actual}\"")),
            detail: format!("{path} in body must be of type {expected}: \"{actual}\""),
            path,
            is_dotted: false,
        });
    }
}

fn field(name: &str) -> FieldPath {
    FieldPath::root().key("metadata").key(name)
}

/// The entries of a map in the order of their keys.
fn sorted(map: Option<&Value>) -> Vec<&(String, Value)> {
    let mut entries: Vec<_> = map.and_then(Value::as_map).unwrap_or_default().iter().collect();
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    entries
}

/// Lengths of names are in bytes, whatever Kubernetes calls them.
fn too_long(text: &str, max: usize, unit: &str) -> Vec<String> {
    if text.len() > max { Vec::from([format!("must be no more than {max} {unit}")]) } else { Vec::new() }
}
