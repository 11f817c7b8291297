//! The schemas of the thirteen kinds as tables: every field with its MODEL id, its limits and its default.
//!
//! One file per kind or shared type, one line per field, fields in alphabetical order as in the CRDs.
//! A field's id is that of its row in rules 01; the ids of the rules under `validate/rules` stand at the
//! value they look at.

mod backend_tls;
mod gateway;
mod gateway_class;
mod grpc_route;
mod header_filter;
mod http_filter;
mod http_match;
mod http_route;
mod listener;
mod listener_set;
mod plain_route;
mod reference_grant;
mod references;
mod scalars;
mod session_persistence;
mod status;
mod table;
mod x_backend;
mod x_backend_traffic_policy;
mod x_mesh;

pub(super) use table::{Constant, Field, Integer, ListKind, Schema, Shape, Text};

use super::Channel;
use crate::model::{ObjectKind, Version};

/// The fields of an object beside `apiVersion`, `kind` and `metadata`; nothing for what the channel does
/// not serve (MODEL-K01..K13).
pub(super) fn schema_of(kind: ObjectKind, version: Version, channel: Channel) -> Option<&'static Schema> {
    use Version::{V1, V1Alpha2, V1Alpha3};

    let experimental = channel == Channel::Experimental;
    if !kind.served_versions().contains(&version) {
        return None;
    }
    match (kind, version) {
        (ObjectKind::GatewayClass, _) => Some(&gateway_class::GATEWAY_CLASS),
        (ObjectKind::Gateway, _) => Some(&gateway::GATEWAY),
        (ObjectKind::ListenerSet, _) => Some(&listener_set::LISTENER_SET),
        (ObjectKind::HttpRoute, _) => Some(&http_route::HTTP_ROUTE),
        (ObjectKind::GrpcRoute, _) => Some(&grpc_route::GRPC_ROUTE),
        (ObjectKind::TlsRoute, V1) => Some(&plain_route::TLS_ROUTE),
        (ObjectKind::TlsRoute, V1Alpha3) if experimental => Some(&plain_route::TLS_ROUTE),
        (ObjectKind::TlsRoute, V1Alpha2) if experimental => Some(&plain_route::TLS_ROUTE_V1ALPHA2),
        (ObjectKind::TcpRoute, V1) => Some(&plain_route::TCP_ROUTE),
        (ObjectKind::TcpRoute, V1Alpha2) if experimental => Some(&plain_route::TCP_ROUTE_V1ALPHA2),
        (ObjectKind::UdpRoute, V1) => Some(&plain_route::UDP_ROUTE),
        (ObjectKind::UdpRoute, V1Alpha2) if experimental => Some(&plain_route::UDP_ROUTE_V1ALPHA2),
        (ObjectKind::ReferenceGrant, _) => Some(&reference_grant::REFERENCE_GRANT),
        (ObjectKind::BackendTlsPolicy, V1) => Some(&backend_tls::BACKEND_TLS_POLICY),
        (ObjectKind::BackendTlsPolicy, V1Alpha3) if experimental => Some(&backend_tls::BACKEND_TLS_POLICY),
        (ObjectKind::XBackend, _) if experimental => Some(&x_backend::X_BACKEND),
        (ObjectKind::XBackendTrafficPolicy, _) if experimental => {
            Some(&x_backend_traffic_policy::X_BACKEND_TRAFFIC_POLICY)
        }
        (ObjectKind::XMesh, _) if experimental => Some(&x_mesh::X_MESH),
        _ => None,
    }
}
