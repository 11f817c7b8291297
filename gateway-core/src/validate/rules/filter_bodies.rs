//! Rules about the bodies of filters and about session persistence (rules 02 §3.9).

use super::Rule;
use super::view::{has, is, items};
use crate::model::Value;
use crate::validate::Channel;

pub(in crate::validate) static ANY_ORIGIN_ALONE: Rule = Rule::new(
    "VAL-CORS-01",
    "AllowOrigins cannot contain '*' alongside other origins",
    "`*` stands alone in `allowOrigins`",
    |origins, _| is_any_alone(origins),
);

pub(in crate::validate) static ANY_METHOD_ALONE: Rule = Rule::new(
    "VAL-CORS-02",
    "AllowMethods cannot contain '*' alongside other methods",
    "`*` stands alone in `allowMethods`",
    |methods, _| is_any_alone(methods),
);

/// The message really says "methods".
pub(in crate::validate) static ANY_HEADER_ALONE: Rule = Rule::new(
    "VAL-CORS-03",
    "AllowHeaders cannot contain '*' alongside other methods",
    "`*` stands alone in `allowHeaders`",
    |headers, _| is_any_alone(headers),
);

pub(in crate::validate) static FULL_PATH_SET: Rule = Rule::new(
    "VAL-PMOD-01",
    "replaceFullPath must be specified when type is set to 'ReplaceFullPath'",
    "a modifier of the whole path has a new path, which may be empty",
    |path, _| !is(path, "type", "ReplaceFullPath") || has(path, "replaceFullPath"),
);

pub(in crate::validate) static FULL_PATH_ONLY: Rule = Rule::new(
    "VAL-PMOD-02",
    "type must be 'ReplaceFullPath' when replaceFullPath is set",
    "only a modifier of the whole path has `replaceFullPath`",
    |path, _| !has(path, "replaceFullPath") || is(path, "type", "ReplaceFullPath"),
);

pub(in crate::validate) static PREFIX_SET: Rule = Rule::new(
    "VAL-PMOD-03",
    "replacePrefixMatch must be specified when type is set to 'ReplacePrefixMatch'",
    "a modifier of a prefix has a new prefix, which may be empty",
    |path, _| !is(path, "type", "ReplacePrefixMatch") || has(path, "replacePrefixMatch"),
);

pub(in crate::validate) static PREFIX_ONLY: Rule = Rule::new(
    "VAL-PMOD-04",
    "type must be 'ReplacePrefixMatch' when replacePrefixMatch is set",
    "only a modifier of a prefix has `replacePrefixMatch`",
    |path, _| !has(path, "replacePrefixMatch") || is(path, "type", "ReplacePrefixMatch"),
);

pub(in crate::validate) static PERCENT_OR_FRACTION: Rule = Rule::new(
    "VAL-MIR-01",
    "Only one of percent or fraction may be specified in HTTPRequestMirrorFilter",
    "a mirror has a percentage or a fraction, not both",
    |mirror, _| !has(mirror, "percent") || !has(mirror, "fraction"),
);

pub(in crate::validate) static FRACTION_AT_MOST_ONE: Rule = Rule::new(
    "VAL-MIR-02",
    "numerator must be less than or equal to denominator",
    "a fraction is at most 1",
    |fraction, _| {
        let part = |field| fraction.get(field).and_then(Value::as_i64);
        part("numerator")
            .zip(part("denominator"))
            .is_none_or(|(numerator, denominator)| numerator <= denominator)
    },
);

pub(in crate::validate) static GRPC_AUTH_BODY: Rule = Rule::new(
    "VAL-EA-01",
    "grpc must be specified when protocol is set to 'GRPC'",
    "external authorization by gRPC has `grpc`, which may be empty",
    |auth, _| !is(auth, "protocol", "GRPC") || has(auth, "grpc"),
)
.only(Channel::Experimental);

pub(in crate::validate) static GRPC_AUTH_ONLY: Rule = Rule::new(
    "VAL-EA-02",
    "protocol must be 'GRPC' when grpc is set",
    "only external authorization by gRPC has `grpc`",
    |auth, _| !has(auth, "grpc") || is(auth, "protocol", "GRPC"),
)
.only(Channel::Experimental);

pub(in crate::validate) static HTTP_AUTH_BODY: Rule = Rule::new(
    "VAL-EA-03",
    "http must be specified when protocol is set to 'HTTP'",
    "external authorization by HTTP has `http`, which may be empty",
    |auth, _| !is(auth, "protocol", "HTTP") || has(auth, "http"),
)
.only(Channel::Experimental);

pub(in crate::validate) static HTTP_AUTH_ONLY: Rule = Rule::new(
    "VAL-EA-04",
    "protocol must be 'HTTP' when http is set",
    "only external authorization by HTTP has `http`",
    |auth, _| !has(auth, "http") || is(auth, "protocol", "HTTP"),
)
.only(Channel::Experimental);

pub(in crate::validate) static PERMANENT_HAS_TIMEOUT: Rule = Rule::new(
    "VAL-SP-01",
    "AbsoluteTimeout must be specified when cookie lifetimeType is Permanent",
    "a permanent cookie has an absolute timeout",
    |persistence, _| {
        let cookie = persistence.get("cookieConfig");
        !cookie.is_some_and(|cookie| is(cookie, "lifetimeType", "Permanent"))
            || has(persistence, "absoluteTimeout")
    },
)
.only(Channel::Experimental);

pub(in crate::validate) static COOKIE_CONFIG_ONLY: Rule = Rule::new(
    "VAL-SP-02",
    "cookieConfig can only be set with type Cookie",
    "only persistence by cookie configures the cookie",
    |persistence, _| !has(persistence, "cookieConfig") || is(persistence, "type", "Cookie"),
)
.only(Channel::Experimental);

/// Whether `*` is not in a list with others.
fn is_any_alone(list: &Value) -> bool {
    let items = items(list);
    items.len() <= 1 || !items.iter().any(|item| item.as_str() == Some("*"))
}
