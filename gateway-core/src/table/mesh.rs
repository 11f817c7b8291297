//! Tables of a mesh: each port of a Service is a listener of its own (MATCH-90..95).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::attach::{Age, Graph, HostPattern, ParentEdge, Protocol, RouteNode, ServiceBinding, ServiceRole};
use crate::key::{ListenerKey, NamespacedName, ObjectKey};
use crate::model::{ObjectKind, ObjectMeta};
use crate::profile::Feature;
use crate::snapshot::{Change, Snapshot};
use crate::sorted::{Keyed, Sorted};
use crate::table::backend::Targets;
use crate::table::build::{Changes, RouteRules, Rules};
use crate::table::connection::ConnectionEntry;
use crate::table::hosts::HostTable;
use crate::table::{Entry, HttpRank, ListenerTable, MatchRank, PathRank, Rank, Rule};

/// The tables of one Service.
#[derive(Clone, Debug)]
pub struct ServiceTable {
    /// The Service.
    pub name: NamespacedName,
    /// Its ports, by number. TCP and UDP may share a number (ATT-033).
    pub ports: Vec<ServicePortTable>,
}

/// A port of a Service, with what clients from each namespace find there.
#[derive(Clone, Debug)]
pub struct ServicePortTable {
    /// Its number.
    pub port: u16,
    /// Whether it takes datagrams.
    pub is_udp: bool,
    /// For every client that nothing else is said about: the Routes in the Service's own namespace.
    pub producers: Arc<ListenerTable>,
    /// For clients of a namespace that has Routes of its own, by that namespace: those hide the others
    /// altogether (MATCH-91).
    pub consumers: BTreeMap<String, Arc<ListenerTable>>,
}

impl ServicePortTable {
    /// What clients of a namespace find.
    pub fn seen_from(&self, client_namespace: Option<&str>) -> &Arc<ListenerTable> {
        client_namespace.and_then(|namespace| self.consumers.get(namespace)).unwrap_or(&self.producers)
    }
}

/// What Routes say about a port: those of the Service's namespace (`None`), those of each other one.
type Sides = BTreeMap<Option<String>, Changes>;

/// A port: its number, and whether it takes datagrams.
type Port = (u16, bool);

impl Keyed for ServiceTable {
    type Key = NamespacedName;

    fn key(&self) -> &NamespacedName {
        &self.name
    }
}

/// The tables of every Service of a mesh: old ones, but of Services that changed, or that Routes that
/// changed are bound to, or that other policies apply to.
pub(super) fn next(
    old: &Sorted<Arc<ServiceTable>>,
    targets: &Targets<'_>,
    (snapshot, graph): (&Snapshot, &Graph),
    (old_graph, changes): (&Graph, &[Change]),
) -> Sorted<Arc<ServiceTable>> {
    if !targets.profile.supports(Feature::Mesh) {
        return Sorted::default();
    }
    let mut touched: BTreeSet<NamespacedName> = BTreeSet::new();
    graph.routes.differences(&old_graph.routes, |before, after| {
        let routes = before.into_iter().chain(after);
        touched.extend(routes.flat_map(|route| bindings(route)).map(|binding| binding.service.clone()));
    });
    if old.is_empty() {
        touched.extend(snapshot.services.keys().cloned());
        let made = touched.iter().filter_map(|name| service_table(targets, snapshot, graph, name));
        return Sorted::new(made.map(Arc::new).collect());
    }
    let services = changes.iter().map(|change| &change.key).filter(|key| key.kind == ObjectKind::Service);
    touched.extend(services.map(|key| NamespacedName::new(key.namespace.clone(), key.name.clone())));
    if !Arc::ptr_eq(&graph.traffic_policies, &old_graph.traffic_policies) {
        let policies = graph.traffic_policies.iter().chain(old_graph.traffic_policies.iter());
        touched.extend(policies.flat_map(|policy| &policy.targets).map(|target| target.name.clone()));
    }
    let mut next = old.clone();
    for name in touched {
        match service_table(targets, snapshot, graph, &name) {
            Some(table) => next.insert(Arc::new(table)),
            None => {
                next.remove(&name);
            }
        }
    }
    next
}

/// The tables of one Service; `None` when it is neither in the input nor taken as existing.
fn service_table(
    targets: &Targets<'_>,
    snapshot: &Snapshot,
    graph: &Graph,
    name: &NamespacedName,
) -> Option<ServiceTable> {
    let mut ports: BTreeMap<Port, Sides> = BTreeMap::new();
    let routes: Vec<_> = graph.routes_of_service(name).collect();
    match snapshot.services.get(name) {
        Some(service) => {
            for port in service.ports() {
                let is_udp = port.protocol() == "UDP";
                if let Some(number) = port.port.as_u16().filter(|_| is_udp || port.protocol() == "TCP") {
                    ports.entry((number, is_udp)).or_default();
                }
            }
        }
        // A Service that is taken as existing has the ports that parentRefs name.
        None if !routes.iter().any(|route| bindings_to(route, name).next().is_some()) => return None,
        None => {
            for route in &routes {
                for number in
                    bindings_to(route, name).flat_map(|binding| &binding.ports).filter_map(|one| one.port)
                {
                    ports.entry((number, route.key.kind == ObjectKind::UdpRoute)).or_default();
                }
            }
        }
    }
    for route in routes {
        let bound: Vec<_> = bindings_to(route, name).collect();
        if bound.is_empty() {
            continue;
        }
        let rules = RouteRules::new(targets, route, &route.mesh_rules);
        let is_udp = route.key.kind == ObjectKind::UdpRoute;
        // Whose requests it decides about is the same for every parentRef to one Service.
        let is_consumer = bound.iter().any(|binding| binding.role == ServiceRole::Consumer);
        let side = is_consumer.then(|| route.key.namespace.clone());
        for ((number, udp), sides) in &mut ports {
            if *udp == is_udp && bound.iter().any(|binding| is_bound(binding, *number)) {
                // ATT-213: hostnames do not matter.
                rules.add_to(sides.entry(side.clone()).or_default(), route, &HostPattern::Any, false);
            }
        }
    }
    Some(with_ports(targets, name.clone(), ports))
}

/// The Services that a Route is bound to.
fn bindings(route: &RouteNode) -> impl Iterator<Item = &ServiceBinding> {
    let accepted = route.parents.iter().filter(|parent| route.is_accepted_by(parent));
    accepted.filter_map(|parent| match &parent.edge {
        ParentEdge::Service(binding) => Some(binding),
        ParentEdge::Listeners { .. } | ParentEdge::Unresolved(_) => None,
    })
}

/// Its bindings to one of them, one for each parentRef.
fn bindings_to<'r>(
    route: &'r RouteNode,
    service: &'r NamespacedName,
) -> impl Iterator<Item = &'r ServiceBinding> {
    bindings(route).filter(|binding| binding.service == *service)
}

/// Whether a Route is bound to a port. Of a Service that is not in the input, a port without a number
/// stands for all of them.
fn is_bound(binding: &ServiceBinding, port: u16) -> bool {
    let taken = binding.ports.iter().filter(|candidate| candidate.stop.is_none());
    taken.into_iter().any(|candidate| candidate.port.is_none_or(|number| number == port))
}

fn with_ports(targets: &Targets<'_>, name: NamespacedName, ports: BTreeMap<Port, Sides>) -> ServiceTable {
    let port_table = |((port, is_udp), mut sides): (Port, Sides)| {
        let table = |changes| Arc::new(table(targets, (&name, port, is_udp), changes));
        let producers = table(sides.remove(&None).unwrap_or_default());
        let consumers =
            sides.into_iter().filter_map(|(namespace, changes)| Some((namespace?, table(changes))));
        ServicePortTable { port, is_udp, producers, consumers: consumers.collect() }
    };
    let ports = ports.into_iter().map(port_table).collect();
    ServiceTable { name, ports }
}

fn table(
    targets: &Targets<'_>,
    (service, port, is_udp): (&NamespacedName, u16, bool),
    changes: Changes,
) -> ListenerTable {
    // MATCH-92: a Route without rules is bound as well, and leaves nothing but refusals.
    let takes_requests = changes.concern_requests();
    let Rules { mut hosts, mut connections } = changes.applied_to(&Rules::default(), &BTreeSet::new());
    let protocol = match (is_udp, takes_requests) {
        (true, _) => Protocol::Udp,
        (false, false) => Protocol::Tcp,
        (false, true) => Protocol::Http,
    };
    let owner = ObjectKey::new(ObjectKind::Service, service.namespace.clone(), service.name.clone());
    // MATCH-92: where no Route says anything, requests and connections go on as they would without a mesh.
    let plain = Arc::new(Rule::new(Arc::new(owner.clone()), 0, Vec::new(), Vec::new()));
    if !takes_requests && !is_udp {
        hosts.insert(HostTable::any(plain_entry(service, &plain)));
    }
    if connections.is_empty() && protocol != Protocol::Http {
        let age = Arc::new(Age::of(&ObjectMeta::default(), service));
        connections.insert(HostTable::any(ConnectionEntry::of(age, &HostPattern::Any, &plain)));
    }
    ListenerTable {
        key: ListenerKey { owner, section: port.to_string() },
        port,
        protocol,
        hostname: HostPattern::Any,
        ends_tls: false,
        programmed: true,
        client_certificate: None,
        service: Some(targets.service(service, port)),
        hosts,
        connections,
    }
}

fn plain_entry(service: &NamespacedName, rule: &Arc<Rule>) -> Entry {
    Entry {
        rank: Rank {
            precise_hostname: Reverse(0),
            hostname: Reverse(0),
            asks: MatchRank::Http(HttpRank {
                path: PathRank::Prefix(Reverse(0)),
                method: Reverse(false),
                headers: Reverse(0),
                query: Reverse(0),
            }),
            age: Arc::new(Age::of(&ObjectMeta::default(), service)),
            rule: 0,
            match_index: 0,
        },
        hostname: HostPattern::Any,
        conditions: None,
        rule: Arc::clone(rule),
        match_index: 0,
        lone_backend: rule.lone_backend(),
    }
}
