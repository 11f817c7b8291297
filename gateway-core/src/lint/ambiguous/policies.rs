//! Policies, XBackends and grants (AMBIG-16, 63, 64, 65, 69).

use alloc::collections::BTreeSet;
use alloc::format;

use super::declared as rule;
use crate::key::ObjectKey;
use crate::lint::declared::Findings;
use crate::model::ObjectKind;
use crate::snapshot::Snapshot;

pub(super) fn check(snapshot: &Snapshot, found: &mut Findings) {
    let mut secured: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (name, policy) in &snapshot.backend_tls_policies {
        let key = ObjectKey::new(ObjectKind::BackendTlsPolicy, name.namespace.clone(), name.name.clone());
        let targets = &policy.spec.target_refs;
        if targets.len() > 1 {
            let message = format!(
                "{} targets; here each is judged alone, elsewhere it may not be supported",
                targets.len()
            );
            found.add(
                &rule::SEVERAL_TARGETS,
                &key,
                "spec.targetRefs",
                message,
                "write one policy for each target",
            );
        }
        for (index, target) in targets.iter().enumerate() {
            core_group(&key, &format!("spec.targetRefs[{index}]"), &target.group, found);
            if ObjectKind::from_group_kind(&target.group, &target.kind) == Some(ObjectKind::XBackend) {
                secured.insert((&name.namespace, &target.name));
            }
        }
        for (index, reference) in policy.spec.validation.ca_certificate_refs.iter().flatten().enumerate() {
            let path = format!("spec.validation.caCertificateRefs[{index}]");
            core_group(&key, &path, &reference.group, found);
        }
        let message = "the status for a backend that cannot be verified is left open; an invalid policy is answered with 500";
        found.add(
            &rule::BACKEND_VERIFICATION,
            &key,
            "spec.validation",
            message,
            "do not rely on the code elsewhere",
        );
    }
    for (name, backend) in &snapshot.x_backends {
        if backend.spec.tls.is_some() && secured.contains(&(name.namespace.as_str(), name.name.as_str())) {
            let key = ObjectKey::new(ObjectKind::XBackend, name.namespace.clone(), name.name.clone());
            let message = "a BackendTLSPolicy applies as well; here the settings of the XBackend count";
            found.add(&rule::TWO_BACKEND_TLS, &key, "spec.tls", message, "keep one of the two");
        }
    }
    for (name, policy) in &snapshot.x_backend_traffic_policies {
        if policy.spec.retry_constraint.is_some() {
            let key =
                ObjectKey::new(ObjectKind::XBackendTrafficPolicy, name.namespace.clone(), name.name.clone());
            let message = "what a retry budget counts is left open";
            found.add(
                &rule::RETRY_BUDGET,
                &key,
                "spec.retryConstraint",
                message,
                "know that implementations count differently",
            );
        }
    }
    for (name, grant) in &snapshot.reference_grants {
        let key = ObjectKey::new(ObjectKind::ReferenceGrant, name.namespace.clone(), name.name.clone());
        for (index, to) in grant.spec.to.iter().enumerate() {
            core_group(&key, &format!("spec.to[{index}]"), &to.group, found);
        }
    }
}

/// AMBIG-69: the core group by a name that it does not have.
pub(super) fn core_group(key: &ObjectKey, path: &str, group: &str, found: &mut Findings) {
    if group == "core" {
        let message = "there is no group `core`: the core group is the empty text";
        found.add(&rule::CORE_GROUP, key, format!("{path}.group"), message, "write `group: \"\"`");
    }
}
