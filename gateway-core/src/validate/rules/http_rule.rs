//! Rules about the rules of HTTPRoute, and the names of rules of all routes (rules 02 §3.6).

use super::Rule;
use super::duration::nanoseconds;
use super::view::{all_distinct, exactly_one, field_items, has, is, items, same, text};
use crate::model::Value;
use crate::validate::Channel;

pub(in crate::validate) static FEW_MATCHES: Rule =
    Rule::new("VAL-HR-01", TOO_MANY_MATCHES, "all rules together have at most 128 matches", |rules, _| {
        match_count(rules) <= MOST_MATCHES
    });

/// Matches that all rules of a Route may have together.
pub(in crate::validate) const MOST_MATCHES: usize = 128;

/// Says "less than" although 128 are allowed.
pub(super) const TOO_MANY_MATCHES: &str = "While 16 rules and 64 matches per rule are allowed, the total number of matches across all rules in a route must be less than 128";

/// The matches of all rules.
pub(in crate::validate) fn match_count(rules: &Value) -> usize {
    items(rules).iter().map(|rule| field_items(rule, "matches").len()).sum()
}

pub(in crate::validate) static UNIQUE_RULE_NAME: Rule = Rule::new(
    "VAL-HR-02",
    "Rule name must be unique within the route",
    "no two rules of a route have the same name",
    |rules, _| all_distinct(items(rules), |a, b| has(a, "name") && same(a, b, "name")),
)
.only(Channel::Experimental);

pub(in crate::validate) static REDIRECT_WITHOUT_BACKENDS: Rule = Rule::new(
    "VAL-HR-03",
    "RequestRedirect filter must not be used together with backendRefs",
    "a rule that redirects has no backends",
    |rule, _| {
        field_items(rule, "backendRefs").is_empty()
            || !field_items(rule, "filters").iter().any(|filter| has(filter, "requestRedirect"))
    },
);

pub(in crate::validate) static REDIRECT_OF_ONE_PREFIX: Rule = Rule::new(
    "VAL-HR-04",
    "When using RequestRedirect filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified",
    "a rule with a redirect that replaces a prefix has one match, by prefix",
    |rule, _| !replaces_prefix(field_items(rule, "filters"), "requestRedirect") || has_one_prefix_match(rule),
);

pub(in crate::validate) static REWRITE_OF_ONE_PREFIX: Rule = Rule::new(
    "VAL-HR-05",
    "When using URLRewrite filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified",
    "a rule with a rewrite that replaces a prefix has one match, by prefix",
    |rule, _| !replaces_prefix(field_items(rule, "filters"), "urlRewrite") || has_one_prefix_match(rule),
);

pub(in crate::validate) static BACKEND_REDIRECT_OF_ONE_PREFIX: Rule = Rule::new(
    "VAL-HR-06",
    "Within backendRefs, when using RequestRedirect filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified",
    "a rule whose backend has a redirect that replaces a prefix has one match, by prefix",
    |rule, _| !a_backend_replaces_prefix(rule, "requestRedirect") || has_one_prefix_match(rule),
);

pub(in crate::validate) static BACKEND_REWRITE_OF_ONE_PREFIX: Rule = Rule::new(
    "VAL-HR-07",
    "Within backendRefs, When using URLRewrite filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified",
    "a rule whose backend has a rewrite that replaces a prefix has one match, by prefix",
    |rule, _| !a_backend_replaces_prefix(rule, "urlRewrite") || has_one_prefix_match(rule),
);

pub(in crate::validate) static BACKEND_TIMEOUT_WITHIN_REQUEST: Rule = Rule::fallible(
    "VAL-HR-08",
    "backendRequest timeout cannot be longer than request timeout",
    "the timeout of a backend fits into that of the request, unless the latter is disabled",
    |timeouts| {
        let (Some(request), Some(backend)) = (text(timeouts, "request"), text(timeouts, "backendRequest"))
        else {
            return Ok(true);
        };
        let request = nanoseconds(request)?;
        // A disabled timeout decides before the other one is read.
        Ok(request == 0 || nanoseconds(backend)? <= request)
    },
);

/// Whether exactly one filter replaces the prefix of the path; with two, nothing is asked of the rule.
fn replaces_prefix(filters: &[Value], body: &str) -> bool {
    exactly_one(filters, |filter| {
        filter
            .get(body)
            .and_then(|body| body.get("path"))
            .is_some_and(|path| is(path, "type", "ReplacePrefixMatch") && has(path, "replacePrefixMatch"))
    })
}

/// Whether exactly one backend has exactly one such filter.
fn a_backend_replaces_prefix(rule: &Value, body: &str) -> bool {
    exactly_one(field_items(rule, "backendRefs"), |backend| {
        replaces_prefix(field_items(backend, "filters"), body)
    })
}

fn has_one_prefix_match(rule: &Value) -> bool {
    match field_items(rule, "matches") {
        [only] => only.get("path").is_some_and(|path| is(path, "type", "PathPrefix")),
        _ => false,
    }
}
