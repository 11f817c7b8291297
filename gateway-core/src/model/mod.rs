//! What a user writes: the kinds of the Gateway API v1.6.1 and what they name of the core kinds.
//!
//! Plain data with the names of Kubernetes. A field that the schema requires is a plain type, every other
//! is an [`Option`], so that *absent* and *empty* stay different. Values the API server would fill in are
//! methods beside the fields ([`ParentReference::kind`]), or are written in for good by
//! [`Object::apply_defaults`]. Words and texts outside their schema are kept as written: judging them is
//! the work of `validate`.
//!
//! [`Object::read`] takes any [`Value`] and reads as much of it as there is; what it could not read is in
//! the [`ReadFinding`]s. The types themselves implement serde and refuse what [`Object::read`] forgives.

mod backend_references;
mod backend_tls_policy;
mod base64;
mod condition;
mod config_map;
mod cors_filter;
mod defaults;
mod duration;
mod endpoint_slice;
mod enums;
mod external_auth_filter;
mod gateway;
mod gateway_class;
mod gateway_tls;
mod grpc_route;
mod header_filter;
mod http_filter;
mod http_match;
mod http_route;
mod int_or_string;
mod kind;
mod label_selector;
mod listener;
mod listener_set;
mod macros;
mod metadata;
mod mirror_filter;
mod namespace;
mod object;
mod policy_status;
mod read;
mod redirect_filter;
mod reference_grant;
mod references;
mod route_status;
mod scalars;
mod secret;
mod service;
mod service_import;
mod session_persistence;
mod tcp_route;
mod timestamp;
mod tls_route;
mod udp_route;
mod value;
mod x_backend;
mod x_backend_traffic_policy;
mod x_mesh;

pub use backend_references::{BackendObjectReference, BackendRef, BackendTarget};
pub use backend_tls_policy::{
    BackendTlsPolicy, BackendTlsPolicySpec, BackendTlsPolicyValidation, SubjectAltName,
};
pub use condition::Condition;
pub use config_map::ConfigMap;
pub use cors_filter::HttpCorsFilter;
pub use duration::{DurationError, GatewayDuration};
pub use endpoint_slice::{Endpoint, EndpointConditions, EndpointPort, EndpointSlice};
pub use enums::*;
pub use external_auth_filter::{ForwardBodyConfig, GrpcAuthConfig, HttpAuthConfig, HttpExternalAuthFilter};
pub use gateway::{
    AllowedListeners, Gateway, GatewayInfrastructure, GatewaySpec, GatewaySpecAddress, GatewayStatus,
    GatewayStatusAddress, ListenerNamespaces,
};
pub use gateway_class::{GatewayClass, GatewayClassSpec, GatewayClassStatus, SupportedFeature};
pub use gateway_tls::{
    FrontendTlsConfig, FrontendTlsValidation, GatewayBackendTls, GatewayTlsConfig, TlsConfig, TlsPortConfig,
};
pub use grpc_route::{
    GrpcBackendRef, GrpcHeaderMatch, GrpcMethodMatch, GrpcRoute, GrpcRouteFilter, GrpcRouteMatch,
    GrpcRouteRule, GrpcRouteSpec,
};
pub use header_filter::{HttpHeader, HttpHeaderFilter};
pub use http_filter::HttpRouteFilter;
pub use http_match::{HttpHeaderMatch, HttpPathMatch, HttpQueryParamMatch, HttpRouteMatch};
pub use http_route::{
    HttpBackendRef, HttpRoute, HttpRouteRetry, HttpRouteRule, HttpRouteSpec, HttpRouteTimeouts,
};
pub use int_or_string::IntOrString;
pub use kind::{GATEWAY_GROUP, ObjectKind, Version, XGATEWAY_GROUP};
pub use label_selector::{LabelSelector, LabelSelectorRequirement};
pub use listener::{
    AllowedRoutes, Listener, ListenerEntry, ListenerEntryStatus, ListenerStatus, ListenerTlsConfig,
    RouteNamespaces,
};
pub use listener_set::{ListenerSet, ListenerSetSpec, ListenerSetStatus};
pub use metadata::ObjectMeta;
pub use mirror_filter::{Fraction, HttpRequestMirrorFilter};
pub use namespace::Namespace;
pub use object::Object;
pub use policy_status::{PolicyAncestorStatus, PolicyStatus};
pub use read::{FieldPath, PathSegment, Read, ReadError, ReadFinding, ReadFindingKind};
pub use redirect_filter::{HttpPathModifier, HttpRequestRedirectFilter, HttpUrlRewriteFilter};
pub use reference_grant::{ReferenceGrant, ReferenceGrantFrom, ReferenceGrantSpec, ReferenceGrantTo};
pub use references::{
    LocalObjectReference, LocalPolicyTargetReference, LocalPolicyTargetReferenceWithSectionName,
    ObjectReference, ParametersReference, ParentGatewayReference, ParentReference, RouteGroupKind,
    SecretObjectReference,
};
pub use route_status::{RouteParentStatus, RouteStatus};
pub use scalars::*;
pub use secret::Secret;
pub use service::{Service, ServicePort, ServiceSpec};
pub use service_import::{ServiceImport, ServiceImportPort, ServiceImportSpec};
pub use session_persistence::{CookieConfig, SessionPersistence};
pub use tcp_route::{TcpRoute, TcpRouteRule, TcpRouteSpec};
pub use timestamp::Timestamp;
pub use tls_route::{TlsRoute, TlsRouteRule, TlsRouteSpec};
pub use udp_route::{UdpRoute, UdpRouteRule, UdpRouteSpec};
pub use value::{Bool, JsonType, Number, Value};
pub use x_backend::{
    XBackend, XBackendExternalHostname, XBackendParentStatus, XBackendPort, XBackendSpec, XBackendStatus,
    XBackendTls,
};
pub use x_backend_traffic_policy::{
    BudgetDetails, RequestRate, RetryConstraint, XBackendTrafficPolicy, XBackendTrafficPolicySpec,
};
pub use x_mesh::{XMesh, XMeshSpec, XMeshStatus};
