//! A request against the conditions of a match.

pub(crate) mod grpc;
pub(crate) mod headers;
pub(crate) mod path;
pub(crate) mod pattern;
pub(crate) mod query;
pub(crate) mod rank;

use gateway_core::ObjectKind;
use gateway_core::profile::Choices;

use crate::Request;
use crate::rule::{Condition, ConditionKind, Match};

/// MATCH-30: the first condition that does not hold.
pub(crate) fn failed(choices: &Choices, kind: ObjectKind, one: &Match, request: &Request) -> Option<String> {
    let path = if kind == ObjectKind::GrpcRoute {
        grpc::matches(choices, &one.path, request)
    } else {
        path::matches(choices, &one.path, &request.path)
    };
    if !path {
        return Some("path".to_owned());
    }
    // MATCH-37.
    if one.method.as_ref().is_some_and(|method| *method != request.method) {
        return Some("method".to_owned());
    }
    let headers = headers::effective(&one.headers);
    let failed = headers.into_iter().find(|condition| !headers::holds(choices, condition, request));
    if let Some(condition) = failed {
        return Some(format!("header {}", condition.name));
    }
    let queries = query::effective(&one.query);
    let failed = queries.into_iter().find(|condition| !query::holds(choices, condition, request));
    failed.map(|condition| format!("query {}", condition.name))
}

/// MATCH-36, MATCH-38, MATCH-41: a value against what is asked for.
fn meets(choices: &Choices, condition: &Condition, value: &[u8]) -> bool {
    match condition.kind {
        ConditionKind::Exact => condition.value.as_bytes() == value,
        ConditionKind::Regex => pattern::matches(choices, &condition.value, value),
        ConditionKind::Unknown => false,
    }
}
