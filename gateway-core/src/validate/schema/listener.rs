//! Listeners of Gateway and ListenerSet, and their statuses.

use super::Constant::{Map, Text};
use super::references::{LABEL_SELECTOR, ROUTE_GROUP_KIND, SECRET_OBJECT_REFERENCE};
use super::scalars::{ANNOTATION_VALUE, HOSTNAME, PORT, PROTOCOL, SECTION_NAME};
use super::status::CONDITIONS;
use super::table::{Schema, int32, list, map, object, one_of, optional, required, rules};
use crate::validate::rules::listener;

/// A list of listeners without its rules, which differ in one.
pub(super) const LISTENERS: Schema = list!(LISTENER).items(1, 64).keyed_by(&["name"]);

const LISTENER: Schema = object!([
    optional("MODEL-LSN-01", "allowedRoutes", ALLOWED_ROUTES)
        .default(Map(&[("namespaces", Map(&[("from", Text("Same"))]))])),
    optional("MODEL-LSN-02", "hostname", HOSTNAME),
    required("MODEL-LSN-03", "name", SECTION_NAME),
    required("MODEL-LSN-04", "port", PORT),
    required("MODEL-LSN-05", "protocol", PROTOCOL),
    optional("MODEL-LSN-06", "tls", LISTENER_TLS),
]);

const ALLOWED_ROUTES: Schema = object!([
    optional("MODEL-AR-01", "kinds", list!(ROUTE_GROUP_KIND).items(0, 8)),
    optional("MODEL-AR-02", "namespaces", ROUTE_NAMESPACES).default(Map(&[("from", Text("Same"))])),
]);

const ROUTE_NAMESPACES: Schema = object!([
    optional("MODEL-AR-03", "from", one_of(&["All", "Selector", "Same"])).default(Text("Same")),
    optional("MODEL-AR-04", "selector", LABEL_SELECTOR),
]);

const LISTENER_TLS: Schema = object!([
    optional("MODEL-LTLS-01", "certificateRefs", list!(SECRET_OBJECT_REFERENCE).items(0, 64)),
    optional("MODEL-LTLS-02", "mode", one_of(&["Terminate", "Passthrough"])).default(Text("Terminate")),
    optional("MODEL-LTLS-03", "options", map!(ANNOTATION_VALUE, 16)),
])
.rules(rules![&listener::CERTIFICATES_OR_OPTIONS]);

pub(super) const LISTENER_STATUSES: Schema = list!(object!([
    required("MODEL-LST-01", "attachedRoutes", int32(i64::MIN, i64::MAX)),
    required("MODEL-LST-02", "conditions", CONDITIONS.items(0, 8)),
    required("MODEL-LST-03", "name", SECTION_NAME),
    optional("MODEL-LST-04", "supportedKinds", list!(ROUTE_GROUP_KIND).items(0, 8)),
]))
.items(0, 64)
.keyed_by(&["name"]);
