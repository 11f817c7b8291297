//! Addresses of Gateways (ATT-095, ATT-102, ATT-103).

use alloc::format;
use alloc::string::ToString;

use crate::attach::{AddressFault, AddressProblem, AddressRefusal, UnsupportedAddress};
use crate::status::reasons;
use crate::status::words::Advice;

pub(crate) fn address_refusal_advice(refusal: &AddressRefusal) -> Advice {
    let path = format!("spec.addresses[{}]", refusal.index);
    let (path, message, remedy) = match &refusal.what {
        UnsupportedAddress::Type { found } => (
            path + ".type",
            format!("address type `{found}` is not supported"),
            "use IPAddress or Hostname".to_string(),
        ),
        UnsupportedAddress::Static { value } => (
            path + ".value",
            format!("address `{value}` cannot be asked for: the controller chooses addresses itself"),
            "remove the value, or use a controller with feature GatewayStaticAddresses".to_string(),
        ),
    };
    Advice { reason: reasons::UNSUPPORTED_ADDRESS, path, message, remedy }
}

pub(crate) fn address_advice(problem: &AddressProblem) -> Advice {
    let path = format!("spec.addresses[{}]", problem.index);
    let (reason, message, remedy) = match &problem.fault {
        AddressFault::NotUsable { value } => (
            reasons::ADDRESS_NOT_USABLE,
            format!("address `{value}` cannot be used here"),
            "ask for an address that the environment can bind".to_string(),
        ),
        AddressFault::CannotAssign => (
            reasons::ADDRESS_NOT_ASSIGNED,
            "no value is given, and the controller does not choose one".to_string(),
            "add `value`, or use a controller with feature GatewayAddressEmpty".to_string(),
        ),
        AddressFault::PoolExhausted { kind } => (
            reasons::ADDRESS_NOT_ASSIGNED,
            format!("no address of type {kind} is left"),
            "ask for fewer addresses or another type, or enlarge the pool".to_string(),
        ),
    };
    Advice { reason, path, message, remedy }
}
