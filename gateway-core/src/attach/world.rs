//! What the graph is computed from, and the look-ups that several questions share. Every look-up is noted,
//! so that nothing a node depends on can be forgotten.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::mem;

use crate::attach::age::Age;
use crate::attach::backend::{EndpointSlices, Endpoints};
use crate::attach::grants::{self, CrossReference};
use crate::attach::reads::{self, Known, Read};
use crate::attach::selector::NamespaceLabels;
use crate::key::NamespacedName;
use crate::model::{ConfigMap, ObjectKind, ObjectMeta, Secret, Service, ServiceImport, XBackend, XMesh};
use crate::profile::Profile;
use crate::snapshot::Snapshot;

/// The inputs of one build.
#[derive(Debug)]
pub(crate) struct World<'a> {
    snapshot: &'a Snapshot,
    pub(crate) profile: &'a Profile,
    endpoints: &'a EndpointSlices,
    noted: RefCell<Vec<u64>>,
}

impl<'a> World<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, profile: &'a Profile, endpoints: &'a EndpointSlices) -> Self {
        Self { snapshot, profile, endpoints, noted: RefCell::default() }
    }

    /// The objects, for going through all of a kind: what is looked up here is not noted.
    pub(crate) fn all(&self) -> &'a Snapshot {
        self.snapshot
    }

    /// Works something out, and keeps what it was worked out from.
    pub(crate) fn known<T>(&self, work_out: impl FnOnce() -> T) -> Known<T> {
        self.noted.take();
        let node = work_out();
        Known { node, reads: reads::reads(mem::take(&mut self.noted.borrow_mut())) }
    }

    /// Notes that a node depends on something.
    pub(crate) fn note(&self, read: Read<'_>) {
        self.noted.borrow_mut().push(read.number());
    }

    fn note_object(&self, kind: ObjectKind, name: &NamespacedName) {
        self.note(Read::Object(kind, &name.namespace, &name.name));
    }

    pub(crate) fn service(&self, name: &NamespacedName) -> Option<&'a Arc<Service>> {
        self.note_object(ObjectKind::Service, name);
        self.snapshot.services.get(name)
    }

    /// The endpoints of a port of a Service.
    pub(crate) fn endpoints(&self, service: &NamespacedName, port: Option<&str>) -> Endpoints {
        self.note(Read::Endpoints(service));
        self.endpoints.of(service, port)
    }

    pub(crate) fn service_import(&self, name: &NamespacedName) -> Option<&'a Arc<ServiceImport>> {
        self.note_object(ObjectKind::ServiceImport, name);
        self.snapshot.service_imports.get(name)
    }

    pub(crate) fn x_backend(&self, name: &NamespacedName) -> Option<&'a Arc<XBackend>> {
        self.note_object(ObjectKind::XBackend, name);
        self.snapshot.x_backends.get(name)
    }

    pub(crate) fn secret(&self, name: &NamespacedName) -> Option<&'a Arc<Secret>> {
        self.note_object(ObjectKind::Secret, name);
        self.snapshot.secrets.get(name)
    }

    pub(crate) fn config_map(&self, name: &NamespacedName) -> Option<&'a Arc<ConfigMap>> {
        self.note_object(ObjectKind::ConfigMap, name);
        self.snapshot.config_maps.get(name)
    }

    /// The only XMesh of the input.
    pub(crate) fn only_mesh(&self) -> Option<&'a Arc<XMesh>> {
        self.note(Read::Meshes);
        let mut meshes = self.snapshot.x_meshes.values();
        meshes.next().filter(|_| meshes.next().is_none())
    }

    pub(crate) fn namespace_labels<'b>(&'b self, name: &'b str) -> NamespaceLabels<'b> {
        let key = NamespacedName::new("", name);
        self.note_object(ObjectKind::Namespace, &key);
        let namespace = self.snapshot.namespaces.get(&key);
        NamespaceLabels { name, labels: namespace.and_then(|namespace| namespace.metadata.labels.as_ref()) }
    }

    /// Whether the reference stays in its namespace (REF-06) or some grant permits it (REF-02).
    pub(crate) fn permits(&self, reference: CrossReference<'_>) -> bool {
        if reference.from_namespace == reference.to_namespace {
            return true;
        }
        self.note(Read::Grants(reference.to_namespace));
        self.assumes(ObjectKind::ReferenceGrant) || grants::permit(self.snapshot, reference)
    }

    /// Whether a missing object of this kind is taken as existing: the caller asked for it and the
    /// input holds not one of them.
    pub(crate) fn assumes(&self, kind: ObjectKind) -> bool {
        self.profile.assume.contains(&kind) && self.snapshot.count(kind) == 0
    }

    /// The age of an object, as the profile counts it (AMBIG-32).
    pub(crate) fn age(&self, metadata: &ObjectMeta, name: &NamespacedName) -> Age {
        Age::or(metadata, name, self.profile.choices.missing_timestamp)
    }
}
