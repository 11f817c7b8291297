//! Which HTTP a backend is spoken to in (FILT-150, FILT-151).

use crate::act::Forward;
use crate::act::choose::is_answered_as_call;
use crate::attach::BackendProtocol;
use crate::matching::RequestView;
use crate::model::ExternalAuthProtocol;
use crate::table::{ExternalAuth, Target};

/// Which HTTP a backend is spoken to in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpokenHttp {
    /// HTTP/1.1.
    Http1,
    /// HTTP/2: over TLS by ALPN, otherwise from the first byte.
    Http2,
    /// The backend chooses over TLS, by ALPN; otherwise HTTP/1.1.
    Any,
}

impl SpokenHttp {
    fn new(target: &Target, is_call: bool) -> Self {
        match target.protocol {
            Some(BackendProtocol::H2c) => Self::Http2,
            Some(BackendProtocol::Ws | BackendProtocol::Wss) => Self::Http1,
            // FILT-151: calls end with trailers, which HTTP/2 is needed for.
            None if is_call => Self::Http2,
            None => Self::Any,
        }
    }
}

impl Forward<'_> {
    /// Which HTTP the backend is spoken to in. A request that asks for another protocol (`Upgrade`) is left
    /// to HTTP/1.1 unless this says [`SpokenHttp::Http2`].
    pub fn spoken(&self, request: &impl RequestView) -> SpokenHttp {
        self.spoken_to(&self.backend.target, request)
    }

    /// The same for the receiver of a mirror.
    pub fn spoken_to(&self, target: &Target, request: &impl RequestView) -> SpokenHttp {
        SpokenHttp::new(target, is_answered_as_call(Some(self.entry), request))
    }
}

impl ExternalAuth {
    /// Which HTTP the authorization server is spoken to in (FILT-083).
    pub fn spoken(&self) -> SpokenHttp {
        SpokenHttp::new(&self.target, self.protocol == ExternalAuthProtocol::Grpc)
    }
}
