//! Our validator against the official CRDs: the same verdict, the same words, the same stored object.
//!
//! The CRDs lie beside the workspace (`GATEWAY_CORE_SHARED`, or `../shared`), not in it; without them the
//! test says that it skips. `README.md` tells how it works.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod cases;
mod cel;
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
