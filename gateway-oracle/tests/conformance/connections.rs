//! Connections: TLS, TCP and UDP.

use serde_json::Value;

use crate::cluster::Cluster;
use crate::requests::{Outcome, arrival};

fn connect(cluster: &Cluster, step: &Value, draw: u64) -> Value {
    let udp = matches!(step["client"].as_str(), Some("udp" | "dns"));
    serde_json::to_value(cluster.oracle.connect(&arrival(step), udp, draw)).unwrap()
}

pub(crate) fn backend(cluster: &Cluster, step: &Value, draw: u64) -> Value {
    connect(cluster, step, draw)["backend"].clone()
}

/// Whether the requests of a step travel inside a connection that a TLSRoute takes.
pub(crate) fn is_passed(cluster: &Cluster, step: &Value) -> bool {
    let decision = connect(cluster, step, 0);
    step["tls"].is_object() && decision["route"]["kind"] == "TLSRoute"
}

pub(crate) fn check(cluster: &Cluster, step: &Value) -> Outcome {
    let expect = &step["expect"];
    let decision = connect(cluster, step, 0);
    let fail = || Err(format!("want {expect}, got {decision}"));
    if expect["outcome"] == "connectionRejected" {
        return if decision["decision"] == "reject" { Ok(()) } else { fail() };
    }
    if decision["decision"] != "forward" {
        return fail();
    }
    let wanted = expect["backend"].as_str().or(expect["service"].as_str());
    let reached = wanted.is_none_or(|wanted| cluster.is_backend(&decision["backend"], wanted));
    let namespace = expect["namespace"].is_null() || expect["namespace"] == decision["backend"]["namespace"];
    // The backend speaks TLS with the client only where nobody terminates it before.
    let passed = decision["tls"] == "Passthrough";
    let tls = expect["backendIsTLS"].as_bool().is_none_or(|is_tls| is_tls == passed);
    if reached && namespace && tls { Ok(()) } else { fail() }
}
