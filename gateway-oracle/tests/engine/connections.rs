//! Connections to generated clusters: TLSRoute, TCPRoute, UDPRoute.

use std::collections::BTreeMap;

use gateway_core::Profile;
use gateway_oracle::Oracle;
use gateway_oracle::generate::{Cluster, Dial, Settings, cluster, connection, sampler};
use serde_json::Value;

use crate::engine::Engine;
use crate::{CONTROLLER, REQUESTS, compare, number, smaller};

fn difference(cluster: &Cluster, dial: &Dial) -> Option<(Value, Value)> {
    let (snapshot, profile) = (cluster.snapshot(), Profile::spec(CONTROLLER));
    compare::differ_on_connection(&Oracle::new(&snapshot, &profile), &Engine::new(&snapshot, &profile), dial)
}

/// Compares, and wants each of the kinds of answers to be met, and each reason.
pub(crate) fn agree(settings: &Settings, kinds: &[&str]) {
    let (pairs, seed) = (number("GATEWAY_ORACLE_PAIRS", 20_000), number("GATEWAY_ORACLE_SEED", 1));
    let mut sampler = sampler(seed);
    let clusters = cluster(settings);
    let profile = Profile::spec(CONTROLLER);
    let mut words: BTreeMap<String, u64> = BTreeMap::new();
    let mut causes: BTreeMap<String, (u64, String)> = BTreeMap::new();
    for _ in 0..pairs.div_ceil(REQUESTS) {
        let cluster = sampler.draw(&clusters).unwrap();
        let snapshot = cluster.snapshot();
        let (oracle, engine) = (Oracle::new(&snapshot, &profile), Engine::new(&snapshot, &profile));
        let dials = connection(&cluster);
        for _ in 0..REQUESTS {
            let dial = sampler.draw(&dials).unwrap();
            *words.entry(word(&oracle, &dial)).or_default() += 1;
            let Some((ours, theirs)) = compare::differ_on_connection(&oracle, &engine, &dial) else {
                continue;
            };
            let cause = compare::cause(&ours, &theirs);
            let first = causes.entry(cause.clone()).or_insert_with(|| {
                let small = smaller::smallest_cluster(&cluster, |one| {
                    difference(one, &dial).is_some_and(|(one, other)| compare::cause(&one, &other) == cause)
                });
                let (ours, theirs) = difference(&small, &dial).unwrap_or_default();
                let asked = serde_json::to_string(&dial).unwrap();
                let objects = smaller::objects(&small);
                (0, format!("{objects}\n  connection {asked}\n  oracle  {ours}\n  engine  {theirs}"))
            });
            first.0 += 1;
        }
    }
    println!("what was compared: {words:#?}");
    let told: Vec<_> =
        causes.iter().map(|(cause, (count, case))| format!("{count} times {cause}\n{case}")).collect();
    assert!(causes.is_empty(), "{} causes:\n{}", told.len(), told.join("\n\n"));
    let wanted = ["NoMatchingListener", "NoMatchingRoute", "NoBackends", "InvalidBackend", "NoEndpoints"];
    for word in wanted.iter().chain(kinds) {
        assert!(words.contains_key(*word), "no connection is of the kind {word}");
    }
}

/// What kind of answer it is.
fn word(oracle: &Oracle, dial: &Dial) -> String {
    let decision = serde_json::to_value(oracle.connect(&dial.arrival, dial.udp, dial.draw)).unwrap();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    if decision["upstreamTls"].is_object() {
        return "TLS to the backend".to_owned();
    }
    let found = text(&decision["reason"]).or(text(&decision["tls"])).or(text(&decision["route"]["kind"]));
    found.or(text(&decision["decision"])).unwrap_or_default()
}
