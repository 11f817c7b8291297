//! Rules and matches of GRPCRoutes (MATCH-60..65).
//!
//! A call is a POST for `/service/method`, so that what a match asks of both is a condition on the path.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::attach::{RouteNode, RuleNode};
use crate::matching::{CALL_METHOD, Conditions, PathCondition, call_pattern};
use crate::model::{GrpcMethodMatch, GrpcMethodMatchType, GrpcRoute, GrpcRouteMatch, GrpcRouteRule};
use crate::table::backend::Targets;
use crate::table::filter::Filters;
use crate::table::ready::{ReadyMatch, ReadyRule, header_conditions};
use crate::table::rule::Rule;
use crate::table::{GrpcRank, MatchRank};

/// The rules that can be carried out; `nodes` is what Gateways or a mesh found out about each.
pub(super) fn rules(
    targets: &Targets<'_>,
    node: &RouteNode,
    route: &GrpcRoute,
    nodes: &[RuleNode],
) -> Vec<ReadyRule> {
    let rules = route.spec.rules.iter().flatten();
    let valid = rules.zip(nodes).enumerate().filter(|(_, (_, rule))| rule.is_valid());
    valid
        .map(|(index, (spec, found))| ReadyRule {
            rule: Arc::new(rule(targets, node, index, spec, found)),
            matches: matches(spec, targets),
        })
        .collect()
}

fn rule(
    targets: &Targets<'_>,
    route: &RouteNode,
    index: usize,
    spec: &GrpcRouteRule,
    node: &RuleNode,
) -> Rule {
    let mut filters = Filters::new(targets, node);
    let of_rule = filters.grpc(spec.filters.as_deref());
    let backends = spec.backend_refs.iter().flatten().zip(&node.backends);
    let backends = backends
        .map(|(spec, edge)| targets.backend(edge, spec.weight(), filters.grpc(spec.filters.as_deref())))
        .collect();
    Rule {
        name: spec.name.as_deref().map(ToString::to_string),
        lists_matches: spec.matches.as_ref().is_some_and(|matches| !matches.is_empty()),
        sessions: spec.session_persistence.as_ref().map(|spec| Box::new(spec.into())),
        session_persistence: spec.session_persistence.clone().map(Box::new),
        ..Rule::new(Arc::clone(&route.key), index, of_rule, backends)
    }
}

fn matches(spec: &GrpcRouteRule, targets: &Targets<'_>) -> Vec<ReadyMatch> {
    let any = [GrpcRouteMatch::default()];
    let matches = spec.matches.as_deref().filter(|matches| !matches.is_empty()).unwrap_or(&any);
    let ready = |(index, one): (usize, &GrpcRouteMatch)| {
        let conditions = conditions(one, targets)?;
        let asks = rank(one, &conditions);
        Some(ReadyMatch { index, asks, conditions: Some(conditions) })
    };
    matches.iter().enumerate().filter_map(ready).collect()
}

fn rank(spec: &GrpcRouteMatch, conditions: &Conditions) -> MatchRank {
    let length = |text: Option<&String>| Reverse(text.map_or(0, |text| text.chars().count()));
    let method = spec.method.as_ref();
    MatchRank::Grpc(GrpcRank {
        service: length(method.and_then(|method| method.service.as_ref())),
        method: length(method.and_then(|method| method.method.as_ref())),
        headers: Reverse(conditions.headers.len()),
    })
}

/// `None` when a pattern does not compile; such a rule was dropped in `attach` already.
fn conditions(spec: &GrpcRouteMatch, targets: &Targets<'_>) -> Option<Conditions> {
    let headers = spec.headers.iter().flatten();
    let headers = headers.map(|header| (&*header.name, header.match_type(), &*header.value));
    let path = match &spec.method {
        Some(method) => path(method, targets)?,
        None => PathCondition::Prefix(String::new()),
    };
    Some(Conditions {
        path,
        method: Some(CALL_METHOD.into()),
        headers: header_conditions(headers, targets)?,
        query: Vec::new(),
    })
}

/// MATCH-61, MATCH-62; an empty name means any (AMBIG-28).
fn path(method: &GrpcMethodMatch, targets: &Targets<'_>) -> Option<PathCondition> {
    fn given(text: Option<&String>) -> Option<&str> {
        text.map(String::as_str).filter(|text| !text.is_empty())
    }
    let (service, name) = (given(method.service.as_ref()), given(method.method.as_ref()));
    if method.match_type() == GrpcMethodMatchType::RegularExpression {
        return Some(PathCondition::Regex(targets.pattern(&call_pattern(service, name))?));
    }
    Some(match (service, name) {
        (None, None) => PathCondition::Prefix(String::new()),
        (Some(service), Some(name)) => PathCondition::Exact(format!("/{service}/{name}")),
        (Some(service), None) => PathCondition::Service(format!("/{service}/")),
        (None, Some(name)) => PathCondition::Method(format!("/{name}")),
    })
}
