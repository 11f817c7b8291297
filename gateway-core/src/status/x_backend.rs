//! Conditions of XBackends, one set for each Gateway that uses them (ATT-247).

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::attach::{Graph, XBackendNode};
use crate::key::ObjectKey;
use crate::model::{Condition, ConditionStatus, ObjectKind, XBackendParentStatus, XBackendStatus};
use crate::status::conditions::condition;
use crate::status::policy::{gateway_reference, resolved};
use crate::status::reasons;
use crate::status::words::{
    Advice, backend_authority_advice, tls_policy_advice, value_advice, x_backend_certificate_advice,
};

/// ATT-197: entries that a status holds.
const MOST_PARENTS: usize = 32;

pub(crate) fn x_backend_status(graph: &Graph, backend: &XBackendNode) -> XBackendStatus {
    let conditions = vec![accepted(backend), references(backend)];
    let entry = |gateway: &usize| {
        let gateway = &graph.gateways[*gateway];
        Some(XBackendParentStatus {
            parent_ref: gateway_reference(&gateway.name),
            controller_name: gateway.controller()?.clone(),
            conditions: Some(conditions.clone()),
        })
    };
    let parents: Vec<_> = backend.gateways.iter().filter_map(entry).take(MOST_PARENTS).collect();
    XBackendStatus { parents: (!parents.is_empty()).then_some(parents) }
}

fn accepted(backend: &XBackendNode) -> Condition {
    let metadata = &backend.object.metadata;
    let validation =
        backend.validation_fault.iter().map(|fault| tls_policy_advice("spec.tls.validation", fault));
    let faults: Vec<_> = backend.faults.iter().map(value_advice).chain(validation).collect();
    match faults.first() {
        None => {
            let message = "the backend can be used";
            condition(metadata, reasons::ACCEPTED, ConditionStatus::True, reasons::ACCEPTED, message)
        }
        Some(first) => {
            let all: Vec<String> = faults.iter().map(Advice::sentence).collect();
            condition(metadata, reasons::ACCEPTED, ConditionStatus::False, first.reason, all.join(". "))
        }
    }
}

fn references(backend: &XBackendNode) -> Condition {
    let name = &backend.name;
    let owner = ObjectKey::new(ObjectKind::XBackend, name.namespace.clone(), name.name.clone());
    let certificate = backend.client_certificate.iter();
    let certificate = certificate.map(|problem| x_backend_certificate_advice(&owner, problem));
    let authorities = backend.authority_problems.iter();
    let authorities =
        authorities.map(|problem| backend_authority_advice(&owner, "spec.tls.validation", problem));
    let problems: Vec<_> = certificate.chain(authorities).collect();
    resolved(&backend.object.metadata, &problems)
}
