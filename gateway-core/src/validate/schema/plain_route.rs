//! The routes whose rules only have backends: TLSRoute, TCPRoute and UDPRoute, in two shapes each.

use super::references::{BACKEND_REF, PARENT_REFERENCE};
use super::scalars::{DEFAULT_SCOPE, HOSTNAME, SECTION_NAME};
use super::status::ROUTE_STATUS;
use super::table::{Schema, list, object, optional, required, rules};
use crate::validate::rules::{http_rule, parent_refs, tls_hostnames};

const PARENT_REFS: Schema = list!(PARENT_REFERENCE).items(0, 32).rules(parent_refs::ALL);
const BACKEND_REFS: Schema = list!(BACKEND_REF).items(1, 16);

/// Exactly one rule, as v1 has it.
macro_rules! one_rule {
    ($backend_refs:literal, $name:literal) => {
        list!(object!([
            required($backend_refs, "backendRefs", BACKEND_REFS),
            optional($name, "name", SECTION_NAME),
        ]))
        .items(1, 1)
    };
}

/// Up to sixteen rules with different names, as v1alpha2 has them (MODEL-R02, MODEL-R03).
macro_rules! many_rules {
    ($backend_refs:literal, $name:literal) => {
        one_rule!($backend_refs, $name).items(1, 16).rules(rules![&http_rule::UNIQUE_RULE_NAME])
    };
}

pub(super) const TLS_ROUTE: Schema = object!([
    required(
        "MODEL-TLSR-01",
        "spec",
        object!([
            required(
                "MODEL-TLSR-02",
                "hostnames",
                list!(HOSTNAME).items(1, 1024).rules(rules![
                    &tls_hostnames::NO_IP_ADDRESS,
                    &tls_hostnames::VALID_NAME,
                    &tls_hostnames::VALID_WILDCARD,
                ]),
            ),
            optional("MODEL-TLSR-03", "parentRefs", PARENT_REFS),
            required("MODEL-TLSR-04", "rules", one_rule!("MODEL-TLSR-05", "MODEL-TLSR-06")),
            optional("MODEL-TLSR-07", "useDefaultGateways", DEFAULT_SCOPE).experimental(),
        ]),
    ),
    optional("MODEL-TLSR-08", "status", ROUTE_STATUS),
]);

pub(super) const TLS_ROUTE_V1ALPHA2: Schema = object!([
    required(
        "MODEL-TLSR-01",
        "spec",
        object!([
            optional("MODEL-TLSR-02", "hostnames", list!(HOSTNAME).items(0, 1024)),
            optional("MODEL-TLSR-03", "parentRefs", PARENT_REFS),
            required("MODEL-TLSR-04", "rules", many_rules!("MODEL-TLSR-05", "MODEL-TLSR-06")),
            optional("MODEL-TLSR-07", "useDefaultGateways", DEFAULT_SCOPE).experimental(),
        ]),
    ),
    optional("MODEL-TLSR-08", "status", ROUTE_STATUS),
]);

/// A route of TCPRoute's and UDPRoute's shape.
macro_rules! port_route {
    ($spec:literal, $parents:literal, $rules:literal, $of:expr, $defaults:literal, $status:literal) => {
        object!([
            required(
                $spec,
                "spec",
                object!([
                    optional($parents, "parentRefs", PARENT_REFS),
                    required($rules, "rules", $of),
                    optional($defaults, "useDefaultGateways", DEFAULT_SCOPE).experimental(),
                ]),
            ),
            optional($status, "status", ROUTE_STATUS),
        ])
    };
}

pub(super) const TCP_ROUTE: Schema = port_route!(
    "MODEL-TCPR-01",
    "MODEL-TCPR-02",
    "MODEL-TCPR-03",
    one_rule!("MODEL-TCPR-04", "MODEL-TCPR-05"),
    "MODEL-TCPR-06",
    "MODEL-TCPR-07"
);
pub(super) const TCP_ROUTE_V1ALPHA2: Schema = port_route!(
    "MODEL-TCPR-01",
    "MODEL-TCPR-02",
    "MODEL-TCPR-03",
    many_rules!("MODEL-TCPR-04", "MODEL-TCPR-05"),
    "MODEL-TCPR-06",
    "MODEL-TCPR-07"
);
pub(super) const UDP_ROUTE: Schema = port_route!(
    "MODEL-UDPR-01",
    "MODEL-UDPR-02",
    "MODEL-UDPR-03",
    one_rule!("MODEL-UDPR-04", "MODEL-UDPR-05"),
    "MODEL-UDPR-06",
    "MODEL-UDPR-07"
);
pub(super) const UDP_ROUTE_V1ALPHA2: Schema = port_route!(
    "MODEL-UDPR-01",
    "MODEL-UDPR-02",
    "MODEL-UDPR-03",
    many_rules!("MODEL-UDPR-04", "MODEL-UDPR-05"),
    "MODEL-UDPR-06",
    "MODEL-UDPR-07"
);
