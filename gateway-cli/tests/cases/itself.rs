//! Tests of the runner: what it must let pass, and what it must not.

use libtest_mimic::{Failed, Trial};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::compare;
use crate::distribution::{self, Distribution};
use crate::schema;
use crate::statuses::{self, Expected};

/// Statuses as an engine might write them.
fn statuses() -> Vec<Value> {
    let condition = |kind: &str, status: &str, reason: &str| json!({"type": kind, "status": status, "reason": reason, "message": "as b/secret asks", "observedGeneration": 3});
    let good =
        json!([condition("Accepted", "True", "Accepted"), condition("ResolvedRefs", "True", "ResolvedRefs")]);
    let gateway =
        json!({"group": "gateway.networking.k8s.io", "kind": "Gateway", "namespace": "a", "name": "gw"});
    let entry = |key: &str| json!({key: gateway, "controllerName": "example.com/c", "conditions": good});
    let object = |kind: &str, status: Value| json!({"kind": kind, "metadata": {"namespace": "a", "name": "x", "generation": 3}, "status": status});
    vec![
        object(
            "Gateway",
            json!({
                "addresses": [{"type": "IPAddress", "value": "192.0.2.1"}],
                "attachedListenerSets": 2,
                "conditions": [condition("Accepted", "True", "Accepted")],
                "listeners": [{
                    "name": "http",
                    "attachedRoutes": 1,
                    "supportedKinds": [{"kind": "HTTPRoute"}],
                    "conditions": [
                        condition("Accepted", "False", "HostnameConflict"),
                        condition("Conflicted", "True", "HostnameConflict"),
                        condition("Programmed", "False", "Invalid"),
                        condition("ResolvedRefs", "True", "ResolvedRefs"),
                    ],
                }],
            }),
        ),
        object("GatewayClass", json!({"supportedFeatures": [{"name": "Gateway"}, {"name": "Mesh"}]})),
        object("BackendTLSPolicy", json!({"ancestors": [entry("ancestorRef")]})),
        object("TCPRoute", json!({"parents": [entry("parentRef")]})),
        object(
            "XMesh",
            json!({"conditions": [{"type": "Accepted", "status": "Unknown", "reason": "Pending"}]}),
        ),
    ]
}

/// What the runner says about an expectation.
fn said(statuses: &[Value], expected: Value) -> String {
    let mut wrong = Vec::new();
    match Expected::deserialize(expected) {
        Ok(expected) => statuses::check_list(statuses, &[expected], &mut wrong),
        Err(error) => wrong.push(error.to_string()),
    }
    wrong.join("\n")
}

/// Expectations that hold.
fn right() -> Vec<Value> {
    let listener = json!({"http": {"attachedRoutes": 1, "supportedKinds": ["HTTPRoute"], "conditions": {"Accepted": "False/HostnameConflict", "Conflicted": true}}});
    vec![
        json!({"object": "Gateway/a/x", "conditions": {"Accepted": "True/Accepted", "DefaultGateway": "absent", "Conflicted": "notTrue"}}),
        json!({"object": "Gateway/a/x", "attachedListenerSets": 2, "addresses": [{"value": "192.0.2.1"}], "listeners": listener}),
        json!({"object": "GatewayClass/a/x", "supportedFeatures": ["Gateway", "Mesh"]}),
        json!({"object": "GatewayClass/a/x", "supportedFeatures": {"include": ["Mesh"], "exclude": ["UDPRoute"]}}),
        json!({"object": "BackendTLSPolicy/a/x", "ancestors": [{"ancestorRef": {"name": "gw"}, "controllerName": "example.com/c", "conditions": {"Accepted": "True"}}]}),
        json!({"object": "TCPRoute/a/x", "parents": [{"parentRef": {"name": "gw", "port": "absent"}, "conditions": {"ResolvedRefs": "True/ResolvedRefs"}}]}),
        json!({"object": "XMesh/a/x", "untouched": true}),
        json!({"object": "Gateway/a/nobody", "untouched": true}),
        json!({"object": "Gateway/a/nobody", "attachedListenerSets": 0, "addresses": [], "listeners": {}}),
    ]
}

/// Expectations that do not hold, and words of what must be said about them.
fn wrong() -> Vec<(Value, &'static str)> {
    vec![
        (
            json!({"object": "Gateway/a/x", "conditions": {"Accepted": "True/ListenersNotValid"}}),
            "got True/Accepted",
        ),
        (json!({"object": "Gateway/a/x", "conditions": {"Programmed": "True"}}), "got nothing"),
        (
            json!({"object": "Gateway/a/x", "conditions": {"Accepted": "absent"}}),
            "expected nothing, got True/Accepted",
        ),
        (
            json!({"object": "Gateway/a/x", "listeners": {"http": {"conditions": {"Conflicted": "notTrue"}}}}),
            "got True/HostnameConflict",
        ),
        (json!({"object": "Gateway/a/x", "listeners": {"http": {"attachedRoutes": 2}}}), "expected 2, got 1"),
        (json!({"object": "Gateway/a/x", "listeners": {}}), "expected listeners [], got [\"http\"]"),
        (json!({"object": "Gateway/a/x", "attachedListenerSets": 0}), "expected 0, got 2"),
        (json!({"object": "Gateway/a/x", "addresses": []}), "expected [], got [{"),
        (
            json!({"object": "Gateway/a/x", "conditions": {"Accepted": {"status": true, "messageWithout": ["secret"]}}}),
            "does not tell `secret`",
        ),
        (json!({"object": "Gateway/a/x", "untouched": true}), "expected to be left alone"),
        (json!({"object": "GatewayClass/a/x", "untouched": true}), "expected to be left alone"),
        (json!({"object": "TCPRoute/a/x", "untouched": true}), "expected to be left alone"),
        (json!({"object": "Gateway/a/x"}), "the case itself is wrong"),
        (json!({"object": "XMesh/a/x", "untouched": true, "conditions": {}}), "the case itself is wrong"),
        (json!({"object": "Gateway/a/x", "listener": {}}), "unknown field `listener`"),
        (
            json!({"object": "GatewayClass/a/x", "supportedFeatures": ["Gateway"]}),
            "got [\"Gateway\", \"Mesh\"]",
        ),
        (
            json!({"object": "GatewayClass/a/x", "supportedFeatures": {"include": ["UDPRoute"]}}),
            "expected [\"UDPRoute\"] among",
        ),
        (
            json!({"object": "GatewayClass/a/x", "supportedFeatures": {"exclude": ["Mesh"]}}),
            "expected no [\"Mesh\"] among",
        ),
        (
            json!({"object": "GatewayClass/a/x", "supportedFeatures": {"without": ["Mesh"]}}),
            "did not match any variant",
        ),
        (json!({"object": "BackendTLSPolicy/a/x", "ancestors": []}), "expected 0 ancestors, got 1"),
        (
            json!({"object": "BackendTLSPolicy/a/x", "ancestors": [{"ancestorRef": {"name": "other"}}]}),
            "expected \"other\", got \"gw\"",
        ),
        (
            json!({"object": "BackendTLSPolicy/a/x", "ancestors": [{"conditions": {"Accepted": "False/Conflicted"}}]}),
            "got True/Accepted",
        ),
        (
            json!({"object": "TCPRoute/a/x", "parents": [{"controllerName": "example.com/d"}]}),
            "got \"example.com/c\"",
        ),
        (json!({"object": "UDPRoute/a/x", "parents": [{}]}), "expected 1 parents, got 0"),
    ]
}

/// Statuses that no engine may write, whatever a case expects.
fn spoiled() -> Vec<(&'static str, Value, &'static str)> {
    let condition = |kind: &str, generation: i64| json!({"type": kind, "status": "False", "reason": "Any", "observedGeneration": generation});
    vec![
        (
            "/1/status/supportedFeatures",
            json!([{"name": "Mesh"}, {"name": "Gateway"}]),
            "expected a sorted list",
        ),
        ("/0/status/conditions", json!([condition("Accepted", 2)]), "expected observedGeneration 3, got 2"),
        (
            "/2/status/ancestors/0/conditions",
            json!([condition("Accepted", 2)]),
            "expected observedGeneration 3, got 2",
        ),
        (
            "/3/status/parents/0/conditions",
            json!([condition("Accepted", 3), condition("Accepted", 3)]),
            "got it twice",
        ),
        (
            "/3/status/parents/0/conditions",
            json!([condition("PartiallyInvalid", 3)]),
            "expected True or nothing",
        ),
        ("/0/status/conditions", json!([condition("Scheduled", 3)]), "expected no such type"),
        (
            "/0/status/listeners/0/conditions",
            json!([condition("Accepted", 3)]),
            "expected Programmed, got nothing",
        ),
        ("/0/status/conditions/0/reason", json!(""), "expected a reason"),
        ("/2/status/ancestors", json!(vec![json!({}); 17]), "expected at most 16, got 17"),
    ]
}

/// A decision as an engine might write it.
fn forward() -> Value {
    json!({
        "decision": "forward",
        "listener": {"kind": "Gateway", "namespace": "a", "name": "gw", "section": "http"},
        "route": {"kind": "HTTPRoute", "namespace": "a", "name": "r"},
        "rule": 0, "ruleName": null, "match": 0,
        "backends": [{"kind": "Service", "namespace": "a", "name": "v1", "port": 80, "weight": 1, "valid": true}],
        "backend": {"kind": "Service", "namespace": "a", "name": "v1", "port": 80},
        "upstream": {"method": "GET", "authority": "a.test", "path": "/", "query": null, "headers": [["x", ""]]},
        "response": {"set": [], "add": [["x", "1"]], "remove": ["y"]},
        "mirrors": [],
        "timeouts": {"request": "500ms", "backendRequest": null},
    })
}

/// Decisions that are nothing of what the schema describes.
fn misshapen() -> Vec<(Value, &'static str)> {
    let with = |pointer: &str, key: &str, value: Value| {
        let mut decision = forward();
        decision.pointer_mut(pointer).expect("it is there")[key] = value;
        decision
    };
    let answer = |status: u16, reason: &str, grpc: &Value| {
        let names = json!({"decision": "respond", "listener": null, "route": null, "rule": null,
            "ruleName": null, "match": null, "status": status, "reason": reason});
        let mut answer = names;
        if !grpc.is_null() {
            answer["grpcStatus"] = grpc.clone();
        }
        answer
    };
    vec![
        (json!({}), "decision"),
        (json!({"decision": "drop"}), "drop"),
        (with("", "colour", json!("red")), "colour"),
        (with("/backend", "weight", json!(1)), "weight"),
        (with("/upstream", "scheme", json!("http")), "scheme"),
        (with("/upstream", "headers", json!([["x"]])), "headers"),
        (with("/upstream", "headers", json!([["x", "1", "2"]])), "headers"),
        (with("/timeouts", "request", json!("1 minute")), "timeouts"),
        (with("", "externalAuth", json!([])), "externalAuth"),
        (with("", "protocol", json!("HTTP")), "HTTP"),
        (with("", "listener", json!({"kind": "Gateway"})), "listener"),
        (answer(404, "NotFound", &Value::Null), "NotFound"),
        (answer(500, "NoMatchingRoute", &Value::Null), "404"),
        (answer(404, "NoMatchingRoute", &json!(14)), "12"),
        (answer(421, "MisdirectedRequest", &json!(12)), "12"),
        (answer(500, "NoEndpoints", &Value::Null), "503"),
        (answer(204, "Preflight", &Value::Null), "headers"),
    ]
}

/// What the runner says about a distribution, when draw 0 to 2 are v1, 3 is v2 and 4 is an error; even
/// draws have a mirror.
fn drawn(asked: Value) -> String {
    let mut wrong = Vec::new();
    let backend = |name: &str| json!({"kind": "Service", "namespace": "a", "name": name, "port": 80});
    let decide = |request: &Value| match request["draw"].as_u64().map(|draw| (draw % 5, draw % 2)) {
        Some((4, _)) => Ok(json!({"decision": "respond", "reason": "InvalidBackend", "status": 500})),
        Some((draw, odd)) => {
            let mirrors = if odd == 0 { vec![json!({"backend": backend("m")})] } else { Vec::new() };
            let backend = backend(if draw == 3 { "v2" } else { "v1" });
            Ok(json!({"decision": "forward", "backend": backend, "mirrors": mirrors}))
        }
        None => Err("no draw".to_owned()),
    };
    match Distribution::deserialize(asked) {
        Ok(asked) => distribution::check(&[asked], decide, &mut wrong),
        Err(error) => wrong.push(error.to_string()),
    }
    wrong.join("\n")
}

/// Distributions that do not hold, and words of what must be said about them.
fn unevenly() -> Vec<(Value, &'static str)> {
    let asked = |backends: Value, bad: u64, mirrors: Value| json!({"request": {}, "draws": 5, "backends": backends, "answers": {"InvalidBackend": bad}, "mirrors": mirrors});
    vec![
        (asked(json!({"a/v1": 2, "a/v2": 2}), 1, json!({"a/m": 2})), "backends.a/v1: expected 2, got 3"),
        (asked(json!({"a/v1": 4}), 1, json!({"a/m": 2})), "backends.a/v2: expected 0, got 1"),
        (asked(json!({"a/v1": 3}), 2, json!({"a/m": 2})), "answers.InvalidBackend: expected 2, got 1"),
        (asked(json!({"a/v1": 3, "a/v2": 1}), 1, json!({})), "mirrors.a/m: expected 0, got 2"),
        (asked(json!({"a/v1": 3}), 1, json!({"a/m": 2})), "4 outcomes for 5 draws"),
        (
            json!({"request": {}, "draws": 1, "backends": {"a/v1": 1}, "mirrors": {"a/m": 1}, "fitting": [{"times": 0, "expect": {"decision": "forward"}}]}),
            "expected 0 times, got 1",
        ),
        (json!({"request": {}, "draws": 0}), "0 outcomes for 0 draws"),
    ]
}

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("the runner: a decision of the promised shape passes, another does not", || {
            schema::check(&forward())?;
            misshapen().into_iter().try_for_each(|(decision, words)| match schema::check(&decision) {
                Err(said) if said.contains(words) => Ok(()),
                said => Err(Failed::from(format!("{decision}: expected `{words}` in: {said:?}"))),
            })
        }),
        Trial::test("the runner: parts of lists of headers", || {
            let found = json!({"headers": [["X-A", "1"], ["x-a", "2"]], "response": {"set": [["b", "3"]], "add": [], "remove": ["C"]}});
            let said = |expected: Value| {
                let mut differences = Vec::new();
                compare::subset("", &expected, Some(&found), &mut differences);
                differences.join("\n")
            };
            let right = json!({"headersInclude": {"x-a": "1,2"}, "headersExclude": ["b"],
                "response": {"setInclude": {"B": "3"}, "addExclude": ["b"], "removeInclude": ["c"], "removeExclude": ["b"]}});
            let wrong = json!({"headersInclude": {"x-a": "1", "b": "3"}, "headersExclude": ["X-A"],
                "response": {"setInclude": {"b": "4"}, "addInclude": {"b": "3"}, "removeInclude": ["b"], "removeExclude": ["c"]}});
            match (said(right), said(wrong)) {
                (right, wrong) if right.is_empty() && wrong.lines().count() == 7 => Ok(()),
                (right, wrong) => {
                    Err(Failed::from(format!("of what holds: {right}\nof what does not: {wrong}")))
                }
            }
        }),
        Trial::test("the runner: what is drawn too often or too seldom is told", || {
            let right = json!({"request": {}, "draws": 5, "backends": {"a/v1": 3, "a/v2": 1},
                "answers": {"InvalidBackend": 1}, "mirrors": {"a/m": 2, "a/n": 0},
                "fitting": [{"times": 2, "expect": {"backend": {"name": "v1"}, "mirrors": [{"backend": {"name": "m"}}]}}]});
            match drawn(right) {
                said if said.is_empty() => {}
                said => return Err(Failed::from(said)),
            }
            unevenly().into_iter().try_for_each(|(asked, words)| match drawn(asked.clone()) {
                said if said.contains(words) => Ok(()),
                said => Err(Failed::from(format!("{asked}: expected `{words}` in: {said}"))),
            })
        }),
        Trial::test("the runner: what holds passes", || {
            right().into_iter().try_for_each(|expected| match said(&statuses(), expected.clone()) {
                said if said.is_empty() => Ok(()),
                said => Err(Failed::from(format!("{expected}: {said}"))),
            })
        }),
        Trial::test("the runner: what does not hold is told", || {
            wrong().into_iter().try_for_each(|(expected, words)| match said(&statuses(), expected.clone()) {
                said if said.contains(words) => Ok(()),
                said => Err(Failed::from(format!("{expected}: expected `{words}` in: {said}"))),
            })
        }),
        Trial::test("the runner: what no status may be is told", || {
            spoiled().into_iter().try_for_each(|(pointer, value, words)| {
                let mut statuses = Value::Array(statuses());
                *statuses.pointer_mut(pointer).ok_or("no such place")? = value;
                let any = json!({"object": "XMesh/a/x", "untouched": true});
                match said(statuses.as_array().ok_or("no list")?, any) {
                    said if said.contains(words) => Ok(()),
                    said => Err(Failed::from(format!("{pointer}: expected `{words}` in: {said}"))),
                }
            })
        }),
    ]
}
