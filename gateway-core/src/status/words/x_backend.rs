//! The certificate that is shown to an XBackend (REF-25).

use alloc::format;
use alloc::string::ToString;

use crate::attach::{CertificateFault, CertificateProblem};
use crate::model::ObjectKind;
use crate::status::reasons;
use crate::status::words::{Advice, grant_remedy};

pub(crate) fn client_certificate_of_backend(namespace: &str, problem: &CertificateProblem) -> Advice {
    let target = &problem.target;
    let invalid = |message, remedy| (reasons::INVALID_CLIENT_CERTIFICATE_REF, message, remedy);
    let (reason, message, remedy) = match &problem.fault {
        CertificateFault::NotPermitted => (
            reasons::REF_NOT_PERMITTED,
            format!("{target} is in another namespace and no ReferenceGrant there permits the reference"),
            grant_remedy(&problem.target_namespace, ObjectKind::XBackend, namespace, "Secret"),
        ),
        CertificateFault::UnsupportedKind => invalid(
            format!("{target} is not a core Secret"),
            "refer to a Secret of the core group".to_string(),
        ),
        CertificateFault::NotFound => invalid(
            format!("{target} does not exist"),
            format!("create {target} with type kubernetes.io/tls, or correct the reference"),
        ),
        // What is inside of it.
        _ => invalid(
            format!("{target} holds no certificate with its key that can be used"),
            "use a Secret of type kubernetes.io/tls with PEM in tls.crt and tls.key".to_string(),
        ),
    };
    Advice { reason, path: "spec.tls.clientCertificateRef".to_string(), message, remedy }
}
