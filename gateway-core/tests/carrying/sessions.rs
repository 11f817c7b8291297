//! Tokens of sessions (FILT-181..187).

use core::time::Duration;

use gateway_core::act::{DecisionReport, Session};
use gateway_core::{Arrival, Decision, ObjectKind, Profile, Reason, Request};

use crate::world::{decide, forward, get, router, router_with};

/// The token that a session finds in headers.
fn token<'a>(session: &Session<'_>, headers: &'a [(&'a [u8], &'a [u8])]) -> Option<String> {
    session.token(&Request { headers, ..get("/") }).map(ToOwned::to_owned)
}

#[test]
fn filt_184_what_sets_a_cookie() {
    let router = router(
        "[{matches: [{path: {value: /a}}], backendRefs: [{name: v1, port: 80}], \
          sessionPersistence: {sessionName: sid, absoluteTimeout: 1500ms, cookieConfig: {lifetimeType: Permanent}}}, \
          {matches: [{path: {value: /b}}], backendRefs: [{name: v1, port: 80}], \
          sessionPersistence: {sessionName: sid, absoluteTimeout: 1s}}, \
          {matches: [{path: {value: /h}}], backendRefs: [{name: v1, port: 80}], \
          sessionPersistence: {sessionName: X-Session, type: Header}}]",
    );
    let header = |path, value| {
        let session = forward(&router, &get(path), 0).session().unwrap();
        session.header(value).map(|(name, value)| format!("{name}: {value}"))
    };
    assert_eq!(
        header("/a", "t0k=en").as_deref(),
        Some("set-cookie: sid=t0k=en; Path=/a; Max-Age=2; HttpOnly; SameSite=Lax")
    );
    assert_eq!(header("/b", "x").as_deref(), Some("set-cookie: sid=x; Path=/b; HttpOnly; SameSite=Lax"));
    assert_eq!(header("/h", "x").as_deref(), Some("X-Session: x"));
    for token in ["", "a;b", "a b", "a\r\nset-cookie: b=c", "a,b", "\u{e9}"] {
        assert_eq!(header("/a", token), None, "{token:?}");
    }
    // FILT-185
    let session = forward(&router, &get("/b"), 0).session().unwrap();
    assert!(!session.is_over(Duration::from_millis(999)) && session.is_over(Duration::from_secs(1)));
    let endless = forward(&router, &get("/h"), 0).session().unwrap();
    assert!(!endless.is_over(Duration::MAX));
}

#[test]
fn filt_183_where_a_token_is_found() {
    let rule = |more: &str| {
        router(&format!(
            "[{{backendRefs: [{{name: v1, port: 80}}], sessionPersistence: {{sessionName: sid{more}}}}}]"
        ))
    };
    let (cookies, headers) = (rule(""), rule(", type: Header"));
    let cookie = forward(&cookies, &get("/"), 0).session().unwrap();
    let header = forward(&headers, &get("/"), 0).session().unwrap();
    for (value, expected) in [
        ("sid=abc", Some("abc")),
        ("a=b; sid=abc; sid=def", Some("abc")),
        ("a=b;sid=\"abc\"", Some("abc")),
        ("xsid=abc; sid=", None),
        ("SID=abc", None),
        ("sid", None),
        ("sid=\u{e9}", Some("\u{e9}")),
        ("", None),
    ] {
        assert_eq!(token(&cookie, &[(b"Cookie", value.as_bytes())]).as_deref(), expected, "{value}");
    }
    assert_eq!(token(&cookie, &[(b"cookie", b"a=b"), (b"cookie", b"sid=abc")]).as_deref(), Some("abc"));
    assert_eq!(token(&cookie, &[(b"cookie", b"sid=\xff"), (b"sid", b"abc")]), None);
    assert_eq!(token(&header, &[(b"cookie", b"sid=no"), (b"SID", b"abc")]).as_deref(), Some("abc"));
}

#[test]
fn filt_182_sessions_belong_to_one_rule() {
    let rule = |path: &str, session: &str| {
        format!(
            "{{matches: [{{path: {{value: {path}}}}}, {{path: {{value: {path}{path}}}}}], \
             backendRefs: [{{name: v1, port: 80}}], sessionPersistence: {{{session}}}}}"
        )
    };
    let rules =
        format!("[{}, {}, {}]", rule("/a", ""), rule("/b", "sessionName: s"), rule("/c", "sessionName: s"));
    let router = router(&rules);
    let session = |path| forward(&router, &get(path), 0).session().unwrap();
    assert_eq!(session("/a").scope(), session("/a/a").scope(), "all matches of a rule share it");
    assert_eq!((session("/b").name(), session("/c").name()), ("s", "s"));
    assert_ne!(session("/b").scope(), session("/c").scope(), "though the name is the same");
    // A generated name is a token, and the same in every build.
    let again = router_with(&Profile::default(), "r", &rules, "");
    let name = session("/a").name().to_owned();
    assert_eq!(name, forward(&again, &get("/a/a"), 0).session().unwrap().name());
    assert_eq!(name, format!("gateway-session-{:016x}", session("/a").scope()));
    let other = router_with(&Profile::default(), "other", &rules, "");
    assert_ne!(name, forward(&other, &get("/a"), 0).session().unwrap().name());
}

#[test]
fn a_name_that_cannot_be_one_is_replaced() {
    for name in ["''", "'a b'", "'a;b'", "'a=b'"] {
        let router = router(&format!(
            "[{{backendRefs: [{{name: v1, port: 80}}], sessionPersistence: {{sessionName: {name}}}}}]"
        ));
        let session = forward(&router, &get("/"), 0).session().unwrap();
        assert!(session.name().starts_with("gateway-session-"), "{name}");
    }
}

/// The names of the session's backends, and those that `stay` gives for each.
#[test]
fn filt_181_a_session_outlives_its_weight() {
    let router = router(
        "[{backendRefs: [{name: v1, port: 80, weight: 1}, {name: v2, port: 80, weight: 0}, {name: gone, port: 80}], \
          sessionPersistence: {sessionName: sid}}]",
    );
    let request = get("/");
    for draw in 0..4 {
        let decision = decide(&router, &request, draw);
        let (backend, session) = decision.sessions().next().unwrap();
        assert_eq!((backend, session.name()), (None, "sid"));
        let Decision::Forward(forward) = router.stay(&decision, 1, &request, draw) else { panic!() };
        assert_eq!(forward.backend.target.name, "v2");
        let Decision::Respond(respond) = router.stay(&decision, 2, &request, draw) else { panic!() };
        assert_eq!(respond.reason, Reason::InvalidBackend);
        // There is no such backend: nothing changes.
        let report = |decision: &Decision<'_>| -> DecisionReport { decision.report(&request) };
        assert_eq!(report(&router.stay(&decision, 3, &request, draw)), report(&decision));
    }
}

/// FILT-186: what was given over TLS is not shown without it.
#[test]
fn cookies_of_https_are_for_https_alone() {
    let profile = Profile { assume: [ObjectKind::Secret].into(), ..Profile::default() };
    let rules = "[{backendRefs: [{name: v1, port: 80}], sessionPersistence: {sessionName: sid}}]";
    let router = router_with(&profile, "r", rules, "");
    for (port, is_https) in [(80, false), (443, true)] {
        let arrival = Arrival { port, sni: is_https.then_some("a.test"), ..Arrival::default() };
        let arrival = router.arrive(router.gateway("shop", "gw").unwrap(), &arrival);
        let decision = router.route(arrival, &get("/"), 0);
        let Decision::Forward(forward) = &decision else { panic!("{decision:?}") };
        for session in [forward.session().unwrap(), decision.sessions().next().unwrap().1] {
            assert_eq!(session.is_secure(), is_https);
            let (_, cookie) = session.header("x").unwrap();
            assert_eq!(cookie.ends_with("; Secure"), is_https, "{cookie}");
        }
    }
}

#[test]
fn filt_188_policies_give_some_backends_sessions() {
    let policy = "---\napiVersion: gateway.networking.x-k8s.io/v1alpha1\nkind: XBackendTrafficPolicy\n\
                  metadata: {name: sticky, namespace: shop}\n\
                  spec: {targetRefs: [{group: '', kind: Service, name: v2}], sessionPersistence: {type: Header}}\n";
    let rule = |path: &str| {
        format!(
            "{{matches: [{{path: {{value: {path}}}}}], \
             backendRefs: [{{name: v1, port: 80}}, {{name: v2, port: 80}}]}}"
        )
    };
    let rules = format!("[{}, {}]", rule("/a"), rule("/b"));
    let router = router_with(&Profile::default(), "r", &rules, policy);
    let sessions = |path| -> Vec<_> {
        let decision = decide(&router, &get(path), 0);
        decision.sessions().map(|(backend, session)| (backend, session.scope())).collect()
    };
    let (one, other) = (sessions("/a"), sessions("/b"));
    assert_eq!((one.len(), one[0].0), (1, Some(1)), "the second backend alone");
    assert_ne!(one[0].1, other[0].1, "FILT-182: the same Service in another rule");
}
