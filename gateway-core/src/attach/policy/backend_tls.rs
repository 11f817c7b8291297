//! BackendTLSPolicy: its targets and its CA certificates (ATT-220..232).

use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::age::Age;
use crate::attach::certificates::{self, CertificateProblem};
use crate::attach::policy::target::PolicyTarget;
use crate::attach::world::World;
use crate::key::{NamespacedName, ObjectKey};
use crate::model::{
    BackendTlsPolicy, BackendTlsPolicyValidation, LocalObjectReference,
    LocalPolicyTargetReferenceWithSectionName, ObjectKind, ObjectReference, SubjectAltNameType,
};
use crate::profile::Feature;

/// The well-known CA certificates that every controller has (FILT-177).
const SYSTEM: &str = "System";

/// A BackendTLSPolicy with everything found out about it.
#[derive(Clone, Debug, PartialEq)]
pub struct BackendTlsPolicyNode {
    /// Its name.
    pub name: NamespacedName,
    /// The policy.
    pub object: Arc<BackendTlsPolicy>,
    /// Its rank among policies that conflict.
    pub age: Age,
    /// One for each targetRef, in order: each is judged apart (AMBIG-16).
    pub targets: Vec<PolicyTarget>,
    /// References to CA certificates that cannot be used.
    pub authority_problems: Vec<CertificateProblem>,
    /// Why connections to its targets fail (ATT-230).
    pub fault: Option<TlsPolicyFault>,
    /// The Gateways of ours with attached Routes that use a target, by their numbers in the graph (ATT-221).
    pub ancestors: Vec<usize>,
}

/// Why no certificate of a backend could ever be verified as the policy asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsPolicyFault {
    /// None of the CA references can be used (ATT-226).
    NoValidCa,
    /// CA certificates of a name that nobody here knows (ATT-228).
    UnknownWellKnown {
        /// The name.
        value: String,
    },
    /// Neither references nor a well-known name.
    NoCa,
    /// Subject alternative names, without the feature for them (FEAT-02, FEAT-R5).
    SubjectAltNames,
    /// A subject alternative name of a type that nobody here knows.
    UnknownSubjectAltName {
        /// Index in the list.
        index: usize,
        /// The type.
        found: String,
    },
}

/// A policy as it is without the others.
pub(super) fn node(
    world: &World<'_>,
    name: &NamespacedName,
    policy: &Arc<BackendTlsPolicy>,
) -> BackendTlsPolicyNode {
    let validation = &policy.spec.validation;
    let owner = ObjectKey::new(ObjectKind::BackendTlsPolicy, name.namespace.clone(), name.name.clone());
    let authority_problems = authority_problems(world, &owner, validation);
    let targets = policy.spec.target_refs.iter().enumerate();
    BackendTlsPolicyNode {
        name: name.clone(),
        age: world.age(&policy.metadata, name),
        targets: targets.map(|(index, target)| tls_target(world, name, index, target)).collect(),
        fault: fault(world, validation, authority_problems.len()),
        authority_problems,
        ancestors: Vec::new(),
        object: Arc::clone(policy),
    }
}

fn tls_target(
    world: &World<'_>,
    policy: &NamespacedName,
    index: usize,
    reference: &LocalPolicyTargetReferenceWithSectionName,
) -> PolicyTarget {
    let written = (&*reference.group, &*reference.kind, &*reference.name);
    let mut target = PolicyTarget::new((index, &policy.namespace), written, &[ObjectKind::Service]);
    target.section =
        reference.section_name.as_deref().filter(|section| !section.is_empty()).map(ToString::to_string);
    target.look_up(world);
    if let Some(service) = world.service(&target.name).filter(|_| target.problem.is_none()) {
        target.check_ports(service.ports());
    }
    target
}

/// The CA references that cannot be used. They stay in their namespace (REF-18).
pub(crate) fn authority_problems(
    world: &World<'_>,
    owner: &ObjectKey,
    validation: &BackendTlsPolicyValidation,
) -> Vec<CertificateProblem> {
    let references = validation.ca_certificate_refs.iter().flatten().enumerate();
    let problem = |(index, reference): (usize, &LocalObjectReference)| {
        let reference = ObjectReference {
            group: reference.group.clone(),
            kind: reference.kind.clone(),
            name: reference.name.clone(),
            namespace: None,
        };
        let problem = certificates::authorities(world, owner, &reference).err()?;
        Some(CertificateProblem { index: Some(index), ..problem })
    };
    references.filter_map(problem).collect()
}

/// Why a validation cannot be carried out, given how many of its CA references cannot be used.
pub(crate) fn fault(
    world: &World<'_>,
    validation: &BackendTlsPolicyValidation,
    unusable: usize,
) -> Option<TlsPolicyFault> {
    let references = validation.ca_certificate_refs.as_deref().unwrap_or_default();
    if !references.is_empty() {
        if references.len() == unusable {
            return Some(TlsPolicyFault::NoValidCa);
        }
    } else if let Some(known) = &validation.well_known_ca_certificates {
        if *known != *SYSTEM {
            return Some(TlsPolicyFault::UnknownWellKnown { value: known.to_string() });
        }
    } else {
        return Some(TlsPolicyFault::NoCa);
    }
    let names = validation.subject_alt_names.as_deref().unwrap_or_default();
    if !names.is_empty() && !world.profile.supports(Feature::BackendTlsPolicySanValidation) {
        return Some(TlsPolicyFault::SubjectAltNames);
    }
    names.iter().enumerate().find_map(|(index, name)| match &name.r#type {
        SubjectAltNameType::Hostname | SubjectAltNameType::Uri => None,
        SubjectAltNameType::Other(found) => {
            Some(TlsPolicyFault::UnknownSubjectAltName { index, found: found.clone() })
        }
    })
}
