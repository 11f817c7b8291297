//! Rules about addresses, infrastructure and frontend TLS of a Gateway (rules 02 §3.2).

use super::Rule;
use super::view::{all_distinct, has, is, items, same, text};
use crate::model::Value;
use crate::validate::pattern::{Pattern, Patterns};

pub(in crate::validate) static UNIQUE_IP_ADDRESSES: Rule = Rule::new(
    "VAL-GW-01",
    "IPAddress values must be unique",
    "no two addresses of type `IPAddress` have the same value",
    |addresses, _| has_distinct_values(addresses, "IPAddress"),
);

pub(in crate::validate) static UNIQUE_HOSTNAME_ADDRESSES: Rule = Rule::new(
    "VAL-GW-02",
    "Hostname values must be unique",
    "no two addresses of type `Hostname` have the same value",
    |addresses, _| has_distinct_values(addresses, "Hostname"),
);

pub(in crate::validate) static ADDRESS_HOSTNAME: Rule = Rule::new(
    "VAL-GW-03",
    r"Hostname value must be empty or contain only valid characters (matching ^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$)",
    "the value of an address of type `Hostname`, if there is one, is a host name",
    |address, patterns| !has(address, "value") || is_hostname(address, patterns),
);

pub(in crate::validate) static STATUS_ADDRESS_HOSTNAME: Rule = Rule::new(
    "VAL-GW-04",
    r"Hostname value must only contain valid characters (matching ^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$)",
    "the value of an address of type `Hostname` in the status is a host name",
    is_hostname,
);

pub(in crate::validate) static ANNOTATION_KEYS: Rule = Rule::new(
    "VAL-GW-06",
    "Annotation keys must be in the form of an optional DNS subdomain prefix followed by a required name segment of up to 63 characters.",
    "keys of annotations are a name with an optional DNS subdomain before a slash",
    has_qualified_keys,
);

pub(in crate::validate) static ANNOTATION_PREFIXES: Rule = Rule::new(
    "VAL-GW-07",
    "If specified, the annotation key's prefix must be a DNS subdomain not longer than 253 characters in total.",
    "what stands before the slash in the key of an annotation has fewer than 253 characters",
    has_short_prefixes,
);

pub(in crate::validate) static LABEL_KEYS: Rule = Rule::new(
    "VAL-GW-08",
    "Label keys must be in the form of an optional DNS subdomain prefix followed by a required name segment of up to 63 characters.",
    "keys of labels are a name with an optional DNS subdomain before a slash",
    has_qualified_keys,
);

pub(in crate::validate) static LABEL_PREFIXES: Rule = Rule::new(
    "VAL-GW-09",
    "If specified, the label key's prefix must be a DNS subdomain not longer than 253 characters in total.",
    "what stands before the slash in the key of a label has fewer than 253 characters",
    has_short_prefixes,
);

pub(in crate::validate) static UNIQUE_TLS_PORT: Rule = Rule::new(
    "VAL-GW-10",
    "Port for TLS configuration must be unique within the Gateway",
    "no two entries of frontend TLS are for the same port",
    |ports, _| all_distinct(items(ports), |a, b| same(a, b, "port")),
);

/// Whether the addresses of a type differ in their values; those without a value do not count.
fn has_distinct_values(addresses: &Value, address_type: &str) -> bool {
    let counts = |address: &Value| is(address, "type", address_type) && has(address, "value");
    all_distinct(items(addresses), |a, b| counts(a) && counts(b) && same(a, b, "value"))
}

fn is_hostname(address: &Value, patterns: &Patterns) -> bool {
    !is(address, "type", "Hostname")
        || text(address, "value").is_some_and(|value| patterns.matches(Pattern::Hostname, value))
}

fn has_qualified_keys(map: &Value, patterns: &Patterns) -> bool {
    map.as_map().unwrap_or_default().iter().all(|(key, _)| patterns.matches(Pattern::QualifiedName, key))
}

fn has_short_prefixes(map: &Value, _: &Patterns) -> bool {
    let prefix_length = |key: &str| key.split('/').next().unwrap_or_default().chars().count();
    map.as_map().unwrap_or_default().iter().all(|(key, _)| prefix_length(key) < 253)
}
