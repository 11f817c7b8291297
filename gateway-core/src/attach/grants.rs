//! Permission for references across namespaces (REF-01..09b).

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

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

/// All ReferenceGrants, by the namespace they open.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grants {
    by_namespace: BTreeMap<String, Vec<Arc<ReferenceGrant>>>,
    assumed: bool,
}

impl Grants {
    /// Files the snapshot's grants. `assumed` permits everything.
    pub(crate) fn new(snapshot: &Snapshot, assumed: bool) -> Self {
        let mut by_namespace: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for (name, grant) in &snapshot.reference_grants {
            by_namespace.entry(name.namespace.clone()).or_default().push(Arc::clone(grant));
        }
        Self { by_namespace, assumed }
    }

    /// Whether the reference stays in its namespace (REF-06) or some grant permits it (REF-02).
    pub(crate) fn permit(&self, reference: CrossReference<'_>) -> bool {
        reference.from_namespace == reference.to_namespace
            || self.assumed
            || self
                .by_namespace
                .get(reference.to_namespace)
                .is_some_and(|grants| grants.iter().any(|grant| permits(grant, reference)))
    }
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
