//! A listener's certificates: permitted, there, and readable (ATT-061, ATT-062, REF-30..34, REF-45).

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

use crate::attach::grants::CrossReference;
use crate::attach::kinds::terminates_tls;
use crate::attach::world::World;
use crate::key::{NamespacedName, ObjectKey};
use crate::model::{Listener, ObjectKind, Secret, SecretObjectReference};

/// The type that a Secret with a server certificate must have (REF-45).
const TLS_SECRET: &str = "kubernetes.io/tls";

/// A certificateRef that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateProblem {
    /// Index in `tls.certificateRefs`; `None` when the listener names no certificate at all.
    pub index: Option<usize>,
    /// What is referred to, as `Secret namespace/name`.
    pub target: String,
    /// The namespace of what is referred to.
    pub target_namespace: String,
    /// What is wrong with it.
    pub fault: CertificateFault,
}

/// What is wrong with a certificateRef, in the order of the checks (REF-30..34).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificateFault {
    /// The listener ends TLS but names no certificate (AMBIG-05).
    None,
    /// Another namespace, and no grant permits it. Says nothing about existence (REF-08).
    NotPermitted,
    /// Not a core Secret.
    UnsupportedKind,
    /// No such Secret.
    NotFound,
    /// The Secret has another type.
    WrongType {
        /// The type it has.
        found: String,
    },
    /// The Secret lacks a key.
    MissingKey {
        /// The key.
        key: &'static str,
    },
    /// The Secret's data cannot be read.
    Malformed {
        /// The key.
        key: &'static str,
        /// What the reader says.
        reason: String,
    },
}

/// What came of a listener's certificateRefs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificates {
    /// How many can be used.
    pub usable: usize,
    /// What is wrong with the others.
    pub problems: Vec<CertificateProblem>,
}

pub(crate) fn resolve(world: &World<'_>, owner: &ObjectKey, listener: &Listener) -> Certificates {
    let mut result = Certificates::default();
    if !terminates_tls(listener) {
        return result;
    }
    let tls = listener.tls.as_ref();
    let references = tls.and_then(|tls| tls.certificate_refs.as_deref()).unwrap_or_default();
    for (index, reference) in references.iter().enumerate() {
        match pair(world, owner, reference) {
            Ok(()) => result.usable += 1,
            Err(problem) => result.problems.push(CertificateProblem { index: Some(index), ..problem }),
        }
    }
    // With TLS options the certificate may come from elsewhere (MODEL-LTLS-01).
    let options = tls.and_then(|tls| tls.options.as_ref()).is_some_and(|options| !options.is_empty());
    if references.is_empty() && !options {
        result.problems.push(CertificateProblem {
            index: None,
            target: String::new(),
            target_namespace: owner.namespace.clone(),
            fault: CertificateFault::None,
        });
    }
    result
}

/// Whether a reference leads to a certificate and its key.
pub(super) fn pair(
    world: &World<'_>,
    owner: &ObjectKey,
    reference: &SecretObjectReference,
) -> Result<(), CertificateProblem> {
    let namespace = reference.namespace_or(&owner.namespace);
    check(world, owner, reference, namespace).map_err(|fault| CertificateProblem {
        index: None,
        target: format!("{} {namespace}/{}", reference.kind(), reference.name),
        target_namespace: namespace.to_string(),
        fault,
    })
}

fn check(
    world: &World<'_>,
    owner: &ObjectKey,
    reference: &SecretObjectReference,
    namespace: &str,
) -> Result<(), CertificateFault> {
    let permitted = world.grants.permit(CrossReference {
        from: owner.kind,
        from_namespace: &owner.namespace,
        to_group: reference.group(),
        to_kind: reference.kind(),
        to_namespace: namespace,
        to_name: &reference.name,
    });
    if !permitted {
        return Err(CertificateFault::NotPermitted);
    }
    if ObjectKind::from_group_kind(reference.group(), reference.kind()) != Some(ObjectKind::Secret) {
        return Err(CertificateFault::UnsupportedKind);
    }
    match world.snapshot.secrets.get(&NamespacedName::new(namespace, &*reference.name)) {
        Some(secret) => check_secret(secret),
        None if world.assumes(ObjectKind::Secret) => Ok(()),
        None => Err(CertificateFault::NotFound),
    }
}

fn check_secret(secret: &Secret) -> Result<(), CertificateFault> {
    let found = secret.r#type.as_deref().unwrap_or("Opaque");
    if found != TLS_SECRET {
        return Err(CertificateFault::WrongType { found: found.to_string() });
    }
    let certificate = secret_value(secret, "tls.crt")?;
    let key = secret_value(secret, "tls.key")?;
    let malformed = |key, reason: String| CertificateFault::Malformed { key, reason };
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(&certificate)
        .collect::<Result<_, _>>()
        .map_err(|error| malformed("tls.crt", error.to_string()))?;
    if certificates.is_empty() {
        return Err(malformed("tls.crt", "no PEM certificate in it".to_string()));
    }
    PrivateKeyDer::from_pem_slice(&key).map_err(|error| malformed("tls.key", error.to_string()))?;
    Ok(())
}

fn secret_value(secret: &Secret, key: &'static str) -> Result<Vec<u8>, CertificateFault> {
    let present = [&secret.data, &secret.string_data]
        .iter()
        .any(|data| data.as_ref().is_some_and(|data| data.contains_key(key)));
    match secret.value(key) {
        Some(value) => Ok(value),
        None if present => Err(CertificateFault::Malformed { key, reason: "not base64".to_string() }),
        None => Err(CertificateFault::MissingKey { key }),
    }
}
