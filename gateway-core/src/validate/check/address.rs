//! Addresses of Gateways: with type `IPAddress` the value must be one (VAL-GW-05, VAL-SCH-12).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::{Ipv4Addr, Ipv6Addr};

use super::place::Place;
use super::print;
use crate::model::{FieldPath, Value};
use crate::validate::{Problem, ProblemKind};

const RULE: &str = "VAL-GW-05";

/// Checks that an address meets exactly one of two: type `IPAddress` and an IP value, or another type.
pub(super) fn check(address: &Value, place: &Place<'_>, problems: &mut Vec<Problem>) {
    let mut report = |text: String| {
        problems.push(Problem {
            rule: RULE,
            path: FieldPath::root(),
            kind: ProblemKind::Invalid,
            value: Some("\"\"".into()),
            detail: text,
            is_dotted: true,
        });
    };
    let name = place.dotted();
    if *address == Value::Null {
        return;
    }
    if address.as_map().is_none() {
        // Neither alternative says that an address is an object.
        report(format!(
            "\"{name}\" must validate one and only one schema (oneOf). Found 2 valid alternatives"
        ));
        return;
    }
    let is_ip_type = address.get("type").is_none_or(|of_type| of_type.as_str() == Some("IPAddress"));
    let Some(value) = address.get("value").filter(|value| is_ip_type && !may_be_ip(value)) else { return };

    report(format!("\"{name}\" must validate one and only one schema (oneOf). Found none valid"));
    report(format!("\"{name}.value\" must validate at least one schema (anyOf)"));
    let shown = match value {
        Value::String(text) => print::quoted(text),
        value => print::quoted(format_name(value)),
    };
    problems.push(Problem {
        rule: RULE,
        path: place.key("value").path(),
        kind: ProblemKind::TypeInvalid,
        value: Some(shown.clone()),
        detail: format!("{name}.value in body must be of type ipv4: {shown}"),
        is_dotted: true,
    });
}

/// Whether a value passes the formats `ipv4` or `ipv6`, which let lists pass.
fn may_be_ip(value: &Value) -> bool {
    match value {
        Value::String(text) => is_ip(text),
        Value::List(_) => true,
        _ => false,
    }
}

/// Whether a text is an IPv4 or IPv6 address; numbers of IPv4 may have zeros in front, as the API server
/// still allows.
fn is_ip(text: &str) -> bool {
    if is_ipv4(text) || text.parse::<Ipv6Addr>().is_ok() {
        return true;
    }
    // An IPv6 address may end in an IPv4 address.
    text.rsplit_once(':').is_some_and(|(front, last)| {
        is_ipv4(last) && format!("{front}:{}", Ipv4Addr::LOCALHOST).parse::<Ipv6Addr>().is_ok()
    })
}

fn is_ipv4(text: &str) -> bool {
    let is_octet = |part: &str| {
        let digits = part.trim_start_matches('0');
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (digits.is_empty() || digits.parse::<u8>().is_ok())
    };
    text.split('.').count() == 4 && text.split('.').all(is_octet)
}

/// The format that Kubernetes takes a value for that should have one.
pub(super) fn format_name(value: &Value) -> &'static str {
    match value {
        Value::Number(number) if number.as_i64().is_some() => "int64",
        Value::Number(_) => "float64",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::is_ip;

    #[test]
    fn addresses_of_both_families() {
        for text in ["1.2.3.4", "010.0.0.001", "::", "::1", "2001:db8::1", "::ffff:1.2.3.4", "::01.2.3.4"] {
            assert!(is_ip(text), "{text}");
        }
        for text in [
            "",
            "1.2.3",
            "1.2.3.4:80",
            "1.2.3.256",
            "[::1]",
            "fe80::1%eth0",
            "10.0.0.0/8",
            "a",
            "1..2.3",
            ":1.2.3.4",
        ] {
            assert!(!is_ip(text), "{text}");
        }
    }
}
