//! How a listener ends TLS: the certificates it shows, and the clients it lets in.

use std::sync::Arc;

use gateway_core::attach::{ClientValidation, Protocol};
use gateway_core::{Credentials, NamespacedName};
use tokio_rustls::rustls::crypto::CryptoProvider;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert, WebPkiClientVerifier};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{self, ServerConfig};

use crate::tls::client;

/// How a listener ends TLS.
#[derive(Debug)]
pub(crate) struct ListenerTls {
    pub(crate) config: Arc<ServerConfig>,
}

/// Why a certificate or an authority cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TlsError {
    #[error("it has no certificate")]
    NoCertificate,
    #[error(transparent)]
    Pem(#[from] pem::Error),
    #[error(transparent)]
    Rustls(#[from] rustls::Error),
    #[error(transparent)]
    Verifier(#[from] rustls::server::VerifierBuilderError),
}

impl ListenerTls {
    pub(super) fn new(
        provider: &Arc<CryptoProvider>,
        credentials: Vec<Credentials>,
        clients: Option<&ClientValidation>,
        protocol: Protocol,
    ) -> Result<Self, TlsError> {
        let mut keys = Vec::with_capacity(credentials.len());
        let mut usable = Vec::with_capacity(credentials.len());
        for one in credentials {
            match certified(provider, &one) {
                Ok(key) => {
                    keys.push((one.secret.clone(), Arc::new(key)));
                    usable.push(one);
                }
                Err(error) => tracing::warn!("the certificate of {} cannot be used: {error}", one.secret),
            }
        }
        if usable.is_empty() {
            return Err(TlsError::NoCertificate);
        }
        let builder = ServerConfig::builder_with_provider(Arc::clone(provider))
            .with_safe_default_protocol_versions()?;
        let builder = match clients {
            None => builder.with_no_client_auth(),
            Some(validation) => builder.with_client_cert_verifier(client::verifier(provider, validation)?),
        };
        let mut config = builder.with_cert_resolver(Arc::new(Shown { credentials: usable, keys }));
        if protocol == Protocol::Https {
            config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        }
        Ok(Self { config: Arc::new(config) })
    }
}

/// A chain with its key, as rustls takes them.
pub(super) fn certified(
    provider: &CryptoProvider,
    credentials: &Credentials,
) -> Result<CertifiedKey, TlsError> {
    let chain = CertificateDer::pem_slice_iter(&credentials.chain).collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_slice(&credentials.key)?;
    Ok(CertifiedKey::new(chain, provider.key_provider.load_private_key(key)?))
}

/// The certificates of a listener.
#[derive(Debug)]
struct Shown {
    credentials: Vec<Credentials>,
    keys: Vec<(NamespacedName, Arc<CertifiedKey>)>,
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let shown = Credentials::for_server_name(&self.credentials, hello.server_name())?;
        let key = self.keys.iter().find(|(secret, _)| *secret == shown.secret);
        key.map(|(_, key)| Arc::clone(key))
    }
}

/// Certificates of authorities, as rustls takes them.
pub(super) fn roots(authorities: &[Vec<u8>]) -> rustls::RootCertStore {
    let mut roots = rustls::RootCertStore::empty();
    for authority in authorities {
        if let Err(error) = roots.add(CertificateDer::from(authority.clone())) {
            tracing::warn!("an authority cannot be used: {error}");
        }
    }
    roots
}

/// The verifier of rustls for clients of some authorities.
pub(super) fn client_verifier(
    provider: &Arc<CryptoProvider>,
    authorities: &[Vec<u8>],
) -> Result<Arc<dyn rustls::server::danger::ClientCertVerifier>, TlsError> {
    let roots = Arc::new(roots(authorities));
    Ok(WebPkiClientVerifier::builder_with_provider(roots, Arc::clone(provider)).build()?)
}
