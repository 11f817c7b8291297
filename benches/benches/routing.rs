//! Time of a match, next to others in the same run: `cargo bench -p benches`.
//!
//! Each round measures all engines one after the other, so that what else the machine does falls on
//! all of them; the table has the median of the rounds. `GATEWAY_CORE_BENCH_SIZES=10,1000` sets the
//! sizes.
#![allow(missing_docs, clippy::unwrap_used, clippy::cast_precision_loss, reason = "a benchmark")]

use std::collections::{HashMap, HashSet};
use std::hint::black_box;
use std::time::{Duration, Instant};

use atc_router::ast::{Type, Value};
use atc_router::context::Context;
use atc_router::router::Router as Atc;
use atc_router::schema::Schema;
use benches::{RuleSpec, Sample, Shape, rules, samples, snapshot};
use gateway_core::compile::{Index, IndexRules};
use gateway_core::limits::Limits;
use gateway_core::profile::Hosts;
use gateway_core::table::{Entry, GatewayTable, ListenerTable};
use gateway_core::{Arrival, Profile, Request, Router};

const REQUESTS: usize = 4_096;
const ROUNDS: usize = 15;

/// Peer: paths by matchit behind a hash of the host.
struct HostMatchit(HashMap<String, matchit::Router<u32>, foldhash::fast::FixedState>);

impl HostMatchit {
    fn new(rules: &[RuleSpec]) -> Self {
        let mut hosts: HashMap<String, matchit::Router<u32>, _> = HashMap::default();
        let mut known = HashSet::new();
        for (number, rule) in (0_u32..).zip(rules) {
            let router = hosts.entry(rule.host.clone()).or_default();
            // It refuses a path that it knows.
            if known.insert((&rule.host, &rule.path)) {
                let below = format!("{}/{{*rest}}", rule.path.trim_end_matches('/'));
                let _ = router.insert(rule.path.as_str(), number);
                let _ = router.insert(below, number);
            }
        }
        Self(hosts)
    }

    fn find(&self, sample: &Sample) -> Option<u32> {
        Some(*self.0.get(&sample.host)?.at(&sample.path).ok()?.value)
    }
}

fn atc_schema() -> Schema {
    let mut schema = Schema::default();
    for field in ["host", "path", "method", "x_tenant", "x_canary", "x_version"] {
        schema.add_field(field, Type::String);
    }
    schema
}

fn atc<'s>(schema: &'s Schema, rules: &[RuleSpec]) -> Atc<'s> {
    let mut router = Atc::new(schema);
    for (number, rule) in rules.iter().enumerate() {
        let mut text = match rule.host.strip_prefix('*') {
            Some(suffix) => format!("host =^ \"{suffix}\""),
            None => format!("host == \"{}\"", rule.host),
        };
        if rule.is_expression {
            text += &format!(" && path ~ r#\"^(?:{})$\"#", rule.path);
        } else if rule.path != "/" {
            text += &format!(" && (path == \"{0}\" || path ^= \"{0}/\")", rule.path);
        }
        if let Some(method) = rule.method {
            text += &format!(" && method == \"{method}\"");
        }
        for (name, value) in &rule.headers {
            text += &format!(" && {} == \"{value}\"", name.replace('-', "_"));
        }
        let priority = rule.path.len() * 10 + rule.headers.len();
        router.add_matcher(priority, uuid::Uuid::from_u128(number as u128), &text).unwrap();
    }
    router
}

fn atc_find(router: &Atc<'_>, schema: &Schema, sample: &Sample) -> bool {
    let mut context = Context::new(schema);
    context.add_value("host", Value::String(sample.host.clone()));
    context.add_value("path", Value::String(sample.path.clone()));
    context.add_value("method", Value::String(sample.method.to_string()));
    for (name, value) in &sample.headers {
        if matches!(name.as_str(), "x-tenant" | "x-canary" | "x-version") {
            context.add_value(&name.replace('-', "_"), Value::String(value.clone()));
        }
    }
    router.execute(&mut context)
}

fn linear<'t>(listener: &'t ListenerTable, request: &Request<'_>) -> Option<&'t Entry> {
    listener.entries.iter().find(|entry| {
        entry.hostname.matches(request.authority)
            && entry.conditions.as_ref().is_none_or(|conditions| conditions.unmet(request).is_none())
    })
}

/// One engine: a call on the request with that number.
type Engine<'e> = (&'static str, Box<dyn Fn(usize) -> bool + 'e>);

/// Nanoseconds for a call of each engine: the median over the rounds.
fn measure(engines: &[Engine<'_>]) -> Vec<f64> {
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); engines.len()];
    for _ in 0..ROUNDS {
        for ((_, run), times) in engines.iter().zip(&mut times) {
            let (start, mut calls) = (Instant::now(), 0_usize);
            // Slow engines do not get through all requests.
            while calls < REQUESTS && (calls < 16 || start.elapsed() < Duration::from_millis(20)) {
                for _ in 0..16 {
                    black_box(run(calls));
                    calls += 1;
                }
            }
            times.push(start.elapsed().as_nanos() as f64 / calls as f64);
        }
    }
    let median = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    times.into_iter().map(median).collect()
}

fn main() {
    let sizes = std::env::var("GATEWAY_CORE_BENCH_SIZES").unwrap_or("10,1000,10000,100000".into());
    println!("shape rules | index route | matchit linear atc | index/matchit linear/index atc/index | B/rule allocations index-build matchit-build (ms)");
    for shape in Shape::ALL {
        for size in sizes.split(',').map(|size| size.parse::<usize>().unwrap()) {
            let rules = rules(shape, size);
            let samples = samples(&rules, REQUESTS);
            let router = Router::build(&snapshot(&rules), &Profile::default()).unwrap();
            let gateway: &GatewayTable = router.gateway("bench", "gw").unwrap();
            let listener = &gateway.listeners[0];
            let limits = Limits::default();
            let start = Instant::now();
            let index = Index::new(&listener.entries, IndexRules { hash_key: 0, limits: &limits });
            let index_time = start.elapsed();
            let headers: Vec<_> = samples.iter().map(Sample::header_bytes).collect();
            let requests: Vec<_> = samples
                .iter()
                .zip(&headers)
                .map(|(sample, headers)| Request {
                    method: sample.method.as_bytes(),
                    authority: sample.host.as_bytes(),
                    path: sample.path.as_bytes(),
                    query: None,
                    headers,
                })
                .collect();
            let arrived = router.arrive(gateway, &Arrival { port: 80, ..Arrival::default() });
            let find = |number: usize| index.find(&listener.entries, &requests[number], Hosts::FallThrough);
            for number in 0..REQUESTS.min(200_000_000 / size.max(1) / 100) {
                let (one, other) = (find(number), linear(listener, &requests[number]));
                assert_eq!(one.map(std::ptr::from_ref), other.map(std::ptr::from_ref));
            }
            let allocations = allocation_counter::measure(|| {
                for number in 0..REQUESTS {
                    black_box(router.route(arrived, &requests[number], 0));
                }
            });
            let start = Instant::now();
            let peer = HostMatchit::new(&rules);
            let peer_time = start.elapsed();
            let schema = atc_schema();
            let atc = (size <= 10_000).then(|| atc(&schema, &rules));
            let mut engines: Vec<Engine<'_>> = vec![
                ("index", Box::new(|number| find(number).is_some())),
                ("route", Box::new(|number| {
                    black_box(router.route(arrived, &requests[number], 0));
                    true
                })),
                ("matchit", Box::new(|number| peer.find(&samples[number]).is_some())),
                ("linear", Box::new(|number| linear(listener, &requests[number]).is_some())),
            ];
            if let Some(atc) = &atc {
                engines.push(("atc", Box::new(|number| atc_find(atc, &schema, &samples[number]))));
            }
            let times = measure(&engines);
            let atc_time = times.get(4).copied().unwrap_or(f64::NAN);
            println!(
                "{} {size:>7} | {:7.1} {:7.1} | {:8.1} {:10.0} {:11.0} | {:5.2} {:8.0} {:8.0} | {:6.1} {} {:.2} {:.2}",
                shape.letter(), times[0], times[1], times[2], times[3], atc_time,
                times[0] / times[2], times[3] / times[0], atc_time / times[0],
                index.memory() as f64 / size as f64, allocations.count_total,
                index_time.as_secs_f64() * 1e3, peer_time.as_secs_f64() * 1e3,
            );
        }
    }
}
