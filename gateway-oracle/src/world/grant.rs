//! References across namespaces.

use gateway_core::ObjectKind;

use super::World;

/// One end of a reference.
#[derive(Clone, Copy)]
pub(crate) struct End<'a> {
    pub(crate) group: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) namespace: &'a str,
}

impl<'a> End<'a> {
    /// An object of a kind we know.
    pub(crate) fn of(kind: ObjectKind, namespace: &'a str) -> Self {
        Self { group: kind.group(), kind: kind.kind(), namespace }
    }
}

/// REF-01..REF-06: whether a reference may be followed.
pub(crate) fn permitted(world: &World, from: End<'_>, to: End<'_>, name: &str) -> bool {
    if from.namespace == to.namespace || world.assumes(ObjectKind::ReferenceGrant, world.grants.len()) {
        return true;
    }
    world.grants.iter().any(|grant| {
        super::namespace(&grant.metadata) == to.namespace
            && grant.spec.from.iter().any(|one| {
                one.group == from.group && one.kind == from.kind && one.namespace == from.namespace
            })
            && grant.spec.to.iter().any(|one| {
                one.group == to.group
                    && one.kind == to.kind
                    && one.name.as_deref().is_none_or(|only| only.is_empty() || only == name)
            })
    })
}
