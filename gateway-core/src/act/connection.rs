//! What becomes of a connection, or of a flow of datagrams (MATCH-70..83, FILT-116..118).

use crate::act::{Draw, Reason, choose};
use crate::attach::{Endpoints, Protocol};
use crate::key::NamespacedName;
use crate::profile::Choices;
use crate::table::{Backend, ConnectionEntry, ListenerTable, Rule, UpstreamTls};

/// What to do with a connection. Borrows from the router.
#[derive(Clone, Copy, Debug)]
pub enum Connection<'r> {
    /// Pass its bytes to a backend.
    Forward(Pass<'r>),
    /// Close it at once; drop the datagram.
    Reject(Reject<'r>),
    /// It carries HTTP: each request is decided by itself. The listener is not known yet where only the
    /// requests name a host.
    Http(Option<&'r ListenerTable>),
}

/// A connection to pass on.
#[derive(Clone, Copy, Debug)]
pub struct Pass<'r> {
    /// The listener that took it.
    pub listener: &'r ListenerTable,
    /// The entry that matched.
    pub entry: &'r ConnectionEntry,
    /// The backend that was drawn.
    pub backend: &'r Backend,
}

/// A connection to close.
#[derive(Clone, Copy, Debug)]
pub struct Reject<'r> {
    /// Why.
    pub reason: Reason,
    /// The listener that took it, if one did.
    pub listener: Option<&'r ListenerTable>,
    /// The entry that matched, if one did.
    pub entry: Option<&'r ConnectionEntry>,
}

/// What a listener for TLS does with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TlsHandling {
    /// It ends at the listener.
    Terminate,
    /// It goes on to the backend as it is.
    Passthrough,
}

impl TlsHandling {
    /// The word for it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Terminate => "Terminate",
            Self::Passthrough => "Passthrough",
        }
    }
}

impl<'r> Pass<'r> {
    /// The rule that is carried out.
    pub fn rule(&self) -> &'r Rule {
        &self.entry.rule
    }

    /// What becomes of the client's TLS; `None` where the listener looks at none (MATCH-73).
    pub fn tls(&self) -> Option<TlsHandling> {
        let ending = if self.listener.ends_tls { TlsHandling::Terminate } else { TlsHandling::Passthrough };
        (self.listener.protocol == Protocol::Tls).then_some(ending)
    }

    /// How the connection to the backend is secured; `None` without a BackendTLSPolicy, and where bytes
    /// pass as they come (FILT-170).
    pub fn upstream_tls(&self) -> Option<&'r UpstreamTls> {
        self.backend.target.tls.as_deref()
    }

    /// The Secret with the certificate to show when the backend asks for one over TLS (FILT-176).
    pub fn client_certificate(&self) -> Option<&'r NamespacedName> {
        self.listener.client_certificate.as_deref()
    }
}

/// Carries out what a listener found for a connection: by weight, as for requests (FILT-104).
pub(crate) fn connect<'r>(
    listener: &'r ListenerTable,
    entry: Option<&'r ConnectionEntry>,
    draw: Draw,
    choices: Choices,
) -> Connection<'r> {
    let reject = |reason| Connection::Reject(Reject { reason, listener: Some(listener), entry });
    let Some(entry) = entry else { return reject(Reason::NoMatchingRoute) };
    let Some(backend) = choose::drawn(listener, &entry.rule, draw, choices) else {
        return reject(Reason::NoBackends);
    };
    if !backend.target.valid {
        return reject(Reason::InvalidBackend);
    }
    if backend.target.endpoints == Endpoints::NoneReady {
        return reject(Reason::NoEndpoints);
    }
    Connection::Forward(Pass { listener, entry, backend })
}
