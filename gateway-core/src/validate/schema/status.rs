//! Statuses: conditions, those of routes and policies, and what an object has before any controller saw it.

use super::Constant;
use super::Constant::{List, Map, Text};
use super::references::PARENT_REFERENCE;
use super::scalars::{CONDITION_REASON, CONDITION_TYPE, CONTROLLER_NAME};
use super::table::{Schema, date_time, int64, list, object, one_of, optional, required, text};

const CONDITION: Schema = object!([
    required("MODEL-COND-01", "lastTransitionTime", date_time()),
    required("MODEL-COND-02", "message", text(0, 32768)),
    optional("MODEL-COND-03", "observedGeneration", int64(0, i64::MAX)),
    required("MODEL-COND-04", "reason", CONDITION_REASON),
    required("MODEL-COND-05", "status", one_of(&["True", "False", "Unknown"])),
    required("MODEL-COND-06", "type", CONDITION_TYPE),
]);

/// Conditions without a limit to their number.
pub(super) const CONDITIONS: Schema = list!(CONDITION).keyed_by(&["type"]);

pub(super) const ROUTE_STATUS: Schema = object!([required(
    "MODEL-RST-01",
    "parents",
    list!(object!([
        required("MODEL-RST-02", "conditions", CONDITIONS.items(1, 8)),
        required("MODEL-RST-03", "controllerName", CONTROLLER_NAME),
        required("MODEL-RST-04", "parentRef", PARENT_REFERENCE),
    ]))
    .items(0, 32),
)]);

pub(super) const POLICY_STATUS: Schema = object!([required(
    "MODEL-PST-01",
    "ancestors",
    list!(object!([
        required("MODEL-PST-02", "ancestorRef", PARENT_REFERENCE),
        required("MODEL-PST-03", "conditions", CONDITIONS.items(1, 8)),
        required("MODEL-PST-04", "controllerName", CONTROLLER_NAME),
    ]))
    .items(0, 16),
)]);

/// A condition of an object that no controller has seen (MODEL-R10..R12).
macro_rules! unknown {
    ($condition:literal) => {
        Map(&[
            ("lastTransitionTime", Text("1970-01-01T00:00:00Z")),
            ("message", Text("Waiting for controller")),
            ("reason", Text("Pending")),
            ("status", Text("Unknown")),
            ("type", Text($condition)),
        ])
    };
}

/// The condition `Accepted` (MODEL-R10).
pub(super) const ACCEPTED: Constant = List(&[unknown!("Accepted")]);
/// The conditions `Accepted` and `Programmed` (MODEL-R11).
pub(super) const ACCEPTED_AND_PROGRAMMED: Constant = List(&[unknown!("Accepted"), unknown!("Programmed")]);
/// A status with the condition `Accepted`.
pub(super) const STATUS_ACCEPTED: Constant = Map(&[("conditions", ACCEPTED)]);
/// A status with the conditions `Accepted` and `Programmed`.
pub(super) const STATUS_ACCEPTED_AND_PROGRAMMED: Constant = Map(&[("conditions", ACCEPTED_AND_PROGRAMMED)]);
