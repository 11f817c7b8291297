//! Routes of every kind as the checks read them: rules, backends and filters with their paths.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::attach::RouteObject;
use crate::model::{
    BackendRef, BackendTarget, GrpcRouteFilter, GrpcRouteFilterType, GrpcRouteRule, HttpExternalAuthFilter,
    HttpHeaderFilter, HttpRequestMirrorFilter, HttpRouteFilter, HttpRouteFilterType, HttpRouteRule,
    LocalObjectReference,
};

/// A rule of a Route.
pub(in crate::lint) struct RuleView<'a> {
    /// Where it is, such as `spec.rules[0]`.
    pub(in crate::lint) path: String,
    /// Its filters; none for kinds without filters.
    pub(in crate::lint) filters: Vec<FilterView<'a>>,
    /// Its backends.
    pub(in crate::lint) backends: Vec<BackendView<'a>>,
}

/// A backend of a rule.
pub(in crate::lint) struct BackendView<'a> {
    pub(in crate::lint) path: String,
    pub(in crate::lint) target: BackendTarget<'a>,
    pub(in crate::lint) weight: i32,
    pub(in crate::lint) filters: Vec<FilterView<'a>>,
}

/// A filter with its place.
pub(in crate::lint) struct FilterView<'a> {
    pub(in crate::lint) path: String,
    pub(in crate::lint) filter: AnyFilter<'a>,
}

/// A filter of an HTTPRoute or a GRPCRoute.
#[derive(Clone, Copy)]
pub(in crate::lint) enum AnyFilter<'a> {
    Http(&'a HttpRouteFilter),
    Grpc(&'a GrpcRouteFilter),
}

impl<'a> AnyFilter<'a> {
    /// The word of its type.
    pub(in crate::lint) fn kind(self) -> &'a str {
        match self {
            Self::Http(filter) => filter.r#type.as_str(),
            Self::Grpc(filter) => filter.r#type.as_str(),
        }
    }

    /// The HTTPRoute filter, when it is one of that type.
    pub(in crate::lint) fn http(self, kind: &HttpRouteFilterType) -> Option<&'a HttpRouteFilter> {
        match self {
            Self::Http(filter) if filter.r#type == *kind => Some(filter),
            _ => None,
        }
    }

    fn grpc(self, kind: &GrpcRouteFilterType) -> Option<&'a GrpcRouteFilter> {
        match self {
            Self::Grpc(filter) if filter.r#type == *kind => Some(filter),
            _ => None,
        }
    }

    /// What it changes in request headers, with the field that says so.
    pub(in crate::lint) fn request_headers(self) -> Option<&'a HttpHeaderFilter> {
        let http = self.http(&HttpRouteFilterType::RequestHeaderModifier);
        let grpc = self.grpc(&GrpcRouteFilterType::RequestHeaderModifier);
        http.and_then(|filter| filter.request_header_modifier.as_ref())
            .or_else(|| grpc.and_then(|filter| filter.request_header_modifier.as_ref()))
    }

    /// What it changes in response headers.
    pub(in crate::lint) fn response_headers(self) -> Option<&'a HttpHeaderFilter> {
        let http = self.http(&HttpRouteFilterType::ResponseHeaderModifier);
        let grpc = self.grpc(&GrpcRouteFilterType::ResponseHeaderModifier);
        http.and_then(|filter| filter.response_header_modifier.as_ref())
            .or_else(|| grpc.and_then(|filter| filter.response_header_modifier.as_ref()))
    }

    /// Where it sends copies.
    pub(in crate::lint) fn mirror(self) -> Option<&'a HttpRequestMirrorFilter> {
        let http = self.http(&HttpRouteFilterType::RequestMirror);
        let grpc = self.grpc(&GrpcRouteFilterType::RequestMirror);
        http.and_then(|filter| filter.request_mirror.as_ref())
            .or_else(|| grpc.and_then(|filter| filter.request_mirror.as_ref()))
    }

    /// Whom it asks.
    pub(in crate::lint) fn external_auth(self) -> Option<&'a HttpExternalAuthFilter> {
        self.http(&HttpRouteFilterType::ExternalAuth)?.external_auth.as_ref()
    }

    /// The filter of the implementation that it names.
    pub(in crate::lint) fn extension(self) -> Option<&'a LocalObjectReference> {
        let http = self.http(&HttpRouteFilterType::ExtensionRef);
        let grpc = self.grpc(&GrpcRouteFilterType::ExtensionRef);
        http.and_then(|filter| filter.extension_ref.as_ref())
            .or_else(|| grpc.and_then(|filter| filter.extension_ref.as_ref()))
    }

    /// Whether it answers requests itself, so that no backend is needed (FILT-009).
    pub(in crate::lint) fn answers(self) -> bool {
        let answering = [HttpRouteFilterType::RequestRedirect, HttpRouteFilterType::Cors];
        answering.iter().any(|kind| self.http(kind).is_some()) || self.extension().is_some()
    }

    /// The backend that it needs beside those of the rule, with its field.
    pub(in crate::lint) fn target(self) -> Option<(&'static str, BackendTarget<'a>)> {
        let mirror = self.mirror().map(|mirror| ("requestMirror.backendRef", mirror.backend_ref.target()));
        let auth = || Some(("externalAuth.backendRef", self.external_auth()?.backend_ref.target()));
        mirror.or_else(auth)
    }
}

impl<'a> RuleView<'a> {
    /// Every filter of the rule and of its backends.
    pub(in crate::lint) fn all_filters(&self) -> impl Iterator<Item = &FilterView<'a>> {
        self.filters.iter().chain(self.backends.iter().flat_map(|backend| &backend.filters))
    }

    /// Every backend that the rule refers to, also from filters, with the path of the reference.
    pub(in crate::lint) fn all_targets(&self) -> Vec<(String, BackendTarget<'a>)> {
        let backends = self.backends.iter().map(|backend| (backend.path.clone(), backend.target));
        let filters = self.all_filters().filter_map(|view| {
            let (field, target) = view.filter.target()?;
            Some((format!("{}.{field}", view.path), target))
        });
        backends.chain(filters).collect()
    }
}

fn http_filters<'a>(path: &str, filters: Option<&'a [HttpRouteFilter]>) -> Vec<FilterView<'a>> {
    views(path, filters, AnyFilter::Http)
}

fn grpc_filters<'a>(path: &str, filters: Option<&'a [GrpcRouteFilter]>) -> Vec<FilterView<'a>> {
    views(path, filters, AnyFilter::Grpc)
}

fn views<'a, T>(
    path: &str,
    filters: Option<&'a [T]>,
    any: fn(&'a T) -> AnyFilter<'a>,
) -> Vec<FilterView<'a>> {
    let filters = filters.unwrap_or_default().iter().enumerate();
    filters
        .map(|(index, filter)| FilterView { path: format!("{path}.filters[{index}]"), filter: any(filter) })
        .collect()
}

/// The view of a backend; `filters` reads its own.
macro_rules! backend {
    ($rule:expr, $index:expr, $backend:expr, $filters:expr) => {{
        let path = format!("{}.backendRefs[{}]", $rule, $index);
        BackendView { target: $backend.target(), weight: $backend.weight(), filters: $filters(&path), path }
    }};
}

/// The rules of a Route as written; a Route without rules has none here.
pub(in crate::lint) fn rules(route: &RouteObject) -> Vec<RuleView<'_>> {
    let numbered = |index: usize| format!("spec.rules[{index}]");
    match route {
        RouteObject::Http(route) => {
            let view = |(index, rule)| http_rule(numbered(index), rule);
            route.spec.rules.iter().flatten().enumerate().map(view).collect()
        }
        RouteObject::Grpc(route) => {
            let view = |(index, rule)| grpc_rule(numbered(index), rule);
            route.spec.rules.iter().flatten().enumerate().map(view).collect()
        }
        RouteObject::Tls(route) => {
            plain_rules(route.spec.rules.iter().map(|rule| rule.backend_refs.as_slice()))
        }
        RouteObject::Tcp(route) => {
            plain_rules(route.spec.rules.iter().map(|rule| rule.backend_refs.as_slice()))
        }
        RouteObject::Udp(route) => {
            plain_rules(route.spec.rules.iter().map(|rule| rule.backend_refs.as_slice()))
        }
    }
}

fn http_rule(path: String, rule: &HttpRouteRule) -> RuleView<'_> {
    let backends = rule.backend_refs.iter().flatten().enumerate();
    RuleView {
        filters: http_filters(&path, rule.filters.as_deref()),
        backends: backends
            .map(|(index, one)| {
                backend!(path, index, one, |path: &str| http_filters(path, one.filters.as_deref()))
            })
            .collect(),
        path,
    }
}

fn grpc_rule(path: String, rule: &GrpcRouteRule) -> RuleView<'_> {
    let backends = rule.backend_refs.iter().flatten().enumerate();
    RuleView {
        filters: grpc_filters(&path, rule.filters.as_deref()),
        backends: backends
            .map(|(index, one)| {
                backend!(path, index, one, |path: &str| grpc_filters(path, one.filters.as_deref()))
            })
            .collect(),
        path,
    }
}

/// Rules that have nothing but backends.
fn plain_rules<'a>(rules: impl Iterator<Item = &'a [BackendRef]>) -> Vec<RuleView<'a>> {
    let view = |(index, backends): (usize, &'a [BackendRef])| {
        let path = format!("spec.rules[{index}]");
        RuleView {
            filters: Vec::new(),
            backends: backends
                .iter()
                .enumerate()
                .map(|(index, one)| backend!(path, index, one, |_: &str| Vec::new()))
                .collect(),
            path,
        }
    };
    rules.enumerate().map(view).collect()
}
