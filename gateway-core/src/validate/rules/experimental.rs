//! Rules about XBackend and XBackendTrafficPolicy (rules 02 §3.13).

use super::Rule;
use super::duration::{HOUR, SECOND, nanoseconds};
use super::view::{has, is};
use crate::model::Value;
use crate::validate::Channel;
use crate::validate::pattern::Pattern;

pub(in crate::validate) static EXTERNAL_HOSTNAME: Rule = Rule::new(
    "VAL-XB-01",
    "externalHostname must be set when type is ExternalHostname and must be unset otherwise",
    "an XBackend of type `ExternalHostname`, and no other, has an external host name",
    |spec, _| is(spec, "type", "ExternalHostname") == has(spec, "externalHostname"),
)
.only(Channel::Experimental);

/// The message speaks of IP addresses as well, the rule does not look for them.
pub(in crate::validate) static NOT_CLUSTER_LOCAL: Rule = Rule::new(
    "VAL-XB-02",
    "hostname must not be an IP address or end with .cluster.local",
    "an external host name is not one of the cluster",
    |hostname, _| !hostname.as_str().unwrap_or_default().ends_with(".cluster.local"),
)
.only(Channel::Experimental);

/// As the rule is meant: its text compares an optional with `null`, so that API servers with the library
/// for formats refuse every name.
pub(in crate::validate) static PORT_NAME: Rule = Rule::new(
    "VAL-XB-03",
    "Name must be a valid DNS label",
    "the name of a port is empty or a DNS label",
    |name, patterns| {
        let name = name.as_str().unwrap_or_default();
        name.is_empty() || (name.len() <= 63 && patterns.matches(Pattern::DnsLabel, name))
    },
)
.only(Channel::Experimental);

pub(in crate::validate) static CLIENT_CERTIFICATE: Rule = Rule::new(
    "VAL-XB-04",
    "clientCertificateRef must be set if and only if mode is ClientAndServer",
    "TLS of mode `ClientAndServer`, and no other, has a client certificate",
    |tls, _| is(tls, "mode", "ClientAndServer") == has(tls, "clientCertificateRef"),
)
.only(Channel::Experimental);

pub(in crate::validate) static BUDGET_INTERVAL: Rule = Rule::fallible(
    "VAL-XBTP-01",
    "interval cannot be greater than one hour or less than one second",
    "the interval of a retry budget is from one second to one hour",
    |interval| Ok((SECOND..=HOUR).contains(&duration(interval)?)),
)
.only(Channel::Experimental);

/// The message does not say that zero is refused as well.
pub(in crate::validate) static RATE_INTERVAL: Rule = Rule::fallible(
    "VAL-XBTP-02",
    "interval cannot be greater than one hour",
    "the interval of a least retry rate is not zero and at most one hour",
    |interval| {
        let interval = duration(interval)?;
        Ok(interval != 0 && interval <= HOUR)
    },
)
.only(Channel::Experimental);

fn duration(interval: &Value) -> Result<i64, &'static str> {
    nanoseconds(interval.as_str().unwrap_or_default())
}
