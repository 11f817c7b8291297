//! What one changed Route costs among many: the new router and the statuses that differ, next to a full
//! build. Its host has ten rules.
#![allow(missing_docs, reason = "a benchmark")]

use std::time::Instant;

use benches::figures::Figures;
use benches::rounds::{median, time};
use benches::{Shape, options, route, routes, rules, snapshot};
use gateway_core::{Profile, Router};

const RULES_OF_ROUTE: usize = 10;
const CHANGES: usize = 101;

fn main() {
    let mut figures = Figures::of("changes");
    let sizes = options::sizes(Shape::Wildcards);
    for size in sizes.into_iter().filter(|size| *size >= 1_000) {
        one(size, &mut figures);
    }
    figures.write();
}

#[expect(clippy::cast_precision_loss, reason = "times are short")]
fn one(number: usize, figures: &mut Figures) {
    let (specs, profile) = (rules(Shape::Hosts, number * RULES_OF_ROUTE), Profile::default());
    let mut objects = snapshot(&specs);
    let parts = routes(&specs);
    let build = || {
        let router = Router::build(&objects, &profile).expect("within the limits");
        let statuses = router.statuses();
        (router, statuses)
    };
    let full = time(3, build);
    let (mut router, _) = build();
    let (mut rebuilds, mut deltas, mut drops) = (Vec::new(), Vec::new(), Vec::new());
    for change in 0..CHANGES {
        let number = change * 37 % parts.len();
        let (host, specs) = &parts[number];
        // One rule less than there was.
        let change = objects.upsert(route(number, host, &specs[1..]));
        let nanoseconds = |start: Instant| start.elapsed().as_nanos() as f64;
        let start = Instant::now();
        let new = router.rebuild(&objects, &[change]).expect("within the limits");
        rebuilds.push(nanoseconds(start));
        let start = Instant::now();
        let delta = new.status_changes_since(&router);
        deltas.push(nanoseconds(start));
        assert!(delta.changed.len() <= 2, "{} statuses", delta.changed.len());
        let start = Instant::now();
        router = new;
        drops.push(nanoseconds(start));
    }
    let [rebuild, delta, dropped] = [rebuilds, deltas, drops].map(median);
    let mut add = |what: &str, who: &str, value| figures.add(what, who, "routes", number, value);
    add("µs", "one change: router", rebuild / 1e3);
    add("µs", "one change: statuses", delta / 1e3);
    add("µs", "old router dropped", dropped / 1e3);
    add("ms", "full build", full / 1e6);
    add("ratio", "full build/one change", full / (rebuild + delta));
}
