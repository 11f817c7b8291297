//! What the generator makes: every kind of answer occurs, so that a comparison of them means something.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::collections::BTreeSet;

use gateway_core::Profile;
use gateway_oracle::Oracle;
use gateway_oracle::generate::{Settings, cluster, exchange, sampler};

#[test]
fn every_kind_of_answer_occurs() {
    let mut sampler = sampler(7);
    let clusters = cluster(&Settings::default());
    let mut seen = BTreeSet::new();
    for _ in 0..250 {
        let cluster = sampler.draw(&clusters).unwrap();
        let oracle = Oracle::new(&cluster.snapshot(), &Profile::spec("example.com/ctl"));
        let requests = exchange(&cluster);
        for _ in 0..30 {
            let exchange = sampler.draw(&requests).unwrap();
            let traced = oracle.decide(&exchange.arrival, &exchange.request, exchange.draw);
            let decision = serde_json::to_value(&traced.decision).unwrap();
            let word = decision["reason"].as_str().or(decision["decision"].as_str()).unwrap();
            seen.insert(format!("{word} of {}", decision["route"]["kind"].as_str().unwrap_or("nobody")));
            for key in
                ["externalAuth", "protocol", "upstreamTls", "grpcStatus", "headers", "service", "retry"]
            {
                if decision.get(key).is_some() {
                    seen.insert(key.to_owned());
                }
            }
            // The trace and the decision name the same match.
            let first = traced.trace.candidates.iter().find(|one| one.failed.is_none());
            let named = first.map(|one| (Some(one.rule), Some(one.r#match)));
            let decided = (decision["rule"].as_u64(), decision["match"].as_u64());
            let decided = (
                decided.0.and_then(|index| usize::try_from(index).ok()),
                decided.1.and_then(|index| usize::try_from(index).ok()),
            );
            assert_eq!(named.unwrap_or((None, None)), decided, "{traced:?}");
            for udp in [false, true] {
                let connection =
                    serde_json::to_value(oracle.connect(&exchange.arrival, udp, exchange.draw)).unwrap();
                let kind = connection["route"]["kind"].as_str().unwrap_or("nobody");
                let word = connection["reason"].as_str().or(connection["decision"].as_str()).unwrap();
                seen.insert(format!("{word} of {kind}"));
            }
        }
    }
    let wanted = [
        "externalAuth",
        "grpcStatus",
        "headers",
        "protocol",
        "retry",
        "service",
        "upstreamTls",
        "forward of GRPCRoute",
        "forward of HTTPRoute",
        "forward of TCPRoute",
        "forward of TLSRoute",
        "forward of UDPRoute",
        "forward of nobody",
        "http of nobody",
        "redirect of HTTPRoute",
        "InvalidBackend of GRPCRoute",
        "InvalidBackend of HTTPRoute",
        "InvalidBackend of TLSRoute",
        "InvalidExternalAuth of HTTPRoute",
        "MisdirectedRequest of nobody",
        "NoBackends of HTTPRoute",
        "NoEndpoints of HTTPRoute",
        "NoMatchingListener of nobody",
        "NoMatchingRoute of nobody",
        "Preflight of HTTPRoute",
        "UnsupportedFilter of HTTPRoute",
    ];
    let missing: Vec<_> = wanted.iter().filter(|word| !seen.contains(**word)).collect();
    assert!(missing.is_empty(), "never seen: {missing:?}; seen: {seen:#?}");
}

#[test]
fn a_seed_is_a_cluster() {
    let draw = |seed| sampler(seed).draw(&cluster(&Settings::default())).unwrap();
    assert_eq!(draw(3), draw(3));
    assert_ne!(draw(3), draw(4));
}
