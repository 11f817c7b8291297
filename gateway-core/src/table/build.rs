//! From the graph to the ordered tables.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::attach::{
    BackendEdge, GatewayNode, Graph, HostPattern, ListenerNode, ListenerOwner, ParentEdge, RouteNode,
    RuleNode,
};
use crate::matching::{Conditions, HeaderCondition, PathCondition, Pattern, QueryCondition, ValueCondition};
use crate::model::{
    GatewayDuration, HeaderMatchType, HttpRouteFilter, HttpRouteFilterType, HttpRouteMatch, HttpRouteRule,
    PathMatchType, QueryParamMatchType,
};
use crate::profile::{Choices, PrefixLength, Profile, RegexRank};
use crate::table::{Backend, Entry, GatewayTable, ListenerTable, Mirror, PathRank, Rank, Rule};

/// The tables of every Gateway, in the graph's order of Gateways.
pub(crate) fn tables(graph: &Graph, profile: &Profile) -> Vec<GatewayTable> {
    let mut entries: BTreeMap<(ListenerOwner, usize), Vec<Entry>> = BTreeMap::new();
    for route in &graph.routes {
        let rules = matches_of(graph, route, profile);
        for (owner, listener, hostnames) in attachments(route) {
            let entries = entries.entry((owner, listener)).or_default();
            for (rule, matches) in &rules {
                for hostname in hostnames {
                    entries.extend(matches.iter().map(|one| one.entry(route, rule, hostname)));
                }
            }
        }
    }
    let table = |(index, gateway): (usize, &GatewayNode)| {
        let mut listeners = Vec::new();
        // ATT-003, MATCH-01: only what is accepted takes part.
        if gateway.is_accepted() {
            for owner in graph.owners_of(index).filter(|owner| graph.is_accepted(*owner)) {
                for (index, node) in graph.listeners(owner).iter().enumerate() {
                    if let Some(port) = node.port.filter(|_| node.is_accepted()) {
                        let entries = entries.remove(&(owner, index)).unwrap_or_default();
                        listeners.push(listener_table(node, port, entries));
                    }
                }
            }
        }
        listeners.sort_by(|one, other| (one.port, &one.hostname).cmp(&(other.port, &other.hostname)));
        GatewayTable { name: gateway.name.clone(), listeners }
    };
    graph.gateways.iter().enumerate().map(table).collect()
}

fn listener_table(node: &ListenerNode, port: u16, mut entries: Vec<Entry>) -> ListenerTable {
    entries.sort_by(|one, other| {
        let hostname = |entry: &Entry| (entry.rank.precise_hostname, entry.rank.hostname);
        // No request meets two hostnames of one length, so that theirs may stand side by side.
        let hostnames = hostname(one).cmp(&hostname(other)).then_with(|| one.hostname.cmp(&other.hostname));
        hostnames.then_with(|| one.rank.cmp(&other.rank))
    });
    ListenerTable {
        key: node.key.clone(),
        port,
        protocol: node.protocol,
        hostname: node.hostname.clone(),
        programmed: node.is_programmed(),
        entries,
    }
}

/// Where a Route is attached, each listener once with all hostnames that any parentRef gave it.
fn attachments(route: &RouteNode) -> Vec<(ListenerOwner, usize, &[HostPattern])> {
    let mut found: Vec<(ListenerOwner, usize, &[HostPattern])> = Vec::new();
    for parent in &route.parents {
        if let ParentEdge::Listeners { owner, candidates } = &parent.edge {
            for candidate in candidates.iter().filter(|candidate| candidate.stop.is_none()) {
                // The hostnames depend only on Route and listener, so one parentRef has them all.
                let known = |one: &(ListenerOwner, usize, _)| (one.0, one.1) == (*owner, candidate.listener);
                if !found.iter().any(known) {
                    found.push((*owner, candidate.listener, &candidate.hostnames));
                }
            }
        }
    }
    found
}

/// A match that is ready but for its hostname.
struct ReadyMatch {
    index: usize,
    path: PathRank,
    conditions: Option<Conditions>,
}

fn matches_of(graph: &Graph, route: &RouteNode, profile: &Profile) -> Vec<(Arc<Rule>, Vec<ReadyMatch>)> {
    // The other kinds of Route have no table yet.
    let Some(http) = route.object.as_http() else { return Vec::new() };
    let rules = http.spec.rules();
    let valid = rules.iter().zip(&route.rules).enumerate().filter(|(_, (_, node))| node.problems.is_empty());
    valid
        .map(|(index, (spec, node))| {
            let ready = |(index, one): (usize, &HttpRouteMatch)| {
                let path = path_rank(one, &profile.choices);
                Some(ReadyMatch { index, path, conditions: Some(conditions(one, profile)?) })
            };
            let mut matches: Vec<_> = spec.matches().iter().enumerate().filter_map(ready).collect();
            if spec.matches().is_empty() {
                // MATCH-48: as the prefix `/`.
                let path = path_rank(&HttpRouteMatch::default(), &profile.choices);
                matches.push(ReadyMatch { index: 0, path, conditions: None });
            }
            (Arc::new(rule(graph, route, index, spec, node)), matches)
        })
        .collect()
}

impl ReadyMatch {
    fn entry(&self, route: &RouteNode, rule: &Arc<Rule>, hostname: &HostPattern) -> Entry {
        let conditions = self.conditions.as_ref();
        let rank = Rank {
            precise_hostname: Reverse(hostname.precise_length()),
            hostname: Reverse(hostname.length()),
            path: self.path.clone(),
            method: Reverse(conditions.is_some_and(|conditions| conditions.method.is_some())),
            headers: Reverse(conditions.map_or(0, |conditions| conditions.headers.len())),
            query: Reverse(conditions.map_or(0, |conditions| conditions.query.len())),
            age: route.age.clone(),
            rule: rule.index,
            match_index: self.index,
        };
        Entry {
            rank,
            hostname: hostname.clone(),
            conditions: self.conditions.clone(),
            rule: Arc::clone(rule),
            match_index: self.index,
        }
    }
}

fn path_rank(spec: &HttpRouteMatch, choices: &Choices) -> PathRank {
    let path = spec.path();
    let value = path.value();
    match path.match_type() {
        PathMatchType::Exact => PathRank::Exact,
        PathMatchType::RegularExpression => {
            let length = Reverse(value.chars().count());
            match choices.regex_rank {
                RegexRank::BeforeExact => PathRank::RegexFirst(length),
                RegexRank::AfterExact => PathRank::Regex(length),
                RegexRank::AfterPrefix => PathRank::RegexLast(length),
            }
        }
        _ => PathRank::Prefix(Reverse(match choices.prefix_length {
            PrefixLength::Normalized => value.strip_suffix('/').unwrap_or(value).len(),
            PrefixLength::AsWritten => value.len(),
        })),
    }
}

/// `None` when a pattern does not compile; such a rule was dropped in `attach` already.
fn conditions(spec: &HttpRouteMatch, profile: &Profile) -> Option<Conditions> {
    let pattern = |source: &str| Pattern::new(source, profile).ok().map(Into::into);
    let path = spec.path();
    let path = match path.match_type() {
        PathMatchType::Exact => PathCondition::Exact(path.value().to_string()),
        PathMatchType::RegularExpression => PathCondition::Regex(pattern(path.value())?),
        _ => PathCondition::prefix(path.value()),
    };
    let mut headers: Vec<HeaderCondition> = Vec::new();
    for header in spec.headers.iter().flatten() {
        // MATCH-39: of equivalent names only the first counts.
        if headers.iter().any(|known| known.name.eq_ignore_ascii_case(&header.name)) {
            continue;
        }
        let value = match header.match_type() {
            HeaderMatchType::RegularExpression => ValueCondition::Regex(pattern(&header.value)?),
            _ => ValueCondition::Exact(header.value.to_string()),
        };
        let repeated = profile.choices.repeated_headers;
        headers.push(HeaderCondition { name: header.name.to_string(), value, repeated });
    }
    let mut query: Vec<QueryCondition> = Vec::new();
    for param in spec.query_params.iter().flatten() {
        if query.iter().any(|known| param.name == *known.name) {
            continue;
        }
        let value = match param.match_type() {
            QueryParamMatchType::RegularExpression => ValueCondition::Regex(pattern(&param.value)?),
            _ => ValueCondition::Exact(param.value.clone()),
        };
        let repeated = profile.choices.repeated_query_params;
        query.push(QueryCondition { name: param.name.to_string(), value, repeated });
    }
    let method = spec.method.as_ref().map(|method| method.as_str().into());
    Some(Conditions { path, method, headers, query })
}

fn rule(graph: &Graph, route: &RouteNode, index: usize, spec: &HttpRouteRule, node: &RuleNode) -> Rule {
    // `attach` lists the mirrors of the rule first, then those of each backendRef: the same walk.
    let mut mirror_edges = node.mirrors.iter();
    let filters = spec.filters.clone().unwrap_or_default();
    let rule_mirrors = mirrors(graph, &filters, &mut mirror_edges);
    let backends: Vec<_> = spec
        .backend_refs
        .iter()
        .flatten()
        .zip(&node.backends)
        .map(|(spec, edge)| {
            let filters = spec.filters.clone().unwrap_or_default();
            Backend {
                kind: edge.kind.clone(),
                namespace: edge.name.namespace.clone(),
                name: edge.name.name.clone(),
                port: edge.port,
                weight: u32::try_from(spec.weight()).unwrap_or(0),
                valid: graph.is_usable(edge),
                mirrors: mirrors(graph, &filters, &mut mirror_edges),
                filters,
            }
        })
        .collect();
    let timeouts = spec.timeouts.as_ref();
    Rule {
        route: route.key.clone(),
        index,
        name: spec.name.as_deref().map(ToString::to_string),
        filters,
        mirrors: rule_mirrors,
        total_weight: backends.iter().map(|backend| u64::from(backend.weight)).sum(),
        backends,
        request_timeout: timeouts.and_then(|timeouts| canonical(timeouts.request.as_ref())),
        backend_timeout: timeouts.and_then(|timeouts| canonical(timeouts.backend_request.as_ref())),
        retry: spec.retry.clone(),
        session_persistence: spec.session_persistence.clone(),
    }
}

fn canonical(duration: Option<&GatewayDuration>) -> Option<String> {
    GatewayDuration::canonical(duration?.parse().ok()?).ok()
}

fn mirrors<'a>(
    graph: &Graph,
    filters: &[HttpRouteFilter],
    edges: &mut impl Iterator<Item = &'a BackendEdge>,
) -> Vec<Mirror> {
    let mirrors = filters.iter().filter(|filter| filter.r#type == HttpRouteFilterType::RequestMirror);
    let specs = mirrors.filter_map(|filter| filter.request_mirror.as_ref());
    specs
        .zip(edges)
        .map(|(spec, edge)| {
            let positive = |number: i32| u64::try_from(number).unwrap_or(0);
            let (numerator, denominator) = match (spec.percent, &spec.fraction) {
                (Some(percent), _) => (positive(percent), 100),
                (None, Some(fraction)) => {
                    (positive(fraction.numerator), positive(fraction.denominator()).max(1))
                }
                (None, None) => (1, 1),
            };
            Mirror {
                kind: edge.kind.clone(),
                namespace: edge.name.namespace.clone(),
                name: edge.name.name.clone(),
                port: edge.port,
                numerator,
                denominator,
                valid: graph.is_usable(edge),
            }
        })
        .collect()
}
