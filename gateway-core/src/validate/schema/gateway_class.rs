//! GatewayClass.

use super::references::PARAMETERS_REFERENCE;
use super::scalars::CONTROLLER_NAME;
use super::status::{ACCEPTED, CONDITIONS, STATUS_ACCEPTED};
use super::table::{Schema, any_text, list, object, optional, required, rules, text};
use crate::validate::rules::gateway_class::IMMUTABLE;

pub(super) const GATEWAY_CLASS: Schema = object!([
    required("MODEL-GC-01", "spec", SPEC),
    optional("MODEL-GC-05", "status", STATUS).default(STATUS_ACCEPTED),
]);

const SPEC: Schema = object!([
    required("MODEL-GC-02", "controllerName", CONTROLLER_NAME.rules(rules![&IMMUTABLE])),
    optional("MODEL-GC-03", "description", text(0, 64)),
    optional("MODEL-GC-04", "parametersRef", PARAMETERS_REFERENCE),
]);

const STATUS: Schema = object!([
    optional("MODEL-GC-06", "conditions", CONDITIONS.items(0, 8)).default(ACCEPTED),
    optional(
        "MODEL-GC-07",
        "supportedFeatures",
        list!(object!([required("MODEL-GC-08", "name", any_text())])).items(0, 64).keyed_by(&["name"]),
    ),
]);
