//! Default Gateways (ATT-200..203).

use alloc::string::ToString;
use alloc::vec::Vec;

use crate::attach::reads::Read;
use crate::attach::route::{
    ListenerOwner, ParentEdge, ParentNode, Parents, UnresolvedParent, feature, listeners,
};
use crate::attach::route_object::RouteObject;
use crate::key::NamespacedName;
use crate::model::{GatewayDefaultScope, Group, Kind, ObjectKind, ParentReference};

/// One parent for each default Gateway of ours, when the Route asks for them.
pub(super) fn parents(parents: Parents<'_>, route: &NamespacedName, object: &RouteObject) -> Vec<ParentNode> {
    let Parents { world, infrastructure, .. } = parents;
    if !world.profile.default_gateways || !object.uses_default_gateways() {
        return Vec::new();
    }
    world.note(Read::Defaults);
    let gateways = infrastructure.gateways.indexed().filter(|(_, gateway)| {
        gateway.is_owned()
            && gateway.object.spec.default_scope() == GatewayDefaultScope::All
            && !is_named(route, object, &gateway.name)
    });
    let parent = |(index, gateway): (usize, &crate::attach::GatewayNode)| {
        let reference = reference(&gateway.name);
        let owner = ListenerOwner::Gateway(index);
        let edge = if world.profile.supports(feature(object.kind())) {
            listeners::edge(parents, route, object, &reference, owner)
        } else {
            ParentEdge::Unresolved(UnresolvedParent::RouteKind)
        };
        ParentNode { path: "spec.useDefaultGateways".to_string(), reference, edge }
    };
    gateways.map(parent).collect()
}

/// Whether a parentRef already names the whole Gateway: it would be the same entry twice.
fn is_named(route: &NamespacedName, object: &RouteObject, gateway: &NamespacedName) -> bool {
    object.parent_refs().iter().any(|reference| {
        ObjectKind::from_group_kind(reference.group(), reference.kind()) == Some(ObjectKind::Gateway)
            && reference.namespace_or(&route.namespace) == gateway.namespace
            && reference.name == *gateway.name
            && reference.section_name.as_deref().unwrap_or_default().is_empty()
            && reference.port.is_none()
    })
}

/// ATT-202: fully specified.
fn reference(gateway: &NamespacedName) -> ParentReference {
    ParentReference {
        group: Some(Group::from(ObjectKind::Gateway.group())),
        kind: Some(Kind::from(ObjectKind::Gateway.kind())),
        namespace: Some(gateway.namespace.as_str().into()),
        name: gateway.name.as_str().into(),
        section_name: None,
        port: None,
    }
}
