//! The JSON of a decision: `docs/decision.md`.

use gateway_core::model::{
    ForwardBodyConfig, GrpcAuthConfig, HttpAuthConfig, HttpRouteRetry, LocalObjectReference,
    SessionPersistence, SubjectAltName,
};
use serde::Serialize;

use crate::world::route::Route;

/// What becomes of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "decision", rename_all = "lowercase")]
pub enum Decision {
    /// It goes to a backend.
    Forward(Box<Forward>),
    /// The client is sent elsewhere.
    Redirect(Redirect),
    /// The gateway answers by itself.
    Respond(Respond),
}

/// Which rule it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Origin {
    /// The listener; `null` if none took the request, and in a mesh.
    pub listener: Option<ListenerName>,
    /// The Service and port that the request was for, in a mesh.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceName>,
    /// The Route.
    pub route: Option<RouteName>,
    /// Index of the rule.
    pub rule: Option<usize>,
    /// Name of the rule.
    pub rule_name: Option<String>,
    /// Index of the match in the rule.
    pub r#match: Option<usize>,
}

/// It goes to a backend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Forward {
    /// Which rule it was.
    #[serde(flatten)]
    pub origin: Origin,
    /// Every backend of the rule.
    pub backends: Vec<WeightedBackend>,
    /// The backend that was drawn.
    pub backend: BackendName,
    /// The request that it sees.
    pub upstream: Upstream,
    /// Changes to the response.
    pub response: Edits,
    /// Copies that are sent.
    pub mirrors: Vec<Mirror>,
    /// Limits of time.
    pub timeouts: Timeouts,
    /// When to try again, as the Route writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry: Option<HttpRouteRetry>,
    /// How the client stays with its backend, as the Route writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_persistence: Option<SessionPersistence>,
    /// Who must be asked first, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub external_auth: Vec<Auth>,
    /// What the port of the backend speaks (FILT-150): `H2C`, `WS`, `WSS`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// How the connection to the backend is secured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_tls: Option<UpstreamTls>,
}

/// The client is sent elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Redirect {
    /// Which rule it was.
    #[serde(flatten)]
    pub origin: Origin,
    /// The HTTP status.
    pub status: i32,
    /// Where to.
    pub location: String,
    /// Changes to the response.
    pub response: Edits,
}

/// The gateway answers by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Respond {
    /// Which rule it was.
    #[serde(flatten)]
    pub origin: Origin,
    /// The HTTP status.
    pub status: u16,
    /// Why.
    pub reason: &'static str,
    /// The gRPC status, when a gRPC call is answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grpc_status: Option<u8>,
    /// Headers of the answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// Every backend of the rule, if there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub backends: Vec<WeightedBackend>,
}

/// A listener.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListenerName {
    /// `Gateway` or `ListenerSet`.
    pub kind: String,
    /// The owner's namespace.
    pub namespace: String,
    /// The owner's name.
    pub name: String,
    /// The listener's own name.
    pub section: String,
}

/// A Route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RouteName {
    /// Its kind.
    pub kind: String,
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

impl RouteName {
    pub(crate) fn of(route: &Route) -> Self {
        Self {
            kind: route.kind.kind().to_owned(),
            namespace: route.namespace.clone(),
            name: route.name.clone(),
        }
    }
}

/// A port of a Service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceName {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// The port.
    pub port: i32,
}

/// A backend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BackendName {
    /// Its kind.
    pub kind: String,
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// The port.
    pub port: Option<i32>,
}

/// A backend in a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WeightedBackend {
    /// Which.
    #[serde(flatten)]
    pub backend: BackendName,
    /// Its weight.
    pub weight: i32,
    /// Whether it can be used.
    pub valid: bool,
}

/// A copy that is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Mirror {
    /// Where to.
    pub backend: BackendName,
    /// What the port there speaks (FILT-150).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// How the connection there is secured (FILT-063).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_tls: Option<UpstreamTls>,
}

/// The request that a backend sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Upstream {
    /// The method.
    pub method: String,
    /// `Host` or `:authority`.
    pub authority: String,
    /// The path.
    pub path: String,
    /// The query without `?`.
    pub query: Option<String>,
    /// All headers but `Host`, in order.
    pub headers: Vec<(String, String)>,
}

/// Changes to a response, each header once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Edits {
    /// Replace all values.
    pub set: Vec<(String, String)>,
    /// Append, joined with a comma.
    pub add: Vec<(String, String)>,
    /// Delete all values.
    pub remove: Vec<String>,
}

/// Limits of time, as the Route writes them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Timeouts {
    /// For the whole exchange.
    pub request: Option<String>,
    /// For each try.
    pub backend_request: Option<String>,
}

/// Who must be asked before a request goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Auth {
    /// `HTTP` or `GRPC`.
    pub protocol: String,
    /// Whom to ask.
    pub backend: BackendName,
    /// How the connection there is secured (FILT-091).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_tls: Option<UpstreamTls>,
    /// As the Route writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http: Option<HttpAuthConfig>,
    /// As the Route writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grpc: Option<GrpcAuthConfig>,
    /// As the Route writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forward_body: Option<ForwardBodyConfig>,
}

/// How the connection to a backend is secured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpstreamTls {
    /// The BackendTLSPolicy, as `namespace/name`.
    pub policy: String,
    /// The server name to send (FILT-171).
    pub server_name: String,
    /// FILT-172.
    pub subject_alt_names: Vec<SubjectAltName>,
    /// The authorities.
    pub ca_certificate_refs: Vec<LocalObjectReference>,
    /// `System`, when the policy says so.
    pub well_known_ca_certificates: Option<String>,
    /// FILT-176: the Secret of the Gateway's own certificate, as `namespace/name`.
    pub client_certificate: Option<String>,
}
