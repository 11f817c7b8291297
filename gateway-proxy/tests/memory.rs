//! Memory is flat: the same load once more needs hardly more. In a process of its own, where nothing else
//! takes any.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
#![allow(dead_code, reason = "not all that other tests need")]

#[path = "wire/support/mod.rs"]
mod support;

use support::client::{full, http1, request, text};
use support::{Backend, HTTP, HTTP_LISTENER, Proxy, route, service};

/// `GATEWAY_PROXY_ROUNDS` says how much load that is.
#[tokio::test]
async fn memory_is_flat() {
    let rounds: usize = std::env::var("GATEWAY_PROXY_ROUNDS").map_or(150, |text| text.parse().unwrap());
    let backend = Backend::answering(|seen| async move { http::Response::new(full(seen.body)) }).await;
    let proxy = {
        let rule = route("HTTPRoute", "r", "rules: [{backendRefs: [{name: one, port: 80}]}]");
        Proxy::start(HTTP_LISTENER, &(service("one", "", &[backend.address]) + &rule)).await
    };
    let load = async || {
        for round in 0..rounds {
            let body = "x".repeat(100_000);
            let request = request("POST", "a.example", &format!("/{round}")).body(full(body)).unwrap();
            let response = http1(proxy.at(HTTP), request).await.unwrap();
            assert_eq!(text(response).await.len(), 100_000);
            backend.seen.lock().unwrap().clear();
            proxy
                .apply(&route(
                    "HTTPRoute",
                    "other",
                    &format!(
                        "hostnames: [h{}.example], rules: [{{backendRefs: [{{name: one, port: 80}}]}}]",
                        round % 7
                    ),
                ))
                .await;
        }
        resident()
    };
    // The first two fill caches and the allocator's pools.
    load().await;
    let before = load().await;
    let after = load().await;
    println!("{before} kB, then {after} kB");
    assert!(after < before + 8 * 1024, "{before} kB, then {after} kB");
}

/// Kilobytes of memory that this process holds.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
