//! Decisions written into the messages of the `http` crate are what their reports say (feature `http`).

use std::collections::BTreeMap;

use gateway_core::act::{ApplyError, DecisionReport, ResponseReport};
use gateway_core::{Decision, Profile, RequestView, Router};
use http::{HeaderMap, Request, Response, StatusCode};
use proptest::prelude::*;

use crate::world::{decide_view, router, router_with};

/// Each header once, in lower case, all values joined.
fn joined<'a>(headers: impl Iterator<Item = (&'a str, &'a str)>) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in headers {
        let found = all.entry(name.to_ascii_lowercase());
        found.and_modify(|old| *old = format!("{old},{value}")).or_insert_with(|| value.to_owned());
    }
    all
}

fn of_map(map: &HeaderMap) -> BTreeMap<String, String> {
    joined(map.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())))
}

fn of_list(list: &[(String, String)]) -> BTreeMap<String, String> {
    joined(list.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// What the report's changes make of headers.
fn changed(before: &HeaderMap, report: &ResponseReport) -> BTreeMap<String, String> {
    let mut headers = of_map(before);
    for name in &report.remove {
        headers.remove(&name.to_ascii_lowercase());
    }
    for (name, value) in &report.set {
        headers.insert(name.to_ascii_lowercase(), value.clone());
    }
    for (name, value) in &report.add {
        let found = headers.entry(name.to_ascii_lowercase());
        found.and_modify(|old| *old = format!("{old},{value}")).or_insert_with(|| value.clone());
    }
    headers
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Carries a decision out on messages and compares with its report.
fn check(router: &Router, request: &Request<()>, answer: &Response<()>, draw: u64) {
    let decision = decide_view(router, request, draw);
    let report = decision.report(request);
    let (mut after, ()) = answer.clone().into_parts();
    match (&decision, &report) {
        (Decision::Forward(forward), DecisionReport::Forward(report)) => {
            let (mut parts, ()) = request.clone().into_parts();
            forward.apply_request(&mut parts).unwrap();
            let upstream = &report.upstream;
            assert_eq!(text(RequestView::method(&parts)), upstream.method);
            assert_eq!(text(RequestView::authority(&parts)), upstream.authority);
            assert_eq!(text(RequestView::path(&parts)), upstream.path);
            assert_eq!(RequestView::query(&parts).map(text), upstream.query);
            let mut headers = parts.headers.clone();
            if let Some(host) = headers.remove(http::header::HOST) {
                assert_eq!(host.to_str().unwrap(), upstream.authority, "both hosts are the same");
            }
            assert_eq!(of_map(&headers), of_list(&upstream.headers));
            forward.apply_response(request, &mut after).unwrap();
            assert_eq!(of_map(&after.headers), changed(answer.headers(), &report.response));
            assert_eq!(after.status, answer.status());
        }
        (Decision::Redirect(redirect), DecisionReport::Redirect(report)) => {
            redirect.apply_response(request, &mut after).unwrap();
            assert_eq!(after.status.as_u16(), report.status);
            let mut expected = answer.headers().clone();
            expected.insert("location", report.location.parse().unwrap());
            assert_eq!(of_map(&after.headers), changed(&expected, &report.response));
        }
        (Decision::Respond(respond), DecisionReport::Respond(report)) => {
            respond.apply_response(request, &mut after).unwrap();
            let mut expected = of_map(answer.headers());
            for (name, value) in &report.headers {
                expected.insert(name.clone(), value.clone());
            }
            match report.grpc_status {
                None => assert_eq!(after.status.as_u16(), report.status),
                Some(code) => {
                    assert_eq!(after.status, StatusCode::OK);
                    expected.insert("grpc-status".to_owned(), code.to_string());
                    expected.insert("content-type".to_owned(), "application/grpc".to_owned());
                }
            }
            assert_eq!(of_map(&after.headers), expected);
        }
        other => panic!("{other:?}"),
    }
}

const NAMES: [&str; 5] = ["x-a", "X-B", "accept", "x-c", "vary"];

/// A header modifier in YAML, with each name in one list at most.
fn modifier() -> impl Strategy<Value = String> {
    proptest::collection::vec(0..4_u8, NAMES.len()).prop_map(|fates| {
        let named = |fate: u8| {
            NAMES.iter().zip(&fates).filter(move |(_, found)| **found == fate).map(|(name, _)| name)
        };
        let pairs = |fate, value: &str| -> Vec<_> {
            named(fate).map(|name| format!("{{name: {name}, value: {value}}}")).collect()
        };
        let removed: Vec<_> = named(3).map(ToString::to_string).collect();
        format!(
            "{{set: [{}], add: [{}], remove: [{}]}}",
            pairs(1, "s").join(", "),
            pairs(2, "a").join(", "),
            removed.join(", ")
        )
    })
}

fn target() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "",
        ", urlRewrite: {hostname: b.test}",
        ", urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /new/}}",
        ", urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: ''}}",
        ", urlRewrite: {hostname: b.test, path: {type: ReplaceFullPath, replaceFullPath: '/full?own=1'}}",
        ", requestRedirect: {scheme: https, statusCode: 301}",
        ", requestRedirect: {hostname: c.test, port: 8443, path: {type: ReplaceFullPath, replaceFullPath: /r}}",
    ])
}

const CORS: &str = "{type: CORS, cors: {allowOrigins: ['https://*.a.test'], allowCredentials: true, \
                    allowMethods: [GET, PUT], exposeHeaders: [x-a], maxAge: 60}}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn messages_are_what_reports_say(
        modifiers in proptest::collection::vec(modifier(), 4),
        target in target(),
        cors in any::<bool>(),
        backends in any::<bool>(),
        in_target in any::<bool>(),
        with_host in any::<bool>(),
        method in proptest::sample::select(vec!["GET", "POST", "OPTIONS"]),
        path in proptest::sample::select(vec!["/old", "/old/x", "/old/", "/other", "/"]),
        query in proptest::sample::select(vec!["", "?", "?a=b"]),
        headers in proptest::collection::vec((0..NAMES.len(), "[a-z]{0,3}"), 0..6),
        origin in proptest::option::of(proptest::sample::select(vec!["https://x.a.test", "https://b.test"])),
        asks in any::<bool>(),
        grpc in any::<bool>(),
        answer in proptest::collection::vec((0..NAMES.len(), "[a-z]{1,3}"), 0..6),
        draw in 0_u64..4,
    ) {
        let kind = if target.contains("Redirect") { "RequestRedirect" } else { "URLRewrite" };
        let moves = if target.is_empty() { String::new() } else { format!("{{type: {kind}{target}}}, ") };
        let cors = if cors { format!("{CORS}, ") } else { String::new() };
        let listed = |request: &str, response: &str| format!(
            "{{type: RequestHeaderModifier, requestHeaderModifier: {request}}}, \
             {{type: ResponseHeaderModifier, responseHeaderModifier: {response}}}"
        );
        let backends = if backends && kind != "RequestRedirect" {
            format!(
                ", backendRefs: [{{name: v1, port: 80, filters: [{}]}}, {{name: v2, port: 80}}]",
                listed(&modifiers[2], &modifiers[3])
            )
        } else {
            String::new()
        };
        let filters = format!("[{cors}{moves}{}]", listed(&modifiers[0], &modifiers[1]));
        let rules = format!("[{{matches: [{{path: {{value: /old}}}}], filters: {filters}{backends}}}]");
        let router = router(&rules);
        let (in_target, with_host) = (in_target, with_host || !in_target);
        let uri = if in_target { format!("http://a.test{path}{query}") } else { format!("{path}{query}") };
        let mut request = Request::builder().method(method).uri(uri);
        if with_host {
            request = request.header("host", "a.test");
        }
        for (name, value) in &headers {
            request = request.header(NAMES[*name], value);
        }
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        if asks {
            request = request.header("access-control-request-method", "PUT");
        }
        if grpc {
            request = request.header("content-type", "application/grpc+proto");
        }
        let mut response = Response::builder().status(201);
        for (name, value) in &answer {
            response = response.header(NAMES[*name], value);
        }
        check(&router, &request.body(()).unwrap(), &response.body(()).unwrap(), draw);
    }
}

fn counted(filters: &str, build: impl Fn(http::request::Builder) -> http::request::Builder) -> u64 {
    let rules = format!(
        "[{{matches: [{{path: {{value: /old}}}}], filters: [{filters}], backendRefs: [{{name: v1, port: 80}}]}}]"
    );
    let router = router(&rules);
    let request = build(Request::builder().uri("/old/x?a=b").header("host", "a.test")).body(()).unwrap();
    let Decision::Forward(forward) = decide_view(&router, &request, 0) else { panic!() };
    let (mut parts, ()) = request.clone().into_parts();
    // Room, so that the map does not grow while it is counted.
    parts.headers.reserve(32);
    allocation_counter::measure(|| forward.apply_request(&mut parts).unwrap()).count_total
}

#[test]
fn only_what_is_written_is_allocated() {
    let plain = |builder: http::request::Builder| builder;
    let modifier =
        |change: &str| format!("{{type: RequestHeaderModifier, requestHeaderModifier: {{{change}}}}}");
    let rewrite = |change: &str| format!("{{type: URLRewrite, urlRewrite: {{{change}}}}}");
    assert_eq!(counted("", plain), 0);
    assert_eq!(counted(&modifier("remove: [x-a, x-b]"), |builder| builder.header("x-a", "b")), 0);
    // A value; with the name of a custom header that was not there, two.
    let set = modifier("set: [{name: X-A, value: c}]");
    assert_eq!(counted(&set, |builder| builder.header("x-a", "b").header("x-a", "c")), 1);
    assert_eq!(counted(&set, plain), 2);
    assert_eq!(counted(&modifier("set: [{name: Accept, value: c}]"), plain), 1);
    assert_eq!(counted(&modifier("add: [{name: x-a, value: c}]"), |builder| builder.header("x-a", "b")), 1);
    // The new path, and the target made of it and the query; a new host is one value.
    let path = counted(&rewrite("path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}"), plain);
    assert_eq!(path, 2);
    let host = counted(&rewrite("hostname: b.test"), plain);
    assert_eq!(host, 1);
}

#[test]
fn what_no_message_can_hold_is_an_error() {
    let apply = |filter: &str| {
        let router = router(&format!("[{{filters: [{filter}], backendRefs: [{{name: v1, port: 80}}]}}]"));
        let request = Request::builder().uri("http://a.test/old").body(()).unwrap();
        let Decision::Forward(forward) = decide_view(&router, &request, 0) else { panic!() };
        forward.apply_request(&mut request.into_parts().0).err()
    };
    // The API server refuses none of these.
    assert_eq!(
        apply("{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: '/a b'}}}"),
        Some(ApplyError::Target("/a b".to_owned()))
    );
    assert_eq!(
        apply(r#"{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-a, value: "a\nb"}]}}"#),
        Some(ApplyError::Header("x-a".to_owned()))
    );
    assert_eq!(apply("{type: URLRewrite, urlRewrite: {hostname: b.test}}"), None);
}

#[test]
fn a_new_host_goes_where_the_old_one_was() {
    let filter = "{type: URLRewrite, urlRewrite: {hostname: b.test}}";
    let router = router(&format!("[{{filters: [{filter}], backendRefs: [{{name: v1, port: 80}}]}}]"));
    // In the target, as HTTP/2 has it; in a header; in both.
    for (target, header, expected) in [
        ("http://a.test/x", None, ("http://b.test/x", None)),
        ("/x", Some("a.test"), ("/x", Some("b.test"))),
        ("http://a.test/x", Some("a.test"), ("http://b.test/x", Some("b.test"))),
    ] {
        let mut request = Request::builder().uri(target);
        if let Some(host) = header {
            request = request.header("host", host);
        }
        let request = request.body(()).unwrap();
        let Decision::Forward(forward) = decide_view(&router, &request, 0) else { panic!("{target}") };
        let (mut parts, ()) = request.clone().into_parts();
        forward.apply_request(&mut parts).unwrap();
        let host = parts.headers.get("host").map(|host| host.to_str().unwrap());
        assert_eq!((parts.uri.to_string().as_str(), host), expected);
    }
}

#[test]
fn cookies_are_not_joined() {
    let rules = "[{filters: [{type: ResponseHeaderModifier, \
                 responseHeaderModifier: {add: [{name: Set-Cookie, value: c=d}]}}], backendRefs: [{name: v1, port: 80}]}]";
    let router = router_with(&Profile::default(), "r", rules, "");
    let request = Request::builder().uri("/").header("host", "a.test").body(()).unwrap();
    let Decision::Forward(forward) = decide_view(&router, &request, 0) else { panic!() };
    let (mut parts, ()) = Response::builder().header("set-cookie", "a=b").body(()).unwrap().into_parts();
    forward.apply_response(&request, &mut parts).unwrap();
    let cookies: Vec<_> = parts.headers.get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=b", "c=d"]);
}

#[test]
fn views_of_the_http_crate() {
    let request = Request::builder()
        .method("PUT")
        .uri("https://user@a.test:8443/p%20q?x=y")
        .header("host", "b.test")
        .header("x-a", "1")
        .header("X-A", "2")
        .body(())
        .unwrap();
    assert_eq!(RequestView::method(&request), b"PUT");
    assert_eq!(RequestView::authority(&request), b"a.test:8443");
    assert_eq!(
        (RequestView::path(&request), RequestView::query(&request)),
        (&b"/p%20q"[..], Some(&b"x=y"[..]))
    );
    let names: Vec<_> = RequestView::headers(&request).map(|(name, _)| name).collect();
    assert_eq!(names, [b"x-a", b"x-a"]);
    assert_eq!(request.header_values("X-a").collect::<Vec<_>>(), [b"1", b"2"]);
    assert_eq!(request.header_values("Host").count(), 0);
    assert_eq!(request.header_values("not a name").count(), 0);
    let (parts, ()) = Request::builder().uri("/").header("host", "b.test").body(()).unwrap().into_parts();
    assert_eq!(RequestView::authority(&parts), b"b.test");
    assert_eq!(RequestView::query(&parts), None);
}
