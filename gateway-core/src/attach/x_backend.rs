//! XBackend: what it stands for, and what its TLS refers to (ATT-247, REF-18, REF-25).

use alloc::string::ToString;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::certificates::{self, CertificateProblem};
use crate::attach::policy::{TlsPolicyFault, ValueFault, authority_problems, validation_fault};
use crate::attach::world::World;
use crate::key::{NamespacedName, ObjectKey};
use crate::model::{ObjectKind, XBackend, XBackendProtocol, XBackendTlsMode, XBackendType};

/// An XBackend with everything found out about it.
#[derive(Clone, Debug, PartialEq)]
pub struct XBackendNode {
    /// Its name.
    pub name: NamespacedName,
    /// The XBackend.
    pub object: Arc<XBackend>,
    /// Values that cannot be carried out.
    pub faults: Vec<ValueFault>,
    /// Why its certificate cannot be verified as it asks.
    pub validation_fault: Option<TlsPolicyFault>,
    /// References to CA certificates that cannot be used.
    pub authority_problems: Vec<CertificateProblem>,
    /// What is wrong with the certificate that is shown to it.
    pub client_certificate: Option<CertificateProblem>,
    /// The Gateways of ours with attached Routes that use it, by their numbers in the graph.
    pub gateways: Vec<usize>,
}

impl XBackendNode {
    /// Whether it is accepted: it can be reached, and verified as it asks.
    pub fn is_accepted(&self) -> bool {
        self.faults.is_empty() && self.validation_fault.is_none()
    }

    /// Whether requests can be sent to it. One whose TLS is not as it asks gets none.
    pub fn is_usable(&self) -> bool {
        self.is_accepted() && self.client_certificate.is_none()
    }
}

pub(super) fn node(world: &World<'_>, name: &NamespacedName, backend: &Arc<XBackend>) -> XBackendNode {
    let tls = backend.spec.tls.as_ref().filter(|tls| tls.mode != XBackendTlsMode::None);
    let validation = tls.and_then(|tls| tls.validation.as_ref());
    let owner = ObjectKey::new(ObjectKind::XBackend, name.namespace.clone(), name.name.clone());
    let problems =
        validation.map(|validation| authority_problems(world, &owner, validation)).unwrap_or_default();
    XBackendNode {
        name: name.clone(),
        faults: faults(backend),
        validation_fault: validation
            .and_then(|validation| validation_fault(world, validation, problems.len())),
        authority_problems: problems,
        client_certificate: tls
            .and_then(|tls| tls.client_certificate_ref.as_ref())
            .and_then(|reference| certificates::pair(world, &owner, reference).err()),
        gateways: Vec::new(),
        object: Arc::clone(backend),
    }
}

fn faults(backend: &XBackend) -> Vec<ValueFault> {
    let spec = &backend.spec;
    let mut faults = Vec::new();
    let mut refuse = |path: &str, value: &str, remedy| {
        faults.push(ValueFault { path: path.to_string(), value: value.to_string(), remedy });
    };
    match &spec.r#type {
        XBackendType::ExternalHostname if spec.external_hostname.is_some() => {}
        XBackendType::ExternalHostname => refuse("spec.type", "ExternalHostname", "add externalHostname"),
        XBackendType::Other(other) => refuse("spec.type", other, "use ExternalHostname"),
    }
    if spec.port.port.as_u16().is_none() {
        refuse("spec.port.port", &spec.port.port.to_string(), "use a port from 1 to 65535");
    }
    if let Some(XBackendProtocol::Other(other)) = &spec.protocol {
        refuse("spec.protocol", other, "use TCP, HTTP, HTTP2, HTTP11, H2C or MCP");
    }
    if let Some(XBackendTlsMode::Other(other)) = spec.tls.as_ref().map(|tls| &tls.mode) {
        refuse("spec.tls.mode", other, "use None, ServerOnly or ClientAndServer");
    }
    faults
}
