//! Our validator against the official CRDs: the same verdict, the same words, the same stored object.
//!
//! The CRDs lie beside the workspace (`GATEWAY_CORE_SHARED`, or `../shared`), not in it; without them the
//! test says that it skips. `README.md` tells how it works.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

/// Prints past the test harness, which shows what a test prints only when it fails.
macro_rules! say {
    ($($words:tt)*) => { std::io::Write::write_fmt(&mut std::io::stdout(), format_args!("{}\n", format_args!($($words)*))).unwrap() };
}

mod cases;
mod cel;
mod compare;
mod crd;
mod evaluator;
mod formats;
mod generate;
mod lists;
mod problem;
mod run;
mod schema;
mod seeds;
mod shared;
mod stored;
mod structure;
mod tally;
