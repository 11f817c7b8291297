//! What the benchmarks share: configurations and requests of six shapes and any size, the peers, how
//! calls are timed, and how figures are kept and reported.
//!
//! Each target in `benches/` answers one question and leaves its figures in a file; `src/bin/report.rs`
//! makes the table, the plots and the page of them.

pub mod figures;
mod objects;
pub mod options;
pub mod peers;
pub mod report;
mod requests;
pub mod rounds;
mod shape;

pub use objects::{Bed, route, routes, snapshot};
pub use requests::{Sample, http_requests, parts, samples};
pub use shape::{Random, RuleSpec, Shape, rules};
