//! Filters of HTTPRoute, and the mirror that GRPCRoute shares.

use super::Constant::Number;
use super::header_filter::HEADER_FILTER;
use super::references::{BACKEND_OBJECT_REFERENCE, LOCAL_OBJECT_REFERENCE};
use super::scalars::{CORS_ORIGIN, EXTERNAL_AUTH_PATH, HEADER_NAME, PORT, PRECISE_HOSTNAME};
use super::table::{
    Schema, any_text, boolean, int32, int64, list, object, one_number_of, one_of, optional, required, rules,
    text,
};
use crate::validate::rules::{filter_bodies, filters};

/// The filters of a rule or of a backend.
pub(super) const HTTP_FILTERS: Schema = list!(HTTP_FILTER).items(0, 16).rules(rules![
    &filters::REDIRECT_OR_REWRITE,
    &filters::ONE_CORS,
    &filters::ONE_REQUEST_HEADER_MODIFIER,
    &filters::ONE_RESPONSE_HEADER_MODIFIER,
    &filters::ONE_REQUEST_REDIRECT,
    &filters::ONE_URL_REWRITE,
]);

const HTTP_FILTER: Schema = object!([
    optional("MODEL-HF-01", "cors", CORS),
    optional("MODEL-HF-02", "extensionRef", LOCAL_OBJECT_REFERENCE),
    optional("MODEL-HF-03", "externalAuth", EXTERNAL_AUTH).experimental(),
    optional("MODEL-HF-04", "requestHeaderModifier", HEADER_FILTER),
    optional("MODEL-HF-05", "requestMirror", REQUEST_MIRROR),
    optional("MODEL-HF-06", "requestRedirect", REQUEST_REDIRECT),
    optional("MODEL-HF-07", "responseHeaderModifier", HEADER_FILTER),
    required(
        "MODEL-HF-08",
        "type",
        one_of(&[
            "RequestHeaderModifier",
            "ResponseHeaderModifier",
            "RequestMirror",
            "RequestRedirect",
            "URLRewrite",
            "ExtensionRef",
            "CORS",
            "ExternalAuth",
        ]),
    )
    .experimental(),
    required(
        "MODEL-HF-08",
        "type",
        one_of(&[
            "RequestHeaderModifier",
            "ResponseHeaderModifier",
            "RequestMirror",
            "RequestRedirect",
            "URLRewrite",
            "ExtensionRef",
            "CORS",
        ]),
    )
    .standard(),
    optional("MODEL-HF-09", "urlRewrite", URL_REWRITE),
])
.rules(rules![
    &filters::CORS_ONLY,
    &filters::CORS_BODY,
    &filters::REQUEST_HEADER_MODIFIER_ONLY,
    &filters::REQUEST_HEADER_MODIFIER_BODY,
    &filters::RESPONSE_HEADER_MODIFIER_ONLY,
    &filters::RESPONSE_HEADER_MODIFIER_BODY,
    &filters::REQUEST_MIRROR_ONLY,
    &filters::REQUEST_MIRROR_BODY,
    &filters::REQUEST_REDIRECT_ONLY,
    &filters::REQUEST_REDIRECT_BODY,
    &filters::URL_REWRITE_ONLY,
    &filters::URL_REWRITE_BODY,
    &filters::EXTENSION_REF_ONLY,
    &filters::EXTENSION_REF_BODY,
    &filters::EXTERNAL_AUTH_ONLY,
    &filters::EXTERNAL_AUTH_BODY,
]);

const CORS: Schema = object!([
    optional("MODEL-CORS-01", "allowCredentials", boolean()),
    optional(
        "MODEL-CORS-02",
        "allowHeaders",
        list!(HEADER_NAME).items(0, 64).set().rules(rules![&filter_bodies::ANY_HEADER_ALONE]),
    ),
    optional(
        "MODEL-CORS-03",
        "allowMethods",
        list!(one_of(
            &["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "*",]
        ))
        .items(0, 9)
        .set()
        .rules(rules![&filter_bodies::ANY_METHOD_ALONE]),
    ),
    optional(
        "MODEL-CORS-04",
        "allowOrigins",
        list!(CORS_ORIGIN).items(0, 64).set().rules(rules![&filter_bodies::ANY_ORIGIN_ALONE]),
    ),
    optional("MODEL-CORS-05", "exposeHeaders", list!(HEADER_NAME).items(0, 64).set()),
    optional("MODEL-CORS-06", "maxAge", int32(1, i64::MAX)).default(Number(5)),
]);

const EXTERNAL_AUTH: Schema = object!([
    required("MODEL-EA-01", "backendRef", BACKEND_OBJECT_REFERENCE),
    optional(
        "MODEL-EA-02",
        "forwardBody",
        object!([optional("MODEL-EA-03", "maxSize", int64(i64::MIN, i64::MAX))]),
    ),
    optional("MODEL-EA-04", "grpc", object!([optional("MODEL-EA-05", "allowedHeaders", HEADER_NAMES)])),
    optional(
        "MODEL-EA-06",
        "http",
        object!([
            optional("MODEL-EA-07", "allowedHeaders", HEADER_NAMES),
            optional("MODEL-EA-08", "allowedResponseHeaders", HEADER_NAMES),
            optional("MODEL-EA-09", "path", EXTERNAL_AUTH_PATH),
        ]),
    ),
    required("MODEL-EA-10", "protocol", one_of(&["HTTP", "GRPC"])),
])
.rules(rules![
    &filter_bodies::GRPC_AUTH_BODY,
    &filter_bodies::GRPC_AUTH_ONLY,
    &filter_bodies::HTTP_AUTH_BODY,
    &filter_bodies::HTTP_AUTH_ONLY,
]);

const HEADER_NAMES: Schema = list!(any_text()).items(0, 64).set();

pub(super) const REQUEST_MIRROR: Schema = object!([
    required("MODEL-MIR-01", "backendRef", BACKEND_OBJECT_REFERENCE),
    optional(
        "MODEL-MIR-02",
        "fraction",
        object!([
            optional("MODEL-MIR-03", "denominator", int32(1, i64::MAX)).default(Number(100)),
            required("MODEL-MIR-04", "numerator", int32(0, i64::MAX)),
        ])
        .rules(rules![&filter_bodies::FRACTION_AT_MOST_ONE]),
    ),
    optional("MODEL-MIR-05", "percent", int32(0, 100)),
])
.rules(rules![&filter_bodies::PERCENT_OR_FRACTION]);

const REQUEST_REDIRECT: Schema = object!([
    optional("MODEL-RED-01", "hostname", PRECISE_HOSTNAME),
    optional("MODEL-RED-02", "path", PATH_MODIFIER),
    optional("MODEL-RED-03", "port", PORT),
    optional("MODEL-RED-04", "scheme", one_of(&["http", "https"])),
    optional("MODEL-RED-05", "statusCode", one_number_of(&[301, 302, 303, 307, 308])).default(Number(302)),
]);

const URL_REWRITE: Schema = object!([
    optional("MODEL-REW-01", "hostname", PRECISE_HOSTNAME),
    optional("MODEL-REW-02", "path", PATH_MODIFIER),
]);

const PATH_MODIFIER: Schema = object!([
    optional("MODEL-PMOD-01", "replaceFullPath", text(0, 1024)),
    optional("MODEL-PMOD-02", "replacePrefixMatch", text(0, 1024)),
    required("MODEL-PMOD-03", "type", one_of(&["ReplaceFullPath", "ReplacePrefixMatch"])),
])
.rules(rules![
    &filter_bodies::FULL_PATH_SET,
    &filter_bodies::FULL_PATH_ONLY,
    &filter_bodies::PREFIX_SET,
    &filter_bodies::PREFIX_ONLY,
]);
