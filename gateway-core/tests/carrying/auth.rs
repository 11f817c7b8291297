//! What external authorization asks, and what follows from its answer (FILT-083..090, AMBIG-45, AMBIG-46).

use gateway_core::act::{AuthAnswer, AuthBody, Denial, Failure, Verdict};
use gateway_core::{Profile, Request, Router, SpokenHttp};
use http::{HeaderValue, Response, StatusCode};

use crate::world::{forward, get, router_with};

fn router(choices: &[(&str, &str)], auth: &str) -> Router {
    let mut profile = Profile::default();
    for (key, word) in choices {
        profile.choices.set(key, word).unwrap();
    }
    let rules = format!(
        "[{{filters: [{{type: ExternalAuth, externalAuth: {{backendRef: {{name: v2, port: 80}}, {auth}}}}}], \
         backendRefs: [{{name: v1, port: 80}}]}}]"
    );
    router_with(&profile, "r", &rules, "")
}

const HTTP: &str = "protocol: HTTP, http: {}";

fn denied(status: u16, with_answer: bool) -> Verdict {
    Verdict::Deny(Denial { status, grpc_status: None, with_answer })
}

#[test]
fn filt_083_to_085_answers() {
    let judge = |router: &Router, answer| {
        let request = get("/");
        let call = forward(router, &request, 0).auth_calls().next().unwrap();
        call.verdict(answer, &request)
    };
    let pass = router(&[], HTTP);
    let grpc = |code, denied| AuthAnswer::Grpc { code, denied };
    for (answer, expected) in [
        (AuthAnswer::Http(200), Verdict::Allow),
        (AuthAnswer::Http(204), denied(204, true)),
        (AuthAnswer::Http(302), denied(302, true)),
        (AuthAnswer::Http(401), denied(401, true)),
        (AuthAnswer::Http(503), denied(503, true)),
        (AuthAnswer::Http(101), denied(403, false)),
        (AuthAnswer::Http(999), denied(403, false)),
        (grpc(0, None), Verdict::Allow),
        (grpc(0, Some(403)), Verdict::Allow),
        (grpc(7, Some(401)), denied(401, true)),
        (grpc(7, None), denied(403, false)),
        // FILT-085: nobody answers, nobody passes.
        (AuthAnswer::None, denied(403, false)),
    ] {
        assert_eq!(judge(&pass, answer), expected, "{answer:?}");
    }
    // AMBIG-45
    let forbid = router(&[("deniedAuth", "forbidden")], HTTP);
    assert_eq!(judge(&forbid, AuthAnswer::Http(401)), denied(403, false));
    assert_eq!(judge(&forbid, AuthAnswer::Http(200)), Verdict::Allow);
    // A gRPC client is told in its own words.
    let headers: [(&[u8], &[u8]); 1] = [(b"content-type", b"application/grpc")];
    let request = Request { method: b"POST", headers: &headers, ..get("/") };
    let call = forward(&pass, &request, 0).auth_calls().next().unwrap();
    for (answer, status) in [(401, 16_u8), (403, 7)] {
        let Verdict::Deny(denial) = call.verdict(AuthAnswer::Http(answer), &request) else { panic!() };
        assert_eq!(denial.grpc_status, Some(status));
        // MATCH-66
        let (mut parts, ()) = Response::new(()).into_parts();
        denial.apply_response(&mut parts).unwrap();
        assert_eq!(
            (parts.status, &parts.headers["grpc-status"]),
            (StatusCode::OK, &HeaderValue::from(u16::from(status)))
        );
    }
    let (mut parts, ()) = Response::new(()).into_parts();
    Denial { status: 401, grpc_status: None, with_answer: false }.apply_response(&mut parts).unwrap();
    assert_eq!((parts.status, parts.headers.len()), (StatusCode::UNAUTHORIZED, 0));
}

#[test]
fn filt_083_which_http_the_server_speaks() {
    for (protocol, expected) in [(HTTP, SpokenHttp::Any), ("protocol: GRPC, grpc: {}", SpokenHttp::Http2)] {
        let router = router(&[], protocol);
        let request = get("/");
        let forward = forward(&router, &request, 0);
        let call = forward.auth_calls().next().unwrap();
        assert_eq!(call.auth.spoken(), expected);
    }
}

#[test]
fn filt_087_headers_that_are_copied() {
    let (all, listed) =
        (router(&[], HTTP), router(&[], "protocol: HTTP, http: {allowedResponseHeaders: [X-Id]}"));
    let copies = |router: &Router, name: &str| {
        forward(router, &get("/"), 0).auth_calls().next().unwrap().copies(name.as_bytes())
    };
    for (name, of_all, of_listed) in [
        ("x-id", true, true),
        ("X-OTHER", true, false),
        ("Host", false, false),
        ("authority", false, false),
        (":authority", false, false),
        (":status", false, false),
        // These would say where the request's own body ends.
        ("Content-Length", false, false),
        ("transfer-encoding", false, false),
    ] {
        assert_eq!((copies(&all, name), copies(&listed, name)), (of_all, of_listed), "{name}");
    }
    let call = forward(&all, &get("/"), 0).auth_calls().next().unwrap();
    assert!(call.returns(b"www-authenticate") && call.returns(b"Location"));
    assert!(!call.returns(b"Connection") && !call.returns(b"content-length"));
}

#[test]
fn filt_089_bodies() {
    let body = |choices: &[(&str, &str)], more: &str, length| {
        let router = router(choices, &format!("{HTTP}{more}"));
        forward(&router, &get("/"), 0).auth_calls().next().unwrap().body(length)
    };
    let (sized, cut) = (", forwardBody: {maxSize: 10}", [("largeAuthBody", "truncate")]);
    assert_eq!(body(&[], "", 5), AuthBody::None);
    assert_eq!(body(&[], ", forwardBody: {maxSize: 0}", 5), AuthBody::None);
    assert_eq!(body(&[], ", forwardBody: {maxSize: -1}", 5), AuthBody::None);
    assert_eq!(body(&[], sized, 10), AuthBody::Whole);
    assert_eq!(body(&[], sized, 11), AuthBody::Refuse(Failure::LargeBody));
    assert_eq!(body(&cut, sized, 11), AuthBody::Beginning(10));
    assert_eq!(body(&cut, sized, 3), AuthBody::Whole);
    // It is a uint16, whatever the schema takes.
    assert_eq!(body(&[], ", forwardBody: {maxSize: 100000}", 65_535), AuthBody::Whole);
    assert_eq!(body(&cut, ", forwardBody: {maxSize: 100000}", 70_000), AuthBody::Beginning(65_535));
}

#[test]
fn filt_086_the_length_is_what_is_sent() {
    let router = router(&[], "protocol: HTTP, http: {path: auth}, forwardBody: {maxSize: 10}");
    let request = get("/x");
    let call = forward(&router, &request, 0).auth_calls().next().unwrap();
    assert_eq!(call.target(&request), (b"/auth/x"[..].into(), None));
    let headers = call.headers(&request, 7);
    assert_eq!(headers, [(b"content-length"[..].into(), b"7"[..].into())]);
}
