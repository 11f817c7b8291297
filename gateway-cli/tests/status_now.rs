//! `gateway status --now`: what a controller would write (ATT-190..199).

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

const NOW: &str = "2026-01-02T03:04:05Z";
const BEFORE: &str = "2025-01-01T00:00:00Z";

fn manifests(stored: &str) -> String {
    format!(
        "apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {{name: example, generation: 1}}
spec: {{controllerName: example.com/ctl}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: gw, namespace: shop, generation: 1}}
spec: {{gatewayClassName: example, listeners: [{{name: http, port: 80, protocol: HTTP}}]}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: api, namespace: shop, generation: 3}}
spec: {{parentRefs: [{{name: gw}}]}}
status: {{parents: [{stored}]}}
"
    )
}

fn status(args: &[&str], manifests: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gateway"));
    let command = command.args(["status", "-f", "-"]).args(args);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    child.stdin.take().expect("it is piped").write_all(manifests.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("it writes UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn parents(out: &str) -> Vec<Value> {
    let statuses: Vec<Value> = serde_json::from_str(out).expect("it is JSON");
    let route = statuses.iter().find(|one| one["kind"] == "HTTPRoute").expect("it has a status");
    route["status"]["parents"].as_array().expect("a list").clone()
}

fn stored(controller: &str, condition: &str) -> String {
    format!(
        "{{parentRef: {{name: gw}}, controllerName: {controller}, conditions: [{{type: Accepted, status: '{condition}', \
         reason: Accepted, message: '', observedGeneration: 2, lastTransitionTime: '{BEFORE}'}}]}}"
    )
}

#[test]
fn times_are_kept_and_others_are_left_alone() {
    let manifests = manifests(&format!(
        "{}, {}",
        stored("other.example/ctl", "False"),
        stored("example.com/ctl", "True")
    ));
    let (code, out, err) =
        status(&["--controller", "example.com/ctl", "--now", NOW, "-o", "json"], &manifests);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let parents = parents(&out);
    assert_eq!(parents.len(), 2);
    assert_eq!(parents[0]["controllerName"], "other.example/ctl");
    assert_eq!(parents[0]["conditions"][0]["lastTransitionTime"], BEFORE);
    let own = &parents[1]["conditions"];
    assert_eq!((&own[0]["lastTransitionTime"], &own[0]["observedGeneration"]), (&json!(BEFORE), &json!(3)));
    assert_eq!((&own[1]["type"], &own[1]["lastTransitionTime"]), (&json!("ResolvedRefs"), &json!(NOW)));
    // The table is the same status.
    let (_, table, _) = status(&["--controller", "example.com/ctl", "--now", NOW], &manifests);
    assert!(table.contains("HTTPRoute shop/api"), "{table}");
}

#[test]
fn without_a_time_nothing_is_merged() {
    let (_, out, _) = status(&["-o", "json"], &manifests(&stored("example.com/ctl", "False")));
    let parents = parents(&out);
    assert_eq!(parents.len(), 1);
    assert_eq!(parents[0]["conditions"][0].get("lastTransitionTime"), None);
}

#[test]
fn a_full_list_is_told() {
    let full: Vec<_> = (0..32).map(|index| stored(&format!("other.example/ctl{index}"), "True")).collect();
    let args = ["--controller", "example.com/ctl", "--now", NOW, "-o", "json"];
    let (_, out, err) = status(&args, &manifests(&full.join(", ")));
    assert_eq!(parents(&out).len(), 32);
    let told = "HTTPRoute/shop/api: status.parents is full with 32 entries, so `Gateway gw` is not written";
    assert!(err.contains(told), "{err}");
}

#[test]
fn a_time_that_is_none_is_refused() {
    let (code, _, err) = status(&["--now", "yesterday"], "");
    assert_eq!(code, Some(2));
    assert!(err.contains("RFC 3339"), "{err}");
}
