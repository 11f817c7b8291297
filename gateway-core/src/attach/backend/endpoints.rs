//! Whether somebody behind a Service is ready (REF-51).

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::key::NamespacedName;
use crate::model::EndpointSlice;
use crate::snapshot::Shelf;

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
#[derive(Debug, Default)]
pub(crate) struct EndpointSlices<'a>(BTreeMap<NamespacedName, Vec<&'a EndpointSlice>>);

impl<'a> EndpointSlices<'a> {
    pub(crate) fn new(slices: &'a Shelf<EndpointSlice>) -> Self {
        let mut by_service: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (name, slice) in slices {
            if let Some(service) = slice.service_name() {
                let service = NamespacedName::new(name.namespace.clone(), service);
                by_service.entry(service).or_default().push(Arc::as_ref(slice));
            }
        }
        Self(by_service)
    }

    /// The endpoints of a port of a Service. Slices call the port by its name, which may be empty.
    pub(crate) fn of(&self, service: &NamespacedName, port: Option<&str>) -> Endpoints {
        let Some(slices) = self.0.get(service) else { return Endpoints::Unknown };
        let port = port.unwrap_or_default();
        let serves_port = |slice: &&&EndpointSlice| {
            slice.ports.iter().flatten().any(|one| one.name.as_deref().unwrap_or_default() == port)
        };
        let endpoints = slices.iter().filter(serves_port).flat_map(|slice| slice.endpoints.iter().flatten());
        let mut ready = endpoints.filter(|endpoint| endpoint.is_ready() && !endpoint.addresses.is_empty());
        if ready.next().is_some() { Endpoints::Ready } else { Endpoints::NoneReady }
    }
}
