//! Who gets which address: Gateways that leave the choice open.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use gateway_core::NamespacedName;
use gateway_core::attach::Addresses;
use gateway_core::model::GatewayStatusAddress;
use ipnet::IpNet;

/// Gives out addresses. A Gateway keeps those that it has.
#[derive(Debug)]
pub(super) struct Giver {
    block: Option<IpNet>,
    shared: IpAddr,
    given: BTreeMap<NamespacedName, Vec<IpAddr>>,
    taken: BTreeSet<IpAddr>,
}

impl Giver {
    pub(super) fn new(block: Option<IpNet>, shared: IpAddr) -> Self {
        Self { block, shared, given: BTreeMap::new(), taken: BTreeSet::new() }
    }

    /// The addresses for as many as the Gateway leaves open; fewer when the block is used up.
    pub(super) fn give(&mut self, gateway: &NamespacedName, addresses: &Addresses) -> Vec<IpAddr> {
        let Some(block) = self.block else {
            return if addresses.open == 0 { Vec::new() } else { vec![self.shared] };
        };
        let given = self.given.entry(gateway.clone()).or_default();
        for gone in given.drain(addresses.open.min(given.len())..) {
            self.taken.remove(&gone);
        }
        while given.len() < addresses.open {
            let Some(free) = block.hosts().find(|address| !self.taken.contains(address)) else { break };
            self.taken.insert(free);
            given.push(free);
        }
        given.clone()
    }

    /// Takes back what Gateways had that are gone.
    pub(super) fn retain(&mut self, exists: impl Fn(&NamespacedName) -> bool) {
        let taken = &mut self.taken;
        self.given.retain(|gateway, addresses| {
            let stays = exists(gateway);
            if !stays {
                for address in addresses.iter() {
                    taken.remove(address);
                }
            }
            stays
        });
    }
}

/// The addresses that a Gateway has, of those that are addresses; names cannot be bound.
pub(super) fn bound(addresses: &[GatewayStatusAddress]) -> impl Iterator<Item = IpAddr> {
    addresses.iter().filter_map(|address| address.value.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(count: usize) -> Addresses {
        Addresses { open: count, ..Addresses::default() }
    }

    #[test]
    fn a_gateway_keeps_its_address_and_gives_it_back() {
        let block = "127.9.0.0/30".parse().ok();
        let mut giver = Giver::new(block, IpAddr::from([127, 0, 0, 1]));
        let name = |name: &str| NamespacedName::new("ns", name);
        let first = giver.give(&name("a"), &open(1));
        assert_eq!(first, [IpAddr::from([127, 9, 0, 1])]);
        assert_eq!(giver.give(&name("b"), &open(1)), [IpAddr::from([127, 9, 0, 2])]);
        assert_eq!(giver.give(&name("a"), &open(1)), first);
        // The block is used up.
        assert!(giver.give(&name("c"), &open(1)).is_empty());
        giver.retain(|known| known.name != "a");
        assert_eq!(giver.give(&name("c"), &open(1)), first);
    }

    #[test]
    fn without_a_block_all_share_one_address() {
        let shared = IpAddr::from([127, 0, 0, 1]);
        let mut giver = Giver::new(None, shared);
        assert_eq!(giver.give(&NamespacedName::new("ns", "a"), &open(1)), [shared]);
        assert!(giver.give(&NamespacedName::new("ns", "b"), &open(0)).is_empty());
    }
}
