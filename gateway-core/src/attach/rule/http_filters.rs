//! Filters of an HTTPRoute, on a rule or on a backend (FILT-001, FILT-006..008).

use alloc::format;
use alloc::string::ToString;

use crate::attach::rule::checker::Checker;
use crate::model::{
    ExternalAuthProtocol, HttpExternalAuthFilter, HttpPathModifier, HttpRequestRedirectFilter,
    HttpRouteFilter, HttpRouteFilterType as Type, HttpUrlRewriteFilter, PathModifierType, RedirectScheme,
};
use crate::profile::Feature;

impl Checker<'_> {
    /// `one_prefix`: the rule has exactly one match, with a PathPrefix.
    pub(super) fn http_filters(&mut self, path: &str, filters: &[HttpRouteFilter], one_prefix: bool) {
        let count = |kind: &Type| filters.iter().filter(|filter| filter.r#type == *kind).count();
        if count(&Type::UrlRewrite) > 0 && count(&Type::RequestRedirect) > 0 {
            let what = "URLRewrite and RequestRedirect exclude each other".to_string();
            self.incompatible(path.to_string(), what);
        }
        let many = count(&Type::RequestMirror) > 1;
        self.needs(Feature::HttpRouteRequestMultipleMirrors, many, path);
        for (index, filter) in filters.iter().enumerate() {
            let repeated = filters[..index].iter().any(|before| before.r#type == filter.r#type);
            // FILT-007
            let repeatable =
                matches!(filter.r#type, Type::RequestMirror | Type::ExtensionRef | Type::ExternalAuth);
            let path = format!("{path}[{index}]");
            if repeated && !repeatable {
                let what = format!("{} may stand only once in a list of filters", filter.r#type);
                self.incompatible(path.clone(), what);
            }
            self.http_filter(&path, filter, one_prefix);
        }
    }

    /// Only the field that the type names counts; another one beside it is inert.
    fn http_filter(&mut self, path: &str, filter: &HttpRouteFilter, one_prefix: bool) {
        let on_backend = path.contains(".backendRefs[");
        let there = match &filter.r#type {
            Type::RequestHeaderModifier => {
                self.needs(Feature::HttpRouteBackendRequestHeaderModification, on_backend, path);
                filter.request_header_modifier.is_some()
            }
            Type::ResponseHeaderModifier => {
                self.needs(Feature::HttpRouteResponseHeaderModification, true, path);
                filter.response_header_modifier.is_some()
            }
            Type::RequestMirror => {
                self.needs(Feature::HttpRouteRequestMirror, true, path);
                let path = format!("{path}.requestMirror");
                filter
                    .request_mirror
                    .as_ref()
                    .map(|mirror| {
                        let share = mirror.percent.is_some() || mirror.fraction.is_some();
                        self.needs(Feature::HttpRouteRequestPercentageMirror, share, &path);
                        self.mirror(&path, mirror);
                    })
                    .is_some()
            }
            Type::RequestRedirect => {
                let path = format!("{path}.requestRedirect");
                let redirect = filter.request_redirect.as_ref();
                redirect.map(|redirect| self.redirect(&path, redirect, one_prefix)).is_some()
            }
            Type::UrlRewrite => {
                let path = format!("{path}.urlRewrite");
                filter.url_rewrite.as_ref().map(|rewrite| self.rewrite(&path, rewrite, one_prefix)).is_some()
            }
            Type::Cors => {
                self.needs(Feature::HttpRouteCors, true, path);
                filter.cors.is_some()
            }
            Type::ExternalAuth => {
                let path = format!("{path}.externalAuth");
                filter.external_auth.as_ref().map(|auth| self.external_auth(&path, auth)).is_some()
            }
            Type::ExtensionRef => {
                filter.extension_ref.as_ref().map(|extension| self.extension(path, extension)).is_some()
            }
            Type::Other(other) => {
                let remedy = format!("remove the filter, or use one of {}", Type::VALUES.join(", "));
                return self.unsupported(format!("{path}.type"), other, &remedy);
            }
        };
        if !there {
            let remedy = "add the field that configures the filter";
            self.unsupported(format!("{path}.type"), filter.r#type.as_str(), remedy);
        }
    }

    fn redirect(&mut self, path: &str, redirect: &HttpRequestRedirectFilter, one_prefix: bool) {
        let status = redirect.status_code();
        let status_path = format!("{path}.statusCode");
        match status {
            301 | 302 => {}
            303 => self.needs(Feature::HttpRoute303RedirectStatusCode, true, &status_path),
            307 => self.needs(Feature::HttpRoute307RedirectStatusCode, true, &status_path),
            308 => self.needs(Feature::HttpRoute308RedirectStatusCode, true, &status_path),
            _ => self.unsupported(status_path, &status.to_string(), "use 301, 302, 303, 307 or 308"),
        }
        self.needs(Feature::HttpRouteSchemeRedirect, redirect.scheme.is_some(), &format!("{path}.scheme"));
        if let Some(RedirectScheme::Other(scheme)) = &redirect.scheme {
            self.unsupported(format!("{path}.scheme"), scheme, "use http or https");
        }
        self.needs(Feature::HttpRoutePortRedirect, redirect.port.is_some(), &format!("{path}.port"));
        self.needs(Feature::HttpRoutePathRedirect, redirect.path.is_some(), &format!("{path}.path"));
        self.path_modifier(&format!("{path}.path"), redirect.path.as_ref(), one_prefix);
    }

    fn rewrite(&mut self, path: &str, rewrite: &HttpUrlRewriteFilter, one_prefix: bool) {
        self.needs(Feature::HttpRouteHostRewrite, rewrite.hostname.is_some(), &format!("{path}.hostname"));
        self.needs(Feature::HttpRoutePathRewrite, rewrite.path.is_some(), &format!("{path}.path"));
        self.path_modifier(&format!("{path}.path"), rewrite.path.as_ref(), one_prefix);
    }

    fn external_auth(&mut self, path: &str, auth: &HttpExternalAuthFilter) {
        if let ExternalAuthProtocol::Other(protocol) = &auth.protocol {
            self.unsupported(format!("{path}.protocol"), protocol, "use HTTP or GRPC");
        }
        self.authorizer(path, auth.backend_ref.target());
    }

    fn path_modifier(&mut self, path: &str, modifier: Option<&HttpPathModifier>, one_prefix: bool) {
        let Some(modifier) = modifier else { return };
        let mut refuse = |remedy| self.unsupported(format!("{path}.type"), modifier.r#type.as_str(), remedy);
        match &modifier.r#type {
            PathModifierType::ReplaceFullPath if modifier.replace_full_path.is_none() => {
                refuse("add replaceFullPath");
            }
            PathModifierType::ReplacePrefixMatch if modifier.replace_prefix_match.is_none() => {
                refuse("add replacePrefixMatch");
            }
            // FILT-042
            PathModifierType::ReplacePrefixMatch if !one_prefix => {
                refuse("give the rule exactly one match, with a PathPrefix");
            }
            PathModifierType::Other(_) => refuse("use ReplaceFullPath or ReplacePrefixMatch"),
            PathModifierType::ReplaceFullPath | PathModifierType::ReplacePrefixMatch => {}
        }
    }
}
