//! What a gRPC call is (MATCH-60), and expressions on its name (MATCH-62).

use alloc::format;
use alloc::string::String;

use crate::matching::request::RequestView;

/// The method of every gRPC call.
pub(crate) const CALL_METHOD: &str = "POST";

/// Whether a request calls itself gRPC, whoever takes it.
pub fn is_call(request: &impl RequestView) -> bool {
    request.method() == CALL_METHOD.as_bytes()
        && request.header_values("content-type").any(|value| value.starts_with(b"application/grpc"))
}

/// One expression on the path of a call from those on service and method; none or an empty one is any.
pub(crate) fn call_pattern(service: Option<&str>, method: Option<&str>) -> String {
    let part = |part: Option<&str>| match part {
        None | Some("") => String::from(".+"),
        Some(part) => format!("(?:{part})"),
    };
    format!("/{}/{}", part(service), part(method))
}
