//! What a node of the graph was worked out from, so that a change reaches exactly the nodes that looked at
//! what changed, there or not.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::hash::{Hash, Hasher};

use crate::key::{NamespacedName, ObjectKey};
use crate::model::ObjectKind;
use crate::snapshot::Change;

/// Something that a node may depend on.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) enum Read<'a> {
    /// An object, existing or not.
    Object(ObjectKind, &'a str, &'a str),
    /// The EndpointSlices of a Service.
    Endpoints(&'a NamespacedName),
    /// The grants of a namespace.
    Grants(&'a str),
    /// All XMeshes.
    Meshes,
    /// The default Gateways.
    Defaults,
    /// The listeners of a Gateway or ListenerSet, read for a Route of the kind that stands second.
    Listeners(ObjectKind, ObjectKind, &'a NamespacedName),
    /// A Service as the parent of a Route of that kind.
    ServiceParent(ObjectKind, &'a NamespacedName),
}

impl Read<'_> {
    /// A number that stands for it. Should two things have the same one, then too much is worked out anew.
    pub(crate) fn number(self) -> u64 {
        let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
        self.hash(&mut hasher);
        hasher.finish()
    }
}

/// What one node looked at: numbers in order, each once.
pub(crate) type Reads = Box<[u64]>;

/// Sorts what was noted.
pub(super) fn reads(mut noted: Vec<u64>) -> Reads {
    noted.sort_unstable();
    noted.dedup();
    noted.into_boxed_slice()
}

/// Fowler–Noll–Vo, 64 bits.
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// What is not as it was.
#[derive(Debug)]
pub(crate) enum Changed {
    /// There was nothing before.
    All,
    /// These objects.
    Some {
        /// Their keys.
        keys: BTreeSet<ObjectKey>,
        /// The numbers of what nodes may have read.
        reads: BTreeSet<u64>,
    },
}

impl Changed {
    /// What a batch of changes comes to.
    pub(crate) fn new(changes: &[Change]) -> Self {
        let keys: BTreeSet<_> = changes.iter().map(|change| change.key.clone()).collect();
        let mut reads = BTreeSet::new();
        for key in &keys {
            reads.insert(Read::Object(key.kind, &key.namespace, &key.name).number());
            match key.kind {
                ObjectKind::ReferenceGrant => {
                    reads.insert(Read::Grants(&key.namespace).number());
                }
                ObjectKind::XMesh => {
                    reads.insert(Read::Meshes.number());
                }
                _ => {}
            }
        }
        Self::Some { keys, reads }
    }

    /// What Routes may have read of the changed objects. Of Gateways and ListenerSets they see only a part:
    /// whether that changed is found out apart.
    pub(super) fn read_by_routes(&self) -> BTreeSet<u64> {
        let Self::Some { keys, reads } = self else { return BTreeSet::new() };
        let mut reads = reads.clone();
        for key in keys {
            if matches!(key.kind, ObjectKind::Gateway | ObjectKind::ListenerSet) {
                reads.remove(&Read::Object(key.kind, &key.namespace, &key.name).number());
            }
        }
        reads
    }

    /// Whether an object of one of the kinds changed.
    pub(super) fn includes(&self, kinds: &[ObjectKind]) -> bool {
        match self {
            Self::All => true,
            Self::Some { keys, .. } => keys.iter().any(|key| kinds.contains(&key.kind)),
        }
    }

    /// Whether something that a node read changed; the numbers are in order.
    pub(super) fn reaches(&self, read: &[u64]) -> bool {
        match self {
            Self::All => true,
            Self::Some { reads, .. } if reads.len() < read.len() => {
                reads.iter().any(|number| read.binary_search(number).is_ok())
            }
            Self::Some { reads, .. } => read.iter().any(|number| reads.contains(number)),
        }
    }
}

/// A node with what it was worked out from.
#[derive(Clone, Debug)]
pub(crate) struct Known<T> {
    pub(crate) node: T,
    pub(crate) reads: Reads,
}
