//! The time of a match by criterion, with its statistics: for a comparison of two states of the code on
//! one machine (`cargo bench -p benches --bench statistics -- --save-baseline NAME`, then `--baseline`).
#![allow(missing_docs, reason = "a benchmark")]

use std::time::Duration;

use benches::{Bed, Sample, http_requests, options, parts, rules, samples};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const RULES: usize = 10_000;
const REQUESTS: usize = 4_096;

fn matches(criterion: &mut Criterion) {
    for shape in options::shapes() {
        let bed = Bed::new(rules(shape, RULES));
        let samples = samples(&bed.rules, REQUESTS);
        let headers: Vec<_> = samples.iter().map(Sample::header_bytes).collect();
        let (requests, http, arrived) = (parts(&samples, &headers), http_requests(&samples), bed.arrived());
        let mut group = criterion.benchmark_group(format!("match-{}-{RULES}", shape.letter()));
        group.throughput(Throughput::Elements(REQUESTS as u64));
        group.bench_function("parts", |bencher| {
            bencher.iter(|| {
                for request in &requests {
                    std::hint::black_box(bed.router.route(arrived, request, 0));
                }
            });
        });
        group.bench_function("http", |bencher| {
            bencher.iter(|| {
                for request in &http {
                    std::hint::black_box(bed.router.route(arrived, request, 0));
                }
            });
        });
        group.finish();
    }
}

criterion_group! {
    name = statistics;
    config = Criterion::default()
        .sample_size(30)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = matches
}
criterion_main!(statistics);
