//! HTTPRoute.

use super::Constant::{self, List, Map, Text};
use super::http_filter::HTTP_FILTERS;
use super::http_match::{ANY_PATH, HTTP_MATCH};
use super::references::{PARENT_REFERENCE, weight};
use super::scalars::{
    DEFAULT_SCOPE, DURATION, GROUP, HOSTNAME, KIND, NAMESPACE, OBJECT_NAME, PORT, SECTION_NAME,
};
use super::session_persistence::SESSION_PERSISTENCE;
use super::status::ROUTE_STATUS;
use super::table::{Schema, int64, list, object, optional, required, rules};
use crate::validate::rules::{backend_ref, http_rule, parent_refs};

pub(super) const HTTP_ROUTE: Schema =
    object!([required("MODEL-HR-01", "spec", SPEC), optional("MODEL-HR-20", "status", ROUTE_STATUS)]);

const SPEC: Schema = object!([
    optional("MODEL-HR-02", "hostnames", list!(HOSTNAME).items(0, 16)),
    optional("MODEL-HR-03", "parentRefs", list!(PARENT_REFERENCE).items(0, 32).rules(parent_refs::ALL),),
    optional("MODEL-HR-04", "rules", RULES).default(List(&[Map(&[("matches", ANY_MATCHES)])])),
    optional("MODEL-HR-19", "useDefaultGateways", DEFAULT_SCOPE).experimental(),
]);

/// The matches of a rule that has none (MODEL-R13).
const ANY_MATCHES: Constant = List(&[Map(&[("path", ANY_PATH)])]);

const RULES: Schema =
    list!(RULE).items(1, 16).rules(rules![&http_rule::FEW_MATCHES, &http_rule::UNIQUE_RULE_NAME]);

const RULE: Schema = object!([
    optional("MODEL-HR-05", "backendRefs", list!(BACKEND_REF).items(0, 16)),
    optional("MODEL-HR-13", "filters", HTTP_FILTERS),
    optional("MODEL-HR-14", "matches", list!(HTTP_MATCH).items(0, 64)).default(ANY_MATCHES),
    optional("MODEL-HR-15", "name", SECTION_NAME),
    optional("MODEL-HR-16", "retry", RETRY).experimental(),
    optional("MODEL-HR-17", "sessionPersistence", SESSION_PERSISTENCE).experimental(),
    optional("MODEL-HR-18", "timeouts", TIMEOUTS),
])
.rules(rules![
    &http_rule::REDIRECT_WITHOUT_BACKENDS,
    &http_rule::REDIRECT_OF_ONE_PREFIX,
    &http_rule::REWRITE_OF_ONE_PREFIX,
    &http_rule::BACKEND_REDIRECT_OF_ONE_PREFIX,
    &http_rule::BACKEND_REWRITE_OF_ONE_PREFIX,
]);

const BACKEND_REF: Schema = object!([
    optional("MODEL-HR-06", "filters", HTTP_FILTERS),
    optional("MODEL-HR-07", "group", GROUP).default(Text("")),
    optional("MODEL-HR-08", "kind", KIND).default(Text("Service")),
    required("MODEL-HR-09", "name", OBJECT_NAME),
    optional("MODEL-HR-10", "namespace", NAMESPACE),
    optional("MODEL-HR-11", "port", PORT),
    weight("MODEL-HR-12"),
])
.rules(rules![&backend_ref::SERVICE_HAS_PORT]);

const RETRY: Schema = object!([
    optional("MODEL-RT-01", "attempts", int64(1, i64::MAX)),
    optional("MODEL-RT-02", "backoff", DURATION),
    optional("MODEL-RT-03", "codes", list!(int64(400, 599)).set()),
]);

const TIMEOUTS: Schema = object!([
    optional("MODEL-TO-01", "backendRequest", DURATION),
    optional("MODEL-TO-02", "request", DURATION),
])
.rules(rules![&http_rule::BACKEND_TIMEOUT_WITHIN_REQUEST]);
