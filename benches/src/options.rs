//! What a run may be told in the environment.

use crate::shape::Shape;

/// Whether everything is measured: a million rules, and slow peers at every size.
pub fn is_full() -> bool {
    std::env::var("GATEWAY_CORE_BENCH").is_ok_and(|value| value == "full")
}

/// The numbers of rules for a shape: `GATEWAY_CORE_BENCH_SIZES=10,1000` instead of the default.
pub fn sizes(shape: Shape) -> Vec<usize> {
    if let Ok(sizes) = std::env::var("GATEWAY_CORE_BENCH_SIZES") {
        return sizes.split(',').filter_map(|size| size.trim().parse().ok()).collect();
    }
    let mut sizes = vec![10, 1_000, 10_000, 100_000];
    if is_full() && matches!(shape, Shape::Hosts | Shape::Prefixes) {
        sizes.push(1_000_000);
    }
    sizes
}

/// The shapes: `GATEWAY_CORE_BENCH_SHAPES=ab` instead of all.
pub fn shapes() -> Vec<Shape> {
    let letters = std::env::var("GATEWAY_CORE_BENCH_SHAPES").unwrap_or_else(|_| "abcder".into());
    Shape::ALL.into_iter().filter(|shape| letters.contains(shape.letter())).collect()
}
