//! The order of precedence.

use gateway_core::ObjectKind;
use gateway_core::profile::{Choices, PrefixLength, RegexRank};

use super::{headers, path, query};
use crate::rule::{Match, PathCondition};
use crate::world::hostname;

/// What a match is worth; of two the lexicographically greater one wins, before age and name are asked.
///
/// HTTPRoute: MATCH-44 with MATCH-22, MATCH-36, MATCH-47, MATCH-49. GRPCRoute: MATCH-65.
pub(crate) fn worth(choices: &Choices, kind: ObjectKind, hostnames: &[&str], one: &Match) -> Vec<usize> {
    let best = hostnames.iter().map(|name| hostname::precedence(name)).max().unwrap_or((0, 0));
    let length = |text: &str| text.chars().count();
    let mut worth = vec![best.0, best.1];
    if kind == ObjectKind::GrpcRoute {
        let (service, method) = match &one.path {
            PathCondition::Call { service, method } | PathCondition::CallRegex { service, method } => {
                (length(service), length(method))
            }
            _ => (0, 0),
        };
        worth.extend([service, method, headers::effective(&one.headers).len()]);
        return worth;
    }
    let (exact, regex, prefix) = match &one.path {
        PathCondition::Exact(_) => (1, 0, 0),
        PathCondition::Regex(pattern) => (0, 1 + length(pattern), 0),
        // AMBIG-27.
        PathCondition::Prefix(prefix) if choices.prefix_length == PrefixLength::AsWritten => {
            (0, 0, length(prefix))
        }
        PathCondition::Prefix(prefix) => (0, 0, length(path::without_slash(prefix)).max(1)),
        _ => (0, 0, 0),
    };
    // AMBIG-24.
    worth.extend(match choices.regex_rank {
        RegexRank::AfterExact => [exact, regex, prefix],
        RegexRank::BeforeExact => [regex, exact, prefix],
        RegexRank::AfterPrefix => [exact, prefix, regex],
    });
    worth.push(usize::from(one.method.is_some()));
    worth.extend([headers::effective(&one.headers).len(), query::effective(&one.query).len()]);
    worth
}
