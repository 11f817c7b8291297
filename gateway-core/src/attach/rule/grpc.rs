//! Rules of a GRPCRoute (MATCH-60..65, FILT-002).

use alloc::format;

use crate::attach::rule::checker::Checker;
use crate::attach::rule::{RuleFault, RuleNode, Scope};
use crate::matching::call_pattern;
use crate::model::{
    GrpcMethodMatchType, GrpcRouteFilter, GrpcRouteFilterType as Type, GrpcRouteMatch, GrpcRouteRule,
};
use crate::profile::Feature;

pub(super) fn check(scope: Scope<'_>, index: usize, rule: &GrpcRouteRule) -> RuleNode {
    let path = format!("spec.rules[{index}]");
    let mut checker = Checker::new(scope);
    if rule.name.is_some() && !scope.world.profile.supports(Feature::GrpcRouteNamedRouteRule) {
        let fault = RuleFault::Feature(Feature::GrpcRouteNamedRouteRule);
        checker.problem(format!("{path}.name"), fault);
    }
    for (index, condition) in rule.matches.iter().flatten().enumerate() {
        checker.grpc_match(&format!("{path}.matches[{index}]"), condition);
    }
    checker.grpc_filters(&format!("{path}.filters"), rule.filters.as_deref().unwrap_or_default());
    for (index, backend) in rule.backend_refs.iter().flatten().enumerate() {
        let path = format!("{path}.backendRefs[{index}]");
        checker.grpc_filters(&format!("{path}.filters"), backend.filters.as_deref().unwrap_or_default());
        checker.backend(path, backend.target());
    }
    if let Some(session) = &rule.session_persistence {
        checker.session(&format!("{path}.sessionPersistence"), session);
    }
    checker.done()
}

impl Checker<'_> {
    fn grpc_match(&mut self, path: &str, condition: &GrpcRouteMatch) {
        if let Some(method) = &condition.method {
            match method.match_type() {
                GrpcMethodMatchType::Exact => {}
                GrpcMethodMatchType::RegularExpression => {
                    let before = self.node.problems.len();
                    for (field, pattern) in [("service", &method.service), ("method", &method.method)] {
                        if let Some(pattern) = pattern {
                            self.regex(format!("{path}.method.{field}"), pattern);
                        }
                    }
                    // Both are good, and may still be too much together.
                    if self.node.problems.len() == before {
                        let whole = call_pattern(method.service.as_deref(), method.method.as_deref());
                        self.regex(format!("{path}.method"), &whole);
                    }
                }
                GrpcMethodMatchType::Other(other) => {
                    let remedy = "use Exact or RegularExpression";
                    self.unsupported(format!("{path}.method.type"), &other, remedy);
                }
            }
        }
        for (index, header) in condition.headers.iter().flatten().enumerate() {
            self.header_match(&format!("{path}.headers[{index}]"), &header.match_type(), &header.value);
        }
    }

    fn grpc_filters(&mut self, path: &str, filters: &[GrpcRouteFilter]) {
        for (index, filter) in filters.iter().enumerate() {
            let path = format!("{path}[{index}]");
            let repeated = filters[..index].iter().any(|before| before.r#type == filter.r#type);
            if repeated && !matches!(filter.r#type, Type::RequestMirror | Type::ExtensionRef) {
                let what = format!("{} may stand only once in a list of filters", filter.r#type);
                self.incompatible(path.clone(), what);
            }
            let there = match &filter.r#type {
                Type::RequestHeaderModifier => filter.request_header_modifier.is_some(),
                Type::ResponseHeaderModifier => filter.response_header_modifier.is_some(),
                Type::RequestMirror => {
                    let path = format!("{path}.requestMirror");
                    filter.request_mirror.as_ref().map(|mirror| self.mirror(&path, mirror)).is_some()
                }
                Type::ExtensionRef => {
                    filter.extension_ref.as_ref().map(|extension| self.extension(&path, extension)).is_some()
                }
                Type::Other(other) => {
                    let remedy = format!("remove the filter, or use one of {}", Type::VALUES.join(", "));
                    self.unsupported(format!("{path}.type"), other, &remedy);
                    continue;
                }
            };
            if !there {
                let remedy = "add the field that configures the filter";
                self.unsupported(format!("{path}.type"), filter.r#type.as_str(), remedy);
            }
        }
    }
}
