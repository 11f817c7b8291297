//! Certificates that objects refer to: permitted, there, readable, and a pair with their key (ATT-053,
//! ATT-061..065, ATT-105, ATT-106, REF-10..13, REF-30..34, REF-45, REF-46).

#![expect(clippy::result_large_err, reason = "one for each reference of a build; the caller keeps it")]

mod name;
mod pem;
mod public_key;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

pub use name::CertificateName;

use crate::attach::grants::CrossReference;
use crate::attach::kinds::terminates_tls;
use crate::attach::world::World;
use crate::key::{NamespacedName, ObjectKey};
use crate::model::{ConfigMap, Listener, ObjectKind, ObjectReference, Secret, SecretObjectReference};

/// The key of a ConfigMap that holds certificates of authorities (REF-46).
const AUTHORITIES: &str = "ca.crt";

/// A reference to certificates that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateProblem {
    /// Index in the list of references; `None` when the listener names no certificate at all, or when
    /// there is no list.
    pub index: Option<usize>,
    /// What is referred to, as `Secret namespace/name`.
    pub target: String,
    /// Its kind.
    pub target_kind: String,
    /// Its namespace.
    pub target_namespace: String,
    /// What is wrong with it.
    pub fault: CertificateFault,
}

/// What is wrong with a reference to certificates, in the order of the checks (REF-30..34).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificateFault {
    /// The listener ends TLS but names no certificate (AMBIG-05).
    None,
    /// Another namespace, and no grant permits it. Says nothing about existence (REF-08).
    NotPermitted,
    /// Not a core Secret, or not a core ConfigMap where authorities are asked for.
    UnsupportedKind,
    /// No such object.
    NotFound,
    /// The Secret has another type.
    WrongType {
        /// The type it has.
        found: String,
    },
    /// The object lacks a key.
    MissingKey {
        /// The key.
        key: &'static str,
    },
    /// The data is not PEM.
    Malformed {
        /// The key.
        key: &'static str,
        /// What the reader says.
        reason: String,
    },
    /// The data is PEM, but not of X.509 certificates.
    NotX509 {
        /// The key.
        key: &'static str,
        /// What the reader says.
        reason: String,
    },
    /// `tls.key` is PEM of a private key, but not one that can be read.
    NotPrivateKey {
        /// What the reader says.
        reason: String,
    },
    /// The private key is that of another certificate.
    KeyMismatch,
}

/// What came of a listener's certificateRefs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificates {
    /// How many can be used.
    pub usable: usize,
    /// The DNS names of those, each once, in order.
    pub names: Vec<CertificateName>,
    /// Whether some certificate was not read, because it is only assumed or comes from TLS options: then
    /// more names are possible.
    pub more_names: bool,
    /// What is wrong with the others.
    pub problems: Vec<CertificateProblem>,
}

impl Certificates {
    /// Whether some certificate is known to be good for the hostname.
    pub fn cover(&self, hostname: &str) -> bool {
        self.names.iter().any(|name| name.covers(hostname))
    }
}

pub(super) fn resolve(world: &World<'_>, owner: &ObjectKey, listener: &Listener) -> Certificates {
    let mut result = Certificates::default();
    if !terminates_tls(listener) {
        return result;
    }
    let tls = listener.tls.as_ref();
    let references = tls.and_then(|tls| tls.certificate_refs.as_deref()).unwrap_or_default();
    for (index, reference) in references.iter().enumerate() {
        match pair(world, owner, reference) {
            Ok(names) => {
                result.usable += 1;
                result.more_names |= names.is_none();
                result.names.extend(names.unwrap_or_default());
            }
            Err(problem) => result.problems.push(CertificateProblem { index: Some(index), ..problem }),
        }
    }
    result.names.sort();
    result.names.dedup();
    // With TLS options the certificate may come from elsewhere (MODEL-LTLS-01).
    let options = tls.and_then(|tls| tls.options.as_ref()).is_some_and(|options| !options.is_empty());
    result.more_names |= options;
    if references.is_empty() && !options {
        result.problems.push(CertificateProblem {
            index: None,
            target: String::new(),
            target_kind: "Secret".to_string(),
            target_namespace: owner.namespace.clone(),
            fault: CertificateFault::None,
        });
    }
    result
}

/// The names of the certificate that a reference leads to; `None` when it is only assumed.
pub(super) fn pair(
    world: &World<'_>,
    owner: &ObjectKey,
    reference: &SecretObjectReference,
) -> Result<Option<Vec<CertificateName>>, CertificateProblem> {
    let target = Target {
        group: reference.group(),
        kind: reference.kind(),
        namespace: reference.namespace_or(&owner.namespace),
        name: &reference.name,
    };
    target.check(world, owner, ObjectKind::Secret, |name| {
        let secret = world.secret(name)?;
        Some(secret_names(secret))
    })
}

/// The certificates of authorities that a reference leads to, as DER; `None` when they are only assumed.
pub(super) fn authorities(
    world: &World<'_>,
    owner: &ObjectKey,
    reference: &ObjectReference,
) -> Result<Option<Vec<Vec<u8>>>, CertificateProblem> {
    let target = Target {
        group: &reference.group,
        kind: &reference.kind,
        namespace: reference.namespace_or(&owner.namespace),
        name: &reference.name,
    };
    target.check(world, owner, ObjectKind::ConfigMap, |name| {
        let config_map = world.config_map(name)?;
        Some(bundle(config_map))
    })
}

/// The certificates of authorities that a ConfigMap holds, as DER (REF-46).
pub(crate) fn bundle(config_map: &ConfigMap) -> Result<Vec<Vec<u8>>, CertificateFault> {
    let present = [&config_map.data, &config_map.binary_data]
        .iter()
        .any(|data| data.as_ref().is_some_and(|data| data.contains_key(AUTHORITIES)));
    match config_map.value(AUTHORITIES) {
        Some(text) => pem::bundle(AUTHORITIES, &text),
        None => Err(absent(AUTHORITIES, present)),
    }
}

/// The same, however it is wrong.
pub(crate) fn authority_bundle(config_map: &ConfigMap) -> Option<Vec<Vec<u8>>> {
    bundle(config_map).ok()
}

/// The names of the certificate in a Secret; `None` when it holds no certificate with its key.
pub(crate) fn certificate_names(secret: &Secret) -> Option<Vec<CertificateName>> {
    secret_names(secret).ok()
}

/// What a reference names, with its defaults (REF-30).
struct Target<'a> {
    group: &'a str,
    kind: &'a str,
    namespace: &'a str,
    name: &'a str,
}

impl Target<'_> {
    /// The steps of REF-31..34; `None` when the object is assumed.
    fn check<T>(
        &self,
        world: &World<'_>,
        owner: &ObjectKey,
        wanted: ObjectKind,
        read: impl FnOnce(&NamespacedName) -> Option<Result<T, CertificateFault>>,
    ) -> Result<Option<T>, CertificateProblem> {
        let found = || {
            let permitted = world.permits(CrossReference {
                from: owner.kind,
                from_namespace: &owner.namespace,
                to_group: self.group,
                to_kind: self.kind,
                to_namespace: self.namespace,
                to_name: self.name,
            });
            if !permitted {
                return Err(CertificateFault::NotPermitted);
            }
            if ObjectKind::from_group_kind(self.group, self.kind) != Some(wanted) {
                return Err(CertificateFault::UnsupportedKind);
            }
            match read(&NamespacedName::new(self.namespace, self.name)) {
                Some(read) => read.map(Some),
                None if world.assumes(wanted) => Ok(None),
                None => Err(CertificateFault::NotFound),
            }
        };
        found().map_err(|fault| CertificateProblem {
            index: None,
            target: format!("{} {}/{}", self.kind, self.namespace, self.name),
            target_kind: self.kind.to_string(),
            target_namespace: self.namespace.to_string(),
            fault,
        })
    }
}

fn secret_names(secret: &Secret) -> Result<Vec<CertificateName>, CertificateFault> {
    let found = secret.r#type.as_deref().unwrap_or("Opaque");
    if found != Secret::TLS {
        return Err(CertificateFault::WrongType { found: found.to_string() });
    }
    let certificate = secret_value(secret, "tls.crt")?;
    let key = secret_value(secret, "tls.key")?;
    Ok(pem::pair(&certificate, &key)?.names)
}

fn secret_value(secret: &Secret, key: &'static str) -> Result<Vec<u8>, CertificateFault> {
    let present = [&secret.data, &secret.string_data]
        .iter()
        .any(|data| data.as_ref().is_some_and(|data| data.contains_key(key)));
    secret.value(key).ok_or_else(|| absent(key, present))
}

fn absent(key: &'static str, present: bool) -> CertificateFault {
    if present {
        CertificateFault::Malformed { key, reason: "not base64".to_string() }
    } else {
        CertificateFault::MissingKey { key }
    }
}
