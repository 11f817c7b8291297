//! Gateway.

use super::Constant::{Map, Text};
use super::listener::{LISTENER_STATUSES, LISTENERS};
use super::references::{LABEL_SELECTOR, LOCAL_OBJECT_REFERENCE, OBJECT_REFERENCE, SECRET_OBJECT_REFERENCE};
use super::scalars::{ADDRESS_TYPE, ANNOTATION_VALUE, DEFAULT_SCOPE, LABEL_VALUE, OBJECT_NAME, PORT};
use super::status::{ACCEPTED_AND_PROGRAMMED, CONDITIONS, STATUS_ACCEPTED_AND_PROGRAMMED};
use super::table::{Schema, int32, list, map, object, one_of, optional, required, rules, text};
use crate::validate::rules::{gateway, listener};

pub(super) const GATEWAY: Schema = object!([
    required("MODEL-GW-01", "spec", SPEC),
    optional("MODEL-GW-24", "status", STATUS).default(STATUS_ACCEPTED_AND_PROGRAMMED),
]);

const SPEC: Schema = object!([
    optional("MODEL-GW-02", "addresses", ADDRESSES),
    optional("MODEL-GW-05", "allowedListeners", ALLOWED_LISTENERS),
    optional("MODEL-GW-09", "defaultScope", DEFAULT_SCOPE).experimental(),
    required("MODEL-GW-10", "gatewayClassName", OBJECT_NAME),
    optional("MODEL-GW-11", "infrastructure", INFRASTRUCTURE),
    required(
        "MODEL-GW-15",
        "listeners",
        LISTENERS.rules(rules![
            &listener::NO_TLS,
            &listener::HTTPS_TERMINATES,
            &listener::TLS_HAS_MODE,
            &listener::NO_HOSTNAME,
            &listener::UNIQUE_NAME,
            &listener::DISTINCT,
        ]),
    ),
    optional("MODEL-GW-16", "tls", TLS),
]);

const ADDRESSES: Schema = list!(ADDRESS)
    .items(0, 16)
    .rules(rules![&gateway::UNIQUE_IP_ADDRESSES, &gateway::UNIQUE_HOSTNAME_ADDRESSES]);

const ADDRESS: Schema = object!([
    optional("MODEL-GW-03", "type", ADDRESS_TYPE).default(Text("IPAddress")),
    optional("MODEL-GW-04", "value", text(0, 253)),
])
.address()
.rules(rules![&gateway::ADDRESS_HOSTNAME]);

const ALLOWED_LISTENERS: Schema = object!([optional(
    "MODEL-GW-06",
    "namespaces",
    object!([
        optional("MODEL-GW-07", "from", one_of(&["All", "Selector", "Same", "None"])).default(Text("None")),
        optional("MODEL-GW-08", "selector", LABEL_SELECTOR),
    ]),
)
.default(Map(&[("from", Text("None"))]))]);

const INFRASTRUCTURE: Schema = object!([
    optional(
        "MODEL-GW-12",
        "annotations",
        map!(ANNOTATION_VALUE, 16).rules(rules![&gateway::ANNOTATION_KEYS, &gateway::ANNOTATION_PREFIXES]),
    ),
    optional(
        "MODEL-GW-13",
        "labels",
        map!(LABEL_VALUE, 8).rules(rules![&gateway::LABEL_KEYS, &gateway::LABEL_PREFIXES]),
    ),
    optional("MODEL-GW-14", "parametersRef", LOCAL_OBJECT_REFERENCE),
]);

const TLS: Schema = object!([
    optional(
        "MODEL-GW-17",
        "backend",
        object!([optional("MODEL-GW-18", "clientCertificateRef", SECRET_OBJECT_REFERENCE)]),
    ),
    optional(
        "MODEL-GW-19",
        "frontend",
        object!([
            required("MODEL-GW-20", "default", FRONTEND_TLS),
            optional("MODEL-GW-21", "perPort", FRONTEND_TLS_PER_PORT),
        ]),
    ),
]);

const FRONTEND_TLS_PER_PORT: Schema =
    list!(object!([required("MODEL-GW-22", "port", PORT), required("MODEL-GW-23", "tls", FRONTEND_TLS),]))
        .items(0, 64)
        .keyed_by(&["port"])
        .rules(rules![&gateway::UNIQUE_TLS_PORT]);

const FRONTEND_TLS: Schema = object!([optional(
    "MODEL-FTV-01",
    "validation",
    object!([
        required("MODEL-FTV-02", "caCertificateRefs", list!(OBJECT_REFERENCE).items(1, 16)),
        optional("MODEL-FTV-03", "mode", one_of(&["AllowValidOnly", "AllowInsecureFallback"]))
            .default(Text("AllowValidOnly")),
    ]),
)]);

const STATUS: Schema = object!([
    optional("MODEL-GW-25", "addresses", list!(STATUS_ADDRESS).items(0, 16)),
    optional("MODEL-GW-28", "attachedListenerSets", int32(i64::MIN, i64::MAX)),
    optional("MODEL-GW-29", "conditions", CONDITIONS.items(0, 8)).default(ACCEPTED_AND_PROGRAMMED),
    optional("MODEL-GW-30", "listeners", LISTENER_STATUSES),
]);

const STATUS_ADDRESS: Schema = object!([
    optional("MODEL-GW-26", "type", ADDRESS_TYPE).default(Text("IPAddress")),
    required("MODEL-GW-27", "value", text(1, 253)),
])
.address()
.rules(rules![&gateway::STATUS_ADDRESS_HOSTNAME]);
