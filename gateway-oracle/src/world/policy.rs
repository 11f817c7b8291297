//! BackendTLSPolicy: how the connection to a Service is secured.

use gateway_core::Feature;
use gateway_core::model::{
    BackendTlsPolicy, BackendTlsPolicyValidation, Service, ServicePort, WellKnownCaCertificates,
};

use super::age::age;
use super::{World, certificate, namespace};

/// ATT-222, ATT-223, FILT-175: the policy that governs a port of a Service.
pub(crate) fn policy<'a>(
    world: &'a World,
    service: &Service,
    port: &ServicePort,
) -> Option<&'a BackendTlsPolicy> {
    if !world.supports(Feature::BackendTlsPolicy) {
        return None;
    }
    let targeting = |section: Option<&str>| {
        let targets = |policy: &&BackendTlsPolicy| {
            namespace(&policy.metadata) == namespace(&service.metadata)
                && policy.spec.target_refs.iter().any(|target| {
                    (target.group.as_str(), target.kind.as_str()) == ("", "Service")
                        && target.name.as_str() == service.metadata.name
                        && target.section_name.as_deref() == section
                })
        };
        world.policies.iter().filter(targets).min_by_key(|policy| age(&world.profile, &policy.metadata))
    };
    let named = port.name.as_deref().filter(|name| !name.is_empty());
    named.and_then(|name| targeting(Some(name))).or_else(|| targeting(None))
}

/// ATT-226, ATT-228, ATT-230, FILT-174: whether a policy can be satisfied; if not, nobody gets through.
pub(crate) fn is_valid(world: &World, policy: &BackendTlsPolicy) -> bool {
    let validation = &policy.spec.validation;
    // FEAT-02: alternative names that nobody would look at.
    let names = validation.subject_alt_names.as_ref().is_none_or(Vec::is_empty)
        || world.supports(Feature::BackendTlsPolicySanValidation);
    names && has_authority(world, namespace(&policy.metadata), validation)
}

/// ATT-226, REF-18: whether somebody is named who can vouch for a backend.
pub(crate) fn has_authority(world: &World, own: &str, validation: &BackendTlsPolicyValidation) -> bool {
    let mut references = validation.ca_certificate_refs.iter().flatten();
    let system = validation.well_known_ca_certificates.as_ref().map(WellKnownCaCertificates::as_str);
    match system {
        Some(known) => known == "System",
        None => references.any(|one| {
            (one.group.as_str(), one.kind.as_str()) == ("", "ConfigMap")
                && certificate::authority(world, own, &one.name)
        }),
    }
}
