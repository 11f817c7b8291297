//! Tables of a mesh: each port of a Service is a listener of its own (MATCH-90..95).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::attach::{Age, Graph, HostPattern, ParentEdge, Protocol, RouteNode, ServiceBinding, ServiceRole};
use crate::key::{ListenerKey, NamespacedName, ObjectKey};
use crate::model::{ObjectKind, ObjectMeta};
use crate::profile::{Feature, Profile};
use crate::snapshot::Snapshot;
use crate::table::backend::Targets;
use crate::table::build::{RouteRules, Rules};
use crate::table::connection::ConnectionEntry;
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
    pub producers: ListenerTable,
    /// For clients of a namespace that has Routes of its own, by that namespace: those hide the others
    /// altogether (MATCH-91).
    pub consumers: BTreeMap<String, ListenerTable>,
}

impl ServicePortTable {
    /// What clients of a namespace find.
    pub fn seen_from(&self, client_namespace: Option<&str>) -> &ListenerTable {
        client_namespace.and_then(|namespace| self.consumers.get(namespace)).unwrap_or(&self.producers)
    }
}

/// What Routes say about a port: those of the Service's namespace (`None`), those of each other one.
type Sides = BTreeMap<Option<String>, Rules>;

/// A port: its number, and whether it takes datagrams.
type Port = (u16, bool);

/// The tables of every Service of a mesh, by name.
pub(crate) fn services(snapshot: &Snapshot, graph: &Graph, profile: &Profile) -> Vec<ServiceTable> {
    if !profile.supports(Feature::Mesh) {
        return Vec::new();
    }
    let mut services: BTreeMap<NamespacedName, BTreeMap<Port, Sides>> = BTreeMap::new();
    for (name, service) in &snapshot.services {
        let known = services.entry(name.clone()).or_default();
        for port in service.ports() {
            let is_udp = port.protocol() == "UDP";
            if let Some(number) = port.port.as_u16().filter(|_| is_udp || port.protocol() == "TCP") {
                known.entry((number, is_udp)).or_default();
            }
        }
    }
    assume_ports(graph, &mut services);
    let targets = Targets::new(graph, profile);
    for route in &graph.routes {
        let bindings: Vec<_> = bindings(route).collect();
        if bindings.is_empty() {
            continue;
        }
        let rules = RouteRules::new(&targets, route, &route.mesh_rules, profile);
        let is_udp = route.key.kind == ObjectKind::UdpRoute;
        let named: BTreeSet<_> = bindings.iter().map(|binding| &binding.service).collect();
        for service in named {
            let Some(ports) = services.get_mut(service) else { continue };
            let here = || bindings.iter().filter(|binding| binding.service == *service);
            // Whose requests it decides about is the same for every parentRef to one Service.
            let is_consumer = here().any(|binding| binding.role == ServiceRole::Consumer);
            let side = is_consumer.then(|| route.key.namespace.clone());
            for ((number, udp), sides) in ports {
                if *udp == is_udp && here().any(|binding| is_bound(binding, *number)) {
                    // ATT-213: hostnames do not matter.
                    rules.add_to(sides.entry(side.clone()).or_default(), route, &HostPattern::Any, false);
                }
            }
        }
    }
    services.into_iter().map(|(name, ports)| service_table(&targets, name, ports)).collect()
}

/// The Services that a Route is bound to.
fn bindings(route: &RouteNode) -> impl Iterator<Item = &ServiceBinding> {
    let accepted = route.parents.iter().filter(|parent| route.is_accepted_by(parent));
    accepted.filter_map(|parent| match &parent.edge {
        ParentEdge::Service(binding) => Some(binding),
        ParentEdge::Listeners { .. } | ParentEdge::Unresolved(_) => None,
    })
}

/// Whether a Route is bound to a port. Of a Service that is not in the input, a port without a number
/// stands for all of them.
fn is_bound(binding: &ServiceBinding, port: u16) -> bool {
    let taken = binding.ports.iter().filter(|candidate| candidate.stop.is_none());
    taken.into_iter().any(|candidate| candidate.port.is_none_or(|number| number == port))
}

/// A Service that is taken as existing has the ports that parentRefs name.
fn assume_ports(graph: &Graph, services: &mut BTreeMap<NamespacedName, BTreeMap<Port, Sides>>) {
    let mut assumed: BTreeMap<NamespacedName, BTreeMap<Port, Sides>> = BTreeMap::new();
    for route in &graph.routes {
        for binding in bindings(route).filter(|binding| !services.contains_key(&binding.service)) {
            let known = assumed.entry(binding.service.clone()).or_default();
            for number in binding.ports.iter().filter_map(|candidate| candidate.port) {
                known.entry((number, route.key.kind == ObjectKind::UdpRoute)).or_default();
            }
        }
    }
    services.append(&mut assumed);
}

fn service_table(targets: &Targets<'_>, name: NamespacedName, ports: BTreeMap<Port, Sides>) -> ServiceTable {
    let port_table = |((port, is_udp), mut sides): (Port, Sides)| {
        let producers = table(targets, (&name, port, is_udp), sides.remove(&None).unwrap_or_default());
        let consumers = sides.into_iter().filter_map(|(namespace, rules)| {
            Some((namespace?, table(targets, (&name, port, is_udp), rules)))
        });
        ServicePortTable { port, is_udp, producers, consumers: consumers.collect() }
    };
    let ports = ports.into_iter().map(port_table).collect();
    ServiceTable { name, ports }
}

fn table(
    targets: &Targets<'_>,
    (service, port, is_udp): (&NamespacedName, u16, bool),
    rules: Rules,
) -> ListenerTable {
    let Rules { mut entries, mut connections } = rules;
    entries.sort_by(|one, other| one.rank.cmp(&other.rank));
    connections.sort_by(|one, other| one.rank.cmp(&other.rank));
    let protocol = match (is_udp, entries.is_empty()) {
        (true, _) => Protocol::Udp,
        (false, true) => Protocol::Tcp,
        (false, false) => Protocol::Http,
    };
    let owner = ObjectKey::new(ObjectKind::Service, service.namespace.clone(), service.name.clone());
    // MATCH-92: where no Route says anything, requests and connections go on as they would without a mesh.
    let plain =
        Arc::new(Rule { lists_matches: false, ..Rule::new(owner.clone(), 0, Vec::new(), Vec::new()) });
    if entries.is_empty() && !is_udp {
        entries.push(plain_entry(service, &plain));
    }
    if connections.is_empty() && protocol != Protocol::Http {
        connections.push(ConnectionEntry::of(
            Age::of(&ObjectMeta::default(), service),
            &HostPattern::Any,
            &plain,
        ));
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
        entries,
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
            age: Age::of(&ObjectMeta::default(), service),
            rule: 0,
            match_index: 0,
        },
        hostname: HostPattern::Any,
        conditions: None,
        rule: Arc::clone(rule),
        match_index: 0,
    }
}
