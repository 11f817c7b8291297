//! Routes with their parents and backends (AMBIG-03..07, 13, 18..20, 29, 31, 52, 53, 56, 60, 61, 69).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::vec::Vec;

use super::declared as rule;
use super::filters::backends_missing;
use super::policies::core_group;
use crate::attach::{
    BackendProblem, Candidate, Graph, HostPattern, ListenerNode, ParentEdge, Protocol, RouteNode, RuleNode,
    Stop,
};
use crate::key::{NamespacedName, ObjectKey};
use crate::lint::declared::Findings;
use crate::lint::hostnames::labels;
use crate::lint::route;
use crate::model::ObjectKind;
use crate::snapshot::Snapshot;
use crate::status::backend_advice;

pub(super) fn check(graph: &Graph, node: &RouteNode, found: &mut Findings) {
    parents(node, found);
    for parent in &node.parents {
        match &parent.edge {
            ParentEdge::Listeners { owner, candidates } => {
                let listeners = graph.listeners(*owner);
                for candidate in candidates {
                    if let Some(listener) = listeners.get(candidate.listener) {
                        check_candidate(node, &parent.path, candidate, listener, found);
                    }
                }
            }
            ParentEdge::Service(binding) => {
                for winner in binding.ports.iter().filter_map(|port| lost_to(port.stop.as_ref())) {
                    let message = format!(
                        "{winner} is of a more specific kind and has the port; here the reason is Conflicted"
                    );
                    let remedy = "use one kind of Route for the port";
                    found.add(&rule::MESH_CONFLICT, &node.key, parent.path.clone(), message, remedy);
                }
            }
            ParentEdge::Unresolved(_) => {}
        }
    }
    let rules = route::rules(&node.object);
    let l4 = matches!(node.key.kind, ObjectKind::TlsRoute | ObjectKind::TcpRoute | ObjectKind::UdpRoute);
    if l4 && rules.len() > 1 {
        let message =
            format!("{} rules; here the first one is used and the others have no effect", rules.len());
        found.add(&rule::SEVERAL_L4_RULES, &node.key, "spec.rules", message, "keep one rule");
    }
    let mesh = node.parents.iter().any(|parent| matches!(parent.edge, ParentEdge::Service(_)));
    for view in &rules {
        backends_missing(&node.key, view, mesh, found);
        for (path, target) in view.all_targets() {
            core_group(&node.key, &path, target.group, found);
        }
    }
    let attached = node.parents.iter().any(|parent| match &parent.edge {
        ParentEdge::Listeners { candidates, .. } => candidates.iter().any(|one| one.stop.is_none()),
        _ => false,
    });
    if attached && !node.has_valid_rule() && !node.rules.is_empty() {
        let message = "the Route has listeners but no rule that works; here it does not count as attached";
        found.add(&rule::COUNT_ACCEPTED, &node.key, "spec.rules", message, "correct its rules");
    }
}

/// Group, kind, namespace, name, section and port of a parent.
type ParentId<'r> = (&'r str, &'r str, &'r str, &'r str, Option<&'r str>, Option<i32>);

fn parents(node: &RouteNode, found: &mut Findings) {
    let own = node.key.namespace.as_str();
    let mut seen: BTreeMap<ParentId<'_>, (usize, bool)> = BTreeMap::new();
    for (index, parent) in node.object.parent_refs().iter().enumerate() {
        let path = format!("spec.parentRefs[{index}]");
        core_group(&node.key, &path, parent.group(), found);
        if parent.port.is_some() {
            let message = "two features stand for a parentRef with a port; here it is the standard one";
            found.add(
                &rule::PARENT_PORT,
                &node.key,
                format!("{path}.port"),
                message,
                "use `sectionName` where it will do",
            );
        }
        let section = parent.section_name.as_deref();
        let port = parent.port.map(|port| port.0);
        let id = (parent.group(), parent.kind(), parent.namespace_or(own), &*parent.name, section, port);
        let explicit = parent.namespace.is_some();
        match seen.get(&id) {
            Some((first, known)) if *known != explicit => {
                let message = format!(
                    "the same parent as parentRefs[{first}], once with and once without its namespace"
                );
                found.add(&rule::SAME_PARENT_TWICE, &node.key, path, message, "remove one of the two");
            }
            Some(_) => {}
            None => drop(seen.insert(id, (index, explicit))),
        }
    }
}

fn check_candidate(
    node: &RouteNode,
    path: &str,
    candidate: &Candidate,
    listener: &ListenerNode,
    found: &mut Findings,
) {
    let kind = node.key.kind;
    let l4 = matches!(kind, ObjectKind::TlsRoute | ObjectKind::TcpRoute | ObjectKind::UdpRoute);
    if candidate.stop == Some(Stop::Kind) {
        let (section, protocol) = (&listener.key.section, &listener.spec.protocol);
        if listener.protocol == Protocol::Tls {
            let message = format!(
                "{} on TLS listener `{section}` is allowed by some pages; here it takes TLSRoutes only",
                kind.kind()
            );
            found.add(
                &rule::KIND_ON_TLS,
                &node.key,
                path,
                message,
                "use a listener of the Route's own protocol",
            );
        } else if l4 && !carries(kind, listener.protocol) {
            let message =
                format!("listener `{section}` speaks {protocol}; here the reason is NotAllowedByListeners");
            found.add(
                &rule::WRONG_PROTOCOL,
                &node.key,
                path,
                message,
                "use a listener of the Route's own protocol",
            );
        }
    }
    if let Some(winner) = lost_to(candidate.stop.as_ref()) {
        let message = format!(
            "{winner} has the hostname on listener `{}`, as the older of the two",
            listener.key.section
        );
        let remedy = "give the two Routes different hostnames";
        found.add(&rule::HTTP_AND_GRPC, &node.key, path, message, remedy);
    }
    let secure = matches!(listener.protocol, Protocol::Https | Protocol::Tls);
    if let HostPattern::Wildcard(_) = &listener.hostname
        && secure
        && let Some(deep) =
            candidate.hostnames.iter().find(|one| labels(one) > labels(&listener.hostname) + 1)
    {
        let message =
            format!("`{deep}` is several labels below `{}`; here the listener takes it", listener.hostname);
        let remedy = "use a certificate and a listener for the name itself";
        found.add(&rule::WILDCARD_DEPTH, &node.key, "spec.hostnames", message, remedy);
    }
}

/// The Route of another kind that has what this one wants.
fn lost_to(stop: Option<&Stop>) -> Option<&ObjectKey> {
    match stop {
        Some(Stop::RouteKind(winner, _)) => Some(winner),
        _ => None,
    }
}

fn carries(kind: ObjectKind, protocol: Protocol) -> bool {
    match kind {
        ObjectKind::TcpRoute => protocol == Protocol::Tcp,
        ObjectKind::UdpRoute => protocol == Protocol::Udp,
        _ => protocol == Protocol::Tls,
    }
}

pub(super) fn check_backends(snapshot: &Snapshot, node: &RouteNode, found: &mut Findings) {
    let mut reasons = BTreeSet::new();
    for edge in node.rule_sets().flatten().flat_map(RuleNode::edges) {
        reasons.extend(backend_advice(&node.key, edge).map(|advice| advice.reason));
        match &edge.problem {
            Some(BackendProblem::PortNotFound { .. }) => {
                let message =
                    format!("{} {} lacks the port; here the reason is BackendNotFound", edge.kind, edge.name);
                found.add(
                    &rule::PORT_MISSING,
                    &node.key,
                    edge.path.clone(),
                    message,
                    "use a port of the Service",
                );
            }
            Some(BackendProblem::ExternalName) => {
                let message = format!("{} {} is of type ExternalName", edge.kind, edge.name);
                found.add(
                    &rule::EXTERNAL_NAME,
                    &node.key,
                    edge.path.clone(),
                    message,
                    "refer to a Service of another type",
                );
            }
            _ => {}
        }
        app_protocol(snapshot, node, &edge.path, &edge.kind, &edge.name, edge.port, found);
    }
    for extension in node.rule_sets().flatten().flat_map(|rule| &rule.extensions) {
        reasons.insert("InvalidKind");
        let message = format!("{} is not known here: requests of the rule get 500", extension.target);
        found.add(
            &rule::UNKNOWN_EXTENSION,
            &node.key,
            extension.path.clone(),
            message,
            "remove the filter, or use one that the controller knows",
        );
    }
    if reasons.len() > 1 {
        let listed: Vec<_> = reasons.iter().copied().collect();
        let message = format!(
            "references fail for several reasons ({}); the condition has the first by precedence",
            listed.join(", ")
        );
        found.add(&rule::SEVERAL_UNRESOLVED, &node.key, "spec.rules", message, "read the whole message");
    }
    let datagrams = matches!(node.key.kind, ObjectKind::TcpRoute | ObjectKind::UdpRoute);
    if datagrams && !reasons.is_empty() {
        let message = "a backend is invalid; here Accepted stays True and ResolvedRefs is False";
        found.add(&rule::L4_INVALID_BACKEND, &node.key, "spec.rules", message, "correct the backend");
    }
}

/// AMBIG-52
fn app_protocol(
    snapshot: &Snapshot,
    node: &RouteNode,
    path: &str,
    kind: &str,
    name: &NamespacedName,
    port: Option<u16>,
    found: &mut Findings,
) {
    // Behind the others bytes are passed on as they come.
    if !matches!(node.key.kind, ObjectKind::HttpRoute | ObjectKind::GrpcRoute) {
        return;
    }
    let service = snapshot.services.get(name).filter(|_| kind == ObjectKind::Service.kind());
    let ports = service.into_iter().flat_map(|service| service.ports());
    let port = ports
        .filter(|one| one.port.as_u16() == port && port.is_some())
        .find_map(|one| one.app_protocol.as_deref());
    if let Some(protocol) = port.filter(|protocol| !protocol.starts_with("kubernetes.io/")) {
        let message = format!("appProtocol `{protocol}` of Service {name} has no standard meaning");
        found.add(
            &rule::APP_PROTOCOL,
            &node.key,
            path,
            message,
            "use one that begins with `kubernetes.io/`, or none",
        );
    }
}
