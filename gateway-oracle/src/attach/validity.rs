//! Rules that cannot be carried out.

use gateway_core::model::{CookieLifetimeType, HttpPathModifier, PathModifierType, RedirectScheme};
use gateway_core::{Feature, ObjectKind};

use crate::matching::pattern;
use crate::rule::{Backend, Condition, ConditionKind, Filter, Match, PathCondition, Rule};
use crate::world::World;
use crate::world::backend::{self, Referrer};
use crate::world::route::Route;

const UNSUPPORTED: &str = "UnsupportedValue";
const INCOMPATIBLE: &str = "IncompatibleFilters";

/// ATT-174, ATT-175, ATT-188: the reason when no rule is left.
pub(crate) fn refused(world: &World, route: &Route, mesh: bool) -> Option<&'static str> {
    let faults: Vec<_> = route.rules.iter().map(|rule| fault(world, route.kind, rule, mesh)).collect();
    // MODEL-GR-04: no rule at all matches nothing, which is no fault: ATT-174 and ATT-188 are about rules.
    let left = faults.is_empty() || faults.iter().any(Option::is_none);
    if left && !clashes(world, route, mesh) {
        None
    } else {
        faults.into_iter().flatten().next().or(Some(UNSUPPORTED))
    }
}

/// ATT-182, ATT-186: the reason when some rules are dropped and some are left.
pub(crate) fn partially(world: &World, route: &Route, mesh: bool) -> Option<&'static str> {
    // AMBIG-29: of a TLSRoute, TCPRoute or UDPRoute the first rule is carried out.
    let plain = matches!(route.kind, ObjectKind::TlsRoute | ObjectKind::TcpRoute | ObjectKind::UdpRoute);
    if plain && route.rules.len() > 1 {
        return Some(UNSUPPORTED);
    }
    route.rules.iter().find_map(|rule| fault(world, route.kind, rule, mesh))
}

/// ATT-189, FILT-190: sessions of a rule and of a Service behind it clash.
fn clashes(world: &World, route: &Route, mesh: bool) -> bool {
    let referrer = Referrer { kind: route.kind, namespace: &route.namespace, mesh };
    let has_affinity = |backend: &Backend| {
        let name = backend::name(referrer, &backend.reference);
        let is_service = (backend.reference.group(), backend.reference.kind()) == ("", "Service");
        let service = world.service(&name.namespace, &name.name).filter(|_| is_service);
        service.is_some_and(|one| one.spec.session_affinity.as_deref() == Some("ClientIP"))
            && backend::resolve(world, referrer, &backend.reference).is_ok()
    };
    route.rules.iter().any(|rule| rule.session.is_some() && rule.backends.iter().any(has_affinity))
}

/// MATCH-20, FILT-008: why a rule is dropped.
pub(crate) fn fault(world: &World, kind: ObjectKind, rule: &Rule, mesh: bool) -> Option<&'static str> {
    let http = kind == ObjectKind::HttpRoute;
    let has = |feature: Feature, in_mesh: Feature| world.supports(if mesh { in_mesh } else { feature });
    let matches = rule.matches.iter().find_map(|one| of_match(world, one, http, mesh));
    let timeouts = rule.timeouts.as_ref().is_some_and(|one| {
        one.request.is_some() && !world.supports(Feature::HttpRouteRequestTimeout)
            || one.backend_request.is_some() && !world.supports(Feature::HttpRouteBackendTimeout)
    });
    // FILT-183, FILT-184: a permanent cookie needs an end.
    let session = rule.session.as_ref().is_some_and(|one| {
        let permanent = one.lifetime_type() == CookieLifetimeType::Permanent;
        !one.persistence_type().is_known()
            || !one.lifetime_type().is_known()
            || permanent && one.absolute_timeout.is_none()
    });
    let retry = rule.retry.is_some() && !world.supports(Feature::HttpRouteRetry);
    let backend_headers = has(
        Feature::HttpRouteBackendRequestHeaderModification,
        Feature::MeshHttpRouteBackendRequestHeaderModification,
    );
    let on_backend =
        |filter: &Filter| http && matches!(filter, Filter::RequestHeaders(_)) && !backend_headers;
    let backends = rule.backends.iter().any(|backend| backend.filters.iter().any(on_backend));
    matches
        .or_else(|| (timeouts || session || retry || backends).then_some(UNSUPPORTED))
        .or_else(|| of_filters(world, http, rule, &rule.filters, mesh))
        .or_else(|| rule.backends.iter().find_map(|one| of_filters(world, http, rule, &one.filters, mesh)))
}

/// MATCH-36, MATCH-37, MATCH-62, FEAT-19, FEAT-20.
fn of_match(world: &World, one: &Match, http: bool, mesh: bool) -> Option<&'static str> {
    let path = match &one.path {
        PathCondition::Regex(pattern) => pattern::is_valid(&world.profile.choices, pattern),
        PathCondition::CallRegex { service, method } => {
            pattern::is_valid(&world.profile.choices, service)
                && pattern::is_valid(&world.profile.choices, method)
        }
        PathCondition::Unknown => false,
        PathCondition::Exact(_) | PathCondition::Prefix(_) | PathCondition::Call { .. } => true,
    };
    let method = one.method.as_deref().is_none_or(|method| {
        gateway_core::model::HttpMethod::VALUES.contains(&method)
            && world.supports(Feature::HttpRouteMethodMatching)
    });
    let values = |conditions: &[Condition]| {
        conditions.iter().all(|one| match one.kind {
            ConditionKind::Exact => true,
            ConditionKind::Regex => pattern::is_valid(&world.profile.choices, &one.value),
            ConditionKind::Unknown => false,
        })
    };
    let queries =
        if mesh { Feature::MeshHttpRouteQueryParamMatching } else { Feature::HttpRouteQueryParamMatching };
    let query = one.query.is_empty() || !http || world.supports(queries);
    (!(path && method && query && values(&one.headers) && values(&one.query))).then_some(UNSUPPORTED)
}

/// FILT-001, FILT-006, FILT-008, FILT-029, FILT-042, FEAT-21..FEAT-39.
fn of_filters(
    world: &World,
    http: bool,
    rule: &Rule,
    filters: &[Filter],
    mesh: bool,
) -> Option<&'static str> {
    let supports = |feature: Feature, in_mesh: Feature| world.supports(if mesh { in_mesh } else { feature });
    let path = |path: Option<&HttpPathModifier>, supported: bool| {
        path.is_none_or(|path| {
            supported
                && match path.r#type {
                    PathModifierType::ReplaceFullPath => true,
                    PathModifierType::ReplacePrefixMatch => matches_one_prefix(rule),
                    PathModifierType::Other(_) => false,
                }
        })
    };
    let mut mirrors = 0;
    for filter in filters {
        let good = match filter {
            Filter::Unknown => false,
            Filter::RequestHeaders(_) | Filter::Auth(_) | Filter::Extension(_) => true,
            Filter::ResponseHeaders(_) => {
                !http || world.supports(Feature::HttpRouteResponseHeaderModification)
            }
            Filter::Cors(_) => world.supports(Feature::HttpRouteCors),
            Filter::Mirror(mirror) => {
                mirrors += 1;
                let share = mirror.percent.is_some() || mirror.fraction.is_some();
                !http
                    || world.supports(Feature::HttpRouteRequestMirror)
                        && (mirrors < 2 || world.supports(Feature::HttpRouteRequestMultipleMirrors))
                        && (!share || world.supports(Feature::HttpRouteRequestPercentageMirror))
            }
            Filter::Rewrite(rewrite) => {
                let paths = supports(Feature::HttpRoutePathRewrite, Feature::MeshHttpRouteRewritePath);
                (rewrite.hostname.is_none() || world.supports(Feature::HttpRouteHostRewrite))
                    && path(rewrite.path.as_ref(), paths)
            }
            Filter::Redirect(redirect) => {
                let schemes =
                    supports(Feature::HttpRouteSchemeRedirect, Feature::MeshHttpRouteSchemeRedirect);
                let ports = supports(Feature::HttpRoutePortRedirect, Feature::MeshHttpRouteRedirectPort);
                let paths = supports(Feature::HttpRoutePathRedirect, Feature::MeshHttpRouteRedirectPath);
                let status = match redirect.status_code() {
                    301 | 302 => true,
                    303 => world.supports(Feature::HttpRoute303RedirectStatusCode),
                    307 => world.supports(Feature::HttpRoute307RedirectStatusCode),
                    308 => world.supports(Feature::HttpRoute308RedirectStatusCode),
                    _ => false,
                };
                status
                    && redirect
                        .scheme
                        .as_ref()
                        .is_none_or(|scheme: &RedirectScheme| schemes && scheme.is_known())
                    && (redirect.port.is_none() || ports)
                    && path(redirect.path.as_ref(), paths)
            }
        };
        if !good {
            return Some(UNSUPPORTED);
        }
    }
    let redirects = filters.iter().any(|filter| matches!(filter, Filter::Redirect(_)));
    let rewrites = filters.iter().any(|filter| matches!(filter, Filter::Rewrite(_)));
    (redirects && rewrites).then_some(INCOMPATIBLE)
}

/// FILT-042, VAL-HR-05.
fn matches_one_prefix(rule: &Rule) -> bool {
    matches!(&rule.matches[..], [Match { path: PathCondition::Prefix(_), .. }])
}
