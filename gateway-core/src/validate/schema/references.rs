//! References to other objects, and selectors.

use super::scalars::{GROUP, KIND, NAMESPACE, OBJECT_NAME, PORT, SECTION_NAME};
use super::table::Constant::Text;
use super::table::{Field, Schema, any_text, int32, list, map, object, optional, required, rules};
use crate::validate::rules::backend_ref;

const GATEWAY_GROUP: super::Constant = Text("gateway.networking.k8s.io");

pub(super) const PARENT_REFERENCE: Schema = object!([
    optional("MODEL-PREF-01", "group", GROUP).default(GATEWAY_GROUP),
    optional("MODEL-PREF-02", "kind", KIND).default(Text("Gateway")),
    required("MODEL-PREF-03", "name", OBJECT_NAME),
    optional("MODEL-PREF-04", "namespace", NAMESPACE),
    optional("MODEL-PREF-05", "port", PORT),
    optional("MODEL-PREF-06", "sectionName", SECTION_NAME),
]);

pub(super) const LOCAL_OBJECT_REFERENCE: Schema = object!([
    required("MODEL-LREF-01", "group", GROUP),
    required("MODEL-LREF-02", "kind", KIND),
    required("MODEL-LREF-03", "name", OBJECT_NAME),
]);

pub(super) const PARAMETERS_REFERENCE: Schema = object!([
    required("MODEL-NREF-01", "group", GROUP),
    required("MODEL-NREF-02", "kind", KIND),
    required("MODEL-NREF-03", "name", OBJECT_NAME),
    optional("MODEL-NREF-04", "namespace", NAMESPACE),
]);

pub(super) const SECRET_OBJECT_REFERENCE: Schema = object!([
    optional("MODEL-SREF-01", "group", GROUP).default(Text("")),
    optional("MODEL-SREF-02", "kind", KIND).default(Text("Secret")),
    required("MODEL-SREF-03", "name", OBJECT_NAME),
    optional("MODEL-SREF-04", "namespace", NAMESPACE),
]);

pub(super) const OBJECT_REFERENCE: Schema = object!([
    required("MODEL-OREF-01", "group", GROUP),
    required("MODEL-OREF-02", "kind", KIND),
    required("MODEL-OREF-03", "name", OBJECT_NAME),
    optional("MODEL-OREF-04", "namespace", NAMESPACE),
]);

pub(super) const BACKEND_OBJECT_REFERENCE: Schema = object!([
    optional("MODEL-BOR-01", "group", GROUP).default(Text("")),
    optional("MODEL-BOR-02", "kind", KIND).default(Text("Service")),
    required("MODEL-BOR-03", "name", OBJECT_NAME),
    optional("MODEL-BOR-04", "namespace", NAMESPACE),
    optional("MODEL-BOR-05", "port", PORT),
])
.rules(rules![&backend_ref::SERVICE_HAS_PORT]);

pub(super) const BACKEND_REF: Schema = object!([
    optional("MODEL-BREF-01", "group", GROUP).default(Text("")),
    optional("MODEL-BREF-02", "kind", KIND).default(Text("Service")),
    required("MODEL-BREF-03", "name", OBJECT_NAME),
    optional("MODEL-BREF-04", "namespace", NAMESPACE),
    optional("MODEL-BREF-05", "port", PORT),
    weight("MODEL-BREF-06"),
])
.rules(rules![&backend_ref::SERVICE_HAS_PORT]);

/// The share of a backend.
pub(super) const fn weight(id: &'static str) -> Field {
    optional(id, "weight", int32(0, 1_000_000)).default(super::Constant::Number(1))
}

pub(super) const ROUTE_GROUP_KIND: Schema = object!([
    optional("MODEL-RGK-01", "group", GROUP).default(GATEWAY_GROUP),
    required("MODEL-RGK-02", "kind", KIND),
]);

pub(super) const LABEL_SELECTOR: Schema = object!([
    optional("MODEL-LSEL-01", "matchExpressions", list!(LABEL_SELECTOR_REQUIREMENT)),
    optional("MODEL-LSEL-05", "matchLabels", map!(any_text(), usize::MAX)),
]);

const LABEL_SELECTOR_REQUIREMENT: Schema = object!([
    required("MODEL-LSEL-02", "key", any_text()),
    required("MODEL-LSEL-03", "operator", any_text()),
    optional("MODEL-LSEL-04", "values", list!(any_text())),
]);
