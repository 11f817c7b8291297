//! XBackend (experimental).

use super::backend_tls::BACKEND_VALIDATION;
use super::references::{PARENT_REFERENCE, SECRET_OBJECT_REFERENCE};
use super::scalars::{CONTROLLER_NAME, PORT, PRECISE_HOSTNAME};
use super::status::CONDITIONS;
use super::table::{Schema, list, object, one_of, optional, required, rules, text};
use crate::validate::rules::experimental;

pub(super) const X_BACKEND: Schema =
    object!([required("MODEL-XB-01", "spec", SPEC), optional("MODEL-XB-13", "status", STATUS)]);

const SPEC: Schema = object!([
    optional(
        "MODEL-XB-02",
        "externalHostname",
        object!([required(
            "MODEL-XB-03",
            "hostname",
            PRECISE_HOSTNAME.rules(rules![&experimental::NOT_CLUSTER_LOCAL]),
        )]),
    ),
    required(
        "MODEL-XB-04",
        "port",
        object!([
            optional("MODEL-XB-05", "name", text(0, 63).rules(rules![&experimental::PORT_NAME])),
            required("MODEL-XB-06", "port", PORT),
        ]),
    ),
    optional("MODEL-XB-07", "protocol", one_of(&["TCP", "HTTP", "HTTP2", "HTTP11", "H2C", "MCP"])),
    optional("MODEL-XB-08", "tls", TLS),
    required("MODEL-XB-12", "type", one_of(&["ExternalHostname"])),
])
.rules(rules![&experimental::EXTERNAL_HOSTNAME]);

const TLS: Schema = object!([
    optional("MODEL-XB-09", "clientCertificateRef", SECRET_OBJECT_REFERENCE),
    required("MODEL-XB-10", "mode", one_of(&["None", "ServerOnly", "ClientAndServer"])),
    optional("MODEL-XB-11", "validation", BACKEND_VALIDATION),
])
.rules(rules![&experimental::CLIENT_CERTIFICATE]);

const STATUS: Schema = object!([optional(
    "MODEL-XB-14",
    "parents",
    list!(object!([
        optional("MODEL-XB-15", "conditions", CONDITIONS),
        required("MODEL-XB-16", "controllerName", CONTROLLER_NAME),
        required("MODEL-XB-17", "parentRef", PARENT_REFERENCE),
    ]))
    .items(0, 32),
)]);
