//! Rules that take connections: of TLSRoutes, TCPRoutes and UDPRoutes (MATCH-70..83).

use alloc::string::ToString;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::attach::{Age, HostPattern, RouteNode, RouteObject, RuleNode};
use crate::model::{BackendRef, SectionName};
use crate::table::Rule;
use crate::table::backend::Targets;

/// One hostname of a Route that takes connections. Such a Route has one rule, without matches.
#[derive(Clone, Debug)]
pub struct ConnectionEntry {
    /// Its place in the order.
    pub rank: ConnectionRank,
    /// The server names that it takes: those that listener and TLSRoute share; any for TCP and UDP.
    pub hostname: HostPattern,
    /// The rule.
    pub rule: Arc<Rule>,
}

/// The place of a [`ConnectionEntry`] in the order; the smaller wins. The fields stand in the
/// specification's order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConnectionRank {
    /// Characters of a precise hostname; a wildcard has none (MATCH-71).
    pub precise_hostname: Reverse<usize>,
    /// Characters of the hostname: of wildcards that cover one name the longer has more labels (MATCH-71).
    pub hostname: Reverse<usize>,
    /// The older Route, then its name (MATCH-71, MATCH-80).
    pub age: Arc<Age>,
}

impl ConnectionEntry {
    pub(super) fn of(age: Arc<Age>, hostname: &HostPattern, rule: &Arc<Rule>) -> Self {
        Self {
            rank: ConnectionRank {
                precise_hostname: Reverse(hostname.precise_length()),
                hostname: Reverse(hostname.length()),
                age,
            },
            hostname: hostname.clone(),
            rule: Arc::clone(rule),
        }
    }
}

/// The rule of a Route for listeners that end TLS, and for those that pass bytes on as they come: only
/// who ends TLS can secure what lies behind (FILT-170).
pub(super) struct ConnectionRules {
    ending: Arc<Rule>,
    passing: Arc<Rule>,
}

impl ConnectionRules {
    /// Of a TLSRoute, TCPRoute or UDPRoute that can be carried out; the first rule counts (MATCH-81).
    pub(super) fn new(targets: &Targets<'_>, route: &RouteNode, nodes: &[RuleNode]) -> Option<Self> {
        let (name, backends) = first(&route.object)?;
        let node = nodes.first().filter(|node| node.is_valid())?;
        let rule = |ends_tls: bool| {
            let listed = backends.iter().zip(&node.backends);
            let made = listed.map(|(spec, edge)| {
                let made = targets.backend(edge, spec.weight(), Vec::new());
                if ends_tls { made } else { targets.untouched(made, edge) }
            });
            let rule = Rule::new(Arc::clone(&route.key), 0, Vec::new(), made.collect());
            Arc::new(Rule { name: name.map(ToString::to_string), ..rule })
        };
        let passing = rule(false);
        let has_policy = node.backends.iter().any(|edge| targets.has_policy(edge));
        Some(Self { ending: if has_policy { rule(true) } else { Arc::clone(&passing) }, passing })
    }

    /// The rule as a listener sees it that ends TLS, or does not.
    pub(super) fn rule(&self, ends_tls: bool) -> &Arc<Rule> {
        if ends_tls { &self.ending } else { &self.passing }
    }
}

/// Name and backends of the first rule.
fn first(route: &RouteObject) -> Option<(Option<&SectionName>, &[BackendRef])> {
    match route {
        RouteObject::Tls(route) => {
            route.spec.rules.first().map(|rule| (rule.name.as_ref(), &*rule.backend_refs))
        }
        RouteObject::Tcp(route) => {
            route.spec.rules.first().map(|rule| (rule.name.as_ref(), &*rule.backend_refs))
        }
        RouteObject::Udp(route) => {
            route.spec.rules.first().map(|rule| (rule.name.as_ref(), &*rule.backend_refs))
        }
        RouteObject::Http(_) | RouteObject::Grpc(_) => None,
    }
}
