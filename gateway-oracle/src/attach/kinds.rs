//! Protocols, and the kinds of Routes that they carry.

use gateway_core::model::Listener;
use gateway_core::{Feature, ObjectKind};

use crate::world::World;

/// ATT-078: the kinds that a protocol implies, as far as they are supported.
pub(crate) fn implied(world: &World, protocol: &str) -> Vec<ObjectKind> {
    let kinds: &[(ObjectKind, Feature)] = match protocol {
        "HTTP" | "HTTPS" => {
            &[(ObjectKind::HttpRoute, Feature::HttpRoute), (ObjectKind::GrpcRoute, Feature::GrpcRoute)]
        }
        "TLS" => &[(ObjectKind::TlsRoute, Feature::TlsRoute)],
        "TCP" => &[(ObjectKind::TcpRoute, Feature::TcpRoute)],
        "UDP" => &[(ObjectKind::UdpRoute, Feature::UdpRoute)],
        _ => &[],
    };
    kinds.iter().filter(|(_, feature)| world.supports(*feature)).map(|(kind, _)| *kind).collect()
}

/// ATT-077: the kinds that a listener takes, in the order of its own list.
pub(crate) fn effective(world: &World, listener: &Listener) -> Vec<ObjectKind> {
    let implied = implied(world, &listener.protocol);
    let listed = listener.allowed_routes.as_ref().and_then(|allowed| allowed.kinds.as_ref());
    match listed {
        Some(listed) if !listed.is_empty() => listed
            .iter()
            .filter_map(|one| ObjectKind::from_group_kind(one.group(), &one.kind))
            .filter(|kind| implied.contains(kind))
            .collect(),
        _ => implied,
    }
}
