//! What happens to a request that a rule took.

pub(crate) mod cors;
pub(crate) mod draw;
pub(crate) mod headers;
pub(crate) mod location;
pub(crate) mod replace;
pub(crate) mod tls;

use gateway_core::ObjectKind;

use crate::Request;
use crate::decision::{
    Auth, BackendName, Decision, Edits, Forward, Mirror, Origin, Redirect, Respond, Timeouts, Upstream,
    WeightedBackend,
};
use crate::matching::grpc;
use crate::rule::{Backend, Filter, Match, PathCondition, Rule};
use crate::world::World;
use crate::world::backend::{Found, Referrer, Trouble, name, resolve};
use crate::world::policy;
use draw::Draw;

/// A rule that took a request, and all that is needed to carry it out.
pub(crate) struct Taken<'a> {
    pub(crate) world: &'a World,
    pub(crate) referrer: Referrer<'a>,
    pub(crate) origin: Origin,
    pub(crate) rule: &'a Rule,
    pub(crate) matched: &'a Match,
    pub(crate) request: &'a Request,
    /// `http` or `https`, as the client speaks.
    pub(crate) scheme: &'a str,
    pub(crate) port: i32,
    /// AMBIG-31: where a rule of a mesh without backends leads.
    pub(crate) parent: Option<BackendName>,
    /// FILT-176: the Gateway's own certificate.
    pub(crate) client_certificate: Option<String>,
}

/// FILT-005, FILT-100..FILT-119: rule filters, then the backend, then its filters.
pub(crate) fn act(taken: &Taken<'_>, draw: u64) -> Decision {
    let backends: Vec<_> = taken.rule.backends.iter().map(|one| weighted(taken, one)).collect();
    // REF-42: a filter that nobody here knows is never passed over.
    if has_unknown(taken.world, &taken.rule.filters) {
        return respond(taken, 500, "UnsupportedFilter", backends);
    }
    if let Some(decision) = answered(taken, &taken.rule.filters, &[], &backends) {
        return decision;
    }
    let mut draw = Draw::new(draw);
    let chosen = if taken.rule.backends.is_empty() {
        // MATCH-95, AMBIG-31, FILT-113.
        match &taken.parent {
            Some(parent) => return to_parent(taken, parent, &mut draw),
            None => None,
        }
    } else {
        draw.backend(&taken.rule.backends, taken.world.profile.choices.lone_zero_weight)
    };
    // FILT-102, AMBIG-47.
    let Some(chosen) = chosen else {
        return respond(taken, 500, "NoBackends", backends);
    };
    let backend = &taken.rule.backends[chosen];
    // FILT-110, FILT-111, FILT-174.
    let Some(found) = usable(taken, backend) else {
        return respond(taken, 500, "InvalidBackend", backends);
    };
    if has_unknown(taken.world, &backend.filters) {
        return respond(taken, 500, "UnsupportedFilter", backends);
    }
    if let Some(decision) = answered(taken, &backend.filters, &taken.rule.filters, &backends) {
        return decision;
    }
    // FILT-114, REF-51.
    if !found.has_endpoints {
        return respond(taken, 503, "NoEndpoints", backends);
    }
    let name = name(taken.referrer, &backend.reference);
    forward(taken, &backend.filters, backends, name, &found, &mut draw)
}

fn to_parent(taken: &Taken<'_>, parent: &BackendName, draw: &mut Draw) -> Decision {
    let found = Found::any();
    let backends = vec![WeightedBackend { backend: parent.clone(), weight: 1, valid: true }];
    forward(taken, &[], backends, parent.clone(), &found, draw)
}

fn has_unknown(world: &World, filters: &[Filter]) -> bool {
    filters.iter().any(|filter| match filter {
        Filter::Extension(one) => !world.knows_extension(one),
        Filter::Unknown => true,
        _ => false,
    })
}

fn weighted(taken: &Taken<'_>, backend: &Backend) -> WeightedBackend {
    WeightedBackend {
        backend: name(taken.referrer, &backend.reference),
        weight: backend.weight,
        valid: usable(taken, backend).is_some(),
    }
}

/// FILT-110: a backend that can be used, its policy included (ATT-230).
fn usable<'a>(taken: &Taken<'a>, backend: &Backend) -> Option<Found<'a>> {
    let found: Result<Found<'a>, Trouble> = resolve(taken.world, taken.referrer, &backend.reference);
    found.ok().filter(|found| is_usable(taken.world, found))
}

fn is_usable(world: &World, found: &Found<'_>) -> bool {
    found.sound && found.policy.is_none_or(|one| policy::is_valid(world, one))
}

/// FILT-004, FILT-009: the first filter of a list that answers by itself.
fn answered(
    taken: &Taken<'_>,
    filters: &[Filter],
    before: &[Filter],
    backends: &[WeightedBackend],
) -> Option<Decision> {
    filters.iter().find_map(|filter| match filter {
        Filter::Redirect(redirect) => Some(Decision::Redirect(Redirect {
            origin: taken.origin.clone(),
            status: redirect.status_code(),
            location: location::location(taken, redirect),
            response: response(taken, before, filters),
        })),
        // FILT-070: a preflight never reaches a backend.
        Filter::Cors(cors) if cors::is_preflight(taken.request) => {
            let mut answer = answer(taken, 204, "Preflight", backends.to_vec());
            answer.headers = cors::preflight(cors, taken.request);
            Some(Decision::Respond(answer))
        }
        // FILT-085, REF-43.
        Filter::Auth(auth) => {
            let found = resolve(taken.world, taken.referrer, &auth.backend_ref);
            let valid = found.is_ok_and(|found| is_usable(taken.world, &found));
            (!valid).then(|| respond(taken, 500, "InvalidExternalAuth", backends.to_vec()))
        }
        _ => None,
    })
}

fn forward(
    taken: &Taken<'_>,
    own: &[Filter],
    backends: Vec<WeightedBackend>,
    backend: BackendName,
    found: &Found<'_>,
    draw: &mut Draw,
) -> Decision {
    let filters: Vec<_> = taken.rule.filters.iter().chain(own).collect();
    let secured = |found: &Found<'_>| {
        found.policy.map(|policy| tls::upstream(policy, taken.client_certificate.clone()))
    };
    let mut mirrors = Vec::new();
    let mut external_auth = Vec::new();
    for filter in &filters {
        match filter {
            // Each mirror with a share spends its digit; REF-41: one that cannot be had gets no copy.
            Filter::Mirror(mirror) => {
                let drawn = draw.mirror(mirror);
                let found = resolve(taken.world, taken.referrer, &mirror.backend_ref);
                // FILT-063: nor one that a policy cannot be satisfied for (FILT-110).
                if let Ok(found) = found
                    && drawn
                    && is_usable(taken.world, &found)
                {
                    mirrors.push(Mirror {
                        backend: name(taken.referrer, &mirror.backend_ref),
                        protocol: tls::protocol(&found),
                        upstream_tls: secured(&found),
                    });
                }
            }
            Filter::Auth(auth) => external_auth.push(Auth {
                protocol: auth.protocol.as_str().to_owned(),
                backend: name(taken.referrer, &auth.backend_ref),
                upstream_tls: resolve(taken.world, taken.referrer, &auth.backend_ref)
                    .ok()
                    .and_then(|found| secured(&found)),
                http: auth.http.clone(),
                grpc: auth.grpc.clone(),
                forward_body: auth.forward_body.clone(),
            }),
            _ => {}
        }
    }
    let timeouts = taken.rule.timeouts.as_ref();
    let text = |one: Option<&gateway_core::model::GatewayDuration>| one.map(|one| one.0.clone());
    Decision::Forward(Box::new(Forward {
        origin: taken.origin.clone(),
        backends,
        backend,
        upstream: upstream(taken, &filters),
        response: response(taken, &taken.rule.filters, own),
        mirrors,
        timeouts: Timeouts {
            request: text(timeouts.and_then(|one| one.request.as_ref())),
            backend_request: text(timeouts.and_then(|one| one.backend_request.as_ref())),
        },
        retry: taken.rule.retry.clone(),
        session_persistence: taken.rule.session.clone(),
        external_auth,
        protocol: tls::protocol(found),
        upstream_tls: secured(found),
    }))
}

/// FILT-010, FILT-040, FILT-041: the request after all changes, in the order of the lists.
fn upstream(taken: &Taken<'_>, filters: &[&Filter]) -> Upstream {
    let request = taken.request;
    let mut upstream = Upstream {
        method: request.method.clone(),
        authority: request.authority.clone(),
        path: request.path.clone(),
        query: request.query.clone(),
        headers: request.headers.clone(),
    };
    for filter in filters {
        match filter {
            Filter::RequestHeaders(edit) => headers::apply(edit, &mut upstream.headers),
            Filter::Rewrite(rewrite) => {
                if let Some(hostname) = &rewrite.hostname {
                    upstream.authority.clone_from(&hostname.0);
                }
                if let Some(path) = &rewrite.path {
                    let target = replace::replace(
                        &taken.world.profile.choices,
                        path,
                        prefix(taken),
                        &upstream.path,
                        upstream.query.as_deref(),
                    );
                    (upstream.path, upstream.query) = target;
                }
            }
            _ => {}
        }
    }
    upstream
}

/// The prefix that the rule matches, for ReplacePrefixMatch.
pub(crate) fn prefix<'a>(taken: &'a Taken<'_>) -> &'a str {
    match &taken.matched.path {
        PathCondition::Prefix(prefix) => prefix,
        _ => "/",
    }
}

/// AMBIG-35: on the response the backend's filters come before the rule's.
fn response(taken: &Taken<'_>, rule: &[Filter], own: &[Filter]) -> Edits {
    let mut steps = Vec::new();
    for filter in own.iter().chain(rule) {
        match filter {
            Filter::ResponseHeaders(edit) => steps.extend(headers::steps(edit)),
            Filter::Cors(cors) => steps.extend(cors::actual(cors, taken.request)),
            _ => {}
        }
    }
    headers::composed(&steps)
}

fn answer(taken: &Taken<'_>, status: u16, reason: &'static str, backends: Vec<WeightedBackend>) -> Respond {
    let is_call = taken.referrer.kind == ObjectKind::GrpcRoute || grpc::is_call(taken.request);
    Respond {
        origin: taken.origin.clone(),
        status,
        reason,
        // FILT-115, FILT-119: UNAVAILABLE.
        grpc_status: (is_call && status >= 500).then_some(14),
        headers: Vec::new(),
        backends,
    }
}

fn respond(taken: &Taken<'_>, status: u16, reason: &'static str, backends: Vec<WeightedBackend>) -> Decision {
    Decision::Respond(answer(taken, status, reason, backends))
}
