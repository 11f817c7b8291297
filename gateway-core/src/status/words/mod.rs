//! What is wrong and what to do about it, in the words of somebody who runs the platform. Statuses
//! and explanations say the same.

mod address;
mod backend;
mod certificate;
mod listener;
mod mesh;
mod parameters;
mod parent;
mod policy;
mod rule;

use alloc::format;
use alloc::string::String;

use serde::Serialize;

use crate::model::ObjectKind;

pub(crate) use address::{address_advice, address_refusal_advice};
pub(crate) use backend::{backend_advice, extension_advice};
pub(crate) use certificate::{
    authority_advice, backend_authority_advice, certificate_advice, client_certificate_advice,
    x_backend_certificate_advice,
};
pub(crate) use listener::{kinds_advice, listener_advice, overlap_words};
pub(crate) use parameters::parameters_advice;
pub(crate) use parent::{stop_advice, unresolved_advice};
pub(crate) use policy::{target_advice, tls_policy_advice, value_advice};
pub(crate) use rule::rule_advice;

/// Something wrong, where, and what to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// The reason of the condition that it leads to.
    pub reason: &'static str,
    /// The field, such as `spec.rules[0].backendRefs[1]`.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to change.
    pub remedy: String,
}

impl Advice {
    /// The advice as one sentence of a condition's message.
    pub(crate) fn sentence(&self) -> String {
        format!("{}: {}; {}", self.path, self.message, self.remedy)
    }
}

fn grant_remedy(target_namespace: &str, from: ObjectKind, from_namespace: &str, to_kind: &str) -> String {
    format!(
        "add a ReferenceGrant in namespace {target_namespace} with from: {} {} in namespace {from_namespace}, and to: {to_kind}",
        from.group(),
        from.kind(),
    )
}
