//! Whose client certificates HTTPS listeners accept (ATT-080..085, AMBIG-55, AMBIG-58).

use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::certificates::{self, CertificateProblem};
use crate::attach::world::World;
use crate::key::ObjectKey;
use crate::model::{FrontendTlsValidation, FrontendValidationMode, Gateway};
use crate::profile::Feature;

/// The validation of client certificates that a Gateway asks for, port by port.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontendTls {
    /// On ports that have no entry of their own.
    pub default: Option<Arc<ClientValidation>>,
    /// On single ports; `None` asks for no client certificate there, whatever the default says.
    pub per_port: Vec<(u16, Option<Arc<ClientValidation>>)>,
}

/// How client certificates are validated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientValidation {
    /// Where it stands in the Gateway, such as `spec.tls.frontend.default.validation`.
    pub path: String,
    /// What becomes of clients without a valid certificate (ATT-084).
    pub mode: FrontendValidationMode,
    /// The certificates of the authorities, as DER.
    pub authorities: Vec<Vec<u8>>,
    /// How many references lead to authorities.
    pub usable: usize,
    /// What is wrong with the other references.
    pub problems: Vec<CertificateProblem>,
    /// What the controller cannot do about it; then nothing was looked up.
    pub unsupported: Option<UnsupportedValidation>,
}

/// What the controller cannot do about client certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnsupportedValidation {
    /// Validate them (feature `GatewayFrontendClientCertificateValidation`).
    Any,
    /// This mode (feature `GatewayFrontendClientCertificateValidationInsecureFallback`, or an unknown word).
    Mode,
}

impl FrontendTls {
    pub(super) fn new(world: &World<'_>, owner: &ObjectKey, gateway: &Gateway) -> Self {
        let frontend = gateway.spec.tls.as_ref().and_then(|tls| tls.frontend.as_ref());
        let Some(frontend) = frontend else { return Self::default() };
        let read = |path: String, validation: &Option<FrontendTlsValidation>| {
            validation.as_ref().map(|validation| {
                Arc::new(ClientValidation::new(world, owner, format!("{path}.validation"), validation))
            })
        };
        let per_port = frontend.per_port.iter().flatten().enumerate().filter_map(|(index, entry)| {
            let path = format!("spec.tls.frontend.perPort[{index}].tls");
            Some((entry.port.as_u16()?, read(path, &entry.tls.validation)))
        });
        Self {
            default: read("spec.tls.frontend.default".to_string(), &frontend.default.validation),
            per_port: per_port.collect(),
        }
    }

    /// What applies to HTTPS listeners of a port: its own entry, or else the default; never both (ATT-080).
    pub fn of_port(&self, port: u16) -> Option<&Arc<ClientValidation>> {
        let own = self.per_port.iter().find(|(known, _)| *known == port);
        own.map_or(self.default.as_ref(), |(_, validation)| validation.as_ref())
    }

    /// The first place that lets clients in whose certificates are missing or invalid (ATT-085).
    pub fn insecure(&self) -> Option<&ClientValidation> {
        let per_port = self.per_port.iter().filter_map(|(_, validation)| validation.as_ref());
        let mut all = self.default.iter().chain(per_port).map(Arc::as_ref);
        all.find(|validation| {
            validation.unsupported.is_none()
                && validation.mode == FrontendValidationMode::AllowInsecureFallback
        })
    }
}

impl ClientValidation {
    fn new(world: &World<'_>, owner: &ObjectKey, path: String, spec: &FrontendTlsValidation) -> Self {
        let mut result = Self {
            path,
            mode: spec.mode(),
            authorities: Vec::new(),
            usable: 0,
            problems: Vec::new(),
            unsupported: unsupported(world, &spec.mode()),
        };
        if result.unsupported.is_some() {
            return result;
        }
        for (index, reference) in spec.ca_certificate_refs.iter().enumerate() {
            match certificates::authorities(world, owner, reference) {
                Ok(authorities) => {
                    result.usable += 1;
                    result.authorities.extend(authorities.unwrap_or_default());
                }
                Err(problem) => {
                    result.problems.push(CertificateProblem { index: Some(index), ..problem });
                }
            }
        }
        result
    }
}

fn unsupported(world: &World<'_>, mode: &FrontendValidationMode) -> Option<UnsupportedValidation> {
    let profile = world.profile;
    if !profile.supports(Feature::GatewayFrontendClientCertificateValidation) {
        return Some(UnsupportedValidation::Any);
    }
    let known = match mode {
        FrontendValidationMode::AllowValidOnly => true,
        FrontendValidationMode::AllowInsecureFallback => {
            profile.supports(Feature::GatewayFrontendClientCertificateValidationInsecureFallback)
        }
        FrontendValidationMode::Other(_) => false,
    };
    (!known).then_some(UnsupportedValidation::Mode)
}
