//! Whether somebody behind a Service is ready (REF-51).

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::reads::{Changed, Read};
use crate::key::NamespacedName;
use crate::model::{EndpointSlice, ObjectKind};
use crate::snapshot::Snapshot;
use crate::sorted::{Keyed, Sorted};

/// What is known of the endpoints of a backend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Endpoints {
    /// Nothing: there is not one EndpointSlice for it. It is served.
    #[default]
    Unknown,
    /// At least one of them is ready.
    Ready,
    /// None of them is ready.
    NoneReady,
}

/// EndpointSlices by the Service they belong to.
#[derive(Clone, Debug, Default)]
pub(crate) struct EndpointSlices {
    slices: Sorted<Filed>,
    /// The same by their own names: the Service of a slice that is gone must be found.
    services: Sorted<Labelled>,
}

/// A slice, by the names of its Service and of itself.
#[derive(Clone, Debug)]
struct Filed((NamespacedName, String), Arc<EndpointSlice>);

impl Keyed for Filed {
    type Key = (NamespacedName, String);

    fn key(&self) -> &Self::Key {
        &self.0
    }
}

/// The name of a slice, and its Service.
#[derive(Clone, Debug)]
struct Labelled(NamespacedName, NamespacedName);

impl Keyed for Labelled {
    type Key = NamespacedName;

    fn key(&self) -> &NamespacedName {
        &self.0
    }
}

impl EndpointSlices {
    /// The slices of the snapshot; `reached` gets the Services of those that changed.
    pub(in crate::attach) fn next(
        old: &Self,
        snapshot: &Snapshot,
        changed: &Changed,
        reached: &mut BTreeSet<u64>,
    ) -> Self {
        let Changed::Some { keys, .. } = changed else {
            let slices = snapshot.endpoint_slices.iter();
            let slices: Vec<_> =
                slices.filter_map(|(name, slice)| Some((service(name, slice)?, name, slice))).collect();
            let filed = |(service, name, slice): &(NamespacedName, &NamespacedName, &Arc<EndpointSlice>)| {
                Filed((service.clone(), name.name.clone()), Arc::clone(slice))
            };
            return Self {
                slices: Sorted::new(slices.iter().map(filed).collect()),
                services: Sorted::new(
                    slices.into_iter().map(|(service, name, _)| Labelled(name.clone(), service)).collect(),
                ),
            };
        };
        let mut next = old.clone();
        for key in keys.iter().filter(|key| key.kind == ObjectKind::EndpointSlice) {
            let name = NamespacedName::new(key.namespace.clone(), key.name.clone());
            if let Some(Labelled(_, service)) = next.services.remove(&name) {
                reached.insert(Read::Endpoints(&service).number());
                next.slices.remove(&(service, name.name.clone()));
            }
            let slice = snapshot.endpoint_slices.get(&name);
            if let Some((slice, service)) = slice.and_then(|slice| Some((slice, service(&name, slice)?))) {
                reached.insert(Read::Endpoints(&service).number());
                next.slices.insert(Filed((service.clone(), name.name.clone()), Arc::clone(slice)));
                next.services.insert(Labelled(name, service));
            }
        }
        next
    }

    /// The slices of a Service.
    pub(crate) fn slices(&self, service: &NamespacedName) -> impl Iterator<Item = &EndpointSlice> {
        let of_service = self.slices.starting_at(&(service.clone(), String::new()));
        of_service.take_while(move |filed| filed.0.0 == *service).map(|filed| &*filed.1)
    }

    /// The endpoints of a port of a Service.
    pub(crate) fn of(&self, service: &NamespacedName, port: Option<&str>) -> Endpoints {
        let mut slices = self.slices(service).peekable();
        if slices.peek().is_none() {
            return Endpoints::Unknown;
        }
        let serves_port = |slice: &&EndpointSlice| slice.ports_named(port).next().is_some();
        let is_ready = slices.filter(serves_port).flat_map(EndpointSlice::ready_addresses).next().is_some();
        if is_ready { Endpoints::Ready } else { Endpoints::NoneReady }
    }
}

/// The Service that a slice belongs to.
fn service(name: &NamespacedName, slice: &EndpointSlice) -> Option<NamespacedName> {
    Some(NamespacedName::new(name.namespace.clone(), slice.service_name()?))
}
