//! Which kinds of Route a listener takes (ATT-077, ATT-078).

use alloc::vec::Vec;

use crate::model::{Group, Kind, Listener, ListenerTlsConfig, ObjectKind, RouteGroupKind, TlsMode};
use crate::profile::{Feature, Profile};

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

    /// Whether the controller implements a kind of Route that it carries; else it does not speak the
    /// protocol either (ATT-032, ATT-052).
    pub(super) fn is_supported(self, profile: &Profile) -> bool {
        !implied(self, profile).is_empty()
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
    /// Listed in `allowedRoutes.kinds` but not possible with the protocol, or not implemented.
    pub refused: Vec<RouteGroupKind>,
}

impl RouteKinds {
    /// The kinds of a listener: what it lists and its protocol can carry, in the listed order, or
    /// all that its protocol can carry; of both only what is implemented.
    pub(super) fn of(listener: &Listener, profile: &Profile) -> Self {
        let possible = implied(Protocol::of(listener), profile);
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

/// The kinds that a protocol carries and the controller implements.
fn implied(protocol: Protocol, profile: &Profile) -> Vec<ObjectKind> {
    let kinds = match protocol {
        Protocol::Http | Protocol::Https => {
            &[(ObjectKind::HttpRoute, Feature::HttpRoute), (ObjectKind::GrpcRoute, Feature::GrpcRoute)][..]
        }
        Protocol::Tls => &[(ObjectKind::TlsRoute, Feature::TlsRoute)],
        Protocol::Tcp => &[(ObjectKind::TcpRoute, Feature::TcpRoute)],
        Protocol::Udp => &[(ObjectKind::UdpRoute, Feature::UdpRoute)],
        Protocol::Other => &[],
    };
    kinds.iter().filter(|(_, feature)| profile.supports(*feature)).map(|(kind, _)| *kind).collect()
}

fn group_kind(kind: ObjectKind) -> RouteGroupKind {
    RouteGroupKind { group: Some(Group::from(kind.group())), kind: Kind::from(kind.kind()) }
}

/// What becomes of TLS; without `tls` it ends at the listener (MODEL-LTLS-02).
pub(super) fn tls_mode(listener: &Listener) -> TlsMode {
    listener.tls.as_ref().map_or(TlsMode::Terminate, ListenerTlsConfig::mode)
}

/// Whether TLS ends at the listener: HTTPS, or TLS in mode Terminate.
pub(super) fn terminates_tls(listener: &Listener) -> bool {
    match Protocol::of(listener) {
        Protocol::Https => true,
        Protocol::Tls => tls_mode(listener) == TlsMode::Terminate,
        _ => false,
    }
}
