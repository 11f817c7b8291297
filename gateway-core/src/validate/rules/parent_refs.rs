//! Rules about the parentRefs of routes (rules 02 §3.4), which differ between the channels.

use super::Rule;
use super::view::{all_distinct, all_pairs, items, same, text_or_empty};
use crate::model::Value;
use crate::validate::Channel;

/// All of them, in their order.
pub(in crate::validate) const ALL: &[&Rule] =
    &[&SECTION_NAMES_SPECIFIED, &SECTION_NAMES_UNIQUE, &SECTIONS_SPECIFIED, &SECTIONS_UNIQUE];

static SECTION_NAMES_SPECIFIED: Rule = Rule::new(
    "VAL-PREF-01",
    "sectionName must be specified when parentRefs includes 2 or more references to the same parent",
    "of two references to the same parent, both or neither name a section",
    |refs, _| {
        all_pairs(items(refs), |a, b| !is_same_parent(a, b) || is_section_named(a) == is_section_named(b))
    },
)
.only(Channel::Standard);

static SECTION_NAMES_UNIQUE: Rule = Rule::new(
    "VAL-PREF-02",
    "sectionName must be unique when parentRefs includes 2 or more references to the same parent",
    "no two references to the same parent are to the same section",
    |refs, _| all_distinct(items(refs), |a, b| is_same_parent(a, b) && is_same_section(a, b)),
)
.only(Channel::Standard);

static SECTIONS_SPECIFIED: Rule = Rule::new(
    "VAL-PREF-03",
    "sectionName or port must be specified when parentRefs includes 2 or more references to the same parent",
    "of two references to the same parent, both or neither name a section, and both or neither a port",
    |refs, _| {
        all_pairs(items(refs), |a, b| {
            !is_same_parent(a, b)
                || (is_section_named(a) == is_section_named(b) && (port(a) == 0) == (port(b) == 0))
        })
    },
)
.only(Channel::Experimental);

static SECTIONS_UNIQUE: Rule = Rule::new(
    "VAL-PREF-04",
    "sectionName or port must be unique when parentRefs includes 2 or more references to the same parent",
    "no two references to the same parent are to the same section and port",
    |refs, _| {
        all_distinct(items(refs), |a, b| is_same_parent(a, b) && is_same_section(a, b) && port(a) == port(b))
    },
)
.only(Channel::Experimental);

/// An absent namespace is not the same as the route's own, written out.
fn is_same_parent(a: &Value, b: &Value) -> bool {
    ["group", "kind", "name"].into_iter().all(|field| same(a, b, field))
        && text_or_empty(a, "namespace") == text_or_empty(b, "namespace")
}

fn is_section_named(parent_ref: &Value) -> bool {
    !text_or_empty(parent_ref, "sectionName").is_empty()
}

fn is_same_section(a: &Value, b: &Value) -> bool {
    text_or_empty(a, "sectionName") == text_or_empty(b, "sectionName")
}

/// The port, 0 when there is none.
fn port(parent_ref: &Value) -> i64 {
    parent_ref.get("port").and_then(Value::as_i64).unwrap_or_default()
}
