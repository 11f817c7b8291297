//! What a backend's port speaks, and whether a Route can (FILT-150..154, FILT-161).

use alloc::string::ToString;

use crate::attach::backend::BackendProblem;
use crate::attach::rule::Scope;
use crate::model::{ObjectKind, XBackend, XBackendProtocol};
use crate::profile::{Feature, UnknownAppProtocol};

/// Values of this domain have a meaning; what others mean is the profile's to say (AMBIG-52).
const STANDARD: &str = "kubernetes.io/";

/// What the port of a backend declares to speak. Without a word of it the Route's kind decides (FILT-151).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BackendProtocol {
    /// HTTP/2 in plain, from the first byte.
    H2c,
    /// WebSocket.
    Ws,
    /// WebSocket over TLS.
    Wss,
}

impl BackendProtocol {
    /// The word for it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::H2c => "H2C",
            Self::Ws => "WS",
            Self::Wss => "WSS",
        }
    }
}

/// A port of a Service or ServiceImport.
#[derive(Clone, Copy)]
pub(super) struct SpokenPort<'s> {
    pub(super) name: Option<&'s str>,
    /// `TCP`, `UDP` or `SCTP`.
    pub(super) protocol: &'s str,
    pub(super) app_protocol: Option<&'s str>,
}

impl SpokenPort<'_> {
    pub(super) fn speaks(&self) -> Option<BackendProtocol> {
        match self.app_protocol? {
            "kubernetes.io/h2c" => Some(BackendProtocol::H2c),
            "kubernetes.io/ws" => Some(BackendProtocol::Ws),
            "kubernetes.io/wss" => Some(BackendProtocol::Wss),
            _ => None,
        }
    }
}

/// The first of the ports of one number that the Route can use, as a Service may have TCP and UDP on one
/// number (FILT-153). `missing` is the answer when there is none.
pub(super) fn usable<'s>(
    scope: Scope<'_>,
    ports: impl Iterator<Item = SpokenPort<'s>>,
    has_tls: bool,
    missing: impl FnOnce() -> BackendProblem,
) -> Result<SpokenPort<'s>, BackendProblem> {
    let mut verdict = None;
    for port in ports {
        match judge(scope, port, has_tls) {
            None => return Ok(port),
            Some(problem) => verdict = verdict.or(Some(problem)),
        }
    }
    Err(verdict.unwrap_or_else(missing))
}

fn judge(scope: Scope<'_>, port: SpokenPort<'_>, has_tls: bool) -> Option<BackendProblem> {
    let refuse =
        |found: &str, remedy| Some(BackendProblem::UnsupportedProtocol { found: found.to_string(), remedy });
    // FILT-154
    let wanted = if scope.kind == ObjectKind::UdpRoute { "UDP" } else { "TCP" };
    if port.protocol != wanted {
        let remedy = if wanted == "UDP" { "use a UDP port" } else { "use a TCP port" };
        return refuse(port.protocol, remedy);
    }
    let app_protocol = port.app_protocol?;
    if !app_protocol.starts_with(STANDARD) {
        let passes = matches!(scope.kind, ObjectKind::TlsRoute | ObjectKind::TcpRoute | ObjectKind::UdpRoute);
        return match scope.world.profile.choices.unknown_app_protocol {
            UnknownAppProtocol::Refuse if !passes => refuse(app_protocol, "use a port without appProtocol"),
            UnknownAppProtocol::Refuse | UnknownAppProtocol::Ignore => None,
        };
    }
    let needs = |feature| {
        let remedy = "use a port of another appProtocol, or a controller with the feature for it";
        if scope.world.profile.supports(feature) { None } else { refuse(app_protocol, remedy) }
    };
    match (scope.kind, app_protocol) {
        // Bytes are passed on as they come.
        (ObjectKind::TlsRoute | ObjectKind::TcpRoute | ObjectKind::UdpRoute, _)
        | (ObjectKind::GrpcRoute, "kubernetes.io/h2c") => None,
        (ObjectKind::HttpRoute, "kubernetes.io/h2c") => needs(Feature::HttpRouteBackendProtocolH2c),
        (ObjectKind::HttpRoute, "kubernetes.io/ws") => needs(Feature::HttpRouteBackendProtocolWebSocket),
        (ObjectKind::HttpRoute, "kubernetes.io/wss") if has_tls => {
            needs(Feature::HttpRouteBackendProtocolWebSocket)
        }
        (ObjectKind::HttpRoute, "kubernetes.io/wss") => refuse(
            app_protocol,
            "add a BackendTLSPolicy for the Service, or use a port of another appProtocol",
        ),
        (ObjectKind::GrpcRoute, _) => {
            refuse(app_protocol, "use a port with appProtocol kubernetes.io/h2c or none")
        }
        _ => refuse(app_protocol, "use a port with appProtocol kubernetes.io/h2c, kubernetes.io/ws or none"),
    }
}

pub(super) fn of_x_backend(kind: ObjectKind, backend: &XBackend) -> Option<BackendProblem> {
    let refuse =
        |found: &str, remedy| Some(BackendProblem::UnsupportedProtocol { found: found.to_string(), remedy });
    match (kind, backend.spec.protocol.as_ref()) {
        (ObjectKind::UdpRoute, protocol) => {
            let found = protocol.map_or("TCP", XBackendProtocol::as_str);
            refuse(found, "refer to a UDP port of a Service")
        }
        // gRPC needs HTTP/2.
        (ObjectKind::GrpcRoute, Some(XBackendProtocol::Http11)) => {
            refuse("HTTP11", "use an XBackend with protocol HTTP2 or H2C")
        }
        _ => None,
    }
}
