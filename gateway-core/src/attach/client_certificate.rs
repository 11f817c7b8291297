//! The certificate that a Gateway shows to backends (ATT-105, ATT-106, REF-12).

use crate::attach::certificates::{self, CertificateProblem};
use crate::attach::world::World;
use crate::key::ObjectKey;
use crate::model::Gateway;
use crate::profile::Feature;

/// What came of `spec.tls.backend.clientCertificateRef`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientCertificate {
    /// It can be shown.
    Usable,
    /// It cannot be used.
    Unusable(CertificateProblem),
    /// The controller shows no certificates to backends (feature `GatewayBackendClientCertificate`).
    Unsupported,
}

pub(super) fn resolve(world: &World<'_>, owner: &ObjectKey, gateway: &Gateway) -> Option<ClientCertificate> {
    let backend = gateway.spec.tls.as_ref()?.backend.as_ref()?;
    let reference = backend.client_certificate_ref.as_ref()?;
    if !world.profile.supports(Feature::GatewayBackendClientCertificate) {
        return Some(ClientCertificate::Unsupported);
    }
    Some(match certificates::pair(world, owner, reference) {
        Ok(_) => ClientCertificate::Usable,
        Err(problem) => ClientCertificate::Unusable(problem),
    })
}
