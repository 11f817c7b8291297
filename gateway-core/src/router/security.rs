//! How the connection to a backend is secured, with everything that a TLS library has to be given
//! (FILT-170..176).

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::attach::{CertificateName, authority_bundle};
use crate::key::NamespacedName;
use crate::model::{
    LocalObjectReference, ObjectKind, SubjectAltName, SubjectAltNameType, XBackendTls, XBackendTlsMode,
};
use crate::router::{Credentials, Router};
use crate::snapshot::Snapshot;
use crate::table::Target;

/// How the connection to a backend is secured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Security {
    /// The server name to send (FILT-171).
    pub server_name: String,
    /// Names of which the certificate must have one, instead of the server name (FILT-172).
    pub subject_alt_names: Vec<SubjectAltName>,
    /// Who may have signed the certificate.
    pub authorities: Authorities,
    /// The certificate to show when the backend asks for one (FILT-176).
    pub client_certificate: Option<Credentials>,
}

/// Who may have signed the certificate of a backend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authorities {
    /// Whom the system trusts.
    System,
    /// These, as DER. Without any no certificate is good.
    Certificates(Vec<Vec<u8>>),
}

impl Security {
    /// FILT-172: whether a certificate, whose chain is good, is that of the backend, by the names that it is
    /// for. `dns_names` and `uris` are those of its extension for alternative names.
    ///
    /// ```
    /// use gateway_core::{Authorities, Security};
    ///
    /// let security = Security {
    ///     server_name: "api.example.com".into(),
    ///     subject_alt_names: Vec::new(),
    ///     authorities: Authorities::System,
    ///     client_certificate: None,
    /// };
    /// assert!(security.is_identity(["*.example.com"], []));
    /// assert!(!security.is_identity(["api.example.org"], []));
    /// ```
    pub fn is_identity<'n>(
        &self,
        dns_names: impl IntoIterator<Item = &'n str>,
        uris: impl IntoIterator<Item = &'n str>,
    ) -> bool {
        let names: Vec<_> = dns_names.into_iter().map(CertificateName::new).collect();
        let covered = |hostname: &str| names.iter().any(|name| name.covers(hostname));
        if self.subject_alt_names.is_empty() {
            return covered(&self.server_name);
        }
        let uris: Vec<_> = uris.into_iter().collect();
        self.subject_alt_names.iter().any(|listed| match &listed.r#type {
            SubjectAltNameType::Hostname => listed.hostname.as_deref().is_some_and(covered),
            SubjectAltNameType::Uri => listed.uri.as_deref().is_some_and(|uri| uris.contains(&uri)),
            SubjectAltNameType::Other(_) => false,
        })
    }
}

impl Router {
    /// How connections to a backend are secured; `None` when they are not. `gateway_certificate` is the Secret
    /// that the decision names (`Forward::client_certificate`), `snapshot` the one that this router was built
    /// from.
    pub fn security(
        &self,
        snapshot: &Snapshot,
        target: &Target,
        gateway_certificate: Option<&NamespacedName>,
    ) -> Option<Security> {
        if let Some(tls) = &target.tls {
            return Some(Security {
                server_name: tls.server_name.clone(),
                subject_alt_names: tls.subject_alt_names.clone(),
                authorities: authorities(
                    snapshot,
                    &tls.policy.namespace,
                    &tls.ca_certificate_refs,
                    tls.well_known_ca_certificates.is_some(),
                ),
                client_certificate: gateway_certificate.and_then(|secret| Credentials::of(snapshot, secret)),
            });
        }
        if target.kind != ObjectKind::XBackend.kind() {
            return None;
        }
        let name = NamespacedName::new(target.namespace.clone(), target.name.clone());
        let spec = &snapshot.x_backends.get(&name)?.spec;
        let tls = spec.tls.as_ref().filter(|tls| tls.mode != XBackendTlsMode::None)?;
        let host = spec.external_hostname.as_ref().map(|host| host.hostname.to_string()).unwrap_or_default();
        Some(of_x_backend(snapshot, &name.namespace, host, tls))
    }
}

/// MODEL-XB-09..11: what an XBackend says itself. Without a word on its certificate it must be that of its
/// host, from somebody whom the system trusts.
fn of_x_backend(snapshot: &Snapshot, namespace: &str, host: String, tls: &XBackendTls) -> Security {
    let shown = tls.client_certificate_ref.as_ref().filter(|_| tls.mode == XBackendTlsMode::ClientAndServer);
    let client_certificate = shown.and_then(|reference| {
        let secret = NamespacedName::new(reference.namespace_or(namespace), &*reference.name);
        Credentials::of(snapshot, &secret)
    });
    let Some(validation) = &tls.validation else {
        return Security {
            server_name: host,
            subject_alt_names: Vec::new(),
            authorities: Authorities::System,
            client_certificate,
        };
    };
    let references = validation.ca_certificate_refs.as_deref().unwrap_or_default();
    let is_known = validation.well_known_ca_certificates.is_some();
    Security {
        server_name: validation.hostname.to_string(),
        subject_alt_names: validation.subject_alt_names.clone().unwrap_or_default(),
        authorities: authorities(snapshot, namespace, references, is_known),
        client_certificate,
    }
}

/// References count before a name (ATT-226, ATT-228); those that cannot be used are left out.
fn authorities(
    snapshot: &Snapshot,
    namespace: &str,
    references: &[LocalObjectReference],
    is_known: bool,
) -> Authorities {
    if references.is_empty() && is_known {
        return Authorities::System;
    }
    let config_maps = references.iter().filter(|reference| {
        ObjectKind::from_group_kind(&reference.group, &reference.kind) == Some(ObjectKind::ConfigMap)
    });
    let bundles = config_maps.filter_map(|reference| {
        let name = NamespacedName::new(namespace, &*reference.name);
        authority_bundle(snapshot.config_maps.get(&name)?)
    });
    Authorities::Certificates(bundles.flatten().collect())
}
