//! Why a connection goes where it goes.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use crate::act::{ConnectionReport, Draw};
use crate::attach::Protocol;
use crate::explain::place;
use crate::explain::request::{ListenerExplanation, Verdict};
use crate::explain::route::RouteExplanation;
use crate::matching::request_host;
use crate::router::{Arrival, Arrived, Entrance, Router, Taker, Transport};
use crate::table::{ConnectionEntry, ListenerTable};

/// What becomes of a connection, with everything that was considered on the way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConnectionExplanation {
    /// The Gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway: Option<String>,
    /// The Service, in a mesh.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Every listener of the Gateway that takes part in routing; every port of the Service.
    pub listeners: Vec<ListenerExplanation>,
    /// The Routes of the chosen listener in rank order: the winner is the first that matches.
    pub candidates: Vec<ConnectionCandidate>,
    /// How many candidates were left out because of the limit.
    pub left_out: usize,
    /// Routes that name it and are attached nowhere there, or have dropped rules.
    pub unattached: Vec<RouteExplanation>,
    /// The decision.
    pub decision: ConnectionReport,
}

/// A Route that was considered, for one of its hostnames.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionCandidate {
    /// The Route.
    pub route: String,
    /// Index of the rule.
    pub rule: usize,
    /// The server names it takes.
    pub hostname: String,
    /// What came of it.
    pub verdict: Verdict,
    /// The first thing that stopped it, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_by: Option<String>,
}

pub(crate) fn explain(
    router: &Router,
    entrance: Entrance<'_>,
    arrival: &Arrival<'_>,
    draw: Draw,
) -> ConnectionExplanation {
    let arrived = router.arrive(entrance, arrival);
    let chosen = match arrived.taker() {
        Taker::Nobody | Taker::Http(None) => None,
        Taker::Http(Some(listener)) | Taker::Routes(listener, _) => Some(listener),
    };
    let limit = router.profile().limits.explained_candidates;
    let entries = || chosen.into_iter().flat_map(ListenerTable::connection_entries);
    let by_name = chosen.is_some_and(|listener| listener.protocol == Protocol::Tls);
    let mut won = false;
    let candidate = |entry: &ConnectionEntry| {
        let stopped_by = if by_name { unnamed(entry, arrival.sni) } else { None };
        let verdict = Verdict::of(stopped_by.is_some(), &mut won);
        ConnectionCandidate {
            route: entry.rule.route.to_string(),
            rule: entry.rule.index,
            hostname: entry.hostname.to_string(),
            verdict,
            stopped_by,
        }
    };
    let outcome = |listener: &ListenerTable| {
        let is_chosen = chosen.is_some_and(|chosen| chosen.key == listener.key);
        ListenerExplanation {
            listener: listener.key.section.clone(),
            chosen: is_chosen,
            outcome: if is_chosen {
                taken(listener, arrival)
            } else {
                passed_over(listener, arrival, arrived)
            },
        }
    };
    let (gateway, service) = place::names(entrance);
    ConnectionExplanation {
        gateway,
        service,
        listeners: match entrance {
            Entrance::Gateway(gateway) => {
                gateway.listeners.iter().map(|listener| outcome(listener)).collect()
            }
            Entrance::Service(service) => place::ports(service, arrival),
        },
        candidates: entries().take(limit).map(candidate).collect(),
        left_out: entries().count().saturating_sub(limit),
        unattached: place::unattached(router, entrance),
        decision: router.connect(arrived, draw).report(),
    }
}

fn named(sni: Option<&str>) -> Option<&str> {
    sni.filter(|name| !request_host(name.as_bytes()).is_empty())
}

/// Why an entry of a TLS listener does not match.
fn unnamed(entry: &ConnectionEntry, sni: Option<&str>) -> Option<String> {
    let Some(name) = named(sni) else {
        return Some("the client sent no server name, and a TLSRoute needs one".to_string());
    };
    let matches = entry.hostname.matches(request_host(name.as_bytes()));
    (!matches).then(|| format!("server name {name} is not {}", entry.hostname))
}

fn taken(listener: &ListenerTable, arrival: &Arrival<'_>) -> String {
    let port = arrival.port;
    match (listener.protocol, named(arrival.sni)) {
        (Protocol::Tcp, _) => format!("takes every connection to port {port}"),
        (Protocol::Udp, _) => format!("takes every datagram to port {port}"),
        _ if listener.ends_tls && !listener.programmed => {
            "takes the connection, but has no usable certificate: the TLS handshake would fail".to_string()
        }
        (_, Some(name)) => format!("takes {name}: the most specific hostname is {}", listener.hostname),
        (_, None) => "takes connections without a server name".to_string(),
    }
}

fn passed_over(listener: &ListenerTable, arrival: &Arrival<'_>, arrived: Arrived<'_>) -> String {
    if listener.port != arrival.port {
        return format!("is on port {}, the connection came to {}", listener.port, arrival.port);
    }
    match (listener.protocol, arrival.transport) {
        (Protocol::Udp, Transport::Tcp) => "takes datagrams".to_string(),
        (protocol, Transport::Udp) if protocol != Protocol::Udp => "takes streams".to_string(),
        (Protocol::Http, _) => "takes requests: which of the HTTP listeners, their host says".to_string(),
        (Protocol::Https | Protocol::Tls, _) => {
            let name = named(arrival.sni).unwrap_or("no server name");
            if !listener.hostname.matches(request_host(arrival.sni.unwrap_or_default().as_bytes())) {
                return format!("hostname {} does not match {name}", listener.hostname);
            }
            let better = arrived.by_sni().map(|better| better.key.section.as_str()).unwrap_or_default();
            format!("hostname {} matches {name}, but {better} is more specific", listener.hostname)
        }
        _ => "another listener has the port".to_string(),
    }
}
