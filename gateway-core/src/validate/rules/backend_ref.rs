//! The rule about references to backends (rules 02 §3.5).

use super::Rule;
use super::view::{has, is};

pub(in crate::validate) static SERVICE_HAS_PORT: Rule = Rule::new(
    "VAL-BREF-01",
    "Must have port for Service reference",
    "a reference to a Service names its port",
    |backend, _| !is(backend, "group", "") || !is(backend, "kind", "Service") || has(backend, "port"),
);
