//! From a reference to a backend.

use gateway_core::model::{
    BackendObjectReference, BackendTlsPolicy, EndpointSlice, Service, ServicePort, ServiceType, XBackend,
};
use gateway_core::profile::{ExternalName, UnknownAppProtocol};
use gateway_core::{Feature, ObjectKind};

use super::grant::{End, permitted};
use super::policy::policy;
use super::{World, certificate, namespace};
use crate::decision::BackendName;

/// What is wrong with a reference, the most telling first (AMBIG-13, ATT-187).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trouble {
    RefNotPermitted,
    InvalidKind,
    BackendNotFound,
    UnsupportedProtocol,
}

impl Trouble {
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::RefNotPermitted => "RefNotPermitted",
            Self::InvalidKind => "InvalidKind",
            Self::BackendNotFound => "BackendNotFound",
            Self::UnsupportedProtocol => "UnsupportedProtocol",
        }
    }
}

/// A backend that a reference leads to.
#[derive(Debug)]
pub(crate) struct Found<'a> {
    /// Whether what it says of itself can be carried out (REF-25).
    pub(crate) sound: bool,
    /// The policy for connections to it.
    pub(crate) policy: Option<&'a BackendTlsPolicy>,
    /// REF-51: whether somebody is ready to answer, as far as anything is known.
    pub(crate) has_endpoints: bool,
    /// FILT-150: what its port declares.
    pub(crate) protocol: Option<String>,
}

impl Found<'_> {
    /// A backend of which no more is known.
    pub(crate) fn any() -> Self {
        Self { sound: true, policy: None, has_endpoints: true, protocol: None }
    }
}

/// Who refers: the kind and namespace of a Route, and whether on behalf of a mesh.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Referrer<'a> {
    pub(crate) kind: ObjectKind,
    pub(crate) namespace: &'a str,
    pub(crate) mesh: bool,
}

pub(crate) fn name(referrer: Referrer<'_>, reference: &BackendObjectReference) -> BackendName {
    BackendName {
        kind: reference.kind().to_owned(),
        namespace: reference.namespace_or(referrer.namespace).to_owned(),
        name: reference.name.0.clone(),
        port: reference.port.map(|port| port.0),
    }
}

/// REF-30..REF-35, in this order.
pub(crate) fn resolve<'a>(
    world: &'a World,
    referrer: Referrer<'_>,
    reference: &BackendObjectReference,
) -> Result<Found<'a>, Trouble> {
    let own = referrer.namespace;
    let (group, kind) = (reference.group(), reference.kind());
    let to = End { group, kind, namespace: reference.namespace_or(own) };
    let known = ObjectKind::from_group_kind(group, kind);
    // REF-26: an XBackend serves its own namespace, whatever a grant says.
    if known == Some(ObjectKind::XBackend) && to.namespace != own {
        return Err(Trouble::RefNotPermitted);
    }
    // REF-27: a mesh needs no grant.
    if !referrer.mesh && !permitted(world, End::of(referrer.kind, own), to, &reference.name) {
        return Err(Trouble::RefNotPermitted);
    }
    match known {
        Some(ObjectKind::Service) => service(world, referrer, to.namespace, reference),
        Some(ObjectKind::ServiceImport) => service_import(world, referrer, to.namespace, reference),
        Some(ObjectKind::XBackend) => {
            let found =
                world.x_backends.iter().find(|one| super::is(&one.metadata, to.namespace, &reference.name));
            match found {
                Some(one) if !x_backend_speaks(referrer.kind, one) => Err(Trouble::UnsupportedProtocol),
                Some(one) => Ok(Found { sound: x_backend_is_sound(world, one), ..Found::any() }),
                None if world.assumes(ObjectKind::XBackend, world.x_backends.len()) => Ok(Found::any()),
                None => Err(Trouble::BackendNotFound),
            }
        }
        _ => Err(Trouble::InvalidKind),
    }
}

/// ATT-181, FILT-150: gRPC needs HTTP/2, and no XBackend takes datagrams.
fn x_backend_speaks(kind: ObjectKind, backend: &XBackend) -> bool {
    let is_http1 = backend.spec.protocol.as_ref().is_some_and(|protocol| protocol.as_str() == "HTTP11");
    kind != ObjectKind::UdpRoute && !(kind == ObjectKind::GrpcRoute && is_http1)
}

/// REF-18, REF-25: an XBackend whose TLS cannot be had gets no requests.
fn x_backend_is_sound(world: &World, backend: &XBackend) -> bool {
    let own = namespace(&backend.metadata);
    if !backend.spec.r#type.is_known() {
        return false;
    }
    let Some(tls) = backend.spec.tls.as_ref() else { return true };
    let certificate = tls
        .client_certificate_ref
        .as_ref()
        .is_none_or(|one| certificate::certificate(world, ObjectKind::XBackend, own, one));
    let validation = tls.validation.as_ref().is_none_or(|one| super::policy::has_authority(world, own, one));
    certificate && validation
}

/// REF-33, REF-34, REF-49, REF-53, AMBIG-18, AMBIG-20, FILT-150, FILT-154.
fn service<'a>(
    world: &'a World,
    referrer: Referrer<'_>,
    namespace: &str,
    reference: &BackendObjectReference,
) -> Result<Found<'a>, Trouble> {
    if world.assumes(ObjectKind::Service, world.services.len()) {
        return Ok(Found::any());
    }
    let service = world.service(namespace, &reference.name).ok_or(Trouble::BackendNotFound)?;
    let refuses = world.profile.choices.external_name == ExternalName::Refuse;
    if service.service_type() == ServiceType::ExternalName && refuses {
        return Err(Trouble::InvalidKind);
    }
    let of_number = |port: &&ServicePort| Some(port.port) == reference.port;
    if !service.ports().iter().any(|port| of_number(&port)) {
        return Err(Trouble::BackendNotFound);
    }
    let transport = if referrer.kind == ObjectKind::UdpRoute { "UDP" } else { "TCP" };
    let suits = |port: &&ServicePort| of_number(port) && port.protocol() == transport;
    let port = service.ports().iter().find(suits).ok_or(Trouble::UnsupportedProtocol)?;
    let policy = policy(world, service, port);
    let protocol = port.app_protocol.clone();
    if !speaks(world, referrer.kind, protocol.as_deref(), policy.is_some()) {
        return Err(Trouble::UnsupportedProtocol);
    }
    Ok(Found { policy, has_endpoints: has_endpoints(world, service, port), protocol, sound: true })
}

/// REF-52.
fn service_import<'a>(
    world: &'a World,
    referrer: Referrer<'_>,
    namespace: &str,
    reference: &BackendObjectReference,
) -> Result<Found<'a>, Trouble> {
    if world.assumes(ObjectKind::ServiceImport, world.service_imports.len()) {
        return Ok(Found::any());
    }
    let found = world.service_imports.iter().find(|one| super::is(&one.metadata, namespace, &reference.name));
    let found = found.ok_or(Trouble::BackendNotFound)?;
    let port = found.ports().iter().find(|port| Some(port.port) == reference.port);
    let protocol = port.ok_or(Trouble::BackendNotFound)?.app_protocol.clone();
    if !speaks(world, referrer.kind, protocol.as_deref(), false) {
        return Err(Trouble::UnsupportedProtocol);
    }
    Ok(Found { protocol, ..Found::any() })
}

/// FILT-150, FILT-152, AMBIG-52: connections of TLSRoute, TCPRoute and UDPRoute carry any protocol.
fn speaks(world: &World, route: ObjectKind, protocol: Option<&str>, policy: bool) -> bool {
    let http = route == ObjectKind::HttpRoute;
    let plain = matches!(route, ObjectKind::TlsRoute | ObjectKind::TcpRoute | ObjectKind::UdpRoute);
    let Some(own) = protocol.and_then(|text| text.strip_prefix("kubernetes.io/")) else {
        let ignores = world.profile.choices.unknown_app_protocol == UnknownAppProtocol::Ignore;
        return protocol.is_none() || plain || ignores;
    };
    match (own, route) {
        _ if plain => true,
        ("h2c", _) => !http || world.supports(Feature::HttpRouteBackendProtocolH2c),
        ("ws", _) => http && world.supports(Feature::HttpRouteBackendProtocolWebSocket),
        ("wss", _) => http && policy && world.supports(Feature::HttpRouteBackendProtocolWebSocket),
        _ => false,
    }
}

/// REF-51: a Service without any EndpointSlice is one whose endpoints are not known here.
fn has_endpoints(world: &World, service: &Service, port: &ServicePort) -> bool {
    let of_service = |slice: &&EndpointSlice| {
        namespace(&slice.metadata) == namespace(&service.metadata)
            && slice.service_name() == Some(service.metadata.name.as_str())
    };
    let of_port = |slice: &EndpointSlice| {
        let named = port.name.as_deref().unwrap_or_default();
        slice.ports.iter().flatten().any(|one| one.name.as_deref().unwrap_or_default() == named)
    };
    let mut slices = world.endpoint_slices.iter().filter(of_service).peekable();
    slices.peek().is_none()
        || slices.any(|slice| {
            of_port(slice)
                && slice.endpoints.iter().flatten().any(|one| one.is_ready() && !one.addresses.is_empty())
        })
}
