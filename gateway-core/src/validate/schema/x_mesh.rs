//! XMesh (experimental).

use super::references::PARAMETERS_REFERENCE;
use super::scalars::CONTROLLER_NAME;
use super::status::{ACCEPTED_AND_PROGRAMMED, CONDITIONS, STATUS_ACCEPTED};
use super::table::{Schema, any_text, list, object, optional, required, rules, text};
use crate::validate::rules::gateway_class::IMMUTABLE;

pub(super) const X_MESH: Schema = object!([
    required("MODEL-XM-01", "spec", SPEC),
    optional("MODEL-XM-05", "status", STATUS).default(STATUS_ACCEPTED),
]);

const SPEC: Schema = object!([
    required("MODEL-XM-02", "controllerName", CONTROLLER_NAME.rules(rules![&IMMUTABLE])),
    optional("MODEL-XM-03", "description", text(0, 64)),
    optional("MODEL-XM-04", "parametersRef", PARAMETERS_REFERENCE),
]);

/// The default of the list has one condition more than that of the whole status (MODEL-R12).
const STATUS: Schema = object!([
    optional("MODEL-XM-06", "conditions", CONDITIONS.items(0, 8)).default(ACCEPTED_AND_PROGRAMMED),
    optional(
        "MODEL-XM-07",
        "supportedFeatures",
        list!(object!([required("MODEL-XM-08", "name", any_text())])).items(0, 64).keyed_by(&["name"]),
    ),
]);
