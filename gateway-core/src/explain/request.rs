//! Why a request is decided as it is.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use serde::Serialize;

use crate::act::{DecisionReport, Draw};
use crate::explain::filters::{self, FilterExplanation};
use crate::explain::place;
use crate::explain::route::RouteExplanation;
use crate::matching::{PathCondition, RequestView, Unmet, ValueCondition, WithPath, request_host};
use crate::model::ObjectKind;
use crate::profile::Hosts;
use crate::router::{Arrival, Entrance, Router};
use crate::table::{Entry, ListenerTable};

/// A decision with everything that was considered on the way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RequestExplanation {
    /// The Gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway: Option<String>,
    /// The Service, in a mesh.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Every listener of the Gateway that takes part in routing; every port of the Service.
    pub listeners: Vec<ListenerExplanation>,
    /// The entries of the chosen listener in rank order: the winner is the first that matches.
    pub candidates: Vec<CandidateExplanation>,
    /// How many candidates were left out because of the limit.
    pub left_out: usize,
    /// The filters of the winner's rule, and of the backend that was drawn, with what each did.
    pub filters: Vec<FilterExplanation>,
    /// Routes that name it and are attached nowhere there, or have dropped rules.
    pub unattached: Vec<RouteExplanation>,
    /// The decision.
    pub decision: DecisionReport,
}

/// A listener that was considered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListenerExplanation {
    /// Its name.
    pub listener: String,
    /// Whether it took the request.
    pub chosen: bool,
    /// Why, or why not.
    pub outcome: String,
}

/// An entry that was considered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CandidateExplanation {
    /// The Route.
    pub route: String,
    /// Index of the rule.
    pub rule: usize,
    /// Index of the match.
    pub r#match: usize,
    /// The hostname it serves.
    pub hostname: String,
    /// What it asks for.
    pub conditions: String,
    /// What came of it.
    pub verdict: Verdict,
    /// The first thing that stopped it, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_by: Option<String>,
}

/// What came of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// It decides.
    Wins,
    /// It matches too, but stands after the winner.
    Outranked,
    /// It does not match.
    Stopped,
}

impl Verdict {
    /// Of the next candidate in rank order; `won` says whether an earlier one decided.
    pub(super) fn of(is_stopped: bool, won: &mut bool) -> Self {
        match (is_stopped, core::mem::replace(won, *won || !is_stopped)) {
            (true, _) => Self::Stopped,
            (false, true) => Self::Outranked,
            (false, false) => Self::Wins,
        }
    }
}

pub(crate) fn explain(
    router: &Router,
    entrance: Entrance<'_>,
    arrival: &Arrival<'_>,
    request: &impl RequestView,
    draw: Draw,
) -> RequestExplanation {
    let arrived = router.arrive(entrance, arrival);
    let chosen = router.listener(arrived, request_host(request.authority())).ok();
    let limit = router.profile().limits.explained_candidates;
    let entries = || chosen.into_iter().flat_map(ListenerTable::entries);
    let mut won = false;
    let choices = router.profile().choices;
    let path = choices.path_normalization.apply(request.path());
    let normal = &WithPath { request, path: &path };
    let mut named = entries().filter(|entry| entry.hostname.matches(request_host(request.authority())));
    let owner = named.next().filter(|_| choices.hosts == Hosts::VirtualHost);
    let candidate = |entry: &Entry| {
        let stopped_by = stopped_by(entry, normal, owner);
        let verdict = Verdict::of(stopped_by.is_some(), &mut won);
        CandidateExplanation {
            route: entry.rule.route.to_string(),
            rule: entry.rule.index,
            r#match: entry.match_index,
            hostname: entry.hostname.to_string(),
            conditions: described(entry),
            verdict,
            stopped_by,
        }
    };
    let decision = router.route(arrived, request, draw);
    let (gateway, service) = place::names(entrance);
    let listener = |listener: &Arc<ListenerTable>| listener_explanation(listener, chosen, arrival, request);
    RequestExplanation {
        gateway,
        service,
        listeners: match entrance {
            Entrance::Gateway(gateway) => gateway.listeners.iter().map(listener).collect(),
            Entrance::Service(service) => place::ports(service, arrival),
        },
        candidates: entries().take(limit).map(candidate).collect(),
        left_out: entries().count().saturating_sub(limit),
        filters: filters::explain(&decision, request),
        unattached: place::unattached(router, entrance),
        decision: decision.report(request),
    }
}

fn listener_explanation(
    listener: &ListenerTable,
    chosen: Option<&ListenerTable>,
    arrival: &Arrival<'_>,
    request: &impl RequestView,
) -> ListenerExplanation {
    let host = String::from_utf8_lossy(request_host(request.authority())).into_owned();
    let is_chosen = chosen.is_some_and(|chosen| chosen.key == listener.key);
    let outcome = if is_chosen && listener.programmed {
        format!("takes {host}: the most specific hostname is {}", listener.hostname)
    } else if is_chosen {
        format!("takes {host}, but has no usable certificate: the TLS handshake would fail")
    } else if listener.port != arrival.port {
        format!("is on port {}, the request came to {}", listener.port, arrival.port)
    } else if !listener.protocol.carries_http() {
        "does not carry HTTP".to_string()
    } else if !listener.hostname.matches(request_host(request.authority())) {
        format!("hostname {} does not match {host}", listener.hostname)
    } else {
        format!(
            "hostname {} matches {host}, but another listener is more specific or holds the connection",
            listener.hostname
        )
    };
    ListenerExplanation { listener: listener.key.section.clone(), chosen: is_chosen, outcome }
}

/// `owner` is the entry whose hostname keeps the request from all others (AMBIG-22).
fn stopped_by(entry: &Entry, request: &impl RequestView, owner: Option<&Entry>) -> Option<String> {
    let host = request_host(request.authority());
    if !entry.hostname.matches(host) {
        return Some(format!("host {} is not {}", String::from_utf8_lossy(host), entry.hostname));
    }
    if let Some(owner) = owner.filter(|owner| owner.hostname != entry.hostname) {
        let host = String::from_utf8_lossy(host);
        return Some(format!("host {host} belongs to {}: the profile does not fall through", owner.hostname));
    }
    let conditions = entry.conditions.as_ref()?;
    Some(match conditions.unmet(request)? {
        Unmet::Path => format!(
            "path {} is not {}",
            String::from_utf8_lossy(request.path()),
            path_words(&conditions.path)
        ),
        Unmet::Method if entry.rule.route.kind == ObjectKind::GrpcRoute => {
            format!("{} is not the method of a gRPC call", String::from_utf8_lossy(request.method()))
        }
        Unmet::Method => format!(
            "method {} is not {}",
            String::from_utf8_lossy(request.method()),
            conditions.method.as_deref().unwrap_or_default()
        ),
        Unmet::Header(index) => {
            let header = &conditions.headers[index];
            let values: Vec<_> = request.header_values(&header.name).map(String::from_utf8_lossy).collect();
            if values.is_empty() {
                format!("header {} is missing", header.name)
            } else {
                format!(
                    "header {} is `{}`, not {}",
                    header.name,
                    values.join(","),
                    value_words(&header.value)
                )
            }
        }
        Unmet::Query(index) => {
            let param = &conditions.query[index];
            format!("query parameter {} is not {}", param.name, value_words(&param.value))
        }
    })
}

/// What an entry asks for. Calls are told apart by their path, and all have one method.
fn described(entry: &Entry) -> String {
    if entry.rule.route.kind == ObjectKind::Service {
        return "no Route decides about requests here".to_string();
    }
    let Some(conditions) = &entry.conditions else { return "any request".to_string() };
    let is_call = entry.rule.route.kind == ObjectKind::GrpcRoute;
    let mut words = Vec::new();
    words.push(if is_call {
        call_words(&conditions.path)
    } else {
        format!("path {}", path_words(&conditions.path))
    });
    words.extend(conditions.method.iter().filter(|_| !is_call).map(|method| format!("method {method}")));
    words.extend(
        conditions
            .headers
            .iter()
            .map(|header| format!("header {} {}", header.name, value_words(&header.value))),
    );
    words.extend(
        conditions.query.iter().map(|param| format!("query {} {}", param.name, value_words(&param.value))),
    );
    words.join(", ")
}

fn call_words(path: &PathCondition) -> String {
    match path {
        PathCondition::Prefix(_) => "any call".to_string(),
        PathCondition::Service(service) => format!("calls of service {}", service.trim_matches('/')),
        PathCondition::Method(method) => format!("calls of method {}", method.trim_matches('/')),
        PathCondition::Exact(path) => format!("calls of {}", path.trim_matches('/')),
        PathCondition::Regex(pattern) => format!("calls like `{}`", pattern.source()),
    }
}

fn path_words(path: &PathCondition) -> String {
    match path {
        PathCondition::Exact(path) => format!("exactly {path}"),
        PathCondition::Prefix(prefix) if prefix.is_empty() => "below /".to_string(),
        PathCondition::Prefix(prefix) => format!("below {prefix}"),
        PathCondition::Regex(pattern) => format!("like `{}`", pattern.source()),
        PathCondition::Service(service) => format!("below {service}"),
        PathCondition::Method(method) => format!("a service, then {method}"),
    }
}

fn value_words(value: &ValueCondition) -> String {
    match value {
        ValueCondition::Exact(value) => format!("`{value}`"),
        ValueCondition::Regex(pattern) => format!("like `{}`", pattern.source()),
    }
}
