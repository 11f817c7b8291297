//! From the graph to the ordered tables.

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::{
    GatewayNode, Graph, HostPattern, ListenerNode, ListenerOwner, ParentEdge, RouteNode, RouteObject,
    RuleNode,
};
use crate::profile::Profile;
use crate::table::backend::Targets;
use crate::table::connection::ConnectionRules;
use crate::table::ready::ReadyRule;
use crate::table::{ConnectionEntry, Entry, GatewayTable, ListenerTable, grpc, http};

/// The tables of every Gateway, in the graph's order of Gateways.
pub(crate) fn tables(graph: &Graph, profile: &Profile) -> Vec<GatewayTable> {
    let mut tables: BTreeMap<(ListenerOwner, usize), Rules> = BTreeMap::new();
    let targets = Targets::new(graph, profile);
    for route in &graph.routes {
        let rules = RouteRules::new(&targets, route, &route.rules, profile);
        for (owner, listener, hostnames) in attachments(route) {
            let ends_tls = graph.listeners(owner).get(listener).is_some_and(ListenerNode::ends_tls);
            let table = tables.entry((owner, listener)).or_default();
            for hostname in hostnames {
                rules.add_to(table, route, hostname, ends_tls);
            }
        }
    }
    let table = |(index, gateway): (usize, &GatewayNode)| {
        let mut listeners = Vec::new();
        let certificate = gateway.client_certificate_name().map(Arc::new);
        // ATT-003, MATCH-01: only what is accepted takes part.
        if gateway.is_accepted() {
            for owner in graph.owners_of(index).filter(|owner| graph.is_accepted(*owner)) {
                for (index, node) in graph.listeners(owner).iter().enumerate() {
                    if let Some(port) = node.port.filter(|_| node.is_accepted()) {
                        let rules = tables.remove(&(owner, index)).unwrap_or_default();
                        listeners.push(ListenerTable {
                            client_certificate: certificate.clone(),
                            ..listener_table(node, port, rules)
                        });
                    }
                }
            }
        }
        listeners.sort_by(|one, other| (one.port, &one.hostname).cmp(&(other.port, &other.hostname)));
        GatewayTable { name: gateway.name.clone(), listeners }
    };
    graph.gateways.iter().enumerate().map(table).collect()
}

fn listener_table(node: &ListenerNode, port: u16, rules: Rules) -> ListenerTable {
    let Rules { mut entries, mut connections } = rules;
    entries.sort_by(|one, other| {
        let hostname = |entry: &Entry| (entry.rank.precise_hostname, entry.rank.hostname);
        // No request meets two hostnames of one length, so that theirs may stand side by side.
        let hostnames = hostname(one).cmp(&hostname(other)).then_with(|| one.hostname.cmp(&other.hostname));
        hostnames.then_with(|| one.rank.cmp(&other.rank))
    });
    connections.sort_by(|one, other| one.rank.cmp(&other.rank));
    ListenerTable {
        key: node.key.clone(),
        port,
        protocol: node.protocol,
        hostname: node.hostname.clone(),
        ends_tls: node.ends_tls(),
        programmed: node.is_programmed(),
        client_certificate: None,
        service: None,
        entries,
        connections,
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

/// Rules of one place that are not in order yet.
#[derive(Default)]
pub(super) struct Rules {
    pub(super) entries: Vec<Entry>,
    pub(super) connections: Vec<ConnectionEntry>,
}

/// The rules of a Route that can be carried out, as its Gateways or a mesh see them.
pub(super) enum RouteRules {
    Requests(Vec<ReadyRule>),
    Connections(Option<ConnectionRules>),
}

impl RouteRules {
    pub(super) fn new(
        targets: &Targets<'_>,
        route: &RouteNode,
        nodes: &[RuleNode],
        profile: &Profile,
    ) -> Self {
        match &route.object {
            RouteObject::Http(object) => Self::Requests(http::rules(targets, route, object, nodes, profile)),
            RouteObject::Grpc(object) => Self::Requests(grpc::rules(targets, route, object, nodes, profile)),
            RouteObject::Tls(_) | RouteObject::Tcp(_) | RouteObject::Udp(_) => {
                Self::Connections(ConnectionRules::new(targets, route, nodes))
            }
        }
    }

    /// Adds the Route for one of its hostnames.
    pub(super) fn add_to(
        &self,
        rules: &mut Rules,
        route: &RouteNode,
        hostname: &HostPattern,
        ends_tls: bool,
    ) {
        match self {
            Self::Requests(ready) => {
                rules.entries.extend(ready.iter().flat_map(|rule| rule.entries(route, hostname)));
            }
            Self::Connections(ready) => rules.connections.extend(
                ready.iter().map(|one| ConnectionEntry::of(route.age.clone(), hostname, one.rule(ends_tls))),
            ),
        }
    }
}
