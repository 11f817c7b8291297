//! XBackendTrafficPolicy (experimental).

use super::Constant::{Map, Number, Text};
use super::scalars::{DURATION, GROUP, KIND, OBJECT_NAME};
use super::session_persistence::SESSION_PERSISTENCE;
use super::status::POLICY_STATUS;
use super::table::{Schema, int64, list, object, optional, required, rules};
use crate::validate::rules::experimental;

pub(super) const X_BACKEND_TRAFFIC_POLICY: Schema =
    object!([required("MODEL-XBTP-01", "spec", SPEC), optional("MODEL-XBTP-14", "status", POLICY_STATUS),]);

const SPEC: Schema = object!([
    optional("MODEL-XBTP-02", "retryConstraint", RETRY_CONSTRAINT),
    optional("MODEL-XBTP-09", "sessionPersistence", SESSION_PERSISTENCE),
    required("MODEL-XBTP-10", "targetRefs", TARGET_REFS),
]);

const RETRY_CONSTRAINT: Schema = object!([
    optional("MODEL-XBTP-03", "budget", BUDGET)
        .default(Map(&[("interval", Text("10s")), ("percent", Number(20))])),
    optional("MODEL-XBTP-06", "minRetryRate", MIN_RETRY_RATE)
        .default(Map(&[("count", Number(10)), ("interval", Text("1s"))])),
]);

const BUDGET: Schema = object!([
    optional("MODEL-XBTP-04", "interval", DURATION.rules(rules![&experimental::BUDGET_INTERVAL]))
        .default(Text("10s")),
    optional("MODEL-XBTP-05", "percent", int64(0, 100)).default(Number(20)),
]);

/// A part of it that is absent stays absent: only the whole has a default.
const MIN_RETRY_RATE: Schema = object!([
    optional("MODEL-XBTP-07", "count", int64(1, 1_000_000)),
    optional("MODEL-XBTP-08", "interval", DURATION.rules(rules![&experimental::RATE_INTERVAL])),
]);

const TARGET_REFS: Schema = list!(object!([
    required("MODEL-XBTP-11", "group", GROUP),
    required("MODEL-XBTP-12", "kind", KIND),
    required("MODEL-XBTP-13", "name", OBJECT_NAME),
]))
.items(1, 16)
.keyed_by(&["group", "kind", "name"]);
