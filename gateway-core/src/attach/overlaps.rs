//! TLS listeners of one port that a client may take for each other (ATT-070, ATT-071, ATT-073, AMBIG-09).

use alloc::vec::Vec;

use crate::attach::kinds::Protocol;
use crate::attach::listener::ListenerNode;
use crate::attach::others::OtherListeners;

/// How the TLS configuration of a listener overlaps with that of others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    /// Listeners that some server name fits as well (ATT-070).
    pub hostnames: OtherListeners,
    /// Listeners with certificates that are good for the same names (ATT-071): a client may reuse a
    /// connection that it made for one of them.
    pub certificates: OtherListeners,
}

/// Notes the overlaps of the HTTPS and TLS listeners of one port, on both of every pair. The listeners are
/// in merge order.
pub(super) fn note(listeners: &mut [&mut ListenerNode]) {
    let secure = |listener: &ListenerNode| matches!(listener.protocol, Protocol::Https | Protocol::Tls);
    let mut overlaps: Vec<Overlap> = listeners.iter().map(|_| Overlap::default()).collect();
    for (index, one) in listeners.iter().enumerate().filter(|(_, one)| secure(one)) {
        let others = listeners.iter().enumerate().filter(|(other, _)| *other != index);
        for other in others.map(|(_, other)| &**other).filter(|other| secure(other)) {
            if one.hostname.overlaps(&other.hostname) {
                overlaps[index].hostnames.add(one, other);
            }
            if certificates_overlap(one, other) {
                overlaps[index].certificates.add(one, other);
            }
        }
    }
    for (listener, overlap) in listeners.iter_mut().zip(overlaps) {
        let found = !overlap.hostnames.is_empty() || !overlap.certificates.is_empty();
        listener.overlap = found.then_some(overlap);
    }
}

fn certificates_overlap(one: &ListenerNode, other: &ListenerNode) -> bool {
    let names = &other.certificates.names;
    one.certificates.names.iter().any(|name| names.iter().any(|other| name.overlaps(other)))
}
