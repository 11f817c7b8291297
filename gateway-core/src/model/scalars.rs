//! Strings and numbers that have a name and a schema of their own (MODEL-S01..S22).

use alloc::string::String;
use core::fmt;

use serde::{Deserialize, Serialize};

use super::macros::text_type;

/// A DNS-1123 subdomain, as the patterns below repeat it.
const SUBDOMAIN: &str = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

/// A label or annotation key: an optional domain, then a name of at most 63 characters.
const QUALIFIED_NAME: &str = r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$";

text_type!(
    /// An API group; empty means the Kubernetes core group (MODEL-S01).
    Group,
    (0, 253),
    Some(r"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")
);
text_type!(
    /// A kind, such as `Service` (MODEL-S02).
    Kind,
    (1, 63),
    Some("^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$")
);
text_type!(
    /// The name of an object; its characters are not restricted here (MODEL-S03).
    ObjectName,
    (1, 253),
    None
);
text_type!(
    /// The name of a Namespace (MODEL-S04).
    NamespaceName,
    (1, 63),
    Some("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
);
text_type!(
    /// The name of a part of an object: a listener, a route rule, a Service port (MODEL-S05).
    SectionName,
    (1, 253),
    Some(SUBDOMAIN)
);
text_type!(
    /// A host name whose whole first label may be `*` (MODEL-S06).
    Hostname,
    (1, 253),
    Some(r"^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")
);
text_type!(
    /// A host name without a wildcard (MODEL-S07).
    PreciseHostname,
    (1, 253),
    Some(SUBDOMAIN)
);
text_type!(
    /// The name a controller goes by: a domain, `/`, a path (MODEL-S09).
    ControllerName,
    (1, 253),
    Some(r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9\/\-._~%!$&'()*+,;=:]+$")
);
text_type!(
    /// The name of an HTTP header, also used for query parameters (MODEL-S10).
    HeaderName,
    (1, 256),
    Some(r"^[A-Za-z0-9!#$%&'*+\-.^_\x60|~]+$")
);
text_type!(
    /// The value of an HTTP header; only the experimental channel has the pattern (MODEL-S11).
    HeaderValue,
    (1, 4096),
    Some(r"^[!-~]+([\t ]?[!-~]+)*$")
);
text_type!(
    /// What an address of a Gateway is (MODEL-S13).
    AddressType,
    (1, 253),
    Some(r"^Hostname|IPAddress|NamedAddress|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9\/\-._~%!$&'()*+,;=:]+$")
);
text_type!(
    /// The protocol of a listener: one of the constants or `domain/name` (MODEL-S14).
    ProtocolType,
    (1, 255),
    Some(r"^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9]+$")
);
text_type!(
    /// An origin of a CORS filter: `*`, or scheme and host with an optional port (MODEL-S15).
    CorsOrigin,
    (1, 253),
    Some(r"(^\*$)|(^(http(s)?):\/\/(((\*\.)?([a-zA-Z0-9\-]+\.)*[a-zA-Z0-9-]+|\*)(:([0-9]{1,5}))?)$)")
);
text_type!(
    /// A URI with scheme and authority (MODEL-S16).
    AbsoluteUri,
    (1, 253),
    Some(r"^(([^:/?#]+):)(//([^/?#]*))([^?#]*)(\?([^#]*))?(#(.*))?")
);
text_type!(
    /// A set of CA certificates known by name: `System` or `domain/name` (MODEL-S17).
    WellKnownCaCertificates,
    (1, 253),
    Some(r"^(System|([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]))$")
);
text_type!(
    /// The key of an annotation or option; only rules outside the schema check it (MODEL-S18).
    AnnotationKey,
    (1, 253),
    Some(QUALIFIED_NAME)
);
text_type!(
    /// The key of a label; only rules outside the schema check it (MODEL-S18).
    LabelKey,
    (1, 253),
    Some(QUALIFIED_NAME)
);
text_type!(
    /// The value of an annotation or option (MODEL-S19).
    AnnotationValue,
    (0, 4096),
    None
);
text_type!(
    /// The value of a label (MODEL-S20).
    LabelValue,
    (0, 63),
    Some("^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$")
);
text_type!(
    /// The path prefix of an HTTP authorization service (MODEL-S21).
    ExternalAuthPath,
    (0, 1024),
    Some(r"^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$")
);
text_type!(
    /// Why a condition has its status, in one word (MODEL-S22).
    ConditionReason,
    (1, 1024),
    Some("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")
);
text_type!(
    /// What a condition is about; the schema sets no least length (MODEL-S23).
    ConditionType,
    (0, 316),
    Some(r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$")
);

impl ProtocolType {
    /// Cleartext HTTP.
    pub const HTTP: &'static str = "HTTP";
    /// HTTP over TLS.
    pub const HTTPS: &'static str = "HTTPS";
    /// TLS, routed by server name.
    pub const TLS: &'static str = "TLS";
    /// TCP.
    pub const TCP: &'static str = "TCP";
    /// UDP.
    pub const UDP: &'static str = "UDP";
}

impl AddressType {
    /// An IP address; the default (MODEL-R15).
    pub const IP_ADDRESS: &'static str = "IPAddress";
    /// A host name.
    pub const HOSTNAME: &'static str = "Hostname";
    /// A name that only the implementation understands; deprecated.
    pub const NAMED_ADDRESS: &'static str = "NamedAddress";
}

/// A port; legal numbers are 1 to 65535 (MODEL-S08).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PortNumber(pub i32);

impl PortNumber {
    /// The smallest and the greatest legal port.
    pub const LIMITS: (i32, i32) = (1, 65535);

    /// The port, when it is legal.
    pub fn as_u16(self) -> Option<u16> {
        u16::try_from(self.0).ok().filter(|port| *port != 0)
    }
}

impl fmt::Display for PortNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<i32> for PortNumber {
    fn from(port: i32) -> Self {
        Self(port)
    }
}

impl From<u16> for PortNumber {
    fn from(port: u16) -> Self {
        Self(port.into())
    }
}

impl From<PortNumber> for i32 {
    fn from(port: PortNumber) -> Self {
        port.0
    }
}

impl PartialEq<i32> for PortNumber {
    fn eq(&self, other: &i32) -> bool {
        self.0 == *other
    }
}
