//! Rules about BackendTLSPolicy and the TLS of XBackend (rules 02 §3.12).

use super::Rule;
use super::view::{all_distinct, all_pairs, field_items, is, items, same, text_or_empty};
use crate::model::Value;

pub(in crate::validate) static SECTION_NAMES_SPECIFIED: Rule = Rule::new(
    "VAL-BTP-01",
    "sectionName must be specified when targetRefs includes 2 or more references to the same target",
    "of two references to the same target, both or neither name a section",
    |refs, _| {
        let is_named = |target: &Value| !text_or_empty(target, "sectionName").is_empty();
        all_pairs(items(refs), |a, b| !is_same_target(a, b) || is_named(a) == is_named(b))
    },
);

pub(in crate::validate) static SECTION_NAMES_UNIQUE: Rule = Rule::new(
    "VAL-BTP-02",
    "sectionName must be unique when targetRefs includes 2 or more references to the same target",
    "no two references to the same target are to the same section",
    |refs, _| {
        all_distinct(items(refs), |a, b| {
            is_same_target(a, b) && text_or_empty(a, "sectionName") == text_or_empty(b, "sectionName")
        })
    },
);

pub(in crate::validate) static NOT_BOTH_CAS: Rule = Rule::new(
    "VAL-BTV-01",
    "must not contain both CACertificateRefs and WellKnownCACertificates",
    "certificates are given or known by name, not both",
    |validation, _| !has_refs(validation) || !has_well_known(validation),
);

pub(in crate::validate) static ONE_CA: Rule = Rule::new(
    "VAL-BTV-02",
    "must specify either CACertificateRefs or WellKnownCACertificates",
    "certificates are given or known by name",
    |validation, _| has_refs(validation) || has_well_known(validation),
);

pub(in crate::validate) static HOSTNAME_SET: Rule = Rule::new(
    "VAL-SAN-01",
    "SubjectAltName element must contain Hostname, if Type is set to Hostname",
    "an alternative name of type `Hostname` has a host name",
    |name, _| !is(name, "type", "Hostname") || !text_or_empty(name, "hostname").is_empty(),
);

pub(in crate::validate) static HOSTNAME_ONLY: Rule = Rule::new(
    "VAL-SAN-02",
    "SubjectAltName element must not contain Hostname, if Type is not set to Hostname",
    "only an alternative name of type `Hostname` has a host name",
    |name, _| is(name, "type", "Hostname") || text_or_empty(name, "hostname").is_empty(),
);

pub(in crate::validate) static URI_SET: Rule = Rule::new(
    "VAL-SAN-03",
    "SubjectAltName element must contain URI, if Type is set to URI",
    "an alternative name of type `URI` has a URI",
    |name, _| !is(name, "type", "URI") || !text_or_empty(name, "uri").is_empty(),
);

pub(in crate::validate) static URI_ONLY: Rule = Rule::new(
    "VAL-SAN-04",
    "SubjectAltName element must not contain URI, if Type is not set to URI",
    "only an alternative name of type `URI` has a URI",
    |name, _| is(name, "type", "URI") || text_or_empty(name, "uri").is_empty(),
);

fn is_same_target(a: &Value, b: &Value) -> bool {
    ["group", "kind", "name"].into_iter().all(|field| same(a, b, field))
}

fn has_refs(validation: &Value) -> bool {
    !field_items(validation, "caCertificateRefs").is_empty()
}

fn has_well_known(validation: &Value) -> bool {
    !text_or_empty(validation, "wellKnownCACertificates").is_empty()
}
