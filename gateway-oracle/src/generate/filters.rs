//! Filters of every kind.

use gateway_core::model::{
    BackendObjectReference, ExternalAuthProtocol, Fraction, GrpcRouteFilter, GrpcRouteFilterType,
    HttpAuthConfig, HttpCorsFilter, HttpExternalAuthFilter, HttpHeader, HttpHeaderFilter, HttpPathModifier,
    HttpRequestMirrorFilter, HttpRequestRedirectFilter, HttpRouteFilter, HttpRouteFilterType,
    HttpUrlRewriteFilter, LocalObjectReference, PathModifierType, RedirectScheme,
};
use proptest::prelude::*;
use proptest::sample::select;

use super::Settings;
use super::alphabet::{VALUES, chance, header_name, maybe, path, pick};
use super::backends::reference;

fn headers() -> impl Strategy<Value = HttpHeaderFilter> {
    let header = || {
        (header_name(), pick(&VALUES))
            .prop_map(|(name, value)| HttpHeader { name: name.into(), value: value.into() })
    };
    let set = maybe(50, prop::collection::vec(header(), 1..=2));
    let add = maybe(50, prop::collection::vec(header(), 1..=2));
    let remove = maybe(30, prop::collection::vec(header_name(), 1..=1));
    (set, add, remove).prop_map(|(set, add, remove)| HttpHeaderFilter { set, add, remove })
}

fn mirror(broken: u32) -> impl Strategy<Value = HttpRequestMirrorFilter> {
    let share = prop_oneof![
        2 => Just((None, None)),
        2 => select(vec![0, 20, 50, 100]).prop_map(|percent| (Some(percent), None)),
        1 => select(vec![(1, Some(3)), (35, None), (0, Some(7)), (7, Some(7))]).prop_map(|(numerator, denominator)| {
            (None, Some(Fraction { numerator, denominator }))
        }),
    ];
    (reference(broken, false), share).prop_map(|(backend_ref, (percent, fraction))| HttpRequestMirrorFilter {
        backend_ref,
        percent,
        fraction,
    })
}

/// A modifier; one that replaces a prefix only where a rule matches one.
fn modifier(prefix: bool) -> impl Strategy<Value = HttpPathModifier> {
    let replacement = prop_oneof![4 => path(), 1 => Just(String::new()), 1 => Just("x/y".to_owned())];
    let full = prop_oneof![4 => path(), 1 => Just("/x?y=1".to_owned())];
    (replacement, full, chance(70)).prop_map(move |(replacement, full, part)| {
        let part = part && prefix;
        HttpPathModifier {
            r#type: if part {
                PathModifierType::ReplacePrefixMatch
            } else {
                PathModifierType::ReplaceFullPath
            },
            replace_full_path: (!part).then_some(full),
            replace_prefix_match: part.then_some(replacement),
        }
    })
}

fn filter(kind: HttpRouteFilterType) -> HttpRouteFilter {
    HttpRouteFilter { r#type: kind, ..HttpRouteFilter::default() }
}

/// A redirect.
pub(super) fn redirect(prefix: bool) -> impl Strategy<Value = HttpRouteFilter> {
    let scheme = maybe(40, select(vec![RedirectScheme::Http, RedirectScheme::Https]));
    let status = maybe(50, select(vec![301, 302, 303, 307, 308]));
    let port = maybe(40, select(vec![80, 443, 8080]));
    let parts = (scheme, maybe(40, Just("c.test".to_owned())), port, status, maybe(60, modifier(prefix)));
    parts.prop_map(|(scheme, hostname, port, status_code, path)| HttpRouteFilter {
        request_redirect: Some(HttpRequestRedirectFilter {
            scheme,
            hostname: hostname.map(Into::into),
            path,
            port: port.map(Into::into),
            status_code,
        }),
        ..filter(HttpRouteFilterType::RequestRedirect)
    })
}

fn rewrite(prefix: bool) -> impl Strategy<Value = HttpRouteFilter> {
    (maybe(50, Just("c.test".to_owned())), maybe(80, modifier(prefix))).prop_map(|(hostname, path)| {
        HttpRouteFilter {
            url_rewrite: Some(HttpUrlRewriteFilter { hostname: hostname.map(Into::into), path }),
            ..filter(HttpRouteFilterType::UrlRewrite)
        }
    })
}

fn cors() -> impl Strategy<Value = HttpRouteFilter> {
    let origins = select(vec!["*", "https://a.test", "https://*.a.test", "http://b.test:8080"]);
    let names = || prop_oneof![Just(vec!["*"]), Just(vec!["x-a", "x-b"])];
    let methods = prop_oneof![Just(vec!["*"]), Just(vec!["GET", "PUT"])];
    let parts = (
        prop::collection::vec(origins, 1..=2),
        maybe(50, any::<bool>()),
        maybe(70, methods),
        maybe(70, names()),
        maybe(50, names()),
        maybe(50, Just(3600)),
    );
    parts.prop_map(|(origins, allow_credentials, methods, headers, exposed, max_age)| HttpRouteFilter {
        cors: Some(HttpCorsFilter {
            allow_origins: Some(origins.into_iter().map(Into::into).collect()),
            allow_credentials,
            allow_methods: methods.map(|list| list.into_iter().map(Into::into).collect()),
            allow_headers: headers.map(|list| list.into_iter().map(Into::into).collect()),
            expose_headers: exposed.map(|list| list.into_iter().map(Into::into).collect()),
            max_age,
        }),
        ..filter(HttpRouteFilterType::Cors)
    })
}

fn auth(broken: u32) -> impl Strategy<Value = HttpRouteFilter> {
    reference(broken, false).prop_map(|backend_ref: BackendObjectReference| HttpRouteFilter {
        external_auth: Some(HttpExternalAuthFilter {
            protocol: ExternalAuthProtocol::Http,
            backend_ref,
            grpc: None,
            http: Some(HttpAuthConfig { path: Some("/auth".into()), ..HttpAuthConfig::default() }),
            forward_body: None,
        }),
        ..filter(HttpRouteFilterType::ExternalAuth)
    })
}

fn extension() -> HttpRouteFilter {
    let reference =
        LocalObjectReference { group: "example.com".into(), kind: "Limit".into(), name: "x".into() };
    HttpRouteFilter { extension_ref: Some(reference), ..filter(HttpRouteFilterType::ExtensionRef) }
}

/// Filters of a rule or a backend: each type at most once but for mirrors.
pub(super) fn http(settings: &Settings, prefix: bool) -> BoxedStrategy<Vec<HttpRouteFilter>> {
    if !settings.filters {
        return Just(Vec::new()).boxed();
    }
    let broken = settings.broken;
    let modify = |kind: HttpRouteFilterType| {
        move |modifier: HttpHeaderFilter| {
            let request = kind == HttpRouteFilterType::RequestHeaderModifier;
            HttpRouteFilter {
                request_header_modifier: request.then(|| modifier.clone()),
                response_header_modifier: (!request).then_some(modifier),
                ..filter(kind.clone())
            }
        }
    };
    let mirrors = mirror(broken).prop_map(|mirror| HttpRouteFilter {
        request_mirror: Some(mirror),
        ..filter(HttpRouteFilterType::RequestMirror)
    });
    let lists = (
        maybe(25, headers().prop_map(modify(HttpRouteFilterType::RequestHeaderModifier))),
        maybe(20, headers().prop_map(modify(HttpRouteFilterType::ResponseHeaderModifier))),
        prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(mirrors, 1..=2)],
        maybe(20, rewrite(prefix)),
        maybe(if settings.cors { 25 } else { 0 }, cors()),
        maybe(if settings.external_auth { 10 } else { 0 }, auth(broken)),
        maybe(if broken > 0 { 2 } else { 0 }, Just(extension())),
    );
    lists
        .prop_map(|(request, response, mirrors, rewrite, cors, auth, extension)| {
            let single = [request, response, rewrite, cors, auth, extension];
            single.into_iter().flatten().chain(mirrors).collect::<Vec<_>>()
        })
        .prop_shuffle()
        .boxed()
}

/// Filters of a GRPCRoute.
pub(super) fn grpc(settings: &Settings) -> BoxedStrategy<Vec<GrpcRouteFilter>> {
    if !settings.filters {
        return Just(Vec::new()).boxed();
    }
    let request = headers().prop_map(|modifier| GrpcRouteFilter {
        r#type: GrpcRouteFilterType::RequestHeaderModifier,
        request_header_modifier: Some(modifier),
        ..GrpcRouteFilter::default()
    });
    let response = headers().prop_map(|modifier| GrpcRouteFilter {
        r#type: GrpcRouteFilterType::ResponseHeaderModifier,
        response_header_modifier: Some(modifier),
        ..GrpcRouteFilter::default()
    });
    let mirrors = mirror(settings.broken).prop_map(|mirror| GrpcRouteFilter {
        r#type: GrpcRouteFilterType::RequestMirror,
        request_mirror: Some(mirror),
        ..GrpcRouteFilter::default()
    });
    (maybe(25, request), maybe(20, response), maybe(15, mirrors))
        .prop_map(|(request, response, mirror)| [request, response, mirror].into_iter().flatten().collect())
        .boxed()
}
