//! One listener: what it speaks, what it takes, and whether it can be used (ATT-050..079).

use alloc::string::{String, ToString};
use alloc::sync::Arc;

use crate::attach::certificates::{self, Certificates};
use crate::attach::conflicts::Conflict;
use crate::attach::frontend_validation::ClientValidation;
use crate::attach::hostname::HostPattern;
use crate::attach::kinds::{self, Protocol, RouteKinds, tls_mode};
use crate::attach::overlaps::Overlap;
use crate::attach::world::World;
use crate::key::{ListenerKey, ObjectKey};
use crate::model::{Listener, TlsMode};
use crate::profile::{Feature, Profile};

/// A listener of a Gateway or of a ListenerSet.
#[derive(Clone, Debug, PartialEq)]
pub struct ListenerNode {
    /// Who owns it and what it is called.
    pub key: ListenerKey,
    /// Its index in the owner's `spec.listeners`.
    pub index: usize,
    /// As written.
    pub spec: Listener,
    /// What it speaks.
    pub protocol: Protocol,
    /// Its port; `None` when the number is not a port.
    pub port: Option<u16>,
    /// Its hostname; every name for protocols without one.
    pub hostname: HostPattern,
    /// The kinds of Route it takes.
    pub kinds: RouteKinds,
    /// Its certificates.
    pub certificates: Certificates,
    /// How it validates client certificates: what the Gateway says about its port (ATT-080).
    pub client_validation: Option<Arc<ClientValidation>>,
    /// Why it is not accepted.
    pub refusal: Option<ListenerRefusal>,
    /// Listeners of the same port whose TLS configuration overlaps with its own.
    pub overlap: Option<Overlap>,
}

/// Why a listener is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListenerRefusal {
    /// Nobody here speaks this protocol (ATT-052).
    UnsupportedProtocol,
    /// The port cannot be opened (ATT-051).
    PortUnavailable,
    /// A field has a value that we do not know or cannot carry out (ATT-054).
    UnsupportedValue {
        /// The field, below the listener.
        path: &'static str,
        /// The value.
        value: String,
    },
    /// The Gateway takes no ListenerSet from this namespace, so that its listeners do not exist (ATT-012).
    NotAllowed,
    /// The Gateway has as many listeners as are allowed already (ATT-017).
    TooMany {
        /// How many those are.
        limit: usize,
    },
    /// It cannot be told apart from others (ATT-055).
    Conflict(Conflict),
    /// The controller cannot validate client certificates as the Gateway asks (ATT-054).
    UnsupportedValidation,
    /// No certificate authority that clients are validated against can be used (ATT-053).
    NoCertificateAuthority,
}

impl ListenerNode {
    pub(super) fn new(world: &World<'_>, owner: &ObjectKey, index: usize, spec: &Listener) -> Self {
        let protocol = Protocol::of(spec);
        let hostname = spec.hostname.as_deref().filter(|_| protocol.has_hostname());
        let mut node = Self {
            key: ListenerKey { owner: owner.clone(), section: spec.name.to_string() },
            index,
            protocol,
            port: spec.port.as_u16(),
            hostname: HostPattern::new(hostname),
            kinds: RouteKinds::of(spec, world.profile),
            certificates: certificates::resolve(world, owner, spec),
            client_validation: None,
            refusal: None,
            overlap: None,
            spec: spec.clone(),
        };
        if let Some(refusal) = refusal(world.profile, spec, protocol) {
            node.refuse(refusal);
        }
        node
    }

    /// Refuses the listener. One that cannot be understood takes no Routes at all (ATT-034, ATT-052,
    /// ATT-054); any other keeps them (ATT-148).
    pub(super) fn refuse(&mut self, refusal: ListenerRefusal) {
        let takes_routes = match &refusal {
            ListenerRefusal::UnsupportedProtocol
            | ListenerRefusal::UnsupportedValue { .. }
            | ListenerRefusal::UnsupportedValidation => false,
            ListenerRefusal::Conflict(conflict) => !conflict.mixed_modes,
            _ => true,
        };
        if !takes_routes {
            self.kinds = RouteKinds::default();
        }
        self.refusal = Some(refusal);
    }

    /// Whether it is valid and takes part in routing (MATCH-01).
    pub fn is_accepted(&self) -> bool {
        self.refusal.is_none()
    }

    /// Whether all that it refers to is there.
    pub fn is_resolved(&self) -> bool {
        let validation = self.client_validation.as_ref();
        self.certificates.problems.is_empty()
            && self.kinds.refused.is_empty()
            && validation.is_none_or(|validation| validation.problems.is_empty())
    }

    /// Whether TLS ends here: HTTPS, or TLS in mode Terminate (MATCH-73).
    pub fn ends_tls(&self) -> bool {
        kinds::terminates_tls(&self.spec)
    }

    /// Whether it can serve: accepted, and with every certificate usable (ATT-067, ATT-075). Its Gateway
    /// may still be what holds it back.
    pub fn is_programmed(&self) -> bool {
        self.is_accepted() && self.certificates.problems.is_empty()
    }
}

/// What can be said without looking at other listeners.
fn refusal(profile: &Profile, spec: &Listener, protocol: Protocol) -> Option<ListenerRefusal> {
    if !protocol.is_supported(profile) {
        return Some(ListenerRefusal::UnsupportedProtocol);
    }
    if spec.port.as_u16().is_none() {
        return Some(ListenerRefusal::PortUnavailable);
    }
    let mode = tls_mode(spec);
    let supported = match (protocol, &mode) {
        (Protocol::Https, mode) => *mode == TlsMode::Terminate,
        (Protocol::Tls, TlsMode::Terminate) => profile.supports(Feature::TlsRouteModeTerminate),
        (Protocol::Tls, mode) => *mode == TlsMode::Passthrough,
        _ => true,
    };
    (!supported)
        .then(|| ListenerRefusal::UnsupportedValue { path: "tls.mode", value: mode.as_str().to_string() })
}
