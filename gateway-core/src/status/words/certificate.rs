//! References to certificates: of listeners, of authorities, of a Gateway towards backends (ATT-053,
//! ATT-061..065, ATT-105, ATT-106).

use alloc::format;
use alloc::string::{String, ToString};

use crate::attach::{
    CertificateFault, CertificateProblem, ClientCertificate, ClientValidation, ListenerNode,
};
use crate::key::ObjectKey;
use crate::model::ObjectKind;
use crate::status::reasons;
use crate::status::words::{Advice, grant_remedy};

/// A certificateRef of a listener.
pub(crate) fn certificate_advice(listener: &ListenerNode, problem: &CertificateProblem) -> Advice {
    let path = format!("spec.listeners[{}].tls.certificateRefs", listener.index);
    let (message, remedy) = words(&listener.key.owner, problem, ObjectKind::Secret);
    let reason = reason(problem, reasons::INVALID_CERTIFICATE_REF, reasons::INVALID_CERTIFICATE_REF);
    Advice { reason, path: indexed(path, problem), message, remedy }
}

/// A reference to the certificates of authorities, seen from a listener it applies to.
pub(crate) fn authority_advice(
    listener: &ListenerNode,
    validation: &ClientValidation,
    problem: &CertificateProblem,
) -> Advice {
    let owner = &listener.key.owner;
    let reason = reason(problem, reasons::INVALID_CA_CERTIFICATE_KIND, reasons::INVALID_CA_CERTIFICATE_REF);
    if owner.kind != ObjectKind::Gateway {
        // What exactly is wrong with the Gateway is for its owner to see (ATT-020).
        return Advice { reason, ..parent_advice(listener) };
    }
    let (message, remedy) = words(owner, problem, ObjectKind::ConfigMap);
    let path = format!("{}.caCertificateRefs", validation.path);
    Advice { reason, path: indexed(path, problem), message, remedy }
}

/// A listener of a ListenerSet on a port whose clients cannot be validated.
pub(super) fn parent_advice(listener: &ListenerNode) -> Advice {
    Advice {
        reason: reasons::NO_VALID_CA_CERTIFICATE,
        path: format!("spec.listeners[{}].port", listener.index),
        message: format!(
            "client certificates on port {} cannot be validated as the Gateway asks",
            listener.spec.port
        ),
        remedy: "use another port, or ask the owner of the Gateway to correct its frontend TLS".to_string(),
    }
}

/// The certificate that a Gateway shows to backends; `None` when it can be used.
pub(crate) fn client_certificate_advice(
    owner: &ObjectKey,
    certificate: &ClientCertificate,
) -> Option<Advice> {
    let path = "spec.tls.backend.clientCertificateRef".to_string();
    match certificate {
        ClientCertificate::Usable => None,
        ClientCertificate::Unsupported => Some(Advice {
            reason: reasons::INVALID_CLIENT_CERTIFICATE_REF,
            path,
            message: "the controller shows no certificates to backends".to_string(),
            remedy: "remove the reference, or use a controller with feature GatewayBackendClientCertificate"
                .to_string(),
        }),
        ClientCertificate::Unusable(problem) => {
            let (message, remedy) = words(owner, problem, ObjectKind::Secret);
            let invalid = reasons::INVALID_CLIENT_CERTIFICATE_REF;
            Some(Advice { reason: reason(problem, invalid, invalid), path, message, remedy })
        }
    }
}

/// A reference to the authorities of a backend's certificate; `path` is that of the validation (AMBIG-54).
pub(crate) fn backend_authority_advice(
    owner: &ObjectKey,
    path: &str,
    problem: &CertificateProblem,
) -> Advice {
    let (message, remedy) = words(owner, problem, ObjectKind::ConfigMap);
    let reason = reason(problem, reasons::INVALID_KIND, reasons::INVALID_CA_CERTIFICATE_REF);
    Advice { reason, path: indexed(format!("{path}.caCertificateRefs"), problem), message, remedy }
}

/// The certificate that is shown to an XBackend (REF-25).
pub(crate) fn x_backend_certificate_advice(owner: &ObjectKey, problem: &CertificateProblem) -> Advice {
    let (message, remedy) = words(owner, problem, ObjectKind::Secret);
    let invalid = reasons::INVALID_CLIENT_CERTIFICATE_REF;
    let path = "spec.tls.clientCertificateRef".to_string();
    Advice { reason: reason(problem, invalid, invalid), path, message, remedy }
}

fn indexed(path: String, problem: &CertificateProblem) -> String {
    match problem.index {
        Some(index) => format!("{path}[{index}]"),
        None => path,
    }
}

fn reason(problem: &CertificateProblem, kind: &'static str, invalid: &'static str) -> &'static str {
    match problem.fault {
        CertificateFault::NotPermitted => reasons::REF_NOT_PERMITTED,
        CertificateFault::UnsupportedKind => kind,
        _ => invalid,
    }
}

/// What is wrong, and what to do.
fn words(owner: &ObjectKey, problem: &CertificateProblem, wanted: ObjectKind) -> (String, String) {
    let target = &problem.target;
    match &problem.fault {
        CertificateFault::None => (
            "the listener ends TLS but names no certificate".to_string(),
            "add a certificateRef to a Secret of type kubernetes.io/tls".to_string(),
        ),
        CertificateFault::NotPermitted => (
            format!("{target} is in another namespace and no ReferenceGrant there permits the reference"),
            grant_remedy(&problem.target_namespace, owner.kind, &owner.namespace, &problem.target_kind),
        ),
        CertificateFault::UnsupportedKind => {
            (format!("{target} is not a core {wanted}"), format!("refer to a {wanted} of the core group"))
        }
        CertificateFault::NotFound => {
            let with = if wanted == ObjectKind::Secret { "type kubernetes.io/tls" } else { "key ca.crt" };
            (
                format!("{target} does not exist"),
                format!("create {target} with {with}, or correct the reference"),
            )
        }
        CertificateFault::WrongType { found } => {
            (format!("{target} has type {found}"), "use a Secret of type kubernetes.io/tls".to_string())
        }
        CertificateFault::MissingKey { key } => {
            (format!("{target} has no key {key}"), format!("add {key} to the {wanted}"))
        }
        CertificateFault::Malformed { key, reason } => {
            (format!("{key} of {target} cannot be read: {reason}"), format!("put PEM into {key}"))
        }
        CertificateFault::NotX509 { key, reason } => (
            format!("{key} of {target} is PEM, but not of an X.509 certificate: {reason}"),
            format!("put X.509 certificates into {key}"),
        ),
        CertificateFault::NotPrivateKey { reason } => (
            format!("tls.key of {target} is PEM, but not of a private key: {reason}"),
            "put the private key of tls.crt into tls.key, in PKCS #8, PKCS #1 or SEC 1".to_string(),
        ),
        CertificateFault::KeyMismatch => (
            format!("tls.key of {target} is not the key of the certificate in tls.crt"),
            "put the private key of the first certificate of tls.crt into tls.key".to_string(),
        ),
    }
}
