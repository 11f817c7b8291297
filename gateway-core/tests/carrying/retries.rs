//! Where retries go, and what clients are told (FILT-119, FILT-137, AMBIG-51, AMBIG-63..68).

use core::time::Duration;

use gateway_core::act::{Failure, Outcome};
use gateway_core::profile::BudgetCounting;
use gateway_core::table::Timeouts;
use gateway_core::{Decision, Profile, Request};
use http::{Response, StatusCode};

use crate::world::{forward, get, router, router_with};

const RETRIED: &str = "[{backendRefs: [{name: v1, port: 80}, {name: v2, port: 80}], retry: {codes: [500]}}]";

fn profile(choices: &[(&str, &str)]) -> Profile {
    let mut profile = Profile::default();
    for (key, word) in choices {
        profile.choices.set(key, word).unwrap();
    }
    profile
}

#[test]
fn ambig_51_where_a_retry_goes() {
    for (choice, expected) in [("sameBackend", "v1"), ("newDraw", "v2")] {
        let router = router_with(&profile(&[("retryTarget", choice)]), "r", RETRIED, "");
        let first = forward(&router, &get("/"), 0);
        assert_eq!(first.backend.target.name, "v1");
        let Decision::Forward(second) = router.retry(&first, &get("/"), 1) else { panic!() };
        assert_eq!(second.backend.target.name, expected, "{choice}");
    }
}

#[test]
fn ambig_51_which_methods_are_retried() {
    let post = Request { method: b"POST", ..get("/") };
    for (choice, is_retried) in [("all", true), ("idempotent", false)] {
        let router = router_with(&profile(&[("retriedMethods", choice)]), "r", RETRIED, "");
        let plan = |request: &Request<'_>| forward(&router, request, 0).retry(request);
        assert_eq!(plan(&post).is_some(), is_retried, "{choice}");
        assert!(plan(&get("/")).unwrap().should_retry(Outcome::Status(500)));
        // The report tells the same.
        let report =
            serde_json::to_value(Decision::Forward(forward(&router, &post, 0)).report(&post)).unwrap();
        assert_eq!(report.get("retryPlan").is_some(), is_retried);
        assert!(report.get("retry").is_some(), "as the Route says");
    }
}

#[test]
fn ambig_63_what_a_budget_counts() {
    let policy = "---\napiVersion: gateway.networking.x-k8s.io/v1alpha1\nkind: XBackendTrafficPolicy\n\
                  metadata: {name: budget, namespace: shop}\n\
                  spec: {targetRefs: [{group: '', kind: Service, name: v1}], retryConstraint: {}}\n";
    for (choice, counting) in [("window", BudgetCounting::Window), ("active", BudgetCounting::Active)] {
        let router = router_with(&profile(&[("budgetCounting", choice)]), "r", RETRIED, policy);
        let forward = forward(&router, &get("/"), 0);
        assert_eq!(forward.retry_budget().unwrap().counting, counting);
        let report = serde_json::to_value(Decision::Forward(forward).report(&get("/"))).unwrap();
        assert_eq!(report["retryBudget"]["interval"].is_null(), counting == BudgetCounting::Active);
    }
}

#[test]
fn filt_119_what_clients_are_told() {
    let headers: [(&[u8], &[u8]); 1] = [(b"content-type", b"application/grpc")];
    let call = Request { method: b"POST", headers: &headers, ..get("/") };
    for (choices, failure, status, grpc) in [
        (&[][..], Failure::Timeout, 504, 4),
        (&[("timeoutStatus", "requestTimeout")], Failure::Timeout, 408, 4),
        (&[], Failure::RetryBudget, 503, 14),
        (&[], Failure::Handshake, 502, 14),
        (&[("failedHandshake", "serviceUnavailable")], Failure::Handshake, 503, 14),
        (&[], Failure::Connection, 502, 14),
        (&[], Failure::LostSession, 503, 14),
        (&[], Failure::ExternalAuth, 403, 7),
        (&[], Failure::LargeBody, 413, 8),
    ] {
        let router = router_with(&profile(choices), "r", RETRIED, "");
        let told = |request: &Request<'_>| forward(&router, request, 0).failed(failure, request);
        assert_eq!((told(&get("/")).status, told(&get("/")).grpc_status), (status, None), "{failure:?}");
        assert_eq!((told(&call).status, told(&call).grpc_status), (status, Some(grpc)), "{failure:?}");
        // MATCH-66: as messages. A call gets its own status in the headers of a response that is fine.
        let (mut parts, ()) = Response::new(()).into_parts();
        told(&get("/")).apply_response(&mut parts).unwrap();
        assert_eq!((parts.status.as_u16(), parts.headers.len()), (status, 0));
        told(&call).apply_response(&mut parts).unwrap();
        assert_eq!(parts.status, StatusCode::OK);
        assert_eq!(parts.headers["grpc-status"], grpc.to_string());
    }
}

#[test]
fn filt_120_and_121_how_long_it_may_take() {
    let router = router(
        "[{timeouts: {request: 10s, backendRequest: 1500ms}, backendRefs: [{name: v1, port: 80}]}, \
          {matches: [{path: {value: /endless}}], backendRefs: [{name: v1, port: 80}]}]",
    );
    let timeouts = |path| forward(&router, &get(path), 0).timeouts();
    let (request, backend_request) = (Some(Duration::from_secs(10)), Some(Duration::from_millis(1500)));
    assert_eq!(timeouts("/"), Timeouts { request, backend_request });
    assert_eq!(timeouts("/endless"), Timeouts::default());
}

#[test]
fn ambig_68_a_session_whose_endpoint_is_gone() {
    let rules = "[{backendRefs: [{name: v1, port: 80}], sessionPersistence: {}}]";
    for (choice, fails) in [("newEndpoint", false), ("fail", true)] {
        let router = router_with(&profile(&[("lostSession", choice)]), "r", rules, "");
        let lost = forward(&router, &get("/"), 0).lost_session(&get("/"));
        assert_eq!(lost.map(|answer| answer.status), fails.then_some(503), "{choice}");
    }
}

/// FILT-130..138 need no memory: everything that a data plane asks for while it forwards.
#[test]
fn nothing_is_allocated() {
    let router = router(
        "[{backendRefs: [{name: v1, port: 80}], retry: {codes: [500], attempts: 3, backoff: 100ms}, \
          timeouts: {request: 10s, backendRequest: 2s}, sessionPersistence: {}}]",
    );
    let headers: [(&[u8], &[u8]); 1] = [(b"cookie", b"a=b; gateway-session-0=c")];
    let request = Request { headers: &headers, ..get("/") };
    let forward = forward(&router, &request, 0);
    let mut waits = core::time::Duration::ZERO;
    let counted = allocation_counter::measure(|| {
        let retry = forward.retry(&request).unwrap();
        waits = retry.backoff(9).filter(|_| retry.should_retry(Outcome::Status(500))).sum();
        let session = forward.session().unwrap();
        assert!(session.token(&request).is_none() && session.cookie_path() == Some("/"));
        let _ = forward.timeouts().left_for_attempt(waits);
        let _ = (forward.retry_budget(), forward.failed(Failure::Timeout, &request));
    });
    assert!(waits > core::time::Duration::from_millis(300));
    assert_eq!(counted.count_total, 0);
}
