//! The caller's world: the objects it knows, by kind and name. No derived state.

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::key::{NamespacedName, ObjectKey};
use crate::model::{self, Object, ObjectKind};
use crate::validate::{Problem, Validator};

/// Objects of one kind, by name.
pub(crate) type Shelf<T> = BTreeMap<NamespacedName, Arc<T>>;

/// What [`Snapshot::upsert`] or [`Snapshot::remove`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The object that changed.
    pub key: ObjectKey,
    /// How.
    pub kind: ChangeKind,
}

/// How an object changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It was not there before.
    Added,
    /// It replaced an object of the same name.
    Replaced,
    /// It is gone.
    Removed,
}

macro_rules! snapshot {
    ($($shelf:ident: $kind:ident,)*) => {
        /// Every object the caller knows. Cloning is cheap in objects: they are shared.
        #[derive(Clone, Debug, Default)]
        pub struct Snapshot {
            $(
                #[doc = concat!("All objects of kind ", stringify!($kind), ".")]
                pub(crate) $shelf: Shelf<model::$kind>,
            )*
        }

        impl Snapshot {
            /// Adds an object, or replaces the one of the same kind, namespace and name.
            pub fn upsert(&mut self, object: impl Into<Object>) -> Change {
                let object = object.into();
                let key = ObjectKey::of(&object);
                let name = NamespacedName::new(key.namespace.clone(), key.name.clone());
                let replaced = match object {
                    $(Object::$kind(object) => self.$shelf.insert(name, Arc::new(object)).is_some(),)*
                };
                Change { key, kind: if replaced { ChangeKind::Replaced } else { ChangeKind::Added } }
            }

            /// Removes an object; `None` when it was not there.
            pub fn remove(&mut self, key: &ObjectKey) -> Option<Change> {
                let name = NamespacedName::new(key.namespace.clone(), key.name.clone());
                let removed = match key.kind {
                    $(ObjectKind::$kind => self.$shelf.remove(&name).is_some(),)*
                };
                removed.then(|| Change { key: key.clone(), kind: ChangeKind::Removed })
            }

            /// What has changed since another snapshot, by kind, namespace and name: what
            /// [`Router::rebuild`](crate::Router::rebuild) needs to know. `old` is best a clone that stayed
            /// as it was: objects that both share are the same without a look at them, and any other object
            /// of a name that both have counts as replaced.
            pub fn changes_since(&self, old: &Self) -> Vec<Change> {
                let mut changes = Vec::new();
                $(differences(ObjectKind::$kind, &old.$shelf, &self.$shelf, &mut changes);)*
                changes
            }

            /// A copy of one object.
            pub fn get(&self, key: &ObjectKey) -> Option<Object> {
                let name = NamespacedName::new(key.namespace.clone(), key.name.clone());
                match key.kind {
                    $(ObjectKind::$kind => self.$shelf.get(&name).map(|object| Object::$kind((**object).clone())),)*
                }
            }

            /// How many objects of a kind there are.
            pub fn count(&self, kind: ObjectKind) -> usize {
                match kind {
                    $(ObjectKind::$kind => self.$shelf.len(),)*
                }
            }

            /// How many objects there are.
            pub fn len(&self) -> usize {
                0 $(+ self.$shelf.len())*
            }

            /// The keys of all objects, by kind, namespace and name.
            pub fn keys(&self) -> impl Iterator<Item = ObjectKey> + '_ {
                core::iter::empty()
                    $(.chain(self.$shelf.keys().map(|name| {
                        ObjectKey::new(ObjectKind::$kind, name.namespace.clone(), name.name.clone())
                    })))*
            }
        }
    };
}

snapshot! {
    gateway_classes: GatewayClass,
    gateways: Gateway,
    listener_sets: ListenerSet,
    http_routes: HttpRoute,
    grpc_routes: GrpcRoute,
    tls_routes: TlsRoute,
    tcp_routes: TcpRoute,
    udp_routes: UdpRoute,
    reference_grants: ReferenceGrant,
    backend_tls_policies: BackendTlsPolicy,
    x_backends: XBackend,
    x_backend_traffic_policies: XBackendTrafficPolicy,
    x_meshes: XMesh,
    services: Service,
    secrets: Secret,
    config_maps: ConfigMap,
    namespaces: Namespace,
    endpoint_slices: EndpointSlice,
    service_imports: ServiceImport,
}

impl Snapshot {
    /// An empty snapshot.
    pub fn new() -> Self {
        Self::default()
    }

    /// What the API server would refuse, by object. For manifests as they were written ask the
    /// [`Validator`] itself: an object that was read no longer shows what did not fit its type.
    pub fn problems(&self, validator: &Validator) -> Vec<(ObjectKey, Vec<Problem>)> {
        let problems = |key: ObjectKey| {
            let problems = validator.create_object(&self.get(&key)?).problems;
            (!problems.is_empty()).then_some((key, problems))
        };
        self.keys().filter(|key| key.kind.is_gateway_api()).filter_map(problems).collect()
    }

    /// Whether there is no object.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What differs between two shelves, in order.
fn differences<T>(kind: ObjectKind, old: &Shelf<T>, new: &Shelf<T>, changes: &mut Vec<Change>) {
    let (mut before, mut after) = (old.iter().peekable(), new.iter().peekable());
    loop {
        let (order, name) = match (before.peek(), after.peek()) {
            (None, None) => return,
            (Some((name, _)), None) => (Ordering::Less, *name),
            (None, Some((name, _))) => (Ordering::Greater, *name),
            // One object is filed under one name.
            (Some((name, was)), Some((_, is))) if Arc::ptr_eq(was, is) => (Ordering::Equal, *name),
            (Some((name, _)), Some((other, _))) => {
                (name.cmp(other), if name < other { *name } else { *other })
            }
        };
        let was = if order.is_le() { before.next() } else { None };
        let is = if order.is_ge() { after.next() } else { None };
        let change = match (was, is) {
            (Some((_, was)), Some((_, is))) if Arc::ptr_eq(was, is) => continue,
            (Some(_), Some(_)) => ChangeKind::Replaced,
            (Some(_), None) => ChangeKind::Removed,
            (None, _) => ChangeKind::Added,
        };
        let key = ObjectKey::new(kind, name.namespace.clone(), name.name.clone());
        changes.push(Change { key, kind: change });
    }
}

impl Extend<Object> for Snapshot {
    fn extend<T: IntoIterator<Item = Object>>(&mut self, objects: T) {
        for object in objects {
            self.upsert(object);
        }
    }
}

impl FromIterator<Object> for Snapshot {
    fn from_iter<T: IntoIterator<Item = Object>>(objects: T) -> Self {
        let mut snapshot = Self::new();
        snapshot.extend(objects);
        snapshot
    }
}
