//! Rules of the five kinds in one form.

use gateway_core::model::{
    BackendObjectReference, BackendRef, GrpcBackendRef, GrpcMethodMatchType, GrpcRouteFilter,
    GrpcRouteFilterType, GrpcRouteMatch, GrpcRouteRule, HeaderMatchType, HttpBackendRef, HttpCorsFilter,
    HttpExternalAuthFilter, HttpHeaderFilter, HttpRequestMirrorFilter, HttpRequestRedirectFilter,
    HttpRouteFilter, HttpRouteFilterType, HttpRouteMatch, HttpRouteRetry, HttpRouteRule, HttpRouteTimeouts,
    HttpUrlRewriteFilter, LocalObjectReference, PathMatchType, QueryParamMatchType, SectionName,
    SessionPersistence,
};

#[derive(Debug, Default)]
pub(crate) struct Rule {
    pub(crate) name: Option<String>,
    pub(crate) matches: Vec<Match>,
    pub(crate) filters: Vec<Filter>,
    pub(crate) backends: Vec<Backend>,
    pub(crate) timeouts: Option<HttpRouteTimeouts>,
    pub(crate) retry: Option<HttpRouteRetry>,
    pub(crate) session: Option<SessionPersistence>,
}

/// MATCH-30: what a match asks for; all of it must hold.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    pub(crate) path: PathCondition,
    pub(crate) method: Option<String>,
    pub(crate) headers: Vec<Condition>,
    pub(crate) query: Vec<Condition>,
}

#[derive(Clone, Debug)]
pub(crate) enum PathCondition {
    Exact(String),
    Prefix(String),
    Regex(String),
    /// MATCH-61: a gRPC method; absent parts are empty.
    Call {
        service: String,
        method: String,
    },
    /// MATCH-62.
    CallRegex {
        service: String,
        method: String,
    },
    /// A type that this version does not have.
    Unknown,
}

/// A value that a header or parameter must have.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) kind: ConditionKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConditionKind {
    Exact,
    Regex,
    Unknown,
}

#[derive(Clone, Debug)]
pub(crate) enum Filter {
    RequestHeaders(HttpHeaderFilter),
    ResponseHeaders(HttpHeaderFilter),
    Mirror(HttpRequestMirrorFilter),
    Redirect(HttpRequestRedirectFilter),
    Rewrite(HttpUrlRewriteFilter),
    Cors(HttpCorsFilter),
    Auth(HttpExternalAuthFilter),
    Extension(LocalObjectReference),
    /// FILT-008: a type that this version does not have, or one without its body.
    Unknown,
}

#[derive(Debug)]
pub(crate) struct Backend {
    pub(crate) reference: BackendObjectReference,
    pub(crate) weight: i32,
    pub(crate) filters: Vec<Filter>,
}

impl Rule {
    /// A rule of a TLSRoute, TCPRoute or UDPRoute.
    pub(crate) fn plain(name: Option<&SectionName>, backends: &[BackendRef]) -> Self {
        let backends = backends.iter().map(|one| Backend {
            reference: BackendObjectReference {
                group: one.group.clone(),
                kind: one.kind.clone(),
                name: one.name.clone(),
                namespace: one.namespace.clone(),
                port: one.port,
            },
            weight: one.weight(),
            filters: Vec::new(),
        });
        Self { name: name.map(|name| name.0.clone()), backends: backends.collect(), ..Self::default() }
    }
}

impl From<&HttpRouteRule> for Rule {
    fn from(rule: &HttpRouteRule) -> Self {
        Self {
            name: rule.name.as_ref().map(|name| name.0.clone()),
            matches: rule.matches().iter().map(Match::from).collect(),
            filters: rule.filters.iter().flatten().map(Filter::from).collect(),
            backends: rule.backend_refs.iter().flatten().map(Backend::from).collect(),
            timeouts: rule.timeouts.clone(),
            retry: rule.retry.clone(),
            session: rule.session_persistence.clone(),
        }
    }
}

impl From<&GrpcRouteRule> for Rule {
    fn from(rule: &GrpcRouteRule) -> Self {
        Self {
            name: rule.name.as_ref().map(|name| name.0.clone()),
            matches: rule.matches.iter().flatten().map(Match::from).collect(),
            filters: rule.filters.iter().flatten().map(Filter::from).collect(),
            backends: rule.backend_refs.iter().flatten().map(Backend::from).collect(),
            session: rule.session_persistence.clone(),
            ..Self::default()
        }
    }
}

impl From<&HttpRouteMatch> for Match {
    fn from(one: &HttpRouteMatch) -> Self {
        let path = one.path();
        let value = path.value().to_owned();
        let header = |kind: &HeaderMatchType| match kind {
            HeaderMatchType::Exact => ConditionKind::Exact,
            HeaderMatchType::RegularExpression => ConditionKind::Regex,
            HeaderMatchType::Other(_) => ConditionKind::Unknown,
        };
        let query = |kind: &QueryParamMatchType| match kind {
            QueryParamMatchType::Exact => ConditionKind::Exact,
            QueryParamMatchType::RegularExpression => ConditionKind::Regex,
            QueryParamMatchType::Other(_) => ConditionKind::Unknown,
        };
        let headers = one.headers.iter().flatten().map(|one| Condition {
            name: one.name.0.clone(),
            value: one.value.0.clone(),
            kind: header(&one.match_type()),
        });
        let parameters = one.query_params.iter().flatten().map(|one| Condition {
            name: one.name.0.clone(),
            value: one.value.clone(),
            kind: query(&one.match_type()),
        });
        Self {
            path: match path.match_type() {
                PathMatchType::Exact => PathCondition::Exact(value),
                PathMatchType::PathPrefix => PathCondition::Prefix(value),
                PathMatchType::RegularExpression => PathCondition::Regex(value),
                PathMatchType::Other(_) => PathCondition::Unknown,
            },
            method: one.method.as_ref().map(|method| method.as_str().to_owned()),
            headers: headers.collect(),
            query: parameters.collect(),
        }
    }
}

impl From<&GrpcRouteMatch> for Match {
    fn from(one: &GrpcRouteMatch) -> Self {
        let headers = one.headers.iter().flatten().map(|one| Condition {
            name: one.name.0.clone(),
            value: one.value.clone(),
            kind: match one.match_type() {
                HeaderMatchType::Exact => ConditionKind::Exact,
                HeaderMatchType::RegularExpression => ConditionKind::Regex,
                HeaderMatchType::Other(_) => ConditionKind::Unknown,
            },
        });
        let call = one.method.as_ref();
        let service = call.and_then(|call| call.service.clone()).unwrap_or_default();
        let method = call.and_then(|call| call.method.clone()).unwrap_or_default();
        Self {
            path: match call.map(gateway_core::model::GrpcMethodMatch::match_type) {
                None | Some(GrpcMethodMatchType::Exact) => PathCondition::Call { service, method },
                Some(GrpcMethodMatchType::RegularExpression) => PathCondition::CallRegex { service, method },
                Some(GrpcMethodMatchType::Other(_)) => PathCondition::Unknown,
            },
            method: None,
            headers: headers.collect(),
            query: Vec::new(),
        }
    }
}

impl From<&HttpRouteFilter> for Filter {
    fn from(one: &HttpRouteFilter) -> Self {
        let filter = match one.r#type {
            HttpRouteFilterType::RequestHeaderModifier => {
                one.request_header_modifier.clone().map(Self::RequestHeaders)
            }
            HttpRouteFilterType::ResponseHeaderModifier => {
                one.response_header_modifier.clone().map(Self::ResponseHeaders)
            }
            HttpRouteFilterType::RequestMirror => one.request_mirror.clone().map(Self::Mirror),
            HttpRouteFilterType::RequestRedirect => one.request_redirect.clone().map(Self::Redirect),
            HttpRouteFilterType::UrlRewrite => one.url_rewrite.clone().map(Self::Rewrite),
            HttpRouteFilterType::Cors => one.cors.clone().map(Self::Cors),
            HttpRouteFilterType::ExternalAuth => one.external_auth.clone().map(Self::Auth),
            HttpRouteFilterType::ExtensionRef => one.extension_ref.clone().map(Self::Extension),
            HttpRouteFilterType::Other(_) => None,
        };
        filter.unwrap_or(Self::Unknown)
    }
}

impl From<&GrpcRouteFilter> for Filter {
    fn from(one: &GrpcRouteFilter) -> Self {
        let filter = match one.r#type {
            GrpcRouteFilterType::RequestHeaderModifier => {
                one.request_header_modifier.clone().map(Self::RequestHeaders)
            }
            GrpcRouteFilterType::ResponseHeaderModifier => {
                one.response_header_modifier.clone().map(Self::ResponseHeaders)
            }
            GrpcRouteFilterType::RequestMirror => one.request_mirror.clone().map(Self::Mirror),
            GrpcRouteFilterType::ExtensionRef => one.extension_ref.clone().map(Self::Extension),
            GrpcRouteFilterType::Other(_) => None,
        };
        filter.unwrap_or(Self::Unknown)
    }
}

macro_rules! backend {
    ($reference:ty) => {
        impl From<&$reference> for Backend {
            fn from(one: &$reference) -> Self {
                Self {
                    reference: BackendObjectReference {
                        group: one.group.clone(),
                        kind: one.kind.clone(),
                        name: one.name.clone(),
                        namespace: one.namespace.clone(),
                        port: one.port,
                    },
                    weight: one.weight(),
                    filters: one.filters.iter().flatten().map(Filter::from).collect(),
                }
            }
        }
    };
}

backend!(HttpBackendRef);
backend!(GrpcBackendRef);
