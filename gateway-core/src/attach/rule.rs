//! One rule of an HTTPRoute: can it be carried out (ATT-174, ATT-175, FILT-006..008), and what does
//! it refer to.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::attach::backend::{self, BackendEdge, ExtensionEdge};
use crate::attach::world::World;
use crate::matching::Pattern;
use crate::model::{
    GatewayDuration, HeaderMatchType, HttpMethod, HttpPathModifier, HttpRouteFilter, HttpRouteFilterType,
    HttpRouteMatch, HttpRouteRule, ObjectKind, PathMatchType, PathModifierType, QueryParamMatchType,
    RedirectScheme,
};

/// A rule with everything found out about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleNode {
    /// Why the rule is dropped; empty when it is carried out.
    pub problems: Vec<RuleProblem>,
    /// Its backends, in order.
    pub backends: Vec<BackendEdge>,
    /// Backends of its mirror filters, of the rule and then of each backendRef.
    pub mirrors: Vec<BackendEdge>,
    /// Filters of other kinds that it names.
    pub extensions: Vec<ExtensionEdge>,
}

/// Something about a rule that cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleProblem {
    /// The field.
    pub path: String,
    /// What it is.
    pub fault: RuleFault,
}

/// What cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleFault {
    /// A value that is unknown, or not supported in this version.
    Unsupported {
        /// The value as written.
        value: String,
        /// What would be possible.
        remedy: String,
    },
    /// A regular expression that cannot be used.
    Regex {
        /// The expression.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Filters that exclude each other.
    Incompatible {
        /// What clashes.
        what: String,
    },
}

pub(crate) fn check(world: &World<'_>, namespace: &str, index: usize, rule: &HttpRouteRule) -> RuleNode {
    let path = format!("spec.rules[{index}]");
    let mut checker = Checker { world, namespace, node: RuleNode::default() };
    for (index, condition) in rule.matches().iter().enumerate() {
        checker.condition(&format!("{path}.matches[{index}]"), condition);
    }
    let prefixes =
        rule.matches().iter().filter(|one| one.path().match_type() == PathMatchType::PathPrefix).count();
    let one_prefix = prefixes == 1 && rule.matches().len() == 1;
    checker.filters(&format!("{path}.filters"), rule.filters.as_deref().unwrap_or_default(), one_prefix);
    for (index, backend) in rule.backend_refs.as_deref().unwrap_or_default().iter().enumerate() {
        let path = format!("{path}.backendRefs[{index}]");
        let filters = backend.filters.as_deref().unwrap_or_default();
        checker.filters(&format!("{path}.filters"), filters, one_prefix);
        let edge = backend::resolve(world, ObjectKind::HttpRoute, namespace, path, backend.target());
        checker.node.backends.push(edge);
    }
    if let Some(timeouts) = &rule.timeouts {
        checker.duration(format!("{path}.timeouts.request"), timeouts.request.as_ref());
        checker.duration(format!("{path}.timeouts.backendRequest"), timeouts.backend_request.as_ref());
    }
    checker.node
}

struct Checker<'a> {
    world: &'a World<'a>,
    namespace: &'a str,
    node: RuleNode,
}

impl Checker<'_> {
    fn unsupported(&mut self, path: String, value: &str, remedy: &str) {
        let fault = RuleFault::Unsupported { value: value.to_string(), remedy: remedy.to_string() };
        self.node.problems.push(RuleProblem { path, fault });
    }

    fn incompatible(&mut self, path: String, what: String) {
        self.node.problems.push(RuleProblem { path, fault: RuleFault::Incompatible { what } });
    }

    fn regex(&mut self, path: String, pattern: &str) {
        if let Err(error) = Pattern::new(pattern, self.world.profile) {
            let fault = RuleFault::Regex { pattern: pattern.to_string(), reason: error.to_string() };
            self.node.problems.push(RuleProblem { path, fault });
        }
    }

    fn duration(&mut self, path: String, duration: Option<&GatewayDuration>) {
        if let Some(duration) = duration.filter(|duration| duration.parse().is_err()) {
            self.unsupported(path, duration, "use a duration such as 500ms, 10s or 1h30m");
        }
    }

    fn condition(&mut self, path: &str, condition: &HttpRouteMatch) {
        let path_match = condition.path();
        match path_match.match_type() {
            PathMatchType::Exact | PathMatchType::PathPrefix => {}
            PathMatchType::RegularExpression => self.regex(format!("{path}.path.value"), path_match.value()),
            PathMatchType::Other(other) => {
                self.unsupported(
                    format!("{path}.path.type"),
                    &other,
                    "use Exact, PathPrefix or RegularExpression",
                );
            }
        }
        if let Some(HttpMethod::Other(method)) = &condition.method {
            self.unsupported(
                format!("{path}.method"),
                method,
                "use one of GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH",
            );
        }
        for (index, header) in condition.headers.iter().flatten().enumerate() {
            let path = format!("{path}.headers[{index}]");
            match header.match_type() {
                HeaderMatchType::Exact => {}
                HeaderMatchType::RegularExpression => self.regex(format!("{path}.value"), &header.value),
                HeaderMatchType::Other(other) => {
                    self.unsupported(format!("{path}.type"), &other, "use Exact or RegularExpression");
                }
            }
        }
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

    fn filters(&mut self, path: &str, filters: &[HttpRouteFilter], one_prefix: bool) {
        use HttpRouteFilterType as Type;
        let has = |kind: &Type| filters.iter().any(|filter| filter.r#type == *kind);
        if has(&Type::UrlRewrite) && has(&Type::RequestRedirect) {
            self.incompatible(
                path.to_string(),
                "URLRewrite and RequestRedirect exclude each other".to_string(),
            );
        }
        for (index, filter) in filters.iter().enumerate() {
            let repeated = filters[..index].iter().any(|before| before.r#type == filter.r#type);
            let repeatable = matches!(filter.r#type, Type::RequestMirror | Type::ExtensionRef);
            let path = format!("{path}[{index}]");
            if repeated && !repeatable {
                let what = format!("{} may stand only once in a list of filters", filter.r#type.as_str());
                self.incompatible(path.clone(), what);
            }
            self.filter(&path, filter, one_prefix);
        }
    }

    fn filter(&mut self, path: &str, filter: &HttpRouteFilter, one_prefix: bool) {
        use HttpRouteFilterType as Type;
        let kind = filter.r#type.as_str();
        let there = match &filter.r#type {
            Type::RequestHeaderModifier => filter.request_header_modifier.is_some(),
            Type::ResponseHeaderModifier => filter.response_header_modifier.is_some(),
            Type::RequestMirror => filter.request_mirror.is_some(),
            Type::RequestRedirect => filter.request_redirect.is_some(),
            Type::UrlRewrite => filter.url_rewrite.is_some(),
            Type::ExtensionRef => filter.extension_ref.is_some(),
            // FEAT-R5: what is not carried out is never silently left out.
            Type::Cors | Type::ExternalAuth | Type::Other(_) => {
                return self.unsupported(format!("{path}.type"), kind, "remove the filter, or use one of RequestHeaderModifier, ResponseHeaderModifier, RequestRedirect, URLRewrite, RequestMirror");
            }
        };
        if !there {
            return self.unsupported(
                format!("{path}.type"),
                kind,
                "add the field that configures the filter",
            );
        }
        // Only the field that the type names counts; another one beside it is inert.
        if let Some(mirror) = filter.request_mirror.as_ref().filter(|_| filter.r#type == Type::RequestMirror)
        {
            let path = format!("{path}.requestMirror");
            let edge_path = format!("{path}.backendRef");
            let target = mirror.backend_ref.target();
            let edge = backend::resolve(self.world, ObjectKind::HttpRoute, self.namespace, edge_path, target);
            self.node.mirrors.push(edge);
            if let Some(percent) = mirror.percent.filter(|percent| !(0..=100).contains(percent)) {
                self.unsupported(format!("{path}.percent"), &percent.to_string(), "use 0 to 100");
            }
            if let Some(fraction) = &mirror.fraction
                && !(1..=i32::MAX).contains(&fraction.denominator())
            {
                self.unsupported(
                    format!("{path}.fraction.denominator"),
                    &fraction.denominator().to_string(),
                    "use 1 or more",
                );
            }
        }
        if let Some(redirect) =
            filter.request_redirect.as_ref().filter(|_| filter.r#type == Type::RequestRedirect)
        {
            let path = format!("{path}.requestRedirect");
            let status = redirect.status_code();
            if ![301, 302, 303, 307, 308].contains(&status) {
                self.unsupported(
                    format!("{path}.statusCode"),
                    &status.to_string(),
                    "use 301, 302, 303, 307 or 308",
                );
            }
            if let Some(RedirectScheme::Other(scheme)) = &redirect.scheme {
                self.unsupported(format!("{path}.scheme"), scheme, "use http or https");
            }
            self.path_modifier(&format!("{path}.path"), redirect.path.as_ref(), one_prefix);
        }
        if let Some(rewrite) = filter.url_rewrite.as_ref().filter(|_| filter.r#type == Type::UrlRewrite) {
            self.path_modifier(&format!("{path}.urlRewrite.path"), rewrite.path.as_ref(), one_prefix);
        }
        if let Some(extension) = filter.extension_ref.as_ref().filter(|_| filter.r#type == Type::ExtensionRef)
        {
            let target = format!("{}.{}/{}", extension.kind, extension.group, extension.name);
            self.node.extensions.push(ExtensionEdge { path: format!("{path}.extensionRef"), target });
        }
    }

    fn path_modifier(&mut self, path: &str, modifier: Option<&HttpPathModifier>, one_prefix: bool) {
        let Some(modifier) = modifier else { return };
        match &modifier.r#type {
            PathModifierType::ReplaceFullPath if modifier.replace_full_path.is_none() => {
                self.unsupported(format!("{path}.type"), "ReplaceFullPath", "add replaceFullPath");
            }
            PathModifierType::ReplacePrefixMatch if modifier.replace_prefix_match.is_none() => {
                self.unsupported(format!("{path}.type"), "ReplacePrefixMatch", "add replacePrefixMatch");
            }
            // FILT-042
            PathModifierType::ReplacePrefixMatch if !one_prefix => {
                self.unsupported(
                    format!("{path}.type"),
                    "ReplacePrefixMatch",
                    "give the rule exactly one match, with a PathPrefix",
                );
            }
            PathModifierType::Other(other) => {
                self.unsupported(format!("{path}.type"), other, "use ReplaceFullPath or ReplacePrefixMatch");
            }
            _ => {}
        }
    }
}
