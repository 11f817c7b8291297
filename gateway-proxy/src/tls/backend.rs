//! TLS towards backends, as the engine's `Security` says.

use std::io;
use std::sync::{Arc, OnceLock};

use gateway_core::{Authorities, Credentials, Security, SpokenHttp};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::client::ResolvesClientCert;
use tokio_rustls::rustls::crypto::CryptoProvider;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, SignatureScheme};

use crate::tls::identity::Identity;
use crate::tls::listener::{TlsError, certified, roots};

/// Why a connection to a backend is not secured.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TlsFault {
    #[error("what it should be secured with cannot be used: {0}")]
    Unusable(Arc<TlsError>),
    #[error("`{0}` is no server name")]
    ServerName(String),
    #[error(transparent)]
    Handshake(#[from] io::Error),
}

/// How connections to a backend are secured.
#[derive(Debug)]
pub(crate) struct UpstreamTls {
    server_name: String,
    configs: Result<Configs, Arc<TlsError>>,
}

/// The same by what is offered to the backend.
#[derive(Debug)]
struct Configs {
    http1: Arc<ClientConfig>,
    http2: Arc<ClientConfig>,
    any: Arc<ClientConfig>,
    plain: Arc<ClientConfig>,
}

impl UpstreamTls {
    pub(super) fn new(provider: &Arc<CryptoProvider>, security: Security) -> Self {
        let server_name = security.server_name.clone();
        let configs = Configs::new(provider, security).map_err(|error| {
            tracing::warn!("connections as {server_name} cannot be secured: {error}");
            Arc::new(error)
        });
        Self { server_name, configs }
    }

    /// Secures a connection; with `spoken`, for HTTP.
    pub(crate) async fn connect<S>(
        &self,
        stream: S,
        spoken: Option<SpokenHttp>,
    ) -> Result<TlsStream<S>, TlsFault>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let configs = self.configs.as_ref().map_err(|error| TlsFault::Unusable(Arc::clone(error)))?;
        let config = match spoken {
            Some(SpokenHttp::Http1) => &configs.http1,
            Some(SpokenHttp::Http2) => &configs.http2,
            Some(SpokenHttp::Any) => &configs.any,
            None => &configs.plain,
        };
        let name = ServerName::try_from(self.server_name.clone())
            .map_err(|_| TlsFault::ServerName(self.server_name.clone()))?;
        Ok(TlsConnector::from(Arc::clone(config)).connect(name, stream).await?)
    }
}

impl Configs {
    fn new(provider: &Arc<CryptoProvider>, security: Security) -> Result<Self, TlsError> {
        let roots = match &security.authorities {
            Authorities::System => system_roots(),
            Authorities::Certificates(all) => Arc::new(roots(all)),
        };
        let shown = security.client_certificate.as_ref();
        let shown = shown.map(|credentials: &Credentials| certified(provider, credentials)).transpose()?;
        let identity = Identity { roots, security, algorithms: provider.signature_verification_algorithms };
        let builder = ClientConfig::builder_with_provider(Arc::clone(provider))
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(identity));
        let plain = match shown {
            None => builder.with_no_client_auth(),
            Some(key) => builder.with_client_cert_resolver(Arc::new(Shown(Arc::new(key)))),
        };
        let offering = |protocols: &[&[u8]]| {
            let mut config = plain.clone();
            config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
            Arc::new(config)
        };
        Ok(Self {
            http1: offering(&[b"http/1.1"]),
            http2: offering(&[b"h2"]),
            any: offering(&[b"h2", b"http/1.1"]),
            plain: Arc::new(plain),
        })
    }
}

/// The certificate that is shown to whoever asks.
#[derive(Debug)]
struct Shown(Arc<CertifiedKey>);

impl ResolvesClientCert for Shown {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }

    fn has_certs(&self) -> bool {
        true
    }
}

/// Whom the system trusts; read once.
fn system_roots() -> Arc<RootCertStore> {
    static ROOTS: OnceLock<Arc<RootCertStore>> = OnceLock::new();
    let read = || {
        let mut roots = RootCertStore::empty();
        let found = rustls_native_certs::load_native_certs();
        for error in &found.errors {
            tracing::warn!("the system's authorities: {error}");
        }
        roots.add_parsable_certificates(found.certs);
        Arc::new(roots)
    };
    Arc::clone(ROOTS.get_or_init(read))
}
