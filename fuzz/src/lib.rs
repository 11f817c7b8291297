//! The fuzz targets, as functions of bytes: the same code runs under libFuzzer and in a plain test.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "a finding is a panic")]

mod compiled;
mod manifests;
mod normal_forms;
mod rebuild;
mod redirect_rewrite;
mod regex_limits;
pub mod seeds;
mod target;
pub mod tree;
mod validation;
mod world;

pub use target::{TARGETS, Target};

// What the property tests compare with is compared with here.
#[allow(dead_code, reason = "not all of it is used here")]
#[path = "../../gateway-oracle/tests/rebuild/answers.rs"]
mod answers;
#[path = "../../gateway-oracle/tests/ask/mod.rs"]
mod ask;
#[allow(dead_code, reason = "not all of it is used here")]
#[path = "../../gateway-oracle/tests/engine/compare.rs"]
mod compare;
#[path = "../../gateway-core/tests/compile_law/definition.rs"]
mod definition;
#[allow(dead_code, reason = "not all of it is used here")]
#[path = "../../gateway-oracle/tests/engine/engine.rs"]
mod engine;
#[path = "../../gateway-oracle/tests/rebuild/laws.rs"]
mod laws;
#[path = "../../gateway-manifest/tests/places/mod.rs"]
mod places;
#[allow(dead_code, reason = "not all of it is used here")]
#[path = "../../gateway-oracle/tests/engine/smaller.rs"]
mod smaller;
#[path = "../../gateway-oracle/tests/engine/statuses.rs"]
mod statuses;

/// The controller of generated clusters.
const CONTROLLER: &str = "example.com/ctl";
