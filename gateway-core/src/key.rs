//! Names of objects and listeners.

use alloc::string::String;
use core::fmt;

use crate::model::{Object, ObjectKind, ObjectMeta};

/// The namespace of a namespaced object whose manifest names none, as `kubectl apply` would set it.
pub(crate) const DEFAULT_NAMESPACE: &str = "default";

/// Namespace and name. The namespace of a cluster-scoped object is empty.
///
/// The derived order is not the tie-break order of the Gateway API: that compares the joined text
/// `namespace/name` (MATCH-45) and lives in `attach::Age`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NamespacedName {
    /// The namespace; empty for cluster-scoped kinds.
    pub namespace: String,
    /// The name.
    pub name: String,
}

impl NamespacedName {
    /// Joins a namespace and a name.
    pub fn new(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        Self { namespace: namespace.into(), name: name.into() }
    }

    /// The name of an object of the given kind, with the default namespace filled in.
    pub(crate) fn of(kind: ObjectKind, metadata: &ObjectMeta) -> Self {
        let namespace = match metadata.namespace.as_deref() {
            _ if !kind.is_namespaced() => "",
            None | Some("") => DEFAULT_NAMESPACE,
            Some(namespace) => namespace,
        };
        Self::new(namespace, metadata.name.as_str())
    }
}

impl fmt::Display for NamespacedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.namespace.is_empty() {
            f.write_str(&self.name)
        } else {
            write!(f, "{}/{}", self.namespace, self.name)
        }
    }
}

/// Kind, namespace and name: what a [`Snapshot`](crate::Snapshot) files an object under.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectKey {
    /// The kind, which implies the API group.
    pub kind: ObjectKind,
    /// The namespace; empty for cluster-scoped kinds.
    pub namespace: String,
    /// The name.
    pub name: String,
}

impl ObjectKey {
    /// Builds a key from its parts.
    pub fn new(kind: ObjectKind, namespace: impl Into<String>, name: impl Into<String>) -> Self {
        Self { kind, namespace: namespace.into(), name: name.into() }
    }

    /// The key of an object. A namespaced object without a namespace is in `default`.
    pub fn of(object: &Object) -> Self {
        let name = NamespacedName::of(object.kind(), object.metadata());
        Self { kind: object.kind(), namespace: name.namespace, name: name.name }
    }
}

impl fmt::Display for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.kind())?;
        if !self.namespace.is_empty() {
            write!(f, "/{}", self.namespace)?;
        }
        write!(f, "/{}", self.name)
    }
}

/// Identity of a listener: its owner and its name there (ATT-016).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListenerKey {
    /// The Gateway (or ListenerSet) that lists it.
    pub owner: ObjectKey,
    /// The listener's name.
    pub section: String,
}

impl fmt::Display for ListenerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} listener {}", self.owner, self.section)
    }
}
