//! Rules about GatewayClass and XMesh (rules 02 §3.1).

use super::{Check, Rule};

pub(in crate::validate) static IMMUTABLE: Rule = Rule {
    id: "VAL-GC-01",
    only: None,
    message: "Value is immutable",
    doc: "the controller of a GatewayClass or XMesh stays the same",
    check: Check::Change(|old, new| old == new),
};
