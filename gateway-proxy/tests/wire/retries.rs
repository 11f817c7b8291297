//! Timeouts and retries.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::Response;

use crate::support::client::{full, get, http1, request, text};
use crate::support::{Backend, HTTP, HTTP_LISTENER, Proxy, route, service};

/// Answers so many times with 503, then with 200 and the length of the body.
async fn failing(times: usize) -> Backend {
    let count = Arc::new(AtomicUsize::new(0));
    Backend::answering(move |seen| {
        let fails = count.fetch_add(1, Ordering::Relaxed) < times;
        async move {
            let response = Response::builder().status(if fails { 503 } else { 200 });
            response.body(full(seen.body.len().to_string())).unwrap()
        }
    })
    .await
}

#[tokio::test]
async fn statuses_are_tried_again_with_the_whole_body() {
    let backend = failing(2).await;
    let objects = service("one", "", &[backend.address])
        + &route(
            "HTTPRoute",
            "r",
            "rules: [{retry: {codes: [503], attempts: 3, backoff: 1ms}, backendRefs: [{name: one, port: 80}]}]",
        );
    let proxy = Proxy::start(HTTP_LISTENER, &objects).await;
    let put = request("PUT", "a.example", "/").body(full("x".repeat(100_000))).unwrap();
    let response = http1(proxy.at(HTTP), put).await.unwrap();
    assert_eq!((response.status().as_u16(), &*text(response).await), (200, "100000"));
    assert_eq!(backend.count(), 3);
    assert!((proxy.metric("gateway_proxy_retries_total").await - 2.0).abs() < 0.1);
}

#[tokio::test]
async fn tries_end_and_the_last_answer_stands() {
    let backend = failing(usize::MAX).await;
    let objects = service("one", "", &[backend.address])
        + &route(
            "HTTPRoute",
            "r",
            "rules: [{retry: {codes: [503], attempts: 2, backoff: 1ms}, backendRefs: [{name: one, port: 80}]}]",
        );
    let proxy = Proxy::start(HTTP_LISTENER, &objects).await;
    assert_eq!(get(proxy.at(HTTP), "a.example", "/").await.0, 503);
    assert_eq!(backend.count(), 3);
}

#[tokio::test]
async fn a_body_too_long_to_keep_is_sent_once() {
    let backend = failing(1).await;
    let objects = service("one", "", &[backend.address])
        + &route(
            "HTTPRoute",
            "r",
            "rules: [{retry: {codes: [503], attempts: 2, backoff: 1ms}, backendRefs: [{name: one, port: 80}]}]",
        );
    let proxy = Proxy::start(HTTP_LISTENER, &objects).await;
    let put = request("PUT", "a.example", "/").body(full("x".repeat(1 << 20))).unwrap();
    let response = http1(proxy.at(HTTP), put).await.unwrap();
    assert_eq!((response.status().as_u16(), &*text(response).await), (503, "1048576"));
    assert_eq!(backend.count(), 1);
}

#[tokio::test]
async fn timeouts_of_request_and_try() {
    let slow = Backend::answering(|_| async {
        tokio::time::sleep(Duration::from_secs(20)).await;
        Response::new(full("late"))
    })
    .await;
    let objects = service("slow", "", &[slow.address])
        + &route("HTTPRoute", "r", "rules: [
             {matches: [{path: {value: /request}}], timeouts: {request: 100ms}, backendRefs: [{name: slow, port: 80}]},
             {matches: [{path: {value: /try}}], timeouts: {backendRequest: 100ms}, backendRefs: [{name: slow, port: 80}]}]");
    let proxy = Proxy::start(HTTP_LISTENER, &objects).await;
    for path in ["/request", "/try"] {
        assert_eq!(get(proxy.at(HTTP), "a.example", path).await.0, 504, "{path}");
    }
    assert_eq!(slow.count(), 2);
}

#[tokio::test]
async fn an_endpoint_without_anybody_is_passed_over() {
    let alive = Backend::named("alive").await;
    // Nobody listens there.
    let dead = "127.0.0.1:1".parse().unwrap();
    let objects = service("pair", "", &[alive.address, dead])
        + &service("dead", "", &[dead])
        + &route(
            "HTTPRoute",
            "r",
            "rules: [{matches: [{path: {value: /dead}}], backendRefs: [{name: dead, port: 80}]}, {backendRefs: [{name: pair, port: 80}]}]",
        );
    let proxy = Proxy::start(HTTP_LISTENER, &objects).await;
    for _ in 0..6 {
        assert_eq!(get(proxy.at(HTTP), "a.example", "/").await, (200, "alive".to_owned()));
    }
    assert_eq!(get(proxy.at(HTTP), "a.example", "/dead").await.0, 502);
}
