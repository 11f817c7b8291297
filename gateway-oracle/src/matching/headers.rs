//! Header conditions.

use gateway_core::profile::{Choices, RepeatedHeaders};

use super::meets;
use crate::Request;
use crate::rule::Condition;

/// MATCH-39: of entries with equivalent names the first counts.
pub(crate) fn effective(conditions: &[Condition]) -> Vec<&Condition> {
    let mut effective: Vec<&Condition> = Vec::new();
    for condition in conditions {
        if !effective.iter().any(|one| one.name.eq_ignore_ascii_case(&condition.name)) {
            effective.push(condition);
        }
    }
    effective
}

/// MATCH-38, MATCH-40, AMBIG-25: repeated headers; one that is missing meets nothing.
pub(crate) fn holds(choices: &Choices, condition: &Condition, request: &Request) -> bool {
    let named = request.headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(&condition.name));
    let mut values = named.map(|(_, value)| value.clone());
    match choices.repeated_headers {
        RepeatedHeaders::Joined => {
            value(request, &condition.name).is_some_and(|value| meets(choices, condition, value.as_bytes()))
        }
        RepeatedHeaders::Any => values.any(|value| meets(choices, condition, value.as_bytes())),
        RepeatedHeaders::First => {
            values.next().is_some_and(|value| meets(choices, condition, value.as_bytes()))
        }
    }
}

/// All values of a header, joined.
pub(crate) fn value(request: &Request, name: &str) -> Option<String> {
    let named = request.headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
    let values: Vec<_> = named.map(|(_, value)| value.as_str()).collect();
    (!values.is_empty()).then(|| values.join(","))
}
