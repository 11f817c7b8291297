//! Listeners that cannot be told apart (ATT-030..037).

use alloc::vec::Vec;

use crate::attach::kinds::{Protocol, tls_mode};
use crate::attach::listener::{ListenerNode, ListenerRefusal};
use crate::attach::others::OtherListeners;
use crate::profile::{Feature, Profile};

/// Why a listener is not distinct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What clashes.
    pub kind: ConflictKind,
    /// Whether it is TLS that ends here on a port where other TLS is passed through (ATT-034).
    pub mixed_modes: bool,
    /// Whether the others keep the port: they come first in merge order (ATT-036). Within one object
    /// nobody does (ATT-035).
    pub lost: bool,
    /// The listeners it clashes with.
    pub with: OtherListeners,
}

/// What clashes between listeners of one port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConflictKind {
    /// Same protocol and hostname.
    Hostname,
    /// Protocols that cannot share a port.
    Protocol,
    /// Both of these.
    Both,
}

/// What clashes between two listeners.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Clash {
    hostname: bool,
    protocol: bool,
    mixed_modes: bool,
}

impl Clash {
    fn any(self) -> bool {
        self.hostname || self.protocol
    }
}

/// Refuses the listeners of one port that are not distinct. `objects` are the listeners of each object,
/// in merge order.
///
/// A listener that clashes with one accepted before, of an object earlier in merge order, loses
/// (ATT-036). Of what is left, listeners of one object that clash with each other all lose (ATT-035):
/// losers hold nothing, so they stand in nobody's way (ATT-038).
pub(super) fn refuse(objects: &mut [Vec<&mut ListenerNode>], profile: &Profile) {
    let mut accepted: Vec<(usize, usize)> = Vec::new();
    for object in 0..objects.len() {
        let (before, rest) = objects.split_at_mut(object);
        let Some(listeners) = rest.first_mut() else { continue };
        for listener in listeners.iter_mut().filter(|listener| listener.is_accepted()) {
            let winners = accepted.iter().map(|(object, index)| &*before[*object][*index]);
            if let Some(conflict) = conflict(listener, winners, true, profile) {
                listener.refuse(ListenerRefusal::Conflict(conflict));
            }
        }
        let clashes: Vec<_> = (0..listeners.len())
            .map(|index| {
                let listener = &*listeners[index];
                let others = listeners.iter().enumerate().filter(|(other, _)| *other != index);
                let others = others.map(|(_, other)| &**other).filter(|other| other.is_accepted());
                if listener.is_accepted() { conflict(listener, others, false, profile) } else { None }
            })
            .collect();
        for (index, (listener, conflict)) in listeners.iter_mut().zip(clashes).enumerate() {
            match conflict {
                Some(conflict) => listener.refuse(ListenerRefusal::Conflict(conflict)),
                None if listener.is_accepted() => accepted.push((object, index)),
                None => {}
            }
        }
    }
}

fn conflict<'a>(
    listener: &ListenerNode,
    others: impl Iterator<Item = &'a ListenerNode>,
    lost: bool,
    profile: &Profile,
) -> Option<Conflict> {
    let mut with = OtherListeners::default();
    let mut all = Clash::default();
    for other in others {
        let clash = clash(listener, other, profile);
        if clash.any() {
            with.add(listener, other);
            all.hostname |= clash.hostname;
            all.protocol |= clash.protocol;
            all.mixed_modes |= clash.mixed_modes;
        }
    }
    let kind = match (all.hostname, all.protocol) {
        (false, false) => return None,
        (true, false) => ConflictKind::Hostname,
        (false, true) => ConflictKind::Protocol,
        (true, true) => ConflictKind::Both,
    };
    Some(Conflict { kind, mixed_modes: all.mixed_modes, lost, with })
}

/// Both are on the same port.
fn clash(one: &ListenerNode, other: &ListenerNode, profile: &Profile) -> Clash {
    use Protocol::{Http, Https, Other, Tcp, Tls, Udp};
    let same_host = one.hostname == other.hostname;
    let hostname = Clash { hostname: same_host, ..Clash::default() };
    let protocol = |protocol| Clash { protocol, ..Clash::default() };
    match (one.protocol, other.protocol) {
        (Other, _) | (_, Other) => Clash::default(),
        // UDP shares a port with everything else (ATT-033).
        (Udp, udp) | (udp, Udp) => protocol(udp == Udp),
        (Http, Http) | (Https, Https) => hostname,
        (Tls, Tls) => {
            let mixed_modes =
                tls_mode(&one.spec) != tls_mode(&other.spec) && !profile.supports(Feature::TlsRouteModeMixed);
            Clash { hostname: same_host, protocol: mixed_modes, mixed_modes }
        }
        // One SNI would belong to both; ATT-033 calls only different hostnames distinct.
        (Https, Tls) | (Tls, Https) => protocol(same_host),
        (Tcp | Http, _) | (_, Tcp | Http) => protocol(true),
    }
}
