//! Rules about GRPCRoute (rules 02 §3.10).

use super::Rule;
use super::http_rule::{MOST_MATCHES, TOO_MANY_MATCHES, match_count};
use super::view::{has, is, text};
use crate::model::Value;
use crate::validate::pattern::{Pattern, Patterns};

pub(in crate::validate) static FEW_MATCHES: Rule =
    Rule::new("VAL-GR-01", TOO_MANY_MATCHES, "all rules together have at most 128 matches", |rules, _| {
        match_count(rules) <= MOST_MATCHES
    });

pub(in crate::validate) static SERVICE_OR_METHOD: Rule = Rule::new(
    "VAL-GM-01",
    "One or both of 'service' or 'method' must be specified",
    "a match of a method names a service, a method or both",
    |method, _| !has(method, "type") || has(method, "service") || has(method, "method"),
);

pub(in crate::validate) static SERVICE_CHARACTERS: Rule = Rule::new(
    "VAL-GM-02",
    r"service must only contain valid characters (matching ^(?i)\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$)",
    "a service that is compared as a whole is a name of protocol buffers",
    |method, patterns| is_valid(method, "service", Pattern::GrpcService, patterns),
);

pub(in crate::validate) static METHOD_CHARACTERS: Rule = Rule::new(
    "VAL-GM-03",
    "method must only contain valid characters (matching ^[A-Za-z_][A-Za-z_0-9]*$)",
    "a method that is compared as a whole is a name of protocol buffers",
    |method, patterns| is_valid(method, "method", Pattern::GrpcMethod, patterns),
);

fn is_valid(method: &Value, field: &str, pattern: Pattern, patterns: &Patterns) -> bool {
    let is_exact = !has(method, "type") || is(method, "type", "Exact");
    !is_exact || text(method, field).is_none_or(|value| patterns.matches(pattern, value))
}
