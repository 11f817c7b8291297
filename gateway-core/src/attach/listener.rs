//! One listener: what it speaks, what it takes, and whether it can be used (ATT-050..079).

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::attach::certificates::{self, Certificates};
use crate::attach::conflicts::Conflict;
use crate::attach::hostname::HostPattern;
use crate::attach::kinds::{Protocol, RouteKinds};
use crate::attach::world::World;
use crate::key::{ListenerKey, ObjectKey};
use crate::model::{Listener, ListenerTlsConfig, TlsMode};

/// A listener of a Gateway.
#[derive(Clone, Debug)]
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
    /// Why it is not accepted.
    pub refusal: Option<ListenerRefusal>,
    /// Names of listeners with overlapping TLS hostnames on the same port.
    pub overlaps: Vec<String>,
    /// How many Routes are attached (ATT-120).
    pub attached_routes: usize,
}

/// Why a listener is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListenerRefusal {
    /// Nobody here speaks this protocol (ATT-052).
    UnsupportedProtocol,
    /// The port cannot be opened (ATT-051).
    PortUnavailable,
    /// A field has a value that we do not know (ATT-054).
    UnsupportedValue {
        /// The field, below the listener.
        path: &'static str,
        /// The value.
        value: String,
    },
    /// It cannot be told apart from others (ATT-055).
    Conflict(Conflict),
}

impl ListenerNode {
    pub(crate) fn new(world: &World<'_>, owner: &ObjectKey, index: usize, spec: &Listener) -> Self {
        let protocol = Protocol::of(spec);
        let refusal = refusal(spec, protocol);
        // A listener that cannot be understood takes no Routes at all (ATT-052, ATT-054).
        let takes_routes = !matches!(
            refusal,
            Some(ListenerRefusal::UnsupportedProtocol | ListenerRefusal::UnsupportedValue { .. })
        );
        let hostname = spec.hostname.as_deref().filter(|_| protocol.has_hostname());
        Self {
            key: ListenerKey { owner: owner.clone(), section: spec.name.to_string() },
            index,
            protocol,
            port: spec.port.as_u16(),
            hostname: HostPattern::new(hostname),
            kinds: if takes_routes { RouteKinds::of(spec) } else { RouteKinds::default() },
            certificates: certificates::resolve(world, owner, spec),
            refusal,
            overlaps: Vec::new(),
            attached_routes: 0,
            spec: spec.clone(),
        }
    }

    /// Whether it is valid and takes part in routing (MATCH-01).
    pub fn is_accepted(&self) -> bool {
        self.refusal.is_none()
    }

    /// Whether all that it refers to is there.
    pub fn is_resolved(&self) -> bool {
        self.certificates.problems.is_empty() && self.kinds.refused.is_empty()
    }

    /// Whether it can serve: accepted, and with every certificate usable (ATT-067, ATT-075).
    pub fn is_programmed(&self) -> bool {
        self.is_accepted() && self.certificates.problems.is_empty()
    }
}

fn refusal(spec: &Listener, protocol: Protocol) -> Option<ListenerRefusal> {
    if protocol == Protocol::Other {
        return Some(ListenerRefusal::UnsupportedProtocol);
    }
    if spec.port.as_u16().is_none() {
        return Some(ListenerRefusal::PortUnavailable);
    }
    let mode = spec.tls.as_ref().map(ListenerTlsConfig::mode)?;
    let known = match protocol {
        Protocol::Tls => matches!(mode, TlsMode::Terminate | TlsMode::Passthrough),
        Protocol::Https => mode == TlsMode::Terminate,
        _ => true,
    };
    (!known).then(|| ListenerRefusal::UnsupportedValue { path: "tls.mode", value: mode.as_str().to_string() })
}
