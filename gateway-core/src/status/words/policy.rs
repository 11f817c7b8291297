//! Policies without effect, and what they cannot verify (ATT-222..229, ATT-246).

use alloc::format;
use alloc::string::{String, ToString};

use crate::attach::{PolicyTarget, TargetProblem, TlsPolicyFault, ValueFault};
use crate::status::reasons;
use crate::status::words::Advice;

/// Why a policy has no effect on a target; `None` when it has.
pub(crate) fn target_advice(target: &PolicyTarget) -> Option<Advice> {
    let name = format!("{} {}", target.written_kind, target.name);
    let section = target.section.as_deref().unwrap_or_default();
    let (reason, message, remedy) = match target.problem.as_ref()? {
        TargetProblem::Conflict { with } => {
            let what = if section.is_empty() { name } else { format!("port {section} of {name}") };
            (
                reasons::CONFLICTED,
                format!("policy {with} was there before and governs {what}"),
                "merge the policies into one, or target another port with sectionName".to_string(),
            )
        }
        TargetProblem::UnsupportedKind => (
            reasons::INVALID,
            format!("the policy does not apply to objects of the kind of {name}"),
            "target a core Service (group: \"\", kind: Service)".to_string(),
        ),
        TargetProblem::NotFound => (
            reasons::TARGET_NOT_FOUND,
            format!("{name} does not exist"),
            format!("create {name}, or correct the name; a target is always in the policy's namespace"),
        ),
        TargetProblem::PortNotFound { ports } => (
            reasons::TARGET_NOT_FOUND,
            format!(
                "{name} has no port named {section}; it has {}",
                if ports.is_empty() { "none" } else { ports }
            ),
            "use the name of a port, or leave sectionName out for all ports".to_string(),
        ),
        TargetProblem::Udp => (
            reasons::INVALID,
            format!("there is no TLS over UDP, and all that is targeted of {name} is UDP"),
            "target a TCP port".to_string(),
        ),
    };
    let path = match target.problem {
        Some(TargetProblem::PortNotFound { .. }) => format!("{}.sectionName", target.path),
        _ => target.path.clone(),
    };
    Some(Advice { reason, path, message, remedy })
}

/// Why nothing could be verified as a validation asks; `path` is that of the validation.
pub(crate) fn tls_policy_advice(path: &str, fault: &TlsPolicyFault) -> Advice {
    let invalid = |field: &str, message: String, remedy: &str| Advice {
        reason: reasons::INVALID,
        path: format!("{path}{field}"),
        message,
        remedy: remedy.to_string(),
    };
    match fault {
        TlsPolicyFault::NoValidCa => Advice {
            reason: reasons::NO_VALID_CA_CERTIFICATE,
            path: format!("{path}.caCertificateRefs"),
            message: "none of the references can be used, so connections to the backend fail".to_string(),
            remedy: "refer to a ConfigMap with PEM certificates under ca.crt".to_string(),
        },
        TlsPolicyFault::UnknownWellKnown { value } => invalid(
            ".wellKnownCACertificates",
            format!("`{value}` is not supported, so connections to the backend fail"),
            "use System, or caCertificateRefs",
        ),
        TlsPolicyFault::NoCa => invalid(
            "",
            "no CA certificates are named, so connections to the backend fail".to_string(),
            "add caCertificateRefs, or wellKnownCACertificates: System",
        ),
        TlsPolicyFault::SubjectAltNames => invalid(
            ".subjectAltNames",
            "it needs feature BackendTLSPolicySANValidation, which the controller does not have".to_string(),
            "remove it, so that the certificate is compared with `hostname`",
        ),
        TlsPolicyFault::UnknownSubjectAltName { index, found } => invalid(
            &format!(".subjectAltNames[{index}].type"),
            format!("`{found}` is not supported"),
            "use Hostname or URI",
        ),
    }
}

/// A value that cannot be carried out.
pub(crate) fn value_advice(fault: &ValueFault) -> Advice {
    Advice {
        reason: reasons::INVALID,
        path: fault.path.clone(),
        message: format!("`{}` is not supported", fault.value),
        remedy: fault.remedy.to_string(),
    }
}
