//! What the graph is computed from, and the look-ups that several questions share.

use crate::attach::age::Age;
use crate::attach::backend::EndpointSlices;
use crate::attach::grants::Grants;
use crate::attach::selector::NamespaceLabels;
use crate::key::NamespacedName;
use crate::model::{ObjectKind, ObjectMeta};
use crate::profile::Profile;
use crate::snapshot::Snapshot;

/// The inputs of one build.
#[derive(Debug)]
pub(crate) struct World<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) profile: &'a Profile,
    pub(crate) grants: Grants,
    pub(crate) endpoints: EndpointSlices<'a>,
}

impl<'a> World<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, profile: &'a Profile) -> Self {
        let assumed = is_assumed(snapshot, profile, ObjectKind::ReferenceGrant);
        Self {
            snapshot,
            profile,
            grants: Grants::new(snapshot, assumed),
            endpoints: EndpointSlices::new(&snapshot.endpoint_slices),
        }
    }

    /// Whether a missing object of this kind is taken as existing: the caller asked for it and the
    /// input holds not one of them.
    pub(crate) fn assumes(&self, kind: ObjectKind) -> bool {
        is_assumed(self.snapshot, self.profile, kind)
    }

    /// The age of an object, as the profile counts it (AMBIG-32).
    pub(crate) fn age(&self, metadata: &ObjectMeta, name: &NamespacedName) -> Age {
        Age::or(metadata, name, self.profile.choices.missing_timestamp)
    }

    pub(crate) fn namespace_labels<'b>(&'b self, name: &'b str) -> NamespaceLabels<'b> {
        let namespace = self.snapshot.namespaces.get(&NamespacedName::new("", name));
        NamespaceLabels { name, labels: namespace.and_then(|namespace| namespace.metadata.labels.as_ref()) }
    }
}

fn is_assumed(snapshot: &Snapshot, profile: &Profile, kind: ObjectKind) -> bool {
    profile.assume.contains(&kind) && snapshot.count(kind) == 0
}
