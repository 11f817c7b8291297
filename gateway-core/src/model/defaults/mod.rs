//! Writes in what the API server would (MODEL-R10..R16).
//!
//! A default fills an absent field of something that is present; an explicit empty value stays. Namespaces
//! are not defaults: an absent one stays absent (MODEL-R17).

mod filters;
mod gateway;
mod policies;
mod references;
mod routes;
mod status;

use alloc::vec::Vec;

use super::Object;

/// Something with defaults, its own or of its parts.
trait Fill {
    /// Writes the defaults into absent fields.
    fn fill(&mut self);
}

impl<T: Fill> Fill for Option<T> {
    fn fill(&mut self) {
        if let Some(present) = self {
            present.fill();
        }
    }
}

impl<T: Fill> Fill for Vec<T> {
    fn fill(&mut self) {
        for element in self {
            element.fill();
        }
    }
}

impl Object {
    /// Writes in all defaults of the schema, as the API server does before it looks at an object.
    ///
    /// GatewayClass, Gateway, ListenerSet and XMesh also get the status of an object that no controller
    /// has seen yet (MODEL-R10..R12). Objects of the core kinds stay as they are.
    pub fn apply_defaults(&mut self) {
        match self {
            Self::GatewayClass(object) => object.fill(),
            Self::Gateway(object) => object.fill(),
            Self::ListenerSet(object) => object.fill(),
            Self::HttpRoute(object) => object.fill(),
            Self::GrpcRoute(object) => object.fill(),
            Self::TlsRoute(object) => object.fill(),
            Self::TcpRoute(object) => object.fill(),
            Self::UdpRoute(object) => object.fill(),
            Self::BackendTlsPolicy(object) => object.fill(),
            Self::XBackend(object) => object.fill(),
            Self::XBackendTrafficPolicy(object) => object.fill(),
            Self::XMesh(object) => object.fill(),
            Self::ReferenceGrant(_)
            | Self::Service(_)
            | Self::Secret(_)
            | Self::ConfigMap(_)
            | Self::Namespace(_)
            | Self::EndpointSlice(_)
            | Self::ServiceImport(_) => {}
        }
    }
}
