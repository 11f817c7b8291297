//! Objects to come and go: those of several generated clusters with the same names, and written ones.

use std::collections::BTreeMap;

use gateway_core::model::{GatewayDefaultScope, UseDefaultGateways};
use gateway_core::profile::Hosts;
use gateway_core::{Object, ObjectKey, ObjectKind, Profile, Snapshot};
use gateway_manifest::{Loader, Options};
use gateway_oracle::generate::{Sampler, Settings, cluster};

pub(crate) const CONTROLLER: &str = "example.com/ctl";

/// One change.
pub(crate) enum Step {
    Upsert(Box<Object>),
    Remove(ObjectKey),
}

/// Objects by their key, several for most.
pub(crate) struct Universe {
    first: Vec<Object>,
    objects: BTreeMap<ObjectKey, Vec<Object>>,
}

/// Profiles that make different things depend on each other.
pub(crate) fn profile(round: u64) -> Profile {
    let mut profile = Profile::spec(CONTROLLER);
    match round % 6 {
        // Every controller is ours, so that XMeshes name the mesh's.
        0 => profile.controller = None,
        1 => profile.choices.hosts = Hosts::VirtualHost,
        2 => {
            profile.assume = [
                ObjectKind::ReferenceGrant,
                ObjectKind::XBackend,
                ObjectKind::ServiceImport,
                ObjectKind::XMesh,
            ]
            .into();
        }
        3 => profile.limits.listeners = Some(4),
        _ => {}
    }
    profile
}

fn written() -> Vec<Object> {
    // One by one: several are of one name.
    let read = |text: &str| {
        let mut loader = Loader::new(Options::default());
        loader.text("variants.yaml", text).unwrap();
        let mut manifests = loader.finish();
        assert!(!manifests.has_errors(), "{:?} in {text}", manifests.notes);
        manifests.objects.remove(0).object
    };
    include_str!("variants.yaml").split("\n---\n").map(read).collect()
}

impl Universe {
    pub(crate) fn draw(sampler: &mut Sampler) -> Self {
        let clusters = cluster(&Settings::default());
        let mut objects: BTreeMap<ObjectKey, Vec<Object>> = BTreeMap::new();
        let mut first = Vec::new();
        for index in 0..3 {
            let mut cluster = sampler.draw(&clusters).unwrap();
            for (place, object) in cluster.0.iter_mut().enumerate() {
                widen(object, place + index);
            }
            if index == 0 {
                first.clone_from(&cluster.0);
            }
            for object in cluster.0 {
                objects.entry(ObjectKey::of(&object)).or_default().push(object);
            }
        }
        for object in written() {
            objects.entry(ObjectKey::of(&object)).or_default().push(object);
        }
        Self { first, objects }
    }

    /// The objects to begin with.
    pub(crate) fn first(&self) -> Vec<Object> {
        self.first.clone()
    }

    /// A change: of each kind as often as of any other, so that rare kinds change as well.
    pub(crate) fn step(&self, sampler: &mut Sampler, snapshot: &Snapshot) -> Step {
        let kinds: Vec<_> = ObjectKind::ALL
            .iter()
            .copied()
            .filter(|kind| self.objects.keys().any(|key| key.kind == *kind))
            .chain([ObjectKind::HttpRoute, ObjectKind::GrpcRoute, ObjectKind::HttpRoute])
            .collect();
        let kind = kinds[pick(sampler, kinds.len())];
        let keys: Vec<_> = self.objects.keys().filter(|key| key.kind == kind).collect();
        let key = keys[pick(sampler, keys.len())];
        if snapshot.get(key).is_some() && pick(sampler, 3) == 0 {
            return Step::Remove(key.clone());
        }
        let variants = &self.objects[key];
        Step::Upsert(Box::new(variants[pick(sampler, variants.len())].clone()))
    }
}

fn pick(sampler: &mut Sampler, below: usize) -> usize {
    sampler.draw(&(0..below)).unwrap()
}

/// Default Gateways and Routes that use them occur in no generated cluster.
fn widen(object: &mut Object, place: usize) {
    let default = place.is_multiple_of(3).then_some(UseDefaultGateways::All);
    match object {
        Object::Gateway(gateway) if place.is_multiple_of(2) => {
            gateway.spec.default_scope = Some(GatewayDefaultScope::All);
        }
        Object::HttpRoute(route) => route.spec.use_default_gateways = default,
        Object::GrpcRoute(route) => route.spec.use_default_gateways = default,
        _ => {}
    }
}
