//! Which clients a listener lets in, as the engine's `ClientValidation` says (ATT-084).

use std::sync::Arc;

use gateway_core::attach::ClientValidation;
use gateway_core::model::FrontendValidationMode;
use tokio_rustls::rustls::client::danger::HandshakeSignatureValid;
use tokio_rustls::rustls::crypto::{
    CryptoProvider, WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature,
};
use tokio_rustls::rustls::pki_types::{CertificateDer, UnixTime};
use tokio_rustls::rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use tokio_rustls::rustls::{DigitallySignedStruct, DistinguishedName, Error, SignatureScheme};

use crate::tls::listener::{TlsError, client_verifier};

/// The verifier that lets in whom the validation lets in.
pub(super) fn verifier(
    provider: &Arc<CryptoProvider>,
    validation: &ClientValidation,
) -> Result<Arc<dyn ClientCertVerifier>, TlsError> {
    Ok(match validation.mode {
        FrontendValidationMode::AllowInsecureFallback => {
            Arc::new(Anybody(provider.signature_verification_algorithms))
        }
        _ => client_verifier(provider, &validation.authorities)?,
    })
}

/// Asks for a certificate, and lets in clients without one and with any. Who shows one must have its key.
#[derive(Debug)]
struct Anybody(WebPkiSupportedAlgorithms);

impl ClientCertVerifier for Anybody {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.0)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.0)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_schemes()
    }
}
