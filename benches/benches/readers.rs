//! Readers in one and two threads, with and without a writer that applies one change after the other.
#![allow(missing_docs, reason = "a benchmark")]

use std::hint::black_box;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use benches::figures::Figures;
use benches::rounds::median;
use benches::{Bed, Sample, Shape, parts, route, routes, rules, samples, snapshot};
use gateway_core::{Arrival, Request, Router};

const RULES: usize = 10_000;
/// Requests of a connection: how often a reader asks for the newest router.
const REQUESTS_OF_CONNECTION: usize = 64;
const TIME: Duration = Duration::from_secs(1);

fn main() {
    let mut figures = Figures::of("readers");
    let specs = rules(Shape::Realistic, RULES);
    let samples = samples(&specs, 4_096);
    let headers: Vec<_> = samples.iter().map(Sample::header_bytes).collect();
    let requests = parts(&samples, &headers);
    for readers in [1, 2] {
        for has_writer in [false, true] {
            let current = RwLock::new(Arc::new(Bed::new(specs.clone()).router));
            let (is_over, changes) = (AtomicBool::new(false), AtomicUsize::new(0));
            let times = thread::scope(|scope| {
                let read = || read(&current, &requests, &is_over);
                let readers: Vec<_> = (0..readers).map(|_| scope.spawn(read)).collect();
                if has_writer {
                    scope.spawn(|| write(&current, &specs, &is_over, &changes));
                }
                thread::sleep(TIME);
                is_over.store(true, Ordering::Relaxed);
                readers.into_iter().flat_map(|reader| reader.join().expect("it reads")).collect()
            });
            let who = if has_writer { "with a writer" } else { "alone" };
            figures.add("ns", &format!("readers {who}"), "readers", readers, median(times));
            if has_writer {
                let changes = u32::try_from(changes.into_inner()).unwrap_or(u32::MAX);
                let each = f64::from(changes) / TIME.as_secs_f64();
                figures.add("changes per second", "writer", "readers", readers, each);
            }
        }
    }
    figures.write();
}

/// Nanoseconds of a match, for each connection.
#[expect(clippy::cast_precision_loss, reason = "times are short")]
fn read(current: &RwLock<Arc<Router>>, requests: &[Request<'_>], is_over: &AtomicBool) -> Vec<f64> {
    let mut times = Vec::new();
    for requests in requests.chunks(REQUESTS_OF_CONNECTION).cycle() {
        if is_over.load(Ordering::Relaxed) {
            break;
        }
        let router = Arc::clone(&current.read().expect("no writer panics"));
        let arrived = router.arrive(&*router.tables()[0], &Arrival { port: 80, ..Arrival::default() });
        let start = Instant::now();
        for request in requests {
            black_box(router.route(arrived, request, 0));
        }
        times.push(start.elapsed().as_nanos() as f64 / requests.len() as f64);
    }
    times
}

fn write(
    current: &RwLock<Arc<Router>>,
    specs: &[benches::RuleSpec],
    is_over: &AtomicBool,
    changes: &AtomicUsize,
) {
    let (mut objects, routes) = (snapshot(specs), routes(specs));
    while !is_over.load(Ordering::Relaxed) {
        let change = changes.fetch_add(1, Ordering::Relaxed);
        let number = change % routes.len();
        let (host, rules) = &routes[number];
        let rules = &rules[..rules.len() - change / routes.len() % rules.len()];
        let change = objects.upsert(route(number, host, rules));
        let old = Arc::clone(&current.read().expect("no writer panics"));
        let new = Arc::new(old.rebuild(&objects, &[change]).expect("within the limits"));
        *current.write().expect("no writer panics") = new;
    }
}
