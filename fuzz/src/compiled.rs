//! Index = table = oracle: clusters of any objects, requests of any bytes.

use std::time::{Duration, Instant};

use gateway_core::matching::request_host;
use gateway_core::profile::Choices;
use gateway_core::table::Entry;
use gateway_core::{Arrival, Decision, Entrance, Object, Profile, Request, Router};
use gateway_oracle::Oracle;
use gateway_oracle::generate::{self, Cluster, Exchange};
use serde_json::Value;

use crate::definition::first;
use crate::engine::Engine;
use crate::tree::Tree;
use crate::world::{self, Asked};
use crate::{ask, compare, smaller, statuses};

/// How long a disagreement is made smaller.
const SHRINKING: Duration = Duration::from_secs(15);

pub(crate) fn run(data: &[u8]) {
    let tree = Tree::read(data);
    let profile = world::profile(&tree);
    // As they are: nothing but that the index finds what the table says.
    let any = Cluster(world::objects(&tree));
    let router = Router::build(&any.snapshot(), &profile).unwrap();
    world::requests(&tree).for_each(|asked| found(&router, &profile.choices, &asked));
    // As the API server takes them: against the oracle.
    let mut cluster = Cluster(world::accepted(&tree));
    cluster.0.retain(is_judged);
    agree(&cluster, &profile, &tree);
    if tree.get("statuses").is_some() {
        let differences = statuses::differences(&cluster);
        assert!(differences.is_empty(), "{differences:#?}\n{}", smaller::objects(&cluster));
    }
}

/// Whether the oracle knows all that counts in an object.
fn is_judged(object: &Object) -> bool {
    let pem = |text: Option<Vec<u8>>| text.is_none_or(|text| generate::is_judged(&text));
    match object {
        // It knows whether one can be used, but not the port and TLS that are written in it.
        Object::XBackend(_) => false,
        Object::Secret(secret) => pem(secret.value("tls.crt")) && pem(secret.value("tls.key")),
        Object::ConfigMap(config) => pem(config.value("ca.crt")),
        _ => true,
    }
}

/// Engine and oracle decide alike about every request and connection.
pub(crate) fn agree(cluster: &Cluster, profile: &Profile, tree: &Tree) {
    let snapshot = cluster.snapshot();
    let (oracle, engine) = (Oracle::new(&snapshot, profile), Engine::new(&snapshot, profile));
    for asked in world::requests(tree) {
        found(&engine.0, &profile.choices, &asked);
        if let Some(dial) = asked.dial() {
            let difference = compare::differ_on_connection(&oracle, &engine, &dial);
            assert!(difference.is_none(), "{dial:?} {difference:#?}\n{}", smaller::objects(cluster));
        } else if let Some(exchange) = asked.exchange()
            && compare::differ(&oracle, &engine, &exchange).is_some()
        {
            disagree(cluster, profile, &exchange);
        }
    }
}

/// Tells the smallest cluster about which they still disagree.
fn disagree(cluster: &Cluster, profile: &Profile, exchange: &Exchange) -> ! {
    let difference = |cluster: &Cluster, exchange: &Exchange| -> Option<(Value, Value)> {
        let snapshot = cluster.snapshot();
        compare::differ(&Oracle::new(&snapshot, profile), &Engine::new(&snapshot, profile), exchange)
    };
    let (ours, theirs) = difference(cluster, exchange).unwrap_or_default();
    eprintln!("{exchange:?}\n  oracle  {ours}\n  engine  {theirs}");
    // Before the fuzzer's own limit of time.
    let begun = Instant::now();
    let (cluster, exchange) = smaller::smallest(cluster, exchange, |cluster, exchange| {
        begun.elapsed() < SHRINKING && difference(cluster, exchange).is_some()
    });
    let told = smaller::told(&cluster, &exchange, difference(&cluster, &exchange));
    panic!("{:?}\n{told}", profile.choices);
}

/// The entry that the index finds is the first of the table whose conditions hold. Reports and
/// explanations of any request do not panic, and say the same.
fn found(router: &Router, choices: &Choices, asked: &Asked<'_>) {
    let Some(entrance) = ask::entrance(router, &asked.target) else { return };
    let arrival = Arrival {
        port: asked.port(),
        sni: asked.sni(),
        client_namespace: asked.client_namespace(),
        ..Arrival::default()
    };
    let request = asked.request();
    let arrived = router.arrive(entrance, &arrival);
    let decision = router.route(arrived, &request, asked.draw());
    let explained = router.explain(entrance, &arrival, &request, asked.draw());
    assert_eq!(explained.decision, decision.report(&request), "{request:?}");
    let _ = router.connect(arrived, asked.draw()).report();
    if let Decision::Forward(forward) = &decision {
        let edits = forward.request_edits().count() + forward.response_edits(&request).count();
        let _ = (edits, forward.request_headers(&request), forward.target(&request));
    }
    let (Entrance::Gateway(_), Some(listener)) = (entrance, decision.listener()) else { return };
    if matches!(&decision, Decision::Respond(respond) if respond.status == 421) {
        return;
    }
    let path = choices.path_normalization.apply(request.path);
    let normal = Request { path: &path, ..request };
    let expected = first(listener, request_host(request.authority), &normal, choices.hosts);
    let position = |entry: &Entry| listener.entries().position(|one| std::ptr::eq(one, entry));
    let (entry, expected) = (decision.entry().and_then(position), expected.and_then(position));
    assert_eq!(entry, expected, "{request:?} {:#?}", listener.entries().collect::<Vec<_>>());
}
