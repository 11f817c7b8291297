//! Hostnames that are served without a certificate for them.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use crate::attach::{Graph, HostPattern, ListenerNode, ListenerOwner, ParentEdge, Protocol, RouteNode};
use crate::key::ObjectKey;
use crate::lint::declared::{Findings, declare};

/// Names of a certificate that a message lists.
const LISTED: usize = 5;

declare! {
    UNCOVERED = "uncovered-hostname", Warning,
        "a hostname that no certificate of its listener covers",
        "A client that asks for the hostname gets a certificate for another name and breaks off. A wildcard in a certificate covers one label only (AMBIG-07). Add a certificate for the name, or serve it on a listener that has one.";
}

/// The hostnames that Routes share with a listener, each with the Routes.
type Served<'g> = BTreeMap<HostPattern, BTreeSet<&'g ObjectKey>>;

pub(in crate::lint) fn check(graph: &Graph, found: &mut Findings) {
    let mut served: BTreeMap<(ListenerOwner, usize), Served<'_>> = BTreeMap::new();
    for route in graph.routes.iter().filter(|route| route.has_valid_rule()) {
        add_hostnames(route, &mut served);
    }
    for (index, _) in graph.gateways.indexed() {
        for owner in graph.owners_of(index) {
            for (number, listener) in graph.listeners(owner).iter().enumerate() {
                if ends_tls(listener) {
                    check_listener(listener, served.get(&(owner, number)), found);
                }
            }
        }
    }
}

/// Whether clients see certificates of the listener that are all known.
fn ends_tls(listener: &ListenerNode) -> bool {
    let certificates = &listener.certificates;
    matches!(listener.protocol, Protocol::Https | Protocol::Tls)
        && listener.is_accepted()
        && certificates.usable > 0
        && !certificates.more_names
}

fn add_hostnames<'g>(route: &'g RouteNode, served: &mut BTreeMap<(ListenerOwner, usize), Served<'g>>) {
    for parent in &route.parents {
        let ParentEdge::Listeners { owner, candidates } = &parent.edge else { continue };
        for candidate in candidates.iter().filter(|candidate| candidate.stop.is_none()) {
            let served = served.entry((*owner, candidate.listener)).or_default();
            for hostname in &candidate.hostnames {
                served.entry(hostname.clone()).or_default().insert(&route.key);
            }
        }
    }
}

fn check_listener(listener: &ListenerNode, served: Option<&Served<'_>>, found: &mut Findings) {
    let path = format!("spec.listeners[{}]", listener.index);
    if is_uncovered(listener, &listener.hostname) {
        let message = format!(
            "no certificate of listener `{}` covers its hostname `{}`; they cover {}",
            listener.key.section,
            listener.hostname,
            names(listener)
        );
        let remedy = format!("refer to a certificate for `{}`", listener.hostname);
        found.add(&UNCOVERED, &listener.key.owner, format!("{path}.hostname"), message, remedy);
    }
    for (hostname, routes) in served.into_iter().flatten() {
        // What the listener itself names has been said.
        if *hostname == listener.hostname || !is_uncovered(listener, hostname) {
            continue;
        }
        for route in routes {
            let message = format!(
                "no certificate of {} covers `{hostname}`; they cover {}",
                listener.key,
                names(listener)
            );
            let remedy =
                format!("add a certificate for `{hostname}` to the listener, or attach to one that has it");
            found.add(&UNCOVERED, route, "spec.hostnames", message, remedy);
        }
    }
}

/// A hostname for every name can be served with any certificate: nothing is promised.
fn is_uncovered(listener: &ListenerNode, hostname: &HostPattern) -> bool {
    *hostname != HostPattern::Any && !listener.certificates.cover(&hostname.to_string())
}

fn names(listener: &ListenerNode) -> alloc::string::String {
    let names = &listener.certificates.names;
    if names.is_empty() {
        return "no name".to_string();
    }
    let mut listed: Vec<_> = names.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
    if names.len() > LISTED {
        listed.push(format!("{} more", names.len() - LISTED));
    }
    listed.join(", ")
}
