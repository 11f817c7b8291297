//! Connections: TLS, TCP and UDP.

use gateway_core::Transport;
use serde_json::{Value, json};

use crate::arrival::arrived;
use crate::cluster::Cluster;

type Outcome = Result<(), String>;

/// Whether a step connects, and asks nothing by HTTP.
pub(crate) fn is_one(step: &Value) -> bool {
    matches!(step["client"].as_str(), Some("tcp" | "tls" | "udp" | "dns"))
}

/// What becomes of a step's connection, as JSON.
pub(crate) fn connect(cluster: &Cluster, step: &Value, draw: u64) -> Value {
    let is_udp = matches!(step["client"].as_str(), Some("udp" | "dns"));
    let transport = if is_udp { Transport::Udp } else { Transport::Tcp };
    match arrived(cluster, step, transport) {
        Some(arrived) => serde_json::to_value(cluster.router.connect(arrived, draw).report()).unwrap(),
        None => json!({"decision": "no such gateway"}),
    }
}

/// Whether the request of a step travels inside a connection that a TLSRoute takes.
pub(crate) fn carries_request(cluster: &Cluster, step: &Value) -> bool {
    step["tls"].is_object() && connect(cluster, step, 0)["route"]["kind"] == "TLSRoute"
}

pub(crate) fn check(cluster: &Cluster, step: &Value) -> Outcome {
    let expect = &step["expect"];
    let decision = connect(cluster, step, 0);
    let fail = |what: &str| Err(format!("{what}: want {expect}, got {decision}"));
    if expect["outcome"] == "connectionRejected" {
        return if decision["decision"] == "reject" { Ok(()) } else { fail("outcome") };
    }
    if decision["decision"] != "forward" {
        return fail("outcome");
    }
    if let Some(wanted) = expect["backend"].as_str() {
        let is_there = cluster.reaches(&decision["backend"], wanted)
            && decision["backend"]["namespace"] == expect["namespace"];
        if !is_there {
            return fail("backend");
        }
    }
    // The backend speaks TLS with the client where nobody ends it before, and with the gateway where a
    // policy says so.
    let passed = decision["tls"] == "Passthrough";
    if expect["backendIsTLS"]
        .as_bool()
        .is_some_and(|is_tls| is_tls != (passed || decision["upstreamTls"].is_object()))
    {
        return fail("TLS at the backend");
    }
    let seen = if passed { &step["tls"]["serverName"] } else { &decision["upstreamTls"]["serverName"] };
    if expect["backendSNI"].is_string() && expect["backendSNI"] != *seen {
        return fail("server name at the backend");
    }
    Ok(())
}
