//! Rules about filters: each has the body of its type and no other, and some may stand only once in a list
//! (rules 02 §3.8).

use super::Rule;
use super::view::{has, is, items};
use crate::model::Value;
use crate::validate::Channel;

/// A filter has a body only if it is of its type.
macro_rules! body_only {
    ($id:literal, $filter:literal, $body:literal) => {
        Rule::new(
            $id,
            concat!("filter.", $body, " must be nil if the filter.type is not ", $filter),
            concat!("only a filter of type `", $filter, "` has `", $body, "`"),
            |filter, _| !has(filter, $body) || is(filter, "type", $filter),
        )
    };
}

/// A filter has the body of its type.
macro_rules! body_set {
    ($id:literal, $filter:literal, $body:literal) => {
        Rule::new(
            $id,
            concat!("filter.", $body, " must be specified for ", $filter, " filter.type"),
            concat!("a filter of type `", $filter, "` has `", $body, "`"),
            |filter, _| has(filter, $body) || !is(filter, "type", $filter),
        )
    };
}

/// A list has at most one filter of a type.
macro_rules! only_one {
    ($id:literal, $filter:literal) => {
        Rule::new(
            $id,
            concat!($filter, " filter cannot be repeated"),
            concat!("a list of filters has at most one of type `", $filter, "`"),
            |filters, _| count(filters, $filter) <= 1,
        )
    };
}

pub(in crate::validate) static REQUEST_HEADER_MODIFIER_ONLY: Rule =
    body_only!("VAL-HF-01", "RequestHeaderModifier", "requestHeaderModifier");
pub(in crate::validate) static REQUEST_HEADER_MODIFIER_BODY: Rule =
    body_set!("VAL-HF-02", "RequestHeaderModifier", "requestHeaderModifier");

pub(in crate::validate) static RESPONSE_HEADER_MODIFIER_ONLY: Rule =
    body_only!("VAL-HF-03", "ResponseHeaderModifier", "responseHeaderModifier");
pub(in crate::validate) static RESPONSE_HEADER_MODIFIER_BODY: Rule =
    body_set!("VAL-HF-04", "ResponseHeaderModifier", "responseHeaderModifier");

pub(in crate::validate) static REQUEST_MIRROR_ONLY: Rule =
    body_only!("VAL-HF-05", "RequestMirror", "requestMirror");
pub(in crate::validate) static REQUEST_MIRROR_BODY: Rule =
    body_set!("VAL-HF-06", "RequestMirror", "requestMirror");

pub(in crate::validate) static EXTENSION_REF_ONLY: Rule =
    body_only!("VAL-HF-07", "ExtensionRef", "extensionRef");
pub(in crate::validate) static EXTENSION_REF_BODY: Rule =
    body_set!("VAL-HF-08", "ExtensionRef", "extensionRef");

pub(in crate::validate) static REQUEST_REDIRECT_ONLY: Rule =
    body_only!("VAL-HF-09", "RequestRedirect", "requestRedirect");
pub(in crate::validate) static REQUEST_REDIRECT_BODY: Rule =
    body_set!("VAL-HF-10", "RequestRedirect", "requestRedirect");

pub(in crate::validate) static URL_REWRITE_ONLY: Rule = body_only!("VAL-HF-11", "URLRewrite", "urlRewrite");
pub(in crate::validate) static URL_REWRITE_BODY: Rule = body_set!("VAL-HF-12", "URLRewrite", "urlRewrite");

pub(in crate::validate) static CORS_ONLY: Rule = body_only!("VAL-HF-13", "CORS", "cors");
pub(in crate::validate) static CORS_BODY: Rule = body_set!("VAL-HF-14", "CORS", "cors");

pub(in crate::validate) static EXTERNAL_AUTH_ONLY: Rule =
    body_only!("VAL-HF-15", "ExternalAuth", "externalAuth").only(Channel::Experimental);
pub(in crate::validate) static EXTERNAL_AUTH_BODY: Rule =
    body_set!("VAL-HF-16", "ExternalAuth", "externalAuth").only(Channel::Experimental);

pub(in crate::validate) static ONE_REQUEST_HEADER_MODIFIER: Rule =
    only_one!("VAL-HF-17", "RequestHeaderModifier");

pub(in crate::validate) static ONE_RESPONSE_HEADER_MODIFIER: Rule =
    only_one!("VAL-HF-18", "ResponseHeaderModifier");

pub(in crate::validate) static ONE_REQUEST_REDIRECT: Rule = only_one!("VAL-HF-19", "RequestRedirect");

pub(in crate::validate) static ONE_URL_REWRITE: Rule = only_one!("VAL-HF-20", "URLRewrite");

pub(in crate::validate) static ONE_CORS: Rule = only_one!("VAL-HF-21", "CORS");

pub(in crate::validate) static REDIRECT_OR_REWRITE: Rule = Rule::new(
    "VAL-HF-22",
    "May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both",
    "a list of filters does not both redirect and rewrite",
    |filters, _| count(filters, "RequestRedirect") == 0 || count(filters, "URLRewrite") == 0,
);

fn count(filters: &Value, of_type: &str) -> usize {
    items(filters).iter().filter(|filter| is(filter, "type", of_type)).count()
}
