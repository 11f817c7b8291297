//! From the graph to the ordered tables, and from old tables to those of a changed graph.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::{
    GatewayNode, Graph, HostPattern, ListenerNode, ListenerOwner, ParentEdge, RouteNode, RouteObject,
    RuleNode,
};
use crate::key::{NamespacedName, ObjectKey};
use crate::profile::Profile;
use crate::snapshot::{Change, Snapshot};
use crate::sorted::{Keyed, Sorted};
use crate::table::backend::Targets;
use crate::table::connection::ConnectionRules;
use crate::table::hosts::{Entered, HostTable, HostTables};
use crate::table::ready::ReadyRule;
use crate::table::{ConnectionEntry, Entry, GatewayTable, ListenerTable, ServiceTable, grpc, http, mesh};

/// The tables of every Gateway, and of every Service of a mesh. Copies share what is the same in both.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    /// By name.
    pub(crate) gateways: Vec<Arc<GatewayTable>>,
    /// By name.
    pub(crate) services: Sorted<Arc<ServiceTable>>,
    /// The rules of every listener that has Routes, whether it takes part in routing or not.
    rules: Sorted<OfListener>,
}

/// A listener: what lists it, and its index there.
type Place = (ListenerOwner, usize);

#[derive(Clone, Debug)]
struct OfListener(Place, Rules);

impl Keyed for OfListener {
    type Key = Place;

    fn key(&self) -> &Place {
        &self.0
    }
}

/// The rules of one listener.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    pub(super) hosts: HostTables,
    pub(super) connections: HostTables<ConnectionEntry>,
}

impl Tables {
    /// The tables of a graph: of `old_graph`'s those that are the same, and all others made anew. `changes`
    /// is what happened to the snapshot since; nothing when there were no tables before.
    pub(crate) fn next(
        &self,
        (snapshot, graph): (&Snapshot, &Graph),
        (old_graph, changes): (&Graph, &[Change]),
        profile: &Profile,
    ) -> Self {
        let targets = Targets::new(graph, profile);
        let (rules, touched) = self.rules(&targets, graph, old_graph);
        let same_listeners = graph.has_infrastructure_of(old_graph);
        // Of other Gateways and ListenerSets all tables are looked at.
        let touched = touched.into_iter().filter(|_| same_listeners);
        let touched: BTreeSet<_> = touched.filter_map(|owner| graph.gateway_of(owner)).collect();
        let table = |(slot, gateway): (usize, &GatewayNode)| {
            let known = self.gateways.binary_search_by(|table| table.name.cmp(&gateway.name)).ok();
            let known = known.and_then(|index| self.gateways.get(index));
            match known {
                Some(known) if same_listeners && !touched.contains(&slot) => Arc::clone(known),
                _ => Arc::new(gateway_table(graph, slot, &rules, known.map(|known| &**known))),
            }
        };
        let gateways = graph.gateways.indexed().map(table).collect();
        let services = mesh::next(&self.services, &targets, (snapshot, graph), (old_graph, changes));
        Self { gateways, services, rules }
    }

    /// The rules of all listeners, and the owners of those that are not as they were.
    fn rules(
        &self,
        targets: &Targets<'_>,
        graph: &Graph,
        old_graph: &Graph,
    ) -> (Sorted<OfListener>, BTreeSet<ListenerOwner>) {
        let mut gone: BTreeSet<&ObjectKey> = BTreeSet::new();
        let mut changes: BTreeMap<Place, Changes> = BTreeMap::new();
        graph.routes.differences(&old_graph.routes, |before, after| {
            if let Some(route) = before {
                gone.insert(&route.key);
                for (owner, listener, hostnames) in attachments(route) {
                    changes.entry((owner, listener)).or_default().leave(route, hostnames);
                }
            }
            if let Some(route) = after {
                let rules = RouteRules::new(targets, route, &route.rules);
                for (owner, listener, hostnames) in attachments(route) {
                    let ends_tls = graph.listeners(owner).get(listener).is_some_and(ListenerNode::ends_tls);
                    let changes = changes.entry((owner, listener)).or_default();
                    for hostname in hostnames {
                        rules.add_to(changes, route, hostname, ends_tls);
                    }
                }
            }
        });
        let owners = changes.keys().map(|(owner, _)| *owner).collect();
        if self.rules.is_empty() {
            let made = changes
                .into_iter()
                .map(|(place, changes)| OfListener(place, changes.applied_to(&Rules::default(), &gone)));
            return (Sorted::new(made.collect()), owners);
        }
        let mut rules = self.rules.clone();
        for (place, changes) in changes {
            let before = rules.get(&place).map(|known| known.1.clone()).unwrap_or_default();
            let after = changes.applied_to(&before, &gone);
            if after.hosts.is_empty() && after.connections.is_empty() {
                rules.remove(&place);
            } else {
                rules.insert(OfListener(place, after));
            }
        }
        (rules, owners)
    }
}

fn gateway_table(
    graph: &Graph,
    slot: usize,
    rules: &Sorted<OfListener>,
    old: Option<&GatewayTable>,
) -> GatewayTable {
    let gateway = &graph.gateways[slot];
    let known: BTreeMap<_, _> =
        old.iter().flat_map(|table| &table.listeners).map(|listener| (&listener.key, listener)).collect();
    let mut listeners = Vec::new();
    let certificate = gateway.client_certificate_name().map(Arc::new);
    // ATT-003, MATCH-01: only what is accepted takes part.
    if gateway.is_accepted() {
        for owner in graph.owners_of(slot).filter(|owner| graph.is_accepted(*owner)) {
            for (index, node) in graph.listeners(owner).iter().enumerate() {
                if let Some(port) = node.port.filter(|_| node.is_accepted()) {
                    let rules = rules.get(&(owner, index)).map(|known| known.1.clone()).unwrap_or_default();
                    let table = listener_table(node, port, rules, certificate.clone());
                    let known = known.get(&node.key).filter(|known| known.is_same(&table));
                    listeners.push(known.map_or_else(|| Arc::new(table), |known| Arc::clone(known)));
                }
            }
        }
    }
    listeners.sort_by(|one, other| (one.port, &one.hostname).cmp(&(other.port, &other.hostname)));
    GatewayTable { name: gateway.name.clone(), listeners }
}

fn listener_table(
    node: &ListenerNode,
    port: u16,
    rules: Rules,
    client_certificate: Option<Arc<NamespacedName>>,
) -> ListenerTable {
    ListenerTable {
        key: node.key.clone(),
        port,
        protocol: node.protocol,
        hostname: node.hostname.clone(),
        ends_tls: node.ends_tls(),
        programmed: node.is_programmed(),
        client_certificate,
        service: None,
        hosts: rules.hosts,
        connections: rules.connections,
    }
}

/// Where a Route is attached, each listener once with all hostnames that any parentRef gave it. One that
/// has no rule to carry out adds none.
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

/// What changes for one listener: hostnames that Routes leave or come to, with what they bring.
#[derive(Default)]
pub(super) struct Changes {
    entries: BTreeMap<HostPattern, Vec<Entry>>,
    connections: BTreeMap<HostPattern, Vec<ConnectionEntry>>,
}

impl Changes {
    /// Whether a Route for requests is among what comes or goes, with rules or without.
    pub(super) fn concern_requests(&self) -> bool {
        !self.entries.is_empty()
    }

    fn leave(&mut self, route: &RouteNode, hostnames: &[HostPattern]) {
        for hostname in hostnames {
            match &route.object {
                RouteObject::Http(_) | RouteObject::Grpc(_) => {
                    self.entries.entry(hostname.clone()).or_default();
                }
                RouteObject::Tls(_) | RouteObject::Tcp(_) | RouteObject::Udp(_) => {
                    self.connections.entry(hostname.clone()).or_default();
                }
            }
        }
    }

    /// The rules without those of Routes that left, and with the new ones.
    pub(super) fn applied_to(self, rules: &Rules, gone: &BTreeSet<&ObjectKey>) -> Rules {
        Rules {
            hosts: applied(&rules.hosts, self.entries, gone),
            connections: applied(&rules.connections, self.connections, gone),
        }
    }
}

fn applied<E: Entered>(
    hosts: &HostTables<E>,
    changes: BTreeMap<HostPattern, Vec<E>>,
    gone: &BTreeSet<&ObjectKey>,
) -> HostTables<E> {
    let table = |hostname, mut entries: Vec<E>| {
        E::sort(&mut entries);
        HostTable { hostname, entries: entries.into() }
    };
    if hosts.is_empty() {
        let came = changes.into_iter().filter(|(_, entries)| !entries.is_empty());
        return Sorted::new(came.map(|(hostname, entries)| table(hostname, entries)).collect());
    }
    let mut next = hosts.clone();
    for (hostname, mut entries) in changes {
        let before = hosts.get(&hostname).map_or(&[][..], |known| &known.entries);
        entries.extend(before.iter().filter(|entry| !gone.contains(entry.route())).cloned());
        if entries.is_empty() {
            next.remove(&hostname);
        } else {
            next.insert(table(hostname, entries));
        }
    }
    next
}

/// The rules of a Route that can be carried out, as its Gateways or a mesh see them.
pub(super) enum RouteRules {
    Requests(Vec<ReadyRule>),
    Connections(Option<ConnectionRules>),
}

impl RouteRules {
    pub(super) fn new(targets: &Targets<'_>, route: &RouteNode, nodes: &[RuleNode]) -> Self {
        match &route.object {
            RouteObject::Http(object) => Self::Requests(http::rules(targets, route, object, nodes)),
            RouteObject::Grpc(object) => Self::Requests(grpc::rules(targets, route, object, nodes)),
            RouteObject::Tls(_) | RouteObject::Tcp(_) | RouteObject::Udp(_) => {
                Self::Connections(ConnectionRules::new(targets, route, nodes))
            }
        }
    }

    /// Adds the Route for one of its hostnames.
    pub(super) fn add_to(
        &self,
        changes: &mut Changes,
        route: &RouteNode,
        hostname: &HostPattern,
        ends_tls: bool,
    ) {
        match self {
            Self::Requests(ready) => {
                let entries = changes.entries.entry(hostname.clone()).or_default();
                entries.extend(ready.iter().flat_map(|rule| rule.entries(route, hostname)));
            }
            Self::Connections(ready) => changes.connections.entry(hostname.clone()).or_default().extend(
                ready
                    .iter()
                    .map(|one| ConnectionEntry::of(Arc::clone(&route.age), hostname, one.rule(ends_tls))),
            ),
        }
    }
}
