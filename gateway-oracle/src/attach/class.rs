//! Classes, and the Gateways of ours.

use gateway_core::model::{Gateway, GatewayClass, GatewaySpecAddress};
use gateway_core::{Feature, ObjectKind};

use crate::world::{World, namespace};

/// ATT-001, ATT-002: the controller of a Gateway's class, if it is ours and accepted.
pub(crate) fn controller(world: &World, gateway: &Gateway) -> Option<String> {
    let class =
        world.classes.iter().find(|class| class.metadata.name == gateway.spec.gateway_class_name.0)?;
    let own = class.spec.controller_name.0.clone();
    let is_ours = world.profile.controller.as_ref().is_none_or(|controller| controller.0 == own);
    (is_ours && is_accepted(world, class)).then_some(own)
}

/// ATT-115, REF-24, REF-47.
fn is_accepted(world: &World, class: &GatewayClass) -> bool {
    class.spec.parameters_ref.as_ref().is_none_or(|reference| {
        let namespace = reference.namespace.as_deref().unwrap_or_default();
        parameters(world, &reference.group, &reference.kind, namespace, &reference.name)
    })
}

fn parameters(world: &World, group: &str, kind: &str, namespace: &str, name: &str) -> bool {
    let listed = world.profile.parameter_kinds.iter().any(|(one, other)| one == group && other == kind);
    let is_config_map = (group, kind) == ("", "ConfigMap");
    let exists = !namespace.is_empty()
        && (world.config_map(namespace, name).is_some()
            || world.assumes(ObjectKind::ConfigMap, world.config_maps.len()));
    listed && (!is_config_map || exists)
}

/// ATT-094, ATT-095: what is wrong with a Gateway besides its listeners.
pub(crate) fn trouble(world: &World, gateway: &Gateway) -> Option<&'static str> {
    let reference = gateway.spec.infrastructure.as_ref().and_then(|one| one.parameters_ref.as_ref());
    let own = namespace(&gateway.metadata);
    if reference.is_some_and(|one| !parameters(world, &one.group, &one.kind, own, &one.name)) {
        return Some("InvalidParameters");
    }
    let known = ["IPAddress", "Hostname"];
    // FEAT-05: without static addresses no value can be asked for.
    let takes_values = world.supports(Feature::GatewayStaticAddresses);
    let is_bad = |one: &GatewaySpecAddress| {
        !known.contains(&one.address_type()) || !(takes_values || one.value().is_empty())
    };
    gateway.spec.addresses.iter().flatten().any(is_bad).then_some("UnsupportedAddress")
}
