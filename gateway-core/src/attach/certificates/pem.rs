//! From PEM to certificates and keys (REF-34, REF-45, REF-46). Expiry is not judged: there is no clock.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use x509_cert::certificate::{CertificateInner, Raw};
use x509_cert::der::Decode;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

use super::CertificateFault;
use super::name::CertificateName;
use super::public_key::PublicKey;

/// A certificate as lenient as TLS libraries read one: serial numbers and dates are not judged.
type Certificate = CertificateInner<Raw>;

/// A certificate chain and its key.
#[derive(Debug)]
pub(super) struct Pair {
    /// DNS names of the first certificate.
    pub(super) names: Vec<CertificateName>,
}

/// Reads a chain and its private key, and compares the two.
pub(super) fn pair(chain: &[u8], key: &[u8]) -> Result<Pair, CertificateFault> {
    const CHAIN: &str = "tls.crt";
    const KEY: &str = "tls.key";
    let chain = certificates(CHAIN, chain)?;
    // `certificates` never returns an empty list.
    let Some((_, leaf)) = chain.first() else { return Err(no_certificate(CHAIN)) };
    let info = leaf.tbs_certificate().subject_public_key_info();
    let public = PublicKey::of_certificate(info)
        .map_err(|reason| CertificateFault::NotX509 { key: CHAIN, reason: reason.to_string() })?;
    let der = PrivateKeyDer::from_pem_slice(key)
        .map_err(|error| CertificateFault::Malformed { key: KEY, reason: pem_error(&error) })?;
    let private = match &der {
        PrivateKeyDer::Pkcs1(der) => PublicKey::of_pkcs1(der.secret_pkcs1_der()),
        PrivateKeyDer::Sec1(der) => PublicKey::of_sec1(der.secret_sec1_der()),
        PrivateKeyDer::Pkcs8(der) => PublicKey::of_pkcs8(der.secret_pkcs8_der()),
        _ => Err("of a kind that is not known here"),
    };
    let private = private.map_err(|reason| CertificateFault::NotPrivateKey { reason: reason.to_string() })?;
    if private.fits(&public) { Ok(Pair { names: names(leaf) }) } else { Err(CertificateFault::KeyMismatch) }
}

/// Reads a bundle of certificates; the DER of each.
pub(super) fn bundle(key: &'static str, pem: &[u8]) -> Result<Vec<Vec<u8>>, CertificateFault> {
    Ok(certificates(key, pem)?.into_iter().map(|(der, _)| der.to_vec()).collect())
}

/// Every certificate of a PEM text; at least one.
fn certificates(
    key: &'static str,
    pem: &[u8],
) -> Result<Vec<(CertificateDer<'static>, Certificate)>, CertificateFault> {
    let mut found = Vec::new();
    for der in CertificateDer::pem_slice_iter(pem) {
        let der = der.map_err(|error| CertificateFault::Malformed { key, reason: pem_error(&error) })?;
        let certificate = Certificate::from_der(&der)
            .map_err(|error| CertificateFault::NotX509 { key, reason: error.to_string() })?;
        found.push((der, certificate));
    }
    if found.is_empty() { Err(no_certificate(key)) } else { Ok(found) }
}

fn no_certificate(key: &'static str) -> CertificateFault {
    CertificateFault::Malformed { key, reason: "no PEM certificate in it".to_string() }
}

/// What the reader says. Quoted lines of the input are left out: they may be secret (ATT-020).
fn pem_error(error: &rustls_pki_types::pem::Error) -> String {
    use rustls_pki_types::pem::Error;
    match error {
        Error::NoItemsFound => "no PEM in it".to_string(),
        Error::MissingSectionEnd { .. } => "a PEM section without an end".to_string(),
        Error::IllegalSectionStart { .. } => "a PEM section with a malformed beginning".to_string(),
        Error::Base64Decode(what) => format!("PEM that is not base64 ({what})"),
        _ => "malformed PEM".to_string(),
    }
}

/// The DNS names that a certificate is good for: those of its subject alternative names; without
/// that extension its common name.
fn names(certificate: &Certificate) -> Vec<CertificateName> {
    let body = certificate.tbs_certificate();
    match body.get_extension::<SubjectAltName>() {
        Ok(Some((_, SubjectAltName(names)))) => {
            let dns = names.iter().filter_map(|name| match name {
                GeneralName::DnsName(name) => Some(CertificateName::new(name.as_str())),
                _ => None,
            });
            dns.collect()
        }
        // It has names, but of a form that is not known here.
        Err(_) => Vec::new(),
        Ok(None) => {
            let name = body.subject().common_name().ok().flatten();
            name.map(|name| CertificateName::new(&name.value())).into_iter().collect()
        }
    }
}
