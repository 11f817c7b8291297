//! The ordered matches of GRPCRoutes on each listener (MATCH-60..65).
//!
//! A call is a request for `/service/method`, so that what a match asks of both is a condition on a path
//! of two elements.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::attach::{Age, Graph, HostPattern, ParentEdge, RouteNode, RouteObject};
use crate::key::{ListenerKey, ObjectKey};
use crate::matching::{Conditions, HeaderCondition, PathCondition, Pattern, ValueCondition};
use crate::model::{GrpcMethodMatch, GrpcMethodMatchType, GrpcRouteMatch, HeaderMatchType};
use crate::profile::Profile;

/// One hostname and one match of a rule of a GRPCRoute.
#[derive(Clone, Debug)]
pub struct GrpcEntry {
    /// Its place in the order.
    pub rank: GrpcRank,
    /// The name that listener and Route share.
    pub hostname: HostPattern,
    /// What the call must be like; `None` matches every call.
    pub conditions: Option<Conditions>,
    /// The Route.
    pub route: ObjectKey,
}

/// The place of a match of a GRPCRoute in the order; the smaller wins (MATCH-65).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GrpcRank {
    /// Characters of a precise hostname.
    pub precise_hostname: Reverse<usize>,
    /// Characters of the hostname.
    pub hostname: Reverse<usize>,
    /// Characters of the service.
    pub service: Reverse<usize>,
    /// Characters of the method.
    pub method: Reverse<usize>,
    /// How many headers are asked for, each name once.
    pub headers: Reverse<usize>,
    /// The older Route, then its name.
    pub age: Age,
    /// The earlier rule.
    pub rule: usize,
    /// The earlier match: it changes no answer, but makes the order total.
    pub match_index: usize,
}

/// The matches of all GRPCRoutes by the listener they are attached to, each list in order.
pub(crate) fn grpc_entries(graph: &Graph, profile: &Profile) -> BTreeMap<ListenerKey, Vec<GrpcEntry>> {
    let mut found: BTreeMap<ListenerKey, Vec<GrpcEntry>> = BTreeMap::new();
    for route in &graph.routes {
        let matches = matches_of(route, profile);
        for (listener, hostnames) in attachments(graph, route) {
            let entries = found.entry(listener.clone()).or_default();
            for hostname in hostnames {
                entries.extend(matches.iter().map(|one| one.entry(route, hostname)));
            }
        }
    }
    for entries in found.values_mut() {
        entries.sort_by(|one, other| one.rank.cmp(&other.rank));
    }
    found
}

/// Where a GRPCRoute is attached, each listener once.
fn attachments<'g>(graph: &'g Graph, route: &'g RouteNode) -> BTreeMap<&'g ListenerKey, &'g [HostPattern]> {
    let mut found: BTreeMap<&ListenerKey, &[HostPattern]> = BTreeMap::new();
    for parent in &route.parents {
        if let ParentEdge::Listeners { owner, candidates } = &parent.edge {
            let listeners = graph.listeners(*owner);
            for candidate in candidates.iter().filter(|candidate| candidate.stop.is_none()) {
                if let Some(listener) = listeners.get(candidate.listener) {
                    found.insert(&listener.key, &candidate.hostnames);
                }
            }
        }
    }
    found
}

/// A match that is ready but for its hostname.
struct ReadyMatch {
    rule: usize,
    index: usize,
    lengths: (usize, usize),
    conditions: Option<Conditions>,
}

impl ReadyMatch {
    fn entry(&self, route: &RouteNode, hostname: &HostPattern) -> GrpcEntry {
        let (service, method) = self.lengths;
        GrpcEntry {
            rank: GrpcRank {
                precise_hostname: Reverse(hostname.precise_length()),
                hostname: Reverse(hostname.length()),
                service: Reverse(service),
                method: Reverse(method),
                headers: Reverse(self.conditions.as_ref().map_or(0, |one| one.headers.len())),
                age: route.age.clone(),
                rule: self.rule,
                match_index: self.index,
            },
            hostname: hostname.clone(),
            conditions: self.conditions.clone(),
            route: route.key.clone(),
        }
    }
}

fn matches_of(route: &RouteNode, profile: &Profile) -> Vec<ReadyMatch> {
    let RouteObject::Grpc(spec) = &route.object else { return Vec::new() };
    let mut found = Vec::new();
    let rules = spec.spec.rules.iter().flatten().zip(&route.rules).enumerate();
    for (rule, (spec, _)) in rules.filter(|(_, (_, node))| node.is_valid()) {
        let matches = spec.matches.as_deref().unwrap_or_default();
        if matches.is_empty() {
            found.push(ReadyMatch { rule, index: 0, lengths: (0, 0), conditions: None });
        }
        found.extend(matches.iter().enumerate().filter_map(|(index, one)| {
            let length = |text: Option<&str>| text.map_or(0, |text| text.chars().count());
            let method = one.method.as_ref();
            let service = length(method.and_then(|method| method.service.as_deref()));
            let lengths = (service, length(method.and_then(|method| method.method.as_deref())));
            Some(ReadyMatch { rule, index, lengths, conditions: Some(conditions(one, profile)?) })
        }));
    }
    found
}

/// `None` when a pattern does not compile; such a rule was dropped in `attach` already.
fn conditions(spec: &GrpcRouteMatch, profile: &Profile) -> Option<Conditions> {
    let mut headers: Vec<HeaderCondition> = Vec::new();
    for header in spec.headers.iter().flatten() {
        // MATCH-39: of equivalent names only the first counts.
        if headers.iter().any(|known| known.name.eq_ignore_ascii_case(&header.name)) {
            continue;
        }
        let value = match header.match_type() {
            HeaderMatchType::RegularExpression => {
                ValueCondition::Regex(Pattern::new(&header.value, profile).ok()?.into())
            }
            _ => ValueCondition::Exact(header.value.clone()),
        };
        let repeated = profile.choices.repeated_headers;
        headers.push(HeaderCondition { name: header.name.to_string(), value, repeated });
    }
    let path = match &spec.method {
        Some(method) => path(method, profile)?,
        None => PathCondition::Prefix(String::new()),
    };
    Some(Conditions { path, method: None, headers, query: Vec::new() })
}

/// MATCH-61, MATCH-62; an empty name means any (AMBIG-28).
fn path(method: &GrpcMethodMatch, profile: &Profile) -> Option<PathCondition> {
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let (service, name) = (given(&method.service), given(&method.method));
    let pattern = |text: &str| Some(PathCondition::Regex(Pattern::new(text, profile).ok()?.into()));
    match (method.match_type(), service, name) {
        (_, None, None) => Some(PathCondition::Prefix(String::new())),
        (GrpcMethodMatchType::RegularExpression, service, name) => {
            let any = || ".+".to_string();
            let (service, name) = (service.unwrap_or_else(any), name.unwrap_or_else(any));
            pattern(&format!("/{service}/{name}"))
        }
        (_, Some(service), Some(name)) => Some(PathCondition::Exact(format!("/{service}/{name}"))),
        // A path of two elements below `/service` is one of its methods.
        (_, Some(service), None) => Some(PathCondition::Prefix(format!("/{service}"))),
        (_, None, Some(name)) => pattern(&format!("/[^/]+/{}", regex_syntax::escape(&name))),
    }
}
