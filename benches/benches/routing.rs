//! How long a match takes, next to others in the same run.
#![allow(missing_docs, reason = "a benchmark")]

use benches::figures::Figures;
use benches::peers::{Atc, HostMatchit, Linear, atc_schema};
use benches::rounds::{Engine, measure};
use benches::{Bed, Sample, Shape, http_requests, options, parts, rules, samples};
use gateway_core::profile::Hosts;

/// Requests that are asked about in turn.
const REQUESTS: usize = 4_096;
/// atc-router takes seconds for a round above this.
const ATC_RULES: usize = 10_000;

fn main() {
    let mut figures = Figures::of("routing");
    for shape in options::shapes() {
        for size in options::sizes(shape) {
            one(shape, size, &mut figures);
        }
    }
    figures.write();
}

fn one(shape: Shape, size: usize, figures: &mut Figures) {
    let bed = Bed::new(rules(shape, size));
    let samples = samples(&bed.rules, REQUESTS);
    let headers: Vec<_> = samples.iter().map(Sample::header_bytes).collect();
    let requests = parts(&samples, &headers);
    let http = http_requests(&samples);
    let (index, arrived) = (bed.index(), bed.arrived());
    let linear = Linear::new(bed.listener());
    // All answer alike, or their times say nothing.
    for (request, http) in requests.iter().zip(&http).take(20_000_000 / size.max(5_000)) {
        let expected = linear.find(request).map(std::ptr::from_ref);
        assert_eq!(index.find(request, Hosts::FallThrough).map(std::ptr::from_ref), expected);
        assert_eq!(index.find(http, Hosts::FallThrough).map(std::ptr::from_ref), expected);
        assert_eq!(bed.router.route(arrived, request, 0).entry().map(std::ptr::from_ref), expected);
    }
    let matchit = matches!(shape, Shape::Hosts | Shape::Prefixes).then(|| HostMatchit::new(&bed.rules));
    let schema = atc_schema();
    let has_atc = shape.is_for_atc() && (size <= ATC_RULES || options::is_full());
    let atc = has_atc.then(|| Atc::new(&schema, &bed.rules));
    let samples = &samples;
    let route = || Engine::new("route", |number| bed.router.route(arrived, &requests[number], 0));
    let mut fast =
        vec![route(), Engine::new("index", |number| index.find(&requests[number], Hosts::FallThrough))];
    if let Some(matchit) = &matchit {
        fast.push(Engine::new("matchit", |number| matchit.find(&samples[number])));
    }
    let times = measure(&mut fast, REQUESTS);
    // A run of their own: they read the same tables.
    let http = Engine::new("http::Request", |number| bed.router.route(arrived, &http[number], 0));
    let of_http = measure(&mut [route(), http], REQUESTS);
    let mut add = |what: &str, who: &str, value| figures.add(what, who, shape.letter(), size, value);
    for (number, engine) in fast.iter().enumerate() {
        add("ns", engine.name, times.median(number));
    }
    add("ns", "http::Request", of_http.median(1));
    add("ratio", "http::Request/route", of_http.ratio(1, 0));
    if matchit.is_some() {
        add("ratio", "route/matchit", times.ratio(0, 2));
        add("ratio", "index/matchit", times.ratio(1, 2));
    }
    // Apart from the fast ones: they would take the caches from them.
    let mut slow = vec![Engine::new("linear scan", |number| linear.find(&requests[number]))];
    if let Some(mut atc) = atc {
        slow.push(Engine::new("atc-router", move |number| atc.takes(&samples[number])));
    }
    let slow_times = measure(&mut slow, REQUESTS);
    for (number, engine) in slow.iter().enumerate() {
        let time = slow_times.median(number);
        add("ns", engine.name, time);
        add("ratio", &format!("{}/route", engine.name), time / times.median(0));
    }
}
