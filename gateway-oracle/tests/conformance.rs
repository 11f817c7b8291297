//! The requests of the official conformance suite, as data, against the oracle.
//!
//! The suite's cases lie beside the repository where the project is developed (`GATEWAY_CORE_SHARED`, or
//! `../shared`), not in it; without them the runner says that it skips. Every request and distribution of
//! every test is decided and compared; of the statuses, those of attachment.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

#[path = "conformance/cluster.rs"]
mod cluster;
#[path = "conformance/connections.rs"]
mod connections;
#[path = "../../gateway-core/tests/conformance/read.rs"]
mod read;
#[path = "conformance/requests.rs"]
mod requests;
#[path = "conformance/statuses.rs"]
mod statuses;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use cluster::Cluster;
use gateway_core::Feature;
use serde_json::Value;

/// Requests that a decision cannot answer, by test and step, and why.
const SKIPPED: &[(&str, u64, &str)] =
    &[("MeshFrontend", 1, "goes to a pod's own address, which is no Service and so no decision (MATCH-94)")];

/// Prints past the test harness, which shows what a test prints only when it fails.
macro_rules! say {
    ($($words:tt)*) => { writeln!(std::io::stdout(), $($words)*).unwrap() };
}

fn suite() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let shared = std::env::var_os("GATEWAY_CORE_SHARED").map_or_else(beside, PathBuf::from);
    let suite = shared.join("conformance");
    suite.join("cases").is_dir().then_some(suite)
}

/// Features that the body of a test wants to be off.
fn switched_off(case: &Value) -> Vec<Feature> {
    let conditions = case["conditionalOn"].as_object().into_iter().flatten();
    conditions
        .filter(|(_, value)| **value == false)
        .map(|(name, _)| Feature::from_name(name).unwrap())
        .collect()
}

#[test]
fn official_requests() {
    let Some(suite) = suite() else {
        say!("skipped: the conformance suite's data is not here (set GATEWAY_CORE_SHARED)");
        return;
    };
    let mut files: Vec<_> =
        std::fs::read_dir(suite.join("cases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut decided, mut distributions, mut judged, mut skipped) = (0, 0, 0, 0);
    let mut failures = Vec::new();
    for file in files {
        let case: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        let test = case["shortName"].as_str().unwrap();
        let mut cluster = Cluster::new(&suite, &case, &switched_off(&case));
        for step in case["steps"].as_array().unwrap() {
            let outcome = match step["op"].as_str().unwrap() {
                "apply" => {
                    cluster.apply(step);
                    continue;
                }
                "setup" => {
                    cluster.set_up(step);
                    continue;
                }
                "request" => {
                    decided += 1;
                    cluster.last_request = Some(step.clone());
                    requests::check(&cluster, step)
                }
                "distribution" => {
                    distributions += 1;
                    requests::distribution(&cluster, step)
                }
                "status" => match statuses::check(&cluster, step) {
                    None => continue,
                    Some(outcome) => {
                        judged += 1;
                        outcome
                    }
                },
                _ => continue,
            };
            let reason = SKIPPED.iter().find(|(name, n, _)| *name == test && step["n"] == *n);
            match (reason, outcome) {
                (None, Err(why)) => failures.push(format!("{test} step {}: {why}", step["n"])),
                (Some(_), Err(_)) => skipped += 1,
                (Some((.., why)), Ok(())) => {
                    failures.push(format!("{test} step {}: holds now ({why})", step["n"]));
                }
                (None, Ok(())) => {}
            }
        }
    }
    say!("{decided} requests, {distributions} distributions, {judged} statuses, {skipped} skipped");
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert!(decided > 500 && distributions >= 10, "the suite is not all there");
}
