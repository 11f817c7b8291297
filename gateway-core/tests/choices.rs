//! Every choice that changes a decision: what it was, and what it becomes. The expectations are those
//! of the corner's entry in the rules (AMBIG-nn) and of what the choice says of itself.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod manifest;

use gateway_core::profile::{CHOICES, Choices};
use gateway_core::{Arrival, Profile, Request, Router};
use serde_json::{Value, json};

const GATEWAY: &str = "
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: example}
spec: {controllerName: example.com/ctl}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop}
spec: {gatewayClassName: example, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: v1
kind: Service
metadata: {name: v1, namespace: shop}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: v2, namespace: shop}
spec: {ports: [{port: 80}]}
";

/// A Route for every host, of whose rules only the text is given.
fn route(name: &str, more: &str, rules: &str) -> String {
    format!(
        "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n\
         metadata: {{name: {name}, namespace: shop{more}}}\n\
         spec: {{parentRefs: [{{name: gw}}], rules: {rules}}}\n"
    )
}

fn rule(matches: &str, backend: &str) -> String {
    format!("{{matches: [{{{matches}}}], backendRefs: [{{name: {backend}, port: 80}}]}}")
}

fn router(choices: &[(&str, &str)], routes: &str) -> Router {
    let mut profile = Profile::every_class();
    for (key, word) in choices {
        profile.choices.set(key, word).unwrap();
    }
    let snapshot = manifest::snapshot(&format!("{GATEWAY}{routes}"));
    Router::build(&snapshot, &profile).unwrap()
}

fn decision(router: &Router, request: &Request<'_>) -> Value {
    let gateway = router.gateway("shop", "gw").unwrap();
    let arrival = Arrival { port: 80, ..Arrival::default() };
    let decision = router.route(router.arrive(gateway, &arrival), request, 0).report(request);
    let explained = router.explain(gateway, &arrival, request, 0);
    assert_eq!(decision, explained.decision, "explain tells what route does");
    let wins = explained.candidates.iter().filter(|candidate| candidate.stopped_by.is_none()).count();
    let decision = serde_json::to_value(decision).unwrap();
    assert_eq!(wins > 0, decision["route"].is_object(), "explain finds a winner when route does");
    decision
}

/// The backend that a request gets, or the reason why there is none.
fn backend(choices: &[(&str, &str)], routes: &str, request: &Request<'_>) -> String {
    let decision = decision(&router(choices, routes), request);
    let answer =
        if decision["decision"] == "forward" { &decision["backend"]["name"] } else { &decision["reason"] };
    answer.as_str().unwrap().to_owned()
}

fn get(path: &str) -> Request<'_> {
    Request { path: path.as_bytes(), authority: b"a.test", ..Request::default() }
}

#[test]
fn ambig_22_hosts() {
    let hosted = |name: &str, host: &str, rules: &str| {
        route(name, "", rules).replace("spec: {", &format!("spec: {{hostnames: ['{host}'], "))
    };
    let precise = hosted("precise", "a.test", &format!("[{}]", rule("path: {value: /a}", "v1")));
    let wildcard = hosted("wildcard", "*.test", &format!("[{}]", rule("path: {value: /}", "v2")));
    let routes = precise + &wildcard;
    for (choice, own, other) in [("fallThrough", "v1", "v2"), ("virtualHost", "v1", "NoMatchingRoute")] {
        assert_eq!(backend(&[("hosts", choice)], &routes, &get("/a")), own);
        assert_eq!(backend(&[("hosts", choice)], &routes, &get("/b")), other);
        let elsewhere = Request { authority: b"b.test", ..get("/b") };
        assert_eq!(backend(&[("hosts", choice)], &routes, &elsewhere), "v2", "no virtual host of its own");
    }
}

#[test]
fn ambig_23_path_normalization() {
    let exact = rule("path: {type: Exact, value: /a/b}", "v1");
    let prefix = "{matches: [{path: {value: /old}}], filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}}}], backendRefs: [{name: v2, port: 80}]}";
    let redirect = "{matches: [{path: {value: /go}}], filters: [{type: RequestRedirect, requestRedirect: {hostname: b.test}}]}";
    let routes = route("r", "", &format!("[{exact}, {prefix}, {redirect}]"));
    for (choice, path, expected) in [
        ("off", "/a/./b", "NoMatchingRoute"),
        ("rfc3986", "/a/./b", "v1"),
        ("rfc3986", "/a/x/../%62", "v1"),
        ("rfc3986", "/a//b", "NoMatchingRoute"),
        ("envoy", "/a//b", "v1"),
    ] {
        assert_eq!(
            backend(&[("pathNormalization", choice)], &routes, &get(path)),
            expected,
            "{choice} {path}"
        );
    }
    // What was matched is what is rewritten, sent on and redirected to.
    let built = router(&[("pathNormalization", "rfc3986")], &routes);
    assert_eq!(decision(&built, &get("/x/../a/b"))["upstream"]["path"], "/a/b");
    assert_eq!(decision(&built, &get("/x/../old/y"))["upstream"]["path"], "/new/y");
    assert_eq!(decision(&built, &get("/x/../go"))["location"], "http://b.test/go");
}

#[test]
fn ambig_24_regex_rank() {
    let exact = rule("path: {type: Exact, value: /api}", "v1");
    let regex = rule("path: {type: RegularExpression, value: '/ap.*'}", "v2");
    let prefix = rule("path: {type: PathPrefix, value: /api}", "v1");
    let with_exact = route("r", "", &format!("[{exact}, {regex}]"));
    let with_prefix = route("r", "", &format!("[{prefix}, {regex}]"));
    for (choice, against_exact, against_prefix) in
        [("afterExact", "v1", "v2"), ("beforeExact", "v2", "v2"), ("afterPrefix", "v1", "v1")]
    {
        let choices = [("regexRank", choice)];
        assert_eq!(backend(&choices, &with_exact, &get("/api")), against_exact, "{choice}");
        assert_eq!(backend(&choices, &with_prefix, &get("/api")), against_prefix, "{choice}");
    }
}

#[test]
fn ambig_24_regex_anchoring_and_dialect() {
    let routes =
        route("r", "", &format!("[{}]", rule("path: {type: RegularExpression, value: '/v\\d'}", "v1")));
    let arabic = "/v\u{663}";
    for (choices, path, expected) in [
        ([("regexAnchoring", "full")], "/v1/x", "NoMatchingRoute"),
        ([("regexAnchoring", "start")], "/v1/x", "v1"),
        ([("regexAnchoring", "start")], "/x/v1", "NoMatchingRoute"),
        ([("regexAnchoring", "search")], "/x/v1/x", "v1"),
        ([("regexDialect", "re2")], arabic, "NoMatchingRoute"),
        ([("regexDialect", "rust")], arabic, "v1"),
        // MATCH-36: what is not supported is dropped, and the status says so.
        ([("regexDialect", "none")], "/v1", "NoMatchingRoute"),
    ] {
        assert_eq!(backend(&choices, &routes, &get(path)), expected, "{choices:?} {path}");
    }
    let built = router(&[("regexDialect", "none")], &routes);
    let statuses = serde_json::to_value(built.statuses()).unwrap();
    let route = statuses.as_array().unwrap().iter().find(|status| status["kind"] == "HTTPRoute").unwrap();
    let accepted = &route["status"]["parents"][0]["conditions"][0];
    assert_eq!((&accepted["status"], &accepted["reason"]), (&json!("False"), &json!("UnsupportedValue")));
}

#[test]
fn ambig_25_and_26_repetitions() {
    let header = route("r", "", &format!("[{}]", rule("headers: [{name: x-a, value: b}]", "v1")));
    let joined = route("r", "", &format!("[{}]", rule("headers: [{name: x-a, value: 'a,b'}]", "v1")));
    let headers: [(&[u8], &[u8]); 2] = [(b"x-a", b"a"), (b"X-A", b"b")];
    let request = Request { headers: &headers, ..get("/") };
    for (choice, second, both) in [
        ("joined", "NoMatchingRoute", "v1"),
        ("any", "v1", "NoMatchingRoute"),
        ("first", "NoMatchingRoute", "NoMatchingRoute"),
    ] {
        assert_eq!(backend(&[("repeatedHeaders", choice)], &header, &request), second, "{choice}");
        assert_eq!(backend(&[("repeatedHeaders", choice)], &joined, &request), both, "{choice}");
    }
    let query = route("r", "", &format!("[{}]", rule("queryParams: [{name: a, value: b}]", "v1")));
    for (choice, text, expected) in
        [("first", "a=x&a=b", "NoMatchingRoute"), ("any", "a=x&a=b", "v1"), ("first", "a=b&a=x", "v1")]
    {
        let request = Request { query: Some(text.as_bytes()), ..get("/") };
        assert_eq!(
            backend(&[("repeatedQueryParams", choice)], &query, &request),
            expected,
            "{choice} {text}"
        );
    }
}

#[test]
fn ambig_27_prefix_length_and_ambig_32_age() {
    // Of equal prefixes the one with a method wins (MATCH-44 d).
    let slash = rule("path: {value: /a/}", "v1");
    let method = rule("path: {value: /a}, method: GET", "v2");
    let routes = route("r", "", &format!("[{slash}, {method}]"));
    assert_eq!(backend(&[], &routes, &get("/a/x")), "v2");
    assert_eq!(backend(&[("prefixLength", "asWritten")], &routes, &get("/a/x")), "v1");
    let all = |name: &str| format!("[{}]", rule("path: {value: /}", name));
    let routes = route("undated", "", &all("v1"))
        + &route("dated", ", creationTimestamp: '2024-05-01T10:20:30Z'", &all("v2"));
    assert_eq!(backend(&[], &routes, &get("/")), "v2");
    assert_eq!(backend(&[("missingTimestamp", "oldest")], &routes, &get("/")), "v1");
}

#[test]
fn ambig_38_to_40_replaced_paths() {
    let rewrite = |prefix: &str, filter: &str| {
        let filters = format!("filters: [{{type: URLRewrite, urlRewrite: {{path: {filter}}}}}]");
        let rule = rule(&format!("path: {{value: {prefix}}}"), "v1")
            .replace("backendRefs", &format!("{filters}, backendRefs"));
        route("r", "", &format!("[{rule}]"))
    };
    let full = rewrite("/a", "{type: ReplaceFullPath, replaceFullPath: /b}");
    let root = rewrite("/", "{type: ReplacePrefixMatch, replacePrefixMatch: /xyz}");
    let relative = rewrite("/a", "{type: ReplacePrefixMatch, replacePrefixMatch: b}");
    let upstream = |choices: &[(&str, &str)], routes: &str, path: &str| {
        let request = Request { query: Some(b"q=1"), ..get(path) };
        let upstream = decision(&router(choices, routes), &request)["upstream"].clone();
        (upstream["path"].as_str().unwrap().to_owned(), upstream["query"].as_str().map(ToOwned::to_owned))
    };
    let query = Some("q=1".to_owned());
    assert_eq!(upstream(&[], &full, "/a"), ("/b".to_owned(), query.clone()));
    assert_eq!(upstream(&[("replacedPathQuery", "drop")], &full, "/a"), ("/b".to_owned(), None));
    assert_eq!(upstream(&[], &root, "/").0, "/xyz/");
    assert_eq!(upstream(&[("replacedRoot", "withoutSlash")], &root, "/").0, "/xyz");
    assert_eq!(upstream(&[("replacedRoot", "withoutSlash")], &root, "/x").0, "/xyz/x");
    assert_eq!(upstream(&[], &relative, "/a/c").0, "/b/c");
    assert_eq!(upstream(&[("relativeReplacement", "asWritten")], &relative, "/a/c").0, "b/c");
}

#[test]
fn ambig_47_lone_zero_weight() {
    let one = "[{backendRefs: [{name: v1, port: 80, weight: 0}]}]";
    let two = "[{backendRefs: [{name: v1, port: 80, weight: 0}, {name: v2, port: 80, weight: 0}]}]";
    assert_eq!(backend(&[], &route("r", "", one), &get("/")), "NoBackends");
    let choices = [("loneZeroWeight", "allTraffic")];
    assert_eq!(backend(&choices, &route("r", "", one), &get("/")), "v1");
    assert_eq!(backend(&choices, &route("r", "", two), &get("/")), "NoBackends");
}

/// The reason of a condition that is false at a Route's only parent; the status when it is true.
fn reason(choices: &[(&str, &str)], routes: &str, kind: &str, condition: &str) -> String {
    let statuses = serde_json::to_value(router(choices, routes).statuses()).unwrap();
    let route = statuses.as_array().unwrap().iter().find(|status| status["kind"] == kind).unwrap();
    let conditions = route["status"]["parents"][0]["conditions"].as_array().unwrap();
    let found = conditions.iter().find(|one| one["type"] == condition).unwrap();
    let word = if found["status"] == "True" { &found["status"] } else { &found["reason"] };
    word.as_str().unwrap().to_owned()
}

#[test]
fn ambig_04_losing_route_kind() {
    let grpc = route("younger", ", creationTimestamp: '2025-01-01T00:00:00Z'", "[]")
        .replace("HTTPRoute", "GRPCRoute");
    let older = format!("[{}]", rule("path: {value: /}", "v1"));
    let routes = route("older", ", creationTimestamp: '2024-01-01T00:00:00Z'", &older)
        + &grpc.replace("rules: []", "rules: [{backendRefs: [{name: v2, port: 80}]}]");
    for (choices, expected) in
        [(&[][..], "NotAllowedByListeners"), (&[("losingRouteKind", "Conflicted")], "Conflicted")]
    {
        assert_eq!(reason(choices, &routes, "GRPCRoute", "Accepted"), expected);
        assert_eq!(reason(choices, &routes, "HTTPRoute", "Accepted"), "True");
    }
}

#[test]
fn ambig_20_external_name() {
    let service = |spec: &str| {
        let service = "---\napiVersion: v1\nkind: Service\nmetadata: {name: out, namespace: shop}\n";
        format!("{service}spec: {{type: ExternalName, externalName: b.test{spec}}}\n")
    };
    let to_out = route("r", "", &format!("[{}]", rule("path: {value: /}", "out")));
    let accept = [("externalName", "accept")];
    for (ports, accepted) in
        [("", "True"), (", ports: [{port: 80}]", "True"), (", ports: [{port: 81}]", "BackendNotFound")]
    {
        let routes = service(ports) + &to_out;
        assert_eq!(reason(&[], &routes, "HTTPRoute", "ResolvedRefs"), "InvalidKind");
        assert_eq!(reason(&accept, &routes, "HTTPRoute", "ResolvedRefs"), accepted, "{ports}");
    }
    assert_eq!(backend(&accept, &(service("") + &to_out), &get("/")), "out");
    assert_eq!(backend(&[], &(service("") + &to_out), &get("/")), "InvalidBackend");
}

#[test]
fn ambig_52_unknown_app_protocol() {
    let service = "---\napiVersion: v1\nkind: Service\nmetadata: {name: odd, namespace: shop}\n\
                   spec: {ports: [{port: 80, appProtocol: example.com/odd}]}\n";
    let routes = service.to_owned() + &route("r", "", &format!("[{}]", rule("path: {value: /}", "odd")));
    let refuse = [("unknownAppProtocol", "refuse")];
    assert_eq!(reason(&[], &routes, "HTTPRoute", "ResolvedRefs"), "True");
    assert_eq!(reason(&refuse, &routes, "HTTPRoute", "ResolvedRefs"), "UnsupportedProtocol");
    assert_eq!(backend(&refuse, &routes, &get("/")), "InvalidBackend");
}

#[test]
fn ambig_44_cors_origin() {
    let cors = |more: &str| {
        let filter = format!("{{type: CORS, cors: {{allowOrigins: {more}}}}}");
        route("r", "", &format!("[{{filters: [{filter}], backendRefs: [{{name: v1, port: 80}}]}}]"))
    };
    let headers: [(&[u8], &[u8]); 2] =
        [(b"origin", b"https://b.test"), (b"access-control-request-method", b"GET")];
    let preflight = Request { method: b"OPTIONS", headers: &headers, ..get("/") };
    let actual = Request { headers: &headers[..1], ..get("/") };
    let wildcard = [("corsOrigin", "wildcard")];
    let echo = "https://b.test";
    for (choices, filter, expected) in [
        (&[][..], cors("['*']"), echo),
        (&wildcard, cors("['*']"), "*"),
        (&wildcard, cors("['*'], allowCredentials: true"), echo),
        (&wildcard, cors("['https://*.test', 'https://b.test']"), echo),
    ] {
        let router = router(choices, &filter);
        let told = |pairs: &Value| {
            let pairs = pairs.as_array().unwrap().iter();
            pairs.clone().find(|pair| pair[0] == "access-control-allow-origin").map(|pair| pair[1].clone())
        };
        assert_eq!(told(&decision(&router, &preflight)["headers"]), Some(json!(expected)), "{filter}");
        assert_eq!(told(&decision(&router, &actual)["response"]["set"]), Some(json!(expected)), "{filter}");
    }
}

#[test]
fn ambig_49_grpc_without_backends() {
    let bare = route("r", "", "[{}]").replace("HTTPRoute", "GRPCRoute");
    let zero = route("r", "", "[{backendRefs: [{name: v1, port: 80, weight: 0}]}]")
        .replace("HTTPRoute", "GRPCRoute");
    let call = Request { method: b"POST", ..get("/a.B/C") };
    let status = |choices: &[(&str, &str)], routes: &str| {
        let decision = decision(&router(choices, routes), &call);
        assert_eq!((&decision["status"], &decision["reason"]), (&json!(500), &json!("NoBackends")));
        decision["grpcStatus"].clone()
    };
    let unimplemented = [("grpcWithoutBackends", "unimplemented")];
    assert_eq!((status(&[], &bare), status(&unimplemented, &bare)), (json!(14), json!(12)));
    assert_eq!(status(&unimplemented, &zero), json!(14), "it has one");
}

#[test]
fn every_choice_has_a_test() {
    let text =
        [include_str!("choices.rs"), include_str!("carrying/auth.rs"), include_str!("carrying/retries.rs")]
            .concat();
    for choice in CHOICES {
        let tested = choice.words[1..].iter().all(|word| text.contains(&format!("\"{}\"", word.word)));
        assert!(tested && text.contains(&format!("\"{}\"", choice.key)), "{} is not tested", choice.key);
    }
    assert_eq!(Choices::default(), Profile::every_class().choices);
}
