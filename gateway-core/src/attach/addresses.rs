//! The addresses that a Gateway asks for, and those it gets (ATT-095, ATT-102, ATT-103, ATT-112).

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::IpAddr;

use crate::attach::world::World;
use crate::model::{AddressType, Gateway, GatewaySpecAddress, GatewayStatusAddress};
use crate::profile::{Feature, Profile};

/// What came of a Gateway's addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// Addresses that it has, in the order of the requests.
    pub bound: Vec<GatewayStatusAddress>,
    /// How many more it gets from whoever gives out addresses: one if it asks for none, and one for each
    /// request that leaves the choice open, where the pool is not known (ATT-102, ATT-112).
    pub open: usize,
    /// Requests that cannot be met; the Gateway stays accepted, but is not programmed.
    pub problems: Vec<AddressProblem>,
}

/// A request for an address that cannot be met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressProblem {
    /// Index in `spec.addresses`.
    pub index: usize,
    /// What is wrong.
    pub fault: AddressFault,
}

/// What is wrong with a request for an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressFault {
    /// The address cannot be bound (ATT-103).
    NotUsable {
        /// The address.
        value: String,
    },
    /// No value is given, and the controller cannot choose one (ATT-102, feature `GatewayAddressEmpty`).
    CannotAssign,
    /// No value is given, and the pool has none left of this type (ATT-102).
    PoolExhausted {
        /// The type.
        kind: String,
    },
}

/// An address because of which the whole Gateway is refused (ATT-095).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressRefusal {
    /// Index in `spec.addresses`.
    pub index: usize,
    /// What is not supported.
    pub what: UnsupportedAddress,
}

/// What is not supported about an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnsupportedAddress {
    /// A type that we do not know.
    Type {
        /// The type.
        found: String,
    },
    /// Asking for a certain address at all (feature `GatewayStaticAddresses`).
    Static {
        /// The address.
        value: String,
    },
}

/// The first address that is not supported.
pub(super) fn refusal(world: &World<'_>, gateway: &Gateway) -> Option<AddressRefusal> {
    let unsupported = |address: &GatewaySpecAddress| {
        let found = address.address_type();
        if ![AddressType::IP_ADDRESS, AddressType::HOSTNAME].contains(&found) {
            return Some(UnsupportedAddress::Type { found: found.to_string() });
        }
        let is_static = !address.value().is_empty();
        (is_static && !world.profile.supports(Feature::GatewayStaticAddresses))
            .then(|| UnsupportedAddress::Static { value: address.value().to_string() })
    };
    let mut requests = gateway.spec.addresses.iter().flatten().enumerate();
    requests.find_map(|(index, address)| Some(AddressRefusal { index, what: unsupported(address)? }))
}

/// Which addresses the Gateway gets. Without a request it gets the whole pool.
pub(super) fn resolve(world: &World<'_>, gateway: &Gateway) -> Addresses {
    let profile = world.profile;
    let requests = gateway.spec.addresses.as_deref().unwrap_or_default();
    if requests.is_empty() {
        let typed = |address: &GatewayStatusAddress| address_of(address.address_type(), &address.value);
        let bound: Vec<_> = profile.addresses.iter().map(typed).collect();
        return Addresses { open: usize::from(bound.is_empty()), bound, problems: Vec::new() };
    }
    // What somebody asks for by value is nobody else's.
    let mut taken: Vec<&str> = requests.iter().map(GatewaySpecAddress::value).collect();
    let mut result = Addresses::default();
    for (index, request) in requests.iter().enumerate() {
        match bind(profile, request, &mut taken) {
            Ok(Some(address)) => result.bound.push(address),
            Ok(None) => result.open += 1,
            Err(fault) => result.problems.push(AddressProblem { index, fault }),
        }
    }
    result
}

/// `None` when the address is chosen from a pool that is not known.
fn bind<'a>(
    profile: &'a Profile,
    request: &GatewaySpecAddress,
    taken: &mut Vec<&'a str>,
) -> Result<Option<GatewayStatusAddress>, AddressFault> {
    let kind = request.address_type();
    let bound = |value: &str| address_of(kind, value);
    let value = request.value();
    if !value.is_empty() {
        let usable = profile.usable_addresses.as_ref().is_none_or(|usable| is_usable(usable, value));
        return if usable {
            Ok(Some(bound(value)))
        } else {
            Err(AddressFault::NotUsable { value: value.to_string() })
        };
    }
    if !profile.supports(Feature::GatewayAddressEmpty) {
        return Err(AddressFault::CannotAssign);
    }
    if profile.addresses.is_empty() {
        return Ok(None);
    }
    let mut free = profile
        .addresses
        .iter()
        .filter(|address| address.address_type() == kind && !taken.contains(&address.value.as_str()));
    let address = free.next().ok_or_else(|| AddressFault::PoolExhausted { kind: kind.to_string() })?;
    taken.push(&address.value);
    Ok(Some(bound(&address.value)))
}

/// Whether one of the usable addresses is it, or a block with it.
fn is_usable(usable: &BTreeSet<String>, value: &str) -> bool {
    let in_block = |address: IpAddr| usable.iter().any(|block| is_within(block, address) == Some(true));
    usable.contains(value) || value.parse().is_ok_and(in_block)
}

/// Whether an address is in a block, such as `127.0.0.0/8`; `None` when that is no block.
fn is_within(block: &str, address: IpAddr) -> Option<bool> {
    let (first, length) = block.split_once('/')?;
    let length: u32 = length.parse().ok()?;
    let shared = |differing_bits: u128, width: u32| {
        (length <= width).then(|| {
            (128 - width..128 - width + length).all(|place| differing_bits >> (127 - place) & 1 == 0)
        })
    };
    match (first.parse().ok()?, address) {
        (IpAddr::V4(first), IpAddr::V4(address)) => {
            shared(u128::from(first.to_bits() ^ address.to_bits()), 32)
        }
        (IpAddr::V6(first), IpAddr::V6(address)) => shared(first.to_bits() ^ address.to_bits(), 128),
        _ => Some(false),
    }
}

/// The type is always written: clients of the API expect it.
fn address_of(kind: &str, value: &str) -> GatewayStatusAddress {
    GatewayStatusAddress { r#type: Some(kind.into()), value: value.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn att_103_blocks_of_usable_addresses() {
        let usable = ["127.0.0.0/8", "10.1.2.3", "fd00::/16", "lb.example", "192.0.2.0/33", "192.0.2.7/x"];
        let usable = BTreeSet::from(usable.map(str::to_string));
        for (value, expected) in [
            ("127.0.0.1", true),
            ("127.255.255.255", true),
            ("126.255.255.255", false),
            ("128.0.0.0", false),
            ("10.1.2.3", true),
            ("10.1.2.4", false),
            ("fd00::1", true),
            ("fd01::1", false),
            ("lb.example", true),
            ("127.0.0.0/8", true),
            ("192.0.2.7", false),
            ("::ffff:127.0.0.1", false),
        ] {
            assert_eq!(is_usable(&usable, value), expected, "{value}");
        }
        let all = BTreeSet::from(["0.0.0.0/0".to_string()]);
        assert!(is_usable(&all, "203.0.113.9") && !is_usable(&all, "fd00::1"));
    }
}
