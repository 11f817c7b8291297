//! Rules of an HTTPRoute.

use alloc::format;
use alloc::string::ToString;

use crate::attach::rule::checker::Checker;
use crate::attach::rule::{RuleNode, Scope};
use crate::model::{
    HeaderMatchType, HttpMethod, HttpRouteMatch, HttpRouteRetry, HttpRouteRule, PathMatchType,
    QueryParamMatchType,
};
use crate::profile::Feature;

/// Statuses that a retry may name (AMBIG-62).
const RETRY_CODES: core::ops::RangeInclusive<i32> = 400..=599;

pub(super) fn check(scope: Scope<'_>, index: usize, rule: &HttpRouteRule) -> RuleNode {
    let path = format!("spec.rules[{index}]");
    let mut checker = Checker::new(scope);
    checker.needs(Feature::HttpRouteNamedRouteRule, rule.name.is_some(), &format!("{path}.name"));
    for (index, condition) in rule.matches().iter().enumerate() {
        checker.http_match(&format!("{path}.matches[{index}]"), condition);
    }
    let one_prefix =
        matches!(&*rule.matches(), [only] if only.path().match_type() == PathMatchType::PathPrefix);
    let filters = rule.filters.as_deref().unwrap_or_default();
    checker.http_filters(&format!("{path}.filters"), filters, one_prefix);
    for (index, backend) in rule.backend_refs.iter().flatten().enumerate() {
        let path = format!("{path}.backendRefs[{index}]");
        let filters = backend.filters.as_deref().unwrap_or_default();
        checker.http_filters(&format!("{path}.filters"), filters, one_prefix);
        checker.backend(path, backend.target());
    }
    if let Some(timeouts) = &rule.timeouts {
        let path = format!("{path}.timeouts.request");
        checker.needs(Feature::HttpRouteRequestTimeout, timeouts.request.is_some(), &path);
        checker.duration(path, timeouts.request.as_ref());
    }
    if let Some(timeouts) = &rule.timeouts {
        let path = format!("{path}.timeouts.backendRequest");
        checker.needs(Feature::HttpRouteBackendTimeout, timeouts.backend_request.is_some(), &path);
        checker.duration(path, timeouts.backend_request.as_ref());
    }
    if let Some(retry) = &rule.retry {
        checker.retry(&format!("{path}.retry"), retry);
    }
    if let Some(session) = &rule.session_persistence {
        checker.session(&format!("{path}.sessionPersistence"), session);
    }
    checker.done()
}

impl Checker<'_> {
    fn http_match(&mut self, path: &str, condition: &HttpRouteMatch) {
        let path_match = condition.path();
        match path_match.match_type() {
            PathMatchType::Exact | PathMatchType::PathPrefix => {}
            PathMatchType::RegularExpression => self.regex(format!("{path}.path.value"), path_match.value()),
            PathMatchType::Other(other) => {
                let remedy = "use Exact, PathPrefix or RegularExpression";
                self.unsupported(format!("{path}.path.type"), &other, remedy);
            }
        }
        self.needs(Feature::HttpRouteMethodMatching, condition.method.is_some(), &format!("{path}.method"));
        if let Some(HttpMethod::Other(method)) = &condition.method {
            let remedy = "use one of GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH";
            self.unsupported(format!("{path}.method"), method, remedy);
        }
        for (index, header) in condition.headers.iter().flatten().enumerate() {
            self.header_match(&format!("{path}.headers[{index}]"), &header.match_type(), &header.value);
        }
        let queried = condition.query_params.as_ref().is_some_and(|params| !params.is_empty());
        self.needs(Feature::HttpRouteQueryParamMatching, queried, &format!("{path}.queryParams"));
        for (index, param) in condition.query_params.iter().flatten().enumerate() {
            let path = format!("{path}.queryParams[{index}]");
            match param.match_type() {
                QueryParamMatchType::Exact => {}
                QueryParamMatchType::RegularExpression => self.regex(format!("{path}.value"), &param.value),
                QueryParamMatchType::Other(other) => {
                    self.unsupported(format!("{path}.type"), &other, "use Exact or RegularExpression");
                }
            }
        }
    }

    pub(super) fn header_match(&mut self, path: &str, how: &HeaderMatchType, value: &str) {
        match how {
            HeaderMatchType::Exact => {}
            HeaderMatchType::RegularExpression => self.regex(format!("{path}.value"), value),
            HeaderMatchType::Other(other) => {
                self.unsupported(format!("{path}.type"), other, "use Exact or RegularExpression");
            }
        }
    }

    fn retry(&mut self, path: &str, retry: &HttpRouteRetry) {
        self.needs(Feature::HttpRouteRetry, true, path);
        for (index, code) in retry.codes.iter().flatten().enumerate() {
            if !RETRY_CODES.contains(code) {
                let path = format!("{path}.codes[{index}]");
                self.unsupported(path, &code.to_string(), "use statuses from 400 to 599");
            }
        }
        if let Some(attempts) = retry.attempts.filter(|attempts| *attempts < 1) {
            self.unsupported(format!("{path}.attempts"), &attempts.to_string(), "use 1 or more");
        }
        self.duration(format!("{path}.backoff"), retry.backoff.as_ref());
    }
}
