//! The merged list of a Gateway: its own listeners and those of its ListenerSets, as if they were one
//! (ATT-015, ATT-017).

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::mem;

use crate::attach::conflicts;
use crate::attach::gateway::GatewayNode;
use crate::attach::kinds::Protocol;
use crate::attach::listener::{ListenerNode, ListenerRefusal};
use crate::attach::listener_set::ListenerSetNode;
use crate::attach::overlaps;
use crate::attach::world::World;

/// Finds out what the listeners of a Gateway and of the ListenerSets it takes, in merge order, do to each
/// other.
pub(super) fn merge(world: &World<'_>, gateway: &mut GatewayNode, sets: &mut [ListenerSetNode]) {
    // Taken out, so that the listeners of several objects can change at once.
    let mut objects = Vec::with_capacity(sets.len() + 1);
    objects.push(mem::take(&mut gateway.listeners));
    objects.extend(sets.iter_mut().map(|set| mem::take(&mut set.listeners)));
    judge(world, gateway, &mut objects);

    let mut objects = objects.into_iter();
    gateway.listeners = objects.next().unwrap_or_default();
    for (set, listeners) in sets.iter_mut().zip(objects) {
        set.listeners = listeners;
    }
}

fn judge(world: &World<'_>, gateway: &GatewayNode, objects: &mut [Vec<ListenerNode>]) {
    if let Some(limit) = world.profile.limits.listeners {
        cap(objects, limit);
    }
    for (port, mut objects) in by_port(objects) {
        conflicts::refuse(&mut objects, world.profile);
        let mut listeners: Vec<_> = objects.into_iter().flatten().collect();
        overlaps::note(&mut listeners);
        for listener in listeners.into_iter().filter(|listener| listener.protocol == Protocol::Https) {
            validate_clients(gateway, listener, port);
        }
    }
}

/// Refuses the listeners of ListenerSets beyond the limit; those of the Gateway itself all stay (ATT-056).
fn cap(objects: &mut [Vec<ListenerNode>], limit: usize) {
    let Some((own, sets)) = objects.split_first_mut() else { return };
    let free = limit.saturating_sub(own.len());
    for listener in sets.iter_mut().flatten().skip(free) {
        listener.refuse(ListenerRefusal::TooMany { limit });
    }
}

/// The listeners of each port, by object. One beyond the limit is not part of the list.
fn by_port(objects: &mut [Vec<ListenerNode>]) -> BTreeMap<u16, Vec<Vec<&mut ListenerNode>>> {
    let mut ports: BTreeMap<u16, Vec<Vec<_>>> = BTreeMap::new();
    let mut last = BTreeMap::new();
    for (object, listeners) in objects.iter_mut().enumerate() {
        for listener in listeners {
            let listed = !matches!(listener.refusal, Some(ListenerRefusal::TooMany { .. }));
            let Some(port) = listener.port.filter(|_| listed) else { continue };
            let of_port = ports.entry(port).or_default();
            // Objects without a listener on the port are left out.
            if last.insert(port, object) != Some(object) {
                of_port.push(Vec::new());
            }
            if let Some(of_object) = of_port.last_mut() {
                of_object.push(listener);
            }
        }
    }
    ports
}

/// ATT-053, ATT-080..083: what the Gateway says about clients of the port.
fn validate_clients(gateway: &GatewayNode, listener: &mut ListenerNode, port: u16) {
    let Some(validation) = gateway.frontend.of_port(port) else { return };
    listener.client_validation = Some(validation.clone());
    // What is refused already stays so for the better reason.
    if listener.is_accepted() {
        if validation.unsupported.is_some() {
            listener.refuse(ListenerRefusal::UnsupportedValidation);
        } else if validation.usable == 0 {
            listener.refuse(ListenerRefusal::NoCertificateAuthority);
        }
    }
}
