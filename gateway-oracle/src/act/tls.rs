//! The connection to a backend.

use gateway_core::model::BackendTlsPolicy;

use crate::decision::UpstreamTls;
use crate::world::backend::Found;
use crate::world::namespace;

/// FILT-150, FILT-151: what the port says it speaks; nothing said means to infer.
pub(crate) fn protocol(found: &Found<'_>) -> Option<String> {
    match found.protocol.as_deref()? {
        "kubernetes.io/h2c" => Some("H2C".to_owned()),
        "kubernetes.io/ws" => Some("WS".to_owned()),
        "kubernetes.io/wss" => Some("WSS".to_owned()),
        _ => None,
    }
}

/// FILT-170..FILT-176.
pub(crate) fn upstream(policy: &BackendTlsPolicy, client_certificate: Option<String>) -> UpstreamTls {
    let validation = &policy.spec.validation;
    UpstreamTls {
        policy: format!("{}/{}", namespace(&policy.metadata), policy.metadata.name),
        server_name: validation.hostname.0.clone(),
        subject_alt_names: validation.subject_alt_names.clone().unwrap_or_default(),
        ca_certificate_refs: validation.ca_certificate_refs.clone().unwrap_or_default(),
        well_known_ca_certificates: validation.well_known_ca_certificates.as_ref().map(|one| one.0.clone()),
        client_certificate,
    }
}
