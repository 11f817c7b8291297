//! The oracle against the engine, which is a black box here: generated clusters, requests that are aimed
//! at them, and the same decision from both.
//!
//! `GATEWAY_ORACLE_PAIRS` says how many pairs of cluster and request each test compares (default 40,000, for
//! connections 20,000), `GATEWAY_ORACLE_SEED` where to begin.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod ask;
#[path = "engine/compare.rs"]
mod compare;
#[path = "engine/connections.rs"]
mod connections;
#[path = "engine/engine.rs"]
mod engine;
#[path = "engine/smaller.rs"]
mod smaller;
#[path = "engine/statuses.rs"]
mod statuses;

use std::collections::BTreeMap;

use engine::Engine;
use gateway_core::Profile;
use gateway_oracle::Oracle;
use gateway_oracle::generate::{Cluster, Exchange, Settings, cluster, exchange, sampler};
use serde_json::Value;

const CONTROLLER: &str = "example.com/ctl";
/// Requests for each cluster.
const REQUESTS: u64 = 40;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Both decisions, if they differ.
fn difference(cluster: &Cluster, exchange: &Exchange) -> Option<(Value, Value)> {
    let (snapshot, profile) = (cluster.snapshot(), Profile::spec(CONTROLLER));
    let oracle = Oracle::new(&snapshot, &profile);
    compare::differ(&oracle, &Engine::new(&snapshot, &profile), exchange)
}

#[test]
fn decisions_for_http_routes_agree() {
    decisions_agree(&Settings::http(), 5);
}

/// All that can meet a request on its way to a Gateway.
#[test]
fn decisions_for_all_routes_agree() {
    decisions_agree(&Settings { mesh: false, ..Settings::default() }, 10);
}

/// Requests to Services, and to Gateways beside them.
#[test]
fn decisions_in_a_mesh_agree() {
    decisions_agree(&Settings::mesh(), 10);
}

/// Compares, and wants one request in so many forwarded: a comparison of 404 with 404 proves little.
fn decisions_agree(settings: &Settings, share: u64) {
    let (pairs, seed) = (number("GATEWAY_ORACLE_PAIRS", 40_000), number("GATEWAY_ORACLE_SEED", 1));
    let mut sampler = sampler(seed);
    let clusters = cluster(settings);
    let profile = Profile::spec(CONTROLLER);
    let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
    let mut causes: BTreeMap<String, (u64, String)> = BTreeMap::new();
    for _ in 0..pairs.div_ceil(REQUESTS) {
        let cluster = sampler.draw(&clusters).unwrap();
        let snapshot = cluster.snapshot();
        let (oracle, engine) = (Oracle::new(&snapshot, &profile), Engine::new(&snapshot, &profile));
        let requests = exchange(&cluster);
        for _ in 0..REQUESTS {
            let exchange = sampler.draw(&requests).unwrap();
            *kinds.entry(compare::kind(&oracle, &exchange)).or_default() += 1;
            let Some((ours, theirs)) = compare::differ(&oracle, &engine, &exchange) else { continue };
            let cause = causes.entry(compare::cause(&ours, &theirs)).or_insert_with(|| {
                let (cluster, exchange) = smaller::smallest(&cluster, &exchange, |cluster, exchange| {
                    let still = difference(cluster, exchange);
                    still.is_some_and(|(one, other)| {
                        compare::cause(&one, &other) == compare::cause(&ours, &theirs)
                    })
                });
                (0, smaller::told(&cluster, &exchange, difference(&cluster, &exchange)))
            });
            cause.0 += 1;
        }
    }
    println!("what was compared: {kinds:#?}");
    let told: Vec<_> =
        causes.iter().map(|(cause, (count, case))| format!("{count} times {cause}\n{case}")).collect();
    assert!(causes.is_empty(), "{} causes:\n{}", told.len(), told.join("\n\n"));
    let forwarded = kinds.get("forward").copied().unwrap_or(0);
    assert!(forwarded * share > pairs, "only {forwarded} of {pairs} are forwarded");
}

#[test]
fn connections_agree() {
    let kinds = ["Passthrough", "Terminate", "TCPRoute", "UDPRoute", "TLS to the backend", "http"];
    connections::agree(&Settings::connections(), &kinds);
}

#[test]
fn connections_in_a_mesh_agree() {
    let settings = Settings { kinds: Settings::default().kinds, ..Settings::mesh() };
    connections::agree(&settings, &["TLSRoute", "TCPRoute", "forward", "http"]);
}

#[test]
fn attachments_of_all_kinds_agree() {
    let count = number("GATEWAY_ORACLE_PAIRS", 20_000) / 100;
    let mut sampler = sampler(number("GATEWAY_ORACLE_SEED", 1));
    let clusters = cluster(&Settings::default());
    let mut causes: BTreeMap<String, (u64, String)> = BTreeMap::new();
    for _ in 0..count {
        let cluster = sampler.draw(&clusters).unwrap();
        let causes_here = statuses::differences(&cluster);
        for cause in causes_here {
            let first = causes.entry(cause.clone()).or_insert_with(|| {
                let small =
                    smaller::smallest_cluster(&cluster, |one| statuses::differences(one).contains(&cause));
                (0, smaller::objects(&small))
            });
            first.0 += 1;
        }
    }
    let told: Vec<_> =
        causes.iter().map(|(cause, (count, case))| format!("{count} times {cause}\n{case}")).collect();
    assert!(causes.is_empty(), "{} causes:\n{}", told.len(), told.join("\n\n"));
}
