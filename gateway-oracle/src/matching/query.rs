//! Query conditions.

use gateway_core::profile::{Choices, RepeatedQueryParams};

use super::meets;
use crate::Request;
use crate::rule::Condition;

/// MATCH-42: of entries with the same name the first counts.
pub(crate) fn effective(conditions: &[Condition]) -> Vec<&Condition> {
    let mut effective: Vec<&Condition> = Vec::new();
    for condition in conditions {
        if !effective.iter().any(|one| one.name == condition.name) {
            effective.push(condition);
        }
    }
    effective
}

/// MATCH-41..MATCH-43: the first parameter of that name, decoded.
pub(crate) fn holds(choices: &Choices, condition: &Condition, request: &Request) -> bool {
    let Some(query) = request.query.as_deref() else { return false };
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let decoded = pairs.map(|(name, value)| (decoded(name), decoded(value)));
    let mut named = decoded.filter(|(name, _)| name == condition.name.as_bytes());
    // AMBIG-26.
    match choices.repeated_query_params {
        RepeatedQueryParams::First => {
            named.next().is_some_and(|(_, value)| meets(choices, condition, &value))
        }
        RepeatedQueryParams::Any => named.any(|(_, value)| meets(choices, condition, &value)),
    }
}

/// MATCH-43, AMBIG-26: `%xx` and `+`; what is no escape stays.
pub(crate) fn decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let escape = bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        let escape = escape.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match (bytes[at], escape.and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            (b'%', Some(byte)) => {
                decoded.push(byte);
                at += 3;
                continue;
            }
            (b'+', _) => decoded.push(b' '),
            (byte, _) => decoded.push(byte),
        }
        at += 1;
    }
    decoded
}
