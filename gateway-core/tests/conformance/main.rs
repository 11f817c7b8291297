//! The official conformance suite, as data, against the pure engine.
//!
//! The suite's cases lie beside the repository where the project is developed (`GATEWAY_CORE_SHARED`, or
//! `../shared`), not in it; without them the runner says that it skips. A test is *passed* only if
//! every step was executed; tests of features that are not built yet are listed as *not yet*.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod cluster;
mod read;
mod requests;
mod statuses;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cluster::Cluster;

/// Features of this version. A test whose features are all here must pass.
const FEATURES: &[&str] = &[
    "Gateway",
    "GatewayHTTPListenerIsolation",
    "GatewayHTTPSListenerDetectMisdirectedRequests",
    "GatewayPort8080",
    "HTTPRoute",
    "HTTPRoute303RedirectStatusCode",
    "HTTPRoute307RedirectStatusCode",
    "HTTPRoute308RedirectStatusCode",
    "HTTPRouteBackendProtocolH2C",
    "HTTPRouteBackendProtocolWebSocket",
    "HTTPRouteBackendRequestHeaderModification",
    "HTTPRouteBackendTimeout",
    "HTTPRouteDestinationPortMatching",
    "HTTPRouteHostRewrite",
    "HTTPRouteMethodMatching",
    "HTTPRouteNamedRouteRule",
    "HTTPRouteParentRefPort",
    "HTTPRoutePathRedirect",
    "HTTPRoutePathRewrite",
    "HTTPRoutePortRedirect",
    "HTTPRouteQueryParamMatching",
    "HTTPRouteRequestMirror",
    "HTTPRouteRequestMultipleMirrors",
    "HTTPRouteRequestPercentageMirror",
    "HTTPRouteRequestTimeout",
    "HTTPRouteResponseHeaderModification",
    "HTTPRouteSchemeRedirect",
    "ReferenceGrant",
];

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

/// Runs every step; the number of steps, or every failure.
fn run(suite: &Path, case: &Value) -> Result<usize, Vec<String>> {
    let mut cluster = Cluster::new(suite, case);
    let mut failures = Vec::new();
    let steps = case["steps"].as_array().unwrap();
    for step in steps {
        let outcome = match step["op"].as_str().unwrap() {
            "status" => statuses::check(&cluster, step),
            "request" => requests::check(&cluster, step),
            "distribution" => requests::distribution(&cluster, step),
            "mirrorLogs" => requests::mirrored_by_last_request(&cluster, step),
            "apply" => cluster.apply(step),
            // Nothing to wait for, and EndpointSlices do not change a decision yet.
            "waitNamespacesReady" | "setup" | "sleep" => Ok(()),
            op => Err(format!("no runner for operation {op}")),
        };
        if step["op"] == "request" {
            cluster.last_request = Some(step.clone());
        }
        if let Err(reason) = outcome {
            let name = step["subtest"].as_str().unwrap_or_default();
            failures.push(format!("step {} {name}: {reason}", step["n"]));
        }
    }
    if failures.is_empty() { Ok(steps.len()) } else { Err(failures) }
}

#[test]
fn official_suite() {
    let Some(suite) = suite() else {
        say!("skipped: the conformance suite's data is not here (set GATEWAY_CORE_SHARED)");
        return;
    };
    let ours: BTreeSet<_> = FEATURES.iter().copied().collect();
    let mut files: Vec<_> =
        std::fs::read_dir(suite.join("cases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut passed, mut failed, mut not_yet, mut steps) = (0, 0, Vec::new(), 0);
    for file in files {
        let case: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let name = case["shortName"].as_str().unwrap();
        let missing: Vec<_> = case["features"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|feature| feature.as_str().filter(|feature| !ours.contains(feature)))
            .collect();
        if !missing.is_empty() {
            not_yet.push(format!("{name} ({})", missing.join(", ")));
            continue;
        }
        match run(&suite, &case) {
            Ok(count) => {
                say!("passed   {name}: {count} steps");
                passed += 1;
                steps += count;
            }
            Err(failures) => {
                say!("FAILED   {name}:\n           {}", failures.join("\n           "));
                failed += 1;
            }
        }
    }
    for name in &not_yet {
        say!("not yet  {name}");
    }
    say!("conformance: {passed} passed ({steps} steps), {failed} failed, {} not yet", not_yet.len());
    assert_eq!(failed, 0);
    assert!(passed > 0);
}
