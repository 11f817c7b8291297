//! ReferenceGrants that nothing needs, and grants wider than what needs them.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::attach::Graph;
use crate::key::ObjectKey;
use crate::lint::Severity;
use crate::lint::declared::{Findings, declare};
use crate::lint::references::{self, Reference};
use crate::model::{ObjectKind, ReferenceGrant, ReferenceGrantFrom, ReferenceGrantTo};
use crate::snapshot::Snapshot;

/// How many names a narrower grant may list and still be worth the change.
const FEW: usize = 4;

declare! {
    UNUSED = "unused-grant", Warning,
        "a ReferenceGrant that no reference needs",
        "A grant opens its namespace to others. One that no object of the input needs is a door left open, often after a Route or a certificate has moved. Remove it, or keep it when the referrer lives in another repository (then the finding is only an info).";
    WIDE = "wide-grant", Info,
        "a ReferenceGrant that permits more than is used",
        "A `to` without a name permits every object of its kind in the namespace, and a `from` that serves nothing is permission in advance. Name what is used, so that a new reference needs a decision of the namespace's owner.";
}

pub(in crate::lint) fn check(snapshot: &Snapshot, graph: &Graph, found: &mut Findings) {
    if snapshot.reference_grants.is_empty() {
        return;
    }
    let mut by_namespace: BTreeMap<String, Vec<Reference>> = BTreeMap::new();
    for reference in references::across_namespaces(snapshot, graph) {
        by_namespace.entry(reference.to_namespace.clone()).or_default().push(reference);
    }
    for (name, grant) in &snapshot.reference_grants {
        let key = ObjectKey::new(ObjectKind::ReferenceGrant, name.namespace.clone(), name.name.clone());
        let references = by_namespace.get(&name.namespace).map(Vec::as_slice).unwrap_or_default();
        check_grant(snapshot, &key, grant, references, found);
    }
}

fn check_grant(
    snapshot: &Snapshot,
    key: &ObjectKey,
    grant: &ReferenceGrant,
    references: &[Reference],
    found: &mut Findings,
) {
    let (from, to) = (&grant.spec.from, &grant.spec.to);
    let is_served = |reference: &&Reference| {
        from.iter().any(|from| is_from(from, reference)) && to.iter().any(|to| is_to(to, reference))
    };
    let served: Vec<_> = references.iter().filter(is_served).collect();
    if served.is_empty() {
        // Where nobody of that kind is in the input, the referrer may well live elsewhere.
        let present = from.iter().any(|from| has_referrer(snapshot, from));
        let severity = if present { Severity::Warning } else { Severity::Info };
        let message =
            format!("no reference of the input needs this grant into namespace `{}`", key.namespace);
        found.add_as(severity, &UNUSED, key, "", message, "remove the grant, or correct its `from` and `to`");
        return;
    }
    for (index, one) in from.iter().enumerate() {
        if !served.iter().any(|reference| is_from(one, reference)) {
            let message = format!("no {} of namespace `{}` needs this grant", one.kind, one.namespace);
            found.add(&WIDE, key, format!("spec.from[{index}]"), message, "remove this entry of `from`");
        }
    }
    for (index, one) in to.iter().enumerate() {
        let path = format!("spec.to[{index}]");
        let names: BTreeSet<_> = served
            .iter()
            .filter(|reference| is_to(one, reference))
            .map(|reference| reference.to_name.as_str())
            .collect();
        let every = one.name.as_deref().unwrap_or_default().is_empty();
        if names.is_empty() {
            let what = one.name.as_deref().filter(|_| !every).map_or_else(
                || format!("no reference to a {} needs this grant", one.kind),
                |name| format!("no reference to {} `{name}` needs this grant", one.kind),
            );
            found.add(&WIDE, key, path, what, "remove this entry of `to`");
        } else if every && names.len() <= FEW {
            let listed: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            let listed = listed.join(", ");
            let message = format!(
                "every {} of namespace `{}` may be referred to, but only {listed} {} used",
                one.kind,
                key.namespace,
                if names.len() == 1 { "is" } else { "are" },
            );
            let remedy = format!("add `name` to this entry of `to`, one entry for each: {listed}");
            found.add(&WIDE, key, path, message, remedy);
        }
    }
}

fn is_from(from: &ReferenceGrantFrom, reference: &Reference) -> bool {
    let kind = reference.from.kind;
    from.group == *kind.group() && from.kind == *kind.kind() && from.namespace == *reference.from.namespace
}

fn is_to(to: &ReferenceGrantTo, reference: &Reference) -> bool {
    let name = to.name.as_deref().unwrap_or_default();
    to.group == *reference.to_group
        && to.kind == *reference.to_kind
        && (name.is_empty() || name == reference.to_name)
}

fn has_referrer(snapshot: &Snapshot, from: &ReferenceGrantFrom) -> bool {
    let Some(kind) = ObjectKind::from_group_kind(&from.group, &from.kind) else { return false };
    snapshot.keys().any(|key| key.kind == kind && from.namespace == *key.namespace)
}
