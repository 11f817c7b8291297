//! Bytes of an index and of everything that is built, for each rule, and allocations of a match. Every
//! allocation of this program is counted.
#![allow(missing_docs, reason = "a benchmark")]

use std::hint::black_box;

use allocation_counter::{AllocationInfo, measure};
use benches::figures::Figures;
use benches::peers::HostMatchit;
use benches::{Bed, Sample, Shape, http_requests, options, parts, rules, samples, snapshot};
use gateway_core::{Profile, Router};

fn main() {
    let mut figures = Figures::of("memory");
    for shape in options::shapes() {
        for size in options::sizes(shape).into_iter().filter(|size| *size >= 1_000) {
            one(shape, size, &mut figures);
        }
    }
    figures.write();
}

/// What a call makes, and what it allocated.
fn counted<T>(make: impl FnOnce() -> T) -> (T, AllocationInfo) {
    let mut product = None;
    let info = measure(|| product = Some(make()));
    (product.expect("it was made"), info)
}

#[expect(clippy::cast_precision_loss, reason = "memory is small")]
fn one(shape: Shape, size: usize, figures: &mut Figures) {
    let mut each = |who: &str, info: &AllocationInfo| {
        let bytes = info.bytes_current as f64 / size as f64;
        figures.add("bytes per rule", who, shape.letter(), size, bytes);
    };
    let specs = rules(shape, size);
    let (objects, of_objects) = counted(|| snapshot(&specs));
    each("objects", &of_objects);
    let (router, of_router) = counted(|| Router::build(&objects, &Profile::default()));
    each("snapshot", &of_router);
    let bed = Bed { rules: specs, router: router.expect("within the limits") };
    each("index", &counted(|| bed.index()).1);
    if matches!(shape, Shape::Hosts | Shape::Prefixes) {
        each("matchit", &counted(|| HostMatchit::new(&bed.rules)).1);
    }
    let samples = samples(&bed.rules, 4_096);
    let headers: Vec<_> = samples.iter().map(Sample::header_bytes).collect();
    let (requests, http, arrived) = (parts(&samples, &headers), http_requests(&samples), bed.arrived());
    let matches = measure(|| {
        for (request, http) in requests.iter().zip(&http) {
            black_box(bed.router.route(arrived, request, 0));
            black_box(bed.router.route(arrived, http, 0));
        }
    });
    let each_match = matches.count_total as f64 / (2 * samples.len()) as f64;
    figures.add("allocations per match", "route", shape.letter(), size, each_match);
}
