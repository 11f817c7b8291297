//! Listeners that cannot be told apart (ATT-030..036), and TLS listeners whose names overlap
//! (ATT-070, ATT-073).

use alloc::string::String;
use alloc::vec::Vec;

use crate::attach::kinds::Protocol;
use crate::attach::listener::ListenerNode;

/// Why a listener is not distinct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What clashes.
    pub kind: ConflictKind,
    /// Names of the listeners it clashes with, in order of the list.
    pub with: Vec<String>,
}

/// What clashes between two listeners of one port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConflictKind {
    /// Same protocol and hostname.
    Hostname,
    /// Protocols that cannot share a port.
    Protocol,
}

/// Finds the conflicts of a list of listeners: one entry for each listener.
///
/// Within one Gateway nobody wins (ATT-035).
pub(crate) fn conflicts(listeners: &[ListenerNode]) -> Vec<Option<Conflict>> {
    let clashes = |listener: &ListenerNode| {
        let others =
            listeners.iter().filter(|other| other.key != listener.key || other.index != listener.index);
        let clashing: Vec<_> =
            others.filter_map(|other| Some((clash(listener, other)?, other.key.section.clone()))).collect();
        let kind = clashing.iter().map(|(kind, _)| *kind).max()?;
        Some(Conflict { kind, with: clashing.into_iter().map(|(_, name)| name).collect() })
    };
    listeners.iter().map(clashes).collect()
}

fn clash(one: &ListenerNode, other: &ListenerNode) -> Option<ConflictKind> {
    use Protocol::{Http, Https, Other, Tcp, Tls, Udp};
    if one.port.is_none() || one.port != other.port || one.refusal.is_some() || other.refusal.is_some() {
        return None;
    }
    let same_host = one.hostname == other.hostname;
    match (one.protocol, other.protocol) {
        // UDP shares a port with everything else (ATT-033).
        (Other, _) | (_, Other) => None,
        (Udp, udp) | (udp, Udp) => (udp == Udp).then_some(ConflictKind::Protocol),
        (Http, Http) | (Https, Https) | (Tls, Tls) => same_host.then_some(ConflictKind::Hostname),
        // One SNI would belong to both; ATT-033 calls only different hostnames distinct.
        (Https, Tls) | (Tls, Https) => same_host.then_some(ConflictKind::Protocol),
        (Tcp | Http, _) | (_, Tcp | Http) => Some(ConflictKind::Protocol),
    }
}

/// For each listener the names of the HTTPS and TLS listeners of its port whose hostnames overlap with its own.
pub(crate) fn overlaps(listeners: &[ListenerNode]) -> Vec<Vec<String>> {
    let secure = |listener: &ListenerNode| matches!(listener.protocol, Protocol::Https | Protocol::Tls);
    let overlapping = |one: &ListenerNode, other: &ListenerNode| {
        secure(one)
            && secure(other)
            && one.port.is_some()
            && one.port == other.port
            && one.hostname.intersection(&other.hostname).is_some()
    };
    let names = |(index, one): (usize, &ListenerNode)| {
        let others = listeners.iter().enumerate().filter(|(other, _)| *other != index);
        others
            .filter(|(_, other)| overlapping(one, other))
            .map(|(_, other)| other.key.section.clone())
            .collect()
    };
    listeners.iter().enumerate().map(names).collect()
}
