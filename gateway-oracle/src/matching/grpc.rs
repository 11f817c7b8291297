//! Calls of GRPCRoutes.

use gateway_core::profile::Choices;

use super::pattern;
use crate::Request;
use crate::rule::PathCondition;

/// MATCH-60..MATCH-63: a gRPC request is a POST to `/service/method`.
pub(crate) fn matches(choices: &Choices, condition: &PathCondition, request: &Request) -> bool {
    let path = request.path.as_str();
    if request.method != "POST" {
        return false;
    }
    match condition {
        PathCondition::Call { service, method } => match (service.as_str(), method.as_str()) {
            ("", "") => true,
            (service, "") => path.starts_with(&format!("/{service}/")),
            ("", method) => path
                .strip_suffix(&format!("/{method}"))
                .is_some_and(|service| service.len() > 1 && service.starts_with('/')),
            (service, method) => path == format!("/{service}/{method}"),
        },
        PathCondition::CallRegex { service, method } => {
            let part = |part: &str| if part.is_empty() { ".+".to_owned() } else { format!("(?:{part})") };
            pattern::matches(choices, &format!("/{}/{}", part(service), part(method)), path.as_bytes())
        }
        _ => false,
    }
}

/// Whether a request calls itself gRPC.
pub(crate) fn is_call(request: &Request) -> bool {
    let is_grpc = |(name, value): &(String, String)| {
        name.eq_ignore_ascii_case("content-type") && value.starts_with("application/grpc")
    };
    request.method == "POST" && request.headers.iter().any(is_grpc)
}
