//! Where a backend can be reached: its endpoints, for whoever opens the connections (REF-51).

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::IpAddr;

use crate::attach::Endpoints;
use crate::key::NamespacedName;
use crate::model::{EndpointSlice, ObjectKind, PortNumber, Service, ServicePort, ServiceType};
use crate::router::{Router, Transport};
use crate::snapshot::Snapshot;
use crate::table::Target;

/// One endpoint of a backend.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Its host.
    pub host: PlaceHost,
    /// Its port, on which it is reached.
    pub port: u16,
}

/// The host of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceHost {
    /// An address.
    Address(IpAddr),
    /// A name to look up.
    Name(String),
}

impl PlaceHost {
    /// What an object writes: an address, or else a name.
    fn new(written: &str) -> Self {
        written.parse().map_or_else(|_| Self::Name(written.to_string()), Self::Address)
    }
}

impl Router {
    /// The endpoints of a backend that are ready, each once, in order; none where nobody is known. `snapshot`
    /// is the one that this router was built from.
    ///
    /// Of a Service these are the addresses of its EndpointSlices; without any slice its address in the
    /// cluster, and of one of type ExternalName the name it stands for. Of a ServiceImport its addresses, of an
    /// XBackend its host.
    pub fn places(&self, snapshot: &Snapshot, target: &Target, transport: Transport) -> Vec<Place> {
        let name = NamespacedName::new(target.namespace.clone(), target.name.clone());
        let mut places = match ObjectKind::ALL.iter().find(|kind| kind.kind() == target.kind) {
            Some(ObjectKind::Service) => self.of_service(snapshot, &name, target.port, transport),
            Some(ObjectKind::ServiceImport) => of_import(snapshot, &name, target.port),
            Some(ObjectKind::XBackend) => of_x_backend(snapshot, &name),
            _ => Vec::new(),
        };
        places.sort_unstable();
        places.dedup();
        places
    }

    fn of_service(
        &self,
        snapshot: &Snapshot,
        name: &NamespacedName,
        port: Option<u16>,
        transport: Transport,
    ) -> Vec<Place> {
        let (Some(service), Some(port)) = (snapshot.services.get(name), port) else { return Vec::new() };
        if service.service_type() == ServiceType::ExternalName {
            let host = service.spec.external_name.as_deref().filter(|host| !host.is_empty());
            return host.map(|host| Place { host: PlaceHost::new(host), port }).into_iter().collect();
        }
        let wanted = if transport == Transport::Udp { "UDP" } else { "TCP" };
        let is_it = |one: &&ServicePort| one.port.as_u16() == Some(port) && one.protocol() == wanted;
        let Some(spec) = service.ports().iter().find(is_it) else { return Vec::new() };
        if self.graph.endpoints_of(name, spec.name.as_deref()) == Endpoints::Unknown {
            return cluster_address(service).map(|host| Place { host, port }).into_iter().collect();
        }
        let slices = self.graph.slices_of(name);
        slices.flat_map(|slice| of_slice(slice, spec, port)).collect()
    }
}

/// The address of a Service that has one.
fn cluster_address(service: &Service) -> Option<PlaceHost> {
    let address = service.spec.cluster_ip.as_deref()?;
    address.parse().ok().map(PlaceHost::Address)
}

/// What one slice has for a port of the Service.
fn of_slice<'s>(
    slice: &'s EndpointSlice,
    spec: &'s ServicePort,
    port: u16,
) -> impl Iterator<Item = Place> + use<'s> {
    slice.ports_named(spec.name.as_deref()).flat_map(move |one| {
        // A slice without a number serves every port under its own.
        let number = one.port.map_or(Some(port), PortNumber::as_u16);
        let addresses = slice.ready_addresses();
        addresses.filter_map(move |address| Some(Place { host: PlaceHost::new(address), port: number? }))
    })
}

fn of_import(snapshot: &Snapshot, name: &NamespacedName, port: Option<u16>) -> Vec<Place> {
    let (Some(import), Some(port)) = (snapshot.service_imports.get(name), port) else { return Vec::new() };
    let addresses = import.spec.ips.iter().flatten();
    addresses.map(|address| Place { host: PlaceHost::new(address), port }).collect()
}

fn of_x_backend(snapshot: &Snapshot, name: &NamespacedName) -> Vec<Place> {
    let place = || {
        let spec = &snapshot.x_backends.get(name)?.spec;
        let host = &spec.external_hostname.as_ref()?.hostname;
        Some(Place { host: PlaceHost::new(host), port: spec.port.port.as_u16()? })
    };
    place().into_iter().collect()
}
