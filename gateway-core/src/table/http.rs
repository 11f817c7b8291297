//! Rules and matches of HTTPRoutes (MATCH-30..49).

use alloc::boxed::Box;
use alloc::string::ToString;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::attach::{RouteNode, RuleNode};
use crate::matching::{Conditions, PathCondition, QueryCondition};
use crate::model::{HttpRoute, HttpRouteMatch, HttpRouteRule, PathMatchType, QueryParamMatchType};
use crate::profile::{Choices, PrefixLength, RegexRank};
use crate::table::backend::Targets;
use crate::table::filter::Filters;
use crate::table::ready::{ReadyMatch, ReadyRule, header_conditions, value_condition};
use crate::table::rule::Rule;
use crate::table::{HttpRank, MatchRank, PathRank, Retries};

/// The rules that can be carried out; `nodes` is what Gateways or a mesh found out about each.
pub(super) fn rules(
    targets: &Targets<'_>,
    node: &RouteNode,
    route: &HttpRoute,
    nodes: &[RuleNode],
) -> Vec<ReadyRule> {
    let rules = route.spec.rules();
    let valid = rules.iter().zip(nodes).enumerate().filter(|(_, (_, rule))| rule.is_valid());
    valid
        .map(|(index, (spec, found))| ReadyRule {
            rule: Arc::new(rule(targets, node, (index, spec, found))),
            matches: matches(spec, targets),
        })
        .collect()
}

fn rule(
    targets: &Targets<'_>,
    route: &RouteNode,
    (index, spec, node): (usize, &HttpRouteRule, &RuleNode),
) -> Rule {
    let mut filters = Filters::new(targets, node);
    let of_rule = filters.http(spec.filters.as_deref());
    let backends = spec.backend_refs.iter().flatten().zip(&node.backends);
    let backends = backends
        .map(|(spec, edge)| targets.backend(edge, spec.weight(), filters.http(spec.filters.as_deref())))
        .collect();
    Rule {
        name: spec.name.as_deref().map(ToString::to_string),
        lists_matches: !spec.matches().is_empty(),
        timeouts: spec.timeouts.as_ref().map(Into::into).unwrap_or_default(),
        retries: spec.retry.as_ref().map(|retry| Box::new(Retries::new(retry, targets.profile))),
        sessions: spec.session_persistence.as_ref().map(|spec| Box::new(spec.into())),
        retry: spec.retry.clone().map(Box::new),
        session_persistence: spec.session_persistence.clone().map(Box::new),
        ..Rule::new(Arc::clone(&route.key), index, of_rule, backends)
    }
}

fn matches(spec: &HttpRouteRule, targets: &Targets<'_>) -> Vec<ReadyMatch> {
    let ready = |(index, one): (usize, &HttpRouteMatch)| {
        let conditions = conditions(one, targets)?;
        let asks = rank(one, Some(&conditions), &targets.profile.choices);
        Some(ReadyMatch { index, asks, conditions: Some(conditions) })
    };
    let mut matches: Vec<_> = spec.matches().iter().enumerate().filter_map(ready).collect();
    if spec.matches().is_empty() {
        // MATCH-48: as the prefix `/`.
        let asks = rank(&HttpRouteMatch::default(), None, &targets.profile.choices);
        matches.push(ReadyMatch { index: 0, asks, conditions: None });
    }
    matches
}

fn rank(spec: &HttpRouteMatch, conditions: Option<&Conditions>, choices: &Choices) -> MatchRank {
    MatchRank::Http(HttpRank {
        path: path_rank(spec, choices),
        method: Reverse(conditions.is_some_and(|conditions| conditions.method.is_some())),
        headers: Reverse(conditions.map_or(0, |conditions| conditions.headers.len())),
        query: Reverse(conditions.map_or(0, |conditions| conditions.query.len())),
    })
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
fn conditions(spec: &HttpRouteMatch, targets: &Targets<'_>) -> Option<Conditions> {
    let path = spec.path();
    let path = match path.match_type() {
        PathMatchType::Exact => PathCondition::Exact(path.value().to_string()),
        PathMatchType::RegularExpression => PathCondition::Regex(targets.pattern(path.value())?),
        _ => PathCondition::prefix(path.value()),
    };
    let headers = spec.headers.iter().flatten();
    let headers = headers.map(|header| (&*header.name, header.match_type(), &*header.value));
    let mut query: Vec<QueryCondition> = Vec::new();
    for param in spec.query_params.iter().flatten() {
        if query.iter().any(|known| param.name == *known.name) {
            continue;
        }
        let is_pattern = param.match_type() == QueryParamMatchType::RegularExpression;
        query.push(QueryCondition {
            name: param.name.to_string(),
            value: value_condition(is_pattern, &param.value, targets)?,
            repeated: targets.profile.choices.repeated_query_params,
        });
    }
    query.shrink_to_fit();
    let method = spec.method.as_ref().map(|method| method.as_str().into());
    Some(Conditions { path, method, headers: header_conditions(headers, targets)?, query })
}
