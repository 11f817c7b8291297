//! Which kinds of Route a listener takes (ATT-077, ATT-078).

use alloc::vec;
use alloc::vec::Vec;

use crate::model::{Group, Kind, Listener, ObjectKind, RouteGroupKind, TlsMode};

/// What a listener speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// Plain HTTP.
    Http,
    /// HTTP over TLS that ends here.
    Https,
    /// TLS, ended here or passed through.
    Tls,
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// A protocol that we do not know.
    Other,
}

impl Protocol {
    /// The protocol of a listener.
    pub fn of(listener: &Listener) -> Self {
        match &*listener.protocol {
            "HTTP" => Self::Http,
            "HTTPS" => Self::Https,
            "TLS" => Self::Tls,
            "TCP" => Self::Tcp,
            "UDP" => Self::Udp,
            _ => Self::Other,
        }
    }

    /// Whether requests are told apart by hostname.
    pub fn has_hostname(self) -> bool {
        matches!(self, Self::Http | Self::Https | Self::Tls)
    }

    /// Whether HTTP requests arrive here.
    pub fn carries_http(self) -> bool {
        matches!(self, Self::Http | Self::Https)
    }
}

/// Kinds that a listener takes, and kinds it lists but cannot take.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RouteKinds {
    /// `status.supportedKinds`.
    pub supported: Vec<RouteGroupKind>,
    /// Listed in `allowedRoutes.kinds` but not possible with the protocol.
    pub refused: Vec<RouteGroupKind>,
}

impl RouteKinds {
    /// The kinds of a listener: what it lists and its protocol can carry, in the listed order, or
    /// all that its protocol can carry.
    pub fn of(listener: &Listener) -> Self {
        let possible = implied(Protocol::of(listener));
        let listed = listener.allowed_routes.as_ref().and_then(|allowed| allowed.kinds.as_deref());
        let listed = listed.unwrap_or_default();
        if listed.is_empty() {
            return Self { supported: possible.into_iter().map(group_kind).collect(), refused: Vec::new() };
        }
        let explicit = listed
            .iter()
            .map(|kind| RouteGroupKind { group: Some(Group::from(kind.group())), kind: kind.kind.clone() });
        let (supported, refused) = explicit.partition(|kind| {
            ObjectKind::from_group_kind(kind.group(), &kind.kind).is_some_and(|kind| possible.contains(&kind))
        });
        Self { supported, refused }
    }

    /// Whether a Route of this kind may attach.
    pub fn take(&self, kind: ObjectKind) -> bool {
        self.supported
            .iter()
            .any(|supported| supported.group() == kind.group() && supported.kind == *kind.kind())
    }
}

fn implied(protocol: Protocol) -> Vec<ObjectKind> {
    match protocol {
        Protocol::Http | Protocol::Https => vec![ObjectKind::HttpRoute, ObjectKind::GrpcRoute],
        Protocol::Tls => vec![ObjectKind::TlsRoute],
        Protocol::Tcp => vec![ObjectKind::TcpRoute],
        Protocol::Udp => vec![ObjectKind::UdpRoute],
        Protocol::Other => Vec::new(),
    }
}

fn group_kind(kind: ObjectKind) -> RouteGroupKind {
    RouteGroupKind { group: Some(Group::from(kind.group())), kind: Kind::from(kind.kind()) }
}

/// Whether TLS ends at the listener: HTTPS, or TLS in mode Terminate (MODEL-LTLS-02).
pub(crate) fn terminates_tls(listener: &Listener) -> bool {
    match Protocol::of(listener) {
        Protocol::Https => true,
        Protocol::Tls => listener.tls.as_ref().is_none_or(|tls| tls.mode() == TlsMode::Terminate),
        _ => false,
    }
}
