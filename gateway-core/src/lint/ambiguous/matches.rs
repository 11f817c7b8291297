//! What single matches ask for (AMBIG-23, 25, 26, 28).

use alloc::format;

use super::declared as rule;
use crate::attach::{RouteNode, RouteObject};
use crate::key::ObjectKey;
use crate::lint::declared::Findings;
use crate::model::{GrpcMethodMatch, HeaderMatchType, HttpRouteMatch, PathMatchType};

pub(super) fn check(node: &RouteNode, found: &mut Findings) {
    match &node.object {
        RouteObject::Http(route) => {
            for (index, spec) in route.spec.rules.iter().flatten().enumerate() {
                for (number, one) in spec.matches.iter().flatten().enumerate() {
                    http_match(&node.key, &format!("spec.rules[{index}].matches[{number}]"), one, found);
                }
            }
        }
        RouteObject::Grpc(route) => {
            for (index, spec) in route.spec.rules.iter().flatten().enumerate() {
                for (number, one) in spec.matches.iter().flatten().enumerate() {
                    if let Some(method) = &one.method {
                        let path = format!("spec.rules[{index}].matches[{number}].method");
                        grpc_method(&node.key, &path, method, found);
                    }
                }
            }
        }
        RouteObject::Tls(_) | RouteObject::Tcp(_) | RouteObject::Udp(_) => {}
    }
}

fn http_match(key: &ObjectKey, path: &str, one: &HttpRouteMatch, found: &mut Findings) {
    let wanted = one.path();
    if wanted.match_type() != PathMatchType::RegularExpression && wanted.value().contains('%') {
        let message = format!("`{}` can be compared with the path as it comes, or decoded", wanted.value());
        let remedy = "use characters that need no encoding, or match both forms";
        found.add(&rule::ENCODED_PATH, key, format!("{path}.path.value"), message, remedy);
    }
    for (index, header) in one.headers.iter().flatten().enumerate() {
        if header.match_type() == HeaderMatchType::Exact && header.value.contains(',') {
            let message = format!("`{}` may also come as several headers", &*header.value);
            let remedy = "do not rely on how a repeated header is seen";
            found.add(
                &rule::HEADER_WITH_COMMA,
                key,
                format!("{path}.headers[{index}].value"),
                message,
                remedy,
            );
        }
    }
    for (index, parameter) in one.query_params.iter().flatten().enumerate() {
        let encoded = |text: &str| text.contains(['%', '+']);
        let exact = parameter.match_type().as_str() == "Exact" && encoded(&parameter.value);
        if exact || encoded(&parameter.name) {
            let message = format!(
                "`{}={}` is compared with the decoded query; elsewhere it may be the query as it comes",
                &*parameter.name, parameter.value,
            );
            let remedy = "use characters that need no encoding";
            found.add(&rule::ENCODED_QUERY, key, format!("{path}.queryParams[{index}]"), message, remedy);
        }
    }
}

fn grpc_method(key: &ObjectKey, path: &str, method: &GrpcMethodMatch, found: &mut Findings) {
    for (field, text) in [("service", &method.service), ("method", &method.method)] {
        let Some(text) = text else { continue };
        let message = if text.is_empty() {
            format!("an empty `{field}` means any here; validation and comments disagree about it")
        } else if text.starts_with('.') {
            format!("the leading dot of `{text}` is part of the name here")
        } else {
            continue;
        };
        let remedy = format!("write the full name, or leave `{field}` out");
        found.add(&rule::GRPC_METHOD, key, format!("{path}.{field}"), message, remedy);
    }
}
