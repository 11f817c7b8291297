//! Rules about the host names of TLSRoute (rules 02 §3.11).

use core::net::{Ipv4Addr, Ipv6Addr};

use super::Rule;
use super::view::items;
use crate::model::Value;
use crate::validate::pattern::Pattern;

pub(in crate::validate) static NO_IP_ADDRESS: Rule = Rule::new(
    "VAL-TLSR-01",
    "Hostnames cannot contain an IP",
    "no host name is an IP address",
    |hostnames, _| texts(hostnames).all(|hostname| !is_ip(hostname)),
);

pub(in crate::validate) static VALID_NAME: Rule = Rule::new(
    "VAL-TLSR-02",
    "Hostnames must be valid based on RFC-1123",
    "a host name without a wildcard is a DNS subdomain",
    |hostnames, patterns| {
        texts(hostnames)
            .filter(|hostname| !hostname.contains('*'))
            .all(|hostname| patterns.matches(Pattern::Subdomain, hostname))
    },
);

pub(in crate::validate) static VALID_WILDCARD: Rule = Rule::new(
    "VAL-TLSR-03",
    "Wildcards on hostnames must be the first label, and the rest of hostname must be valid based on RFC-1123",
    "a host name with a wildcard is `*.` before a DNS subdomain",
    |hostnames, patterns| {
        texts(hostnames).filter(|hostname| hostname.contains('*')).all(|hostname| {
            hostname.strip_prefix("*.").is_some_and(|rest| patterns.matches(Pattern::Subdomain, rest))
        })
    },
);

fn texts(hostnames: &Value) -> impl Iterator<Item = &str> {
    items(hostnames).iter().filter_map(Value::as_str)
}

/// Whether CEL takes a text for an IP address, which an IPv4 address mapped into IPv6 is not.
fn is_ip(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
        || text.parse::<Ipv6Addr>().is_ok_and(|address| address.to_ipv4_mapped().is_none())
}
