//! The official conformance suite, as data, against the pure engine.
//!
//! The suite's cases lie beside the repository where the project is developed (`GATEWAY_CORE_SHARED`, or
//! `../shared`), not in it; without them the runner says that it skips. Every status assertion of every
//! test is checked, after every change of objects; requests of features whose data plane is not built
//! yet are listed as *not yet*.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod arrival;
mod cluster;
mod connections;
mod handshake;
mod read;
mod record;
mod requests;
mod statuses;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use gateway_core::{Feature, Profile};
use serde_json::Value;

use crate::cluster::Cluster;

/// Features of this version's data plane. The requests of a test whose features are all here must pass.
const FEATURES: &[&str] = &[
    "BackendTLSPolicy",
    "BackendTLSPolicySANValidation",
    "GRPCRoute",
    "GRPCRouteNamedRouteRule",
    "Gateway",
    "GatewayBackendClientCertificate",
    "GatewayFrontendClientCertificateValidation",
    "GatewayFrontendClientCertificateValidationInsecureFallback",
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
    "HTTPRouteCORS",
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
    "HTTPRouteRetry",
    "HTTPRouteSchemeRedirect",
    "ListenerSet",
    "Mesh",
    "MeshClusterIPMatching",
    "MeshConsumerRoute",
    "MeshHTTPRouteBackendRequestHeaderModification",
    "MeshHTTPRouteNamedRouteRule",
    "MeshHTTPRouteQueryParamMatching",
    "MeshHTTPRouteRedirectPath",
    "MeshHTTPRouteRedirectPort",
    "MeshHTTPRouteRewritePath",
    "MeshHTTPRouteSchemeRedirect",
    "ReferenceGrant",
    "TCPRoute",
    "TLSRoute",
    "TLSRouteModeMixed",
    "TLSRouteModeTerminate",
    "UDPRoute",
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

/// What came of one test.
#[derive(Default)]
struct Tally {
    statuses: usize,
    requests: usize,
    /// Requests of features whose data plane is not built yet.
    not_yet: usize,
    failures: Vec<String>,
    record: record::Record,
}

/// Runs every step. A changed ConfigMap is a change as any other (ATT-231). Statuses and changes of objects are always carried out, requests only for features
/// that the data plane has.
fn run(suite: &Path, case: &Value, profile: Profile, routes: bool) -> Tally {
    let mut cluster = Cluster::new(suite, case, profile);
    let mut tally = Tally::default();
    for step in case["steps"].as_array().unwrap() {
        let operation = step["op"].as_str().unwrap();
        let is_request = matches!(operation, "request" | "distribution" | "mirrorLogs");
        // Clients that a handshake with the gateway refuses send no request, and requests to a pod's own
        // address meet no Route (MATCH-94).
        let beside = step["expect"]["outcome"] == "transportError" || arrival::is_to_pod(step);
        if is_request && (!routes || beside) {
            tally.not_yet += 1;
            continue;
        }
        let outcome = match operation {
            "status" => statuses::check(&cluster, step),
            "request" if connections::is_one(step) || connections::carries_request(&cluster, step) => {
                connections::check(&cluster, step)
            }
            "request" => requests::check(&cluster, step),
            "distribution" => requests::distribution(&cluster, step),
            "mirrorLogs" => requests::mirrored_by_last_request(&cluster, step),
            "apply" => cluster.apply(step),
            "setup" => cluster.set_up(step),
            // Nothing to wait for.
            "waitNamespacesReady" | "sleep" => Ok(()),
            op => Err(format!("no runner for operation {op}")),
        };
        if operation == "request" {
            tally.record.take(&cluster, step);
            cluster.last_request = Some(step.clone());
        }
        tally.statuses += usize::from(operation == "status");
        tally.requests += usize::from(is_request);
        if let Err(reason) = outcome {
            let name = step["subtest"].as_str().unwrap_or_default();
            tally.failures.push(format!("step {} {name}: {reason}", step["n"]));
        }
    }
    tally
}

fn cases(suite: &Path) -> Vec<Value> {
    let mut files: Vec<_> =
        std::fs::read_dir(suite.join("cases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()).collect()
}

/// Features under which the body of a test runs at all, by the value they must have.
fn conditions(case: &Value) -> Vec<(Feature, bool)> {
    let conditions = case["conditionalOn"].as_object().into_iter().flatten();
    conditions.map(|(name, value)| (Feature::from_name(name).unwrap(), value.as_bool().unwrap())).collect()
}

#[test]
fn official_suite() {
    let Some(suite) = suite() else {
        say!("skipped: the conformance suite's data is not here (set GATEWAY_CORE_SHARED)");
        return;
    };
    let ours: BTreeSet<_> = FEATURES.iter().copied().collect();
    let (mut passed, mut failed, mut not_yet) = (0, 0, Vec::new());
    let mut total = Tally::default();
    for case in cases(&suite) {
        let name = case["shortName"].as_str().unwrap();
        let features = case["features"].as_array().unwrap().iter().filter_map(Value::as_str);
        let missing: Vec<_> = features.filter(|feature| !ours.contains(feature)).collect();
        let off: Vec<_> =
            conditions(&case).into_iter().filter(|(_, wanted)| !wanted).map(|(feature, _)| feature).collect();
        let mut tally = run(&suite, &case, cluster::profile(&off), missing.is_empty());
        total.statuses += tally.statuses;
        total.requests += tally.requests;
        total.not_yet += tally.not_yet;
        let off: Vec<_> = off.iter().map(|feature| feature.name()).collect();
        std::mem::take(&mut tally.record).write(name, &off);
        if !tally.failures.is_empty() {
            say!("FAILED   {name}:\n           {}", tally.failures.join("\n           "));
            failed += 1;
            continue;
        }
        passed += 1;
        if tally.not_yet > 0 {
            not_yet.push(format!(
                "{} requests of {name} ({})",
                tally.not_yet,
                if missing.is_empty() { "a handshake, or a pod".to_string() } else { missing.join(", ") }
            ));
        }
        say!("passed   {name}: {} statuses, {} requests", tally.statuses, tally.requests);
    }
    for name in &not_yet {
        say!("not yet  {name}");
    }
    say!(
        "conformance: {passed} tests passed, {failed} failed; {} status assertions, {} requests, {} requests not yet",
        total.statuses,
        total.requests,
        total.not_yet
    );
    assert_eq!(failed, 0);
    assert_eq!(total.statuses, 700);
    // What no decision answers: handshakes with the gateway, and a request past it.
    assert_eq!(total.not_yet, 4);
}

/// A test that runs only without a feature asserts what must not be so with it.
#[test]
fn conditional_tests_depend_on_their_feature() {
    let Some(suite) = suite() else { return };
    let mut seen = 0;
    for case in cases(&suite) {
        for (feature, wanted) in conditions(&case) {
            seen += 1;
            let off = if wanted { vec![feature] } else { Vec::new() };
            let other = run(&suite, &case, cluster::profile(&off), false);
            let name = case["shortName"].as_str().unwrap();
            say!("{name} with {feature} {}: {} assertions do not hold", !wanted, other.failures.len());
            assert!(wanted || !other.failures.is_empty(), "{name} holds with {feature}, too");
        }
    }
    assert_eq!(seen, 3);
}
