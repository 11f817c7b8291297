//! GRPCRoute.

use super::Constant::Text;
use super::header_filter::HEADER_FILTER;
use super::http_filter::REQUEST_MIRROR;
use super::references::{LOCAL_OBJECT_REFERENCE, PARENT_REFERENCE, weight};
use super::scalars::{
    DEFAULT_SCOPE, GROUP, HEADER_NAME, HOSTNAME, KIND, MATCH_TYPE, NAMESPACE, OBJECT_NAME, PORT, SECTION_NAME,
};
use super::session_persistence::SESSION_PERSISTENCE;
use super::status::ROUTE_STATUS;
use super::table::{Schema, list, object, one_of, optional, required, rules, text};
use crate::validate::rules::{backend_ref, filters, grpc, http_rule, parent_refs};

pub(super) const GRPC_ROUTE: Schema =
    object!([required("MODEL-GR-01", "spec", SPEC), optional("MODEL-GR-18", "status", ROUTE_STATUS)]);

const SPEC: Schema = object!([
    optional("MODEL-GR-02", "hostnames", list!(HOSTNAME).items(0, 16)),
    optional("MODEL-GR-03", "parentRefs", list!(PARENT_REFERENCE).items(0, 32).rules(parent_refs::ALL),),
    optional("MODEL-GR-04", "rules", RULES),
    optional("MODEL-GR-17", "useDefaultGateways", DEFAULT_SCOPE).experimental(),
]);

const RULES: Schema =
    list!(RULE).items(0, 16).rules(rules![&grpc::FEW_MATCHES, &http_rule::UNIQUE_RULE_NAME]);

const RULE: Schema = object!([
    optional("MODEL-GR-05", "backendRefs", list!(BACKEND_REF).items(0, 16)),
    optional("MODEL-GR-13", "filters", FILTERS),
    optional("MODEL-GR-14", "matches", list!(MATCH).items(0, 64)),
    optional("MODEL-GR-15", "name", SECTION_NAME),
    optional("MODEL-GR-16", "sessionPersistence", SESSION_PERSISTENCE).experimental(),
]);

const BACKEND_REF: Schema = object!([
    optional("MODEL-GR-06", "filters", FILTERS),
    optional("MODEL-GR-07", "group", GROUP).default(Text("")),
    optional("MODEL-GR-08", "kind", KIND).default(Text("Service")),
    required("MODEL-GR-09", "name", OBJECT_NAME),
    optional("MODEL-GR-10", "namespace", NAMESPACE),
    optional("MODEL-GR-11", "port", PORT),
    weight("MODEL-GR-12"),
])
.rules(rules![&backend_ref::SERVICE_HAS_PORT]);

const FILTERS: Schema = list!(FILTER)
    .items(0, 16)
    .rules(rules![&filters::ONE_REQUEST_HEADER_MODIFIER, &filters::ONE_RESPONSE_HEADER_MODIFIER]);

const FILTER: Schema = object!([
    optional("MODEL-GF-01", "extensionRef", LOCAL_OBJECT_REFERENCE),
    optional("MODEL-GF-02", "requestHeaderModifier", HEADER_FILTER),
    optional("MODEL-GF-03", "requestMirror", REQUEST_MIRROR),
    optional("MODEL-GF-04", "responseHeaderModifier", HEADER_FILTER),
    required(
        "MODEL-GF-05",
        "type",
        one_of(&["ResponseHeaderModifier", "RequestHeaderModifier", "RequestMirror", "ExtensionRef"]),
    ),
])
.rules(rules![
    &filters::REQUEST_HEADER_MODIFIER_ONLY,
    &filters::REQUEST_HEADER_MODIFIER_BODY,
    &filters::RESPONSE_HEADER_MODIFIER_ONLY,
    &filters::RESPONSE_HEADER_MODIFIER_BODY,
    &filters::REQUEST_MIRROR_ONLY,
    &filters::REQUEST_MIRROR_BODY,
    &filters::EXTENSION_REF_ONLY,
    &filters::EXTENSION_REF_BODY,
]);

const MATCH: Schema = object!([
    optional(
        "MODEL-GM-01",
        "headers",
        list!(object!([
            required("MODEL-GM-02", "name", HEADER_NAME),
            optional("MODEL-GM-03", "type", MATCH_TYPE).default(Text("Exact")),
            required("MODEL-GM-04", "value", text(1, 4096)),
        ]))
        .items(0, 16)
        .keyed_by(&["name"]),
    ),
    optional(
        "MODEL-GM-05",
        "method",
        object!([
            optional("MODEL-GM-06", "method", text(0, 1024)),
            optional("MODEL-GM-07", "service", text(0, 1024)),
            optional("MODEL-GM-08", "type", MATCH_TYPE).default(Text("Exact")),
        ])
        .rules(rules![
            &grpc::SERVICE_OR_METHOD,
            &grpc::SERVICE_CHARACTERS,
            &grpc::METHOD_CHARACTERS
        ]),
    ),
]);
