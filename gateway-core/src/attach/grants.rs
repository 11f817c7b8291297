//! Permission for references across namespaces (REF-01..09b).

use crate::key::NamespacedName;
use crate::model::{ObjectKind, ReferenceGrant};
use crate::snapshot::Snapshot;

/// A reference from an object of one namespace to an object of another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CrossReference<'a> {
    /// The referrer's kind; its group follows from it.
    pub from: ObjectKind,
    /// The referrer's namespace.
    pub from_namespace: &'a str,
    /// The target's group, `""` for core.
    pub to_group: &'a str,
    /// The target's kind.
    pub to_kind: &'a str,
    /// The target's namespace.
    pub to_namespace: &'a str,
    /// The target's name.
    pub to_name: &'a str,
}

/// Whether some grant of the target's namespace permits the reference (REF-02).
pub(crate) fn permit(snapshot: &Snapshot, reference: CrossReference<'_>) -> bool {
    let first = NamespacedName::new(reference.to_namespace, "");
    let from_there = snapshot.reference_grants.range(first..);
    let mut grants = from_there.take_while(|(name, _)| name.namespace == reference.to_namespace);
    grants.any(|(_, grant)| permits(grant, reference))
}

fn permits(grant: &ReferenceGrant, reference: CrossReference<'_>) -> bool {
    let from = grant.spec.from.iter().any(|from| {
        from.group == *reference.from.group()
            && from.kind == *reference.from.kind()
            && from.namespace == *reference.from_namespace
    });
    let to = || {
        grant.spec.to.iter().any(|to| {
            let name = to.name.as_deref().unwrap_or_default();
            to.group == *reference.to_group
                && to.kind == *reference.to_kind
                && (name.is_empty() || name == reference.to_name)
        })
    };
    from && to()
}
