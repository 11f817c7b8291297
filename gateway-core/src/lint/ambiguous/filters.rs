//! Filters, timeouts and retries (AMBIG-33..51, 62, 66, 68).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::declared as rule;
use crate::attach::{RouteNode, RouteObject};
use crate::key::ObjectKey;
use crate::lint::declared::Findings;
use crate::lint::route::{self, AnyFilter, FilterView, RuleView};
use crate::model::{
    HttpCorsFilter, HttpExternalAuthFilter, HttpHeaderFilter, HttpPathModifier, HttpRouteFilterType,
    HttpRouteRule, ObjectKind, PathMatchType, SessionPersistence,
};

pub(super) fn check(node: &RouteNode, found: &mut Findings) {
    let key = &node.key;
    for view in route::rules(&node.object) {
        for filter in view.all_filters() {
            check_filter(key, filter, found);
        }
        levels(key, &view, found);
    }
    if let RouteObject::Http(route) = &node.object {
        for (index, spec) in route.spec.rules.iter().flatten().enumerate() {
            http_rule(key, &format!("spec.rules[{index}]"), spec, found);
        }
    }
    if let RouteObject::Grpc(route) = &node.object {
        for (index, spec) in route.spec.rules.iter().flatten().enumerate() {
            session(key, &format!("spec.rules[{index}]"), spec.session_persistence.as_ref(), found);
        }
    }
}

fn check_filter(key: &ObjectKey, view: &FilterView<'_>, found: &mut Findings) {
    let filter = view.filter;
    if let Some(headers) = filter.request_headers() {
        let path = format!("{}.requestHeaderModifier", view.path);
        header_twice(key, &path, headers, found);
        if let Some((field, name)) =
            actions(headers).into_iter().find(|(_, name)| name.eq_ignore_ascii_case("host"))
        {
            let message = format!(
                "`{name}` is changed as a header; here it is changed like any other, elsewhere it may not be"
            );
            found.add(
                &rule::HOST_HEADER,
                key,
                format!("{path}.{field}"),
                message,
                "use a URLRewrite filter with `hostname`",
            );
        }
    }
    if let Some(headers) = filter.response_headers() {
        header_twice(key, &format!("{}.responseHeaderModifier", view.path), headers, found);
        if matches!(filter, AnyFilter::Grpc(_)) {
            let message =
                "ResponseHeaderModifier is core by one text and extended by another; here it is core";
            found.add(
                &rule::GRPC_RESPONSE_HEADERS,
                key,
                view.path.clone(),
                message,
                "know that an implementation may not support it",
            );
        }
    }
    for (field, modifier) in path_modifiers(filter) {
        path_modifier(key, &format!("{}.{field}.path", view.path), modifier, found);
    }
    if let Some(cors) = filter.http(&HttpRouteFilterType::Cors).and_then(|filter| filter.cors.as_ref()) {
        cors_filter(key, &format!("{}.cors", view.path), cors, found);
    }
    if let Some(auth) = filter.external_auth() {
        auth_filter(key, &format!("{}.externalAuth", view.path), auth, found);
    }
}

/// Every header name of a modifier, with its field.
fn actions(headers: &HttpHeaderFilter) -> Vec<(String, &str)> {
    let set = headers
        .set
        .iter()
        .flatten()
        .enumerate()
        .map(|(index, one)| (format!("set[{index}]"), one.name.as_str()));
    let add = headers
        .add
        .iter()
        .flatten()
        .enumerate()
        .map(|(index, one)| (format!("add[{index}]"), one.name.as_str()));
    let remove = headers
        .remove
        .iter()
        .flatten()
        .enumerate()
        .map(|(index, name)| (format!("remove[{index}]"), name.as_str()));
    set.chain(add).chain(remove).collect()
}

/// AMBIG-36: one name in two of the three lists.
fn header_twice(key: &ObjectKey, path: &str, headers: &HttpHeaderFilter, found: &mut Findings) {
    let actions = actions(headers);
    for (index, (field, name)) in actions.iter().enumerate() {
        let mut earlier = actions.iter().take(index);
        let other_list = |other: &str| other.split('[').next() != field.split('[').next();
        let clash = earlier.find(|(other, known)| known.eq_ignore_ascii_case(name) && other_list(other));
        if let Some((first, _)) = clash {
            let message =
                format!("header `{name}` is also in `{first}`; here set comes before add before remove");
            found.add(
                &rule::HEADER_TWICE,
                key,
                format!("{path}.{field}"),
                message,
                "keep one action for each header",
            );
        }
    }
}

fn path_modifiers(filter: AnyFilter<'_>) -> Vec<(&'static str, &HttpPathModifier)> {
    let redirect = filter
        .http(&HttpRouteFilterType::RequestRedirect)
        .and_then(|filter| filter.request_redirect.as_ref()?.path.as_ref());
    let rewrite = filter
        .http(&HttpRouteFilterType::UrlRewrite)
        .and_then(|filter| filter.url_rewrite.as_ref()?.path.as_ref());
    redirect
        .map(|path| ("requestRedirect", path))
        .into_iter()
        .chain(rewrite.map(|path| ("urlRewrite", path)))
        .collect()
}

fn path_modifier(key: &ObjectKey, path: &str, modifier: &HttpPathModifier, found: &mut Findings) {
    let full = modifier.replace_full_path.as_deref().map(|text| ("replaceFullPath", text));
    let prefix = modifier.replace_prefix_match.as_deref().map(|text| ("replacePrefixMatch", text));
    for (field, text) in full.into_iter().chain(prefix) {
        let path = format!("{path}.{field}");
        let removes = text.is_empty() && field == "replacePrefixMatch";
        if !text.starts_with('/') && !removes {
            let message = format!("`{text}` does not begin with `/`");
            found.add(&rule::RELATIVE_REPLACEMENT, key, path.clone(), message, format!("write `/{text}`"));
        }
        let message = if text.contains('?') {
            format!("`{text}` has a `?`, and what becomes of the query of the request is left open")
        } else {
            "what becomes of the query of the request is left open".into()
        };
        found.add(&rule::QUERY_KEPT, key, path, message, "test it where the query matters");
    }
}

fn cors_filter(key: &ObjectKey, path: &str, cors: &HttpCorsFilter, found: &mut Findings) {
    let unset = [
        ("allowMethods", cors.allow_methods.as_ref().is_none_or(Vec::is_empty)),
        ("allowHeaders", cors.allow_headers.as_ref().is_none_or(Vec::is_empty)),
    ];
    for (field, _) in unset.iter().filter(|(_, unset)| *unset) {
        let message = format!("`{field}` is not set; here the answer to a preflight leaves the header out");
        found.add(&rule::CORS_UNSET, key, path, message, format!("list what is allowed in `{field}`"));
    }
    if cors.allow_credentials() && cors.expose_headers.iter().flatten().any(|name| *name == "*") {
        let message = "`*` cannot be exposed with credentials; here the header is left out";
        found.add(&rule::CORS_EXPOSE_ALL, key, format!("{path}.exposeHeaders"), message, "list the headers");
    }
    if !cors.allow_credentials() && cors.allow_origins.iter().flatten().any(|origin| *origin == "*") {
        let message =
            "every origin is allowed; whether the answer names the one that asks or `*` is left open";
        found.add(
            &rule::CORS_ORIGIN,
            key,
            format!("{path}.allowOrigins"),
            message,
            "do not rely on the text of the answer",
        );
    }
}

fn auth_filter(key: &ObjectKey, path: &str, auth: &HttpExternalAuthFilter, found: &mut Findings) {
    let message = "what a denied client sees is left open";
    found.add(&rule::AUTH_DENIAL, key, path, message, "do not rely on the body of a denial");
    if let Some(size) = auth.forward_body.as_ref().and_then(|body| body.max_size).filter(|size| *size > 0) {
        let message = format!("what becomes of a body of more than {size} bytes is left open");
        found.add(
            &rule::AUTH_BODY,
            key,
            format!("{path}.forwardBody.maxSize"),
            message,
            "allow for the largest body that is expected",
        );
    }
}

/// Filters of the rule and of its backends together (AMBIG-33, AMBIG-35).
fn levels(key: &ObjectKey, view: &RuleView<'_>, found: &mut Findings) {
    for backend in view.backends.iter().filter(|backend| !backend.filters.is_empty()) {
        let message =
            "filters of a single backend are an extended feature here, elsewhere the implementation's own";
        found.add(
            &rule::BACKEND_FILTERS,
            key,
            format!("{}.filters", backend.path),
            message,
            "know that an implementation may not support them",
        );
        for filter in &backend.filters {
            let changes =
                filter.filter.request_headers().is_some() || filter.filter.response_headers().is_some();
            let twice = view.filters.iter().find(|one| one.filter.kind() == filter.filter.kind());
            if let Some(twice) = twice.filter(|_| changes) {
                let message = format!(
                    "{} is also on the rule ({}); here the rule's comes first on the request, the backend's first on the response",
                    filter.filter.kind(),
                    twice.path,
                );
                found.add(
                    &rule::FILTER_ORDER,
                    key,
                    filter.path.clone(),
                    message,
                    "change each header in one place",
                );
            }
        }
    }
}

fn http_rule(key: &ObjectKey, path: &str, spec: &HttpRouteRule, found: &mut Findings) {
    let matches = spec.matches();
    let filters = spec.filters.as_deref().unwrap_or_default();
    let root = |one: &crate::model::HttpRouteMatch| {
        one.path().match_type() == PathMatchType::PathPrefix && one.path().value() == "/"
    };
    for (index, filter) in filters.iter().enumerate() {
        let view = AnyFilter::Http(filter);
        let replaced =
            path_modifiers(view).into_iter().find(|(_, modifier)| modifier.replace_prefix_match.is_some());
        if let Some((field, _)) = replaced.filter(|_| matches.iter().any(root)) {
            let message = "the prefix `/` is replaced, and what becomes of the path `/` itself is left open";
            found.add(
                &rule::ROOT_PREFIX,
                key,
                format!("{path}.filters[{index}].{field}.path"),
                message,
                "test the paths that matter, or use ReplaceFullPath",
            );
        }
    }
    let cors = filters.iter().position(|filter| filter.r#type == HttpRouteFilterType::Cors);
    if let Some(index) = cors {
        let preflight =
            matches.iter().any(|one| one.method.as_ref().is_none_or(|method| method.as_str() == "OPTIONS"));
        if !preflight {
            let message = "every match of the rule asks for a method other than OPTIONS, so that preflight requests never reach the filter";
            found.add(
                &rule::CORS_AND_METHOD,
                key,
                format!("{path}.filters[{index}]"),
                message,
                "add a match for OPTIONS, or leave the method out",
            );
        }
    }
    if let Some(timeouts) = &spec.timeouts {
        let zero = |duration: Option<&crate::model::GatewayDuration>| {
            duration.and_then(|duration| duration.parse().ok()).map(|parsed| parsed.is_zero())
        };
        if zero(timeouts.backend_request.as_ref()) == Some(true)
            && zero(timeouts.request.as_ref()) == Some(false)
        {
            let message = "a try has no limit of its own; here the time of the whole request bounds it";
            found.add(
                &rule::UNLIMITED_TRY,
                key,
                format!("{path}.timeouts.backendRequest"),
                message,
                "set the time of a try",
            );
        }
        let message = "the status for a request that takes too long is left open; the specification says `timeout error`";
        found.add(
            &rule::TIMEOUT_STATUS,
            key,
            format!("{path}.timeouts"),
            message,
            "do not rely on the code elsewhere",
        );
    }
    if let Some(retry) = &spec.retry {
        let message = "where a retry goes, and which methods are retried, is left open";
        found.add(
            &rule::RETRY_CHOICE,
            key,
            format!("{path}.retry"),
            message,
            "do not retry what must not happen twice",
        );
        for (index, code) in retry.codes.iter().flatten().enumerate().filter(|(_, code)| **code < 400) {
            let message = format!("{code} is not an error; here such codes are refused");
            found.add(
                &rule::RETRY_CODES,
                key,
                format!("{path}.retry.codes[{index}]"),
                message,
                "list codes from 400 to 599",
            );
        }
    }
    session(key, path, spec.session_persistence.as_ref(), found);
}

fn session(key: &ObjectKey, path: &str, session: Option<&SessionPersistence>, found: &mut Findings) {
    if session.is_some_and(|session| session.session_name.is_none()) {
        let message = "the name of the session token is the implementation's";
        found.add(
            &rule::SESSION_NAME,
            key,
            format!("{path}.sessionPersistence"),
            message,
            "set `sessionName`",
        );
    }
}

/// Rules without backends, and rules whose backends share nothing (AMBIG-31, 47, 48, 49).
pub(super) fn backends_missing(key: &ObjectKey, view: &RuleView<'_>, mesh: bool, found: &mut Findings) {
    let answered = view.filters.iter().any(|filter| filter.filter.answers());
    if !view.backends.is_empty() {
        if view.backends.iter().all(|backend| backend.weight <= 0) && !answered {
            let message = if view.backends.len() == 1 {
                "the only backend has weight 0, and whether it gets the traffic all the same is left open"
            } else {
                "all weights are 0, so that nobody gets the traffic; of a lone backend texts disagree"
            };
            found.add(
                &rule::ZERO_WEIGHTS,
                key,
                format!("{}.backendRefs", view.path),
                message,
                "give a backend a weight",
            );
        }
        return;
    }
    if mesh {
        let message = "the rule has no backendRefs; here the Service's own endpoints get its requests";
        found.add(
            &rule::MESH_WITHOUT_BACKENDS,
            key,
            view.path.clone(),
            message,
            "name the Service as the backend",
        );
    } else if key.kind == ObjectKind::GrpcRoute {
        let message =
            "the rule has no backendRefs; whether its calls get UNAVAILABLE or UNIMPLEMENTED is left open";
        found.add(&rule::GRPC_WITHOUT_BACKEND, key, view.path.clone(), message, "add a backend");
    } else if key.kind == ObjectKind::HttpRoute && !view.filters.is_empty() && !answered {
        let message = "the rule has no backend and no filter that answers, so that its requests get 500";
        found.add(
            &rule::FILTERS_WITHOUT_BACKEND,
            key,
            view.path.clone(),
            message,
            "add a backend, or a redirect",
        );
    }
}
