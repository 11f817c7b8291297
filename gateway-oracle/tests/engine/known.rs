//! Disagreements that are known: the engine reads a rule differently than written. Each has a case below
//! that must disagree: one that no longer does is to be taken off.

use gateway_core::{Object, Profile};
use gateway_oracle::Oracle;
use gateway_oracle::generate::{Cluster, Exchange};
use gateway_oracle::{Arrival, Request, Target};
use serde_json::{Value, json};

use crate::{CONTROLLER, compare, engine::Engine};

const DOT: &str =
    "FILT-022: the host of a Location is that of the Host header; the engine drops a trailing dot";
const PATTERN: &str = "MATCH-44: of two patterns of one length the method, headers, age, name and place decide; \
                       the engine compares the text of the patterns first";

const POLICY: &str = "ATT-230: a policy that cannot be satisfied leaves the Route's conditions alone; to the \
                      engine it does not cover a backend that speaks wss";

/// Why a difference of statuses is no news.
pub(crate) fn known_status(cause: &str) -> Option<&'static str> {
    let words = "ResolvedRefs: oracle True/ResolvedRefs engine False/UnsupportedProtocol";
    (cause == format!("HTTPRoute {words}")).then_some(POLICY)
}

/// Why a disagreement is no news.
pub(crate) fn known(cluster: &Cluster, ours: &Value, theirs: &Value) -> Option<&'static str> {
    if only_a_dot(ours, theirs) {
        return Some(DOT);
    }
    two_patterns(cluster, ours, theirs).then_some(PATTERN)
}

fn only_a_dot(ours: &Value, theirs: &Value) -> bool {
    let mut dotless = ours.clone();
    let Some(location) = ours["location"].as_str() else { return false };
    let Some((scheme, rest)) = location.split_once("://") else { return false };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
    dotless["location"] = format!("{scheme}://{}{port}{path}", host.trim_end_matches('.')).into();
    host.ends_with('.') && dotless == *theirs
}

/// The path that a decision's match asks for, when it is a pattern.
fn pattern(cluster: &Cluster, decision: &Value) -> Option<String> {
    let of = |route: &Object| {
        route.kind().kind() == decision["route"]["kind"]
            && route.metadata().namespace.as_deref() == decision["route"]["namespace"].as_str()
            && route.metadata().name == decision["route"]["name"].as_str().unwrap_or_default()
    };
    let route = serde_json::to_value(cluster.0.iter().find(|route| of(route))?).ok()?;
    let index = |key: &str| decision[key].as_u64().and_then(|index| usize::try_from(index).ok());
    let path = &route["spec"]["rules"][index("rule")?]["matches"][index("match")?]["path"];
    (path["type"] == "RegularExpression").then(|| path["value"].as_str().unwrap_or_default().to_owned())
}

fn two_patterns(cluster: &Cluster, ours: &Value, theirs: &Value) -> bool {
    match (pattern(cluster, ours), pattern(cluster, theirs)) {
        (Some(one), Some(other)) => one != other && one.chars().count() == other.chars().count(),
        _ => false,
    }
}

fn cluster(rules: &Value) -> Cluster {
    let objects = [
        json!({"kind": "GatewayClass", "metadata": {"name": "ours"}, "spec": {"controllerName": CONTROLLER}}),
        json!({"kind": "Gateway", "metadata": {"namespace": "infra", "name": "g0"}, "spec": {
            "gatewayClassName": "ours", "listeners": [{"name": "l0", "port": 80, "protocol": "HTTP"}]}}),
        json!({"kind": "HTTPRoute", "metadata": {"namespace": "infra", "name": "r0"}, "spec": {
            "parentRefs": [{"name": "g0"}], "rules": rules}}),
    ];
    let object = |mut object: Value| {
        object["apiVersion"] = "gateway.networking.k8s.io/v1".into();
        serde_json::from_value::<Object>(object).unwrap()
    };
    Cluster(objects.into_iter().map(object).collect())
}

fn exchange(authority: &str, path: &str) -> Exchange {
    let target = Target::Gateway { namespace: "infra".to_owned(), name: "g0".to_owned() };
    Exchange {
        arrival: Arrival { target, port: 80, sni: None, client_namespace: None },
        request: Request {
            method: "GET".to_owned(),
            authority: authority.to_owned(),
            path: path.to_owned(),
            ..Request::default()
        },
        draw: 0,
    }
}

#[test]
fn known_disagreements_are_still_there() {
    let redirect = json!([{"filters": [{"type": "RequestRedirect", "requestRedirect": {}}]}]);
    let pattern = |value: &str| json!({"matches": [{"path": {"type": "RegularExpression", "value": value}}]});
    let patterns = json!([pattern("/a|/ab"), pattern("/(a|b)")]);
    for (why, rules, authority, path) in
        [(DOT, redirect, "a.test.", "/"), (PATTERN, patterns, "a.test", "/a")]
    {
        let cluster = cluster(&rules);
        let (snapshot, profile) = (cluster.snapshot(), Profile::spec(CONTROLLER));
        let (oracle, engine) = (Oracle::new(&snapshot, &profile), Engine::new(&snapshot, &profile));
        let difference = compare::differ(&oracle, &engine, &exchange(authority, path));
        let (ours, theirs) = difference.unwrap_or_else(|| panic!("they agree now; take it off: {why}"));
        assert_eq!(known(&cluster, &ours, &theirs), Some(why), "{ours} {theirs}");
    }
}

#[test]
fn known_difference_of_statuses_is_still_there() {
    let mut cluster = cluster(&json!([{"backendRefs": [{"name": "v1", "port": 80}]}]));
    let service = json!({"apiVersion": "v1", "kind": "Service", "metadata": {"namespace": "infra", "name": "v1"},
        "spec": {"ports": [{"port": 80, "appProtocol": "kubernetes.io/wss"}]}});
    let policy = json!({"apiVersion": "gateway.networking.k8s.io/v1", "kind": "BackendTLSPolicy",
        "metadata": {"namespace": "infra", "name": "p"}, "spec": {
            "targetRefs": [{"group": "", "kind": "Service", "name": "v1"}],
            "validation": {"hostname": "v1.test", "caCertificateRefs": [{"group": "", "kind": "ConfigMap", "name": "x"}]}}});
    cluster.0.extend([service, policy].map(|object| serde_json::from_value::<Object>(object).unwrap()));
    let differences = crate::statuses::differences(&cluster);
    let known: Vec<_> = differences.iter().map(|cause| known_status(cause)).collect();
    assert_eq!(known, [Some(POLICY)], "they agree now, or there is more: {differences:?}");
}
