//! Instructions of a match, counted by valgrind's callgrind: the same on a busy machine, so that they can
//! guard against regressions where times cannot.
//!
//! The program runs itself under valgrind, once for each shape, and compares what is counted with
//! `instructions.tsv`. `GATEWAY_CORE_BENCH=baseline` writes that file instead.
#![allow(missing_docs, reason = "a benchmark")]

use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::{env, fs, path::Path};

use benches::{Bed, Sample, Shape, http_requests, parts, rules, samples};
use gateway_core::matching::RequestView;
use gateway_core::{Arrived, Router};

const RULES: usize = 1_000;
const REQUESTS: usize = 1_000;
/// Percent above the baseline that are a regression. Compilers of other versions stay within it.
const TOLERANCE: f64 = 10.0;
/// The argument with which the program counts itself.
const COUNTED: &str = "--counted";

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == COUNTED) {
        count(&arguments[at + 1], &arguments[at + 2]);
        return ExitCode::SUCCESS;
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("skipped: instructions of a match (valgrind is not installed)");
        return ExitCode::SUCCESS;
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/instructions.tsv");
    let baseline = fs::read_to_string(&file).unwrap_or_default();
    let (mut lines, mut is_slower) = (String::new(), false);
    for (shape, view) in Shape::ALL.into_iter().flat_map(|shape| ["parts", "http"].map(|view| (shape, view)))
    {
        let name = format!("{}\t{view}", shape.letter());
        let found = counted(shape.letter(), view);
        let known = baseline.lines().find_map(|line| line.strip_prefix(&name)?.trim().parse::<f64>().ok());
        let change = known.map_or(0.0, |known| (found / known - 1.0) * 100.0);
        println!("{name}\t{found:.0} instructions each, {change:+.1} %");
        lines.extend([name.as_str(), "\t", &format!("{found:.0}"), "\n"]);
        is_slower |= known.is_none() || change > TOLERANCE;
    }
    if env::var("GATEWAY_CORE_BENCH").is_ok_and(|value| value == "baseline") {
        fs::write(file, lines).expect("the baseline can be written");
    } else if is_slower {
        println!("more than {TOLERANCE} % above benches/benches/instructions.tsv, or not in it");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Instructions of a match, from a run of this program under valgrind.
fn counted(shape: &str, view: &str) -> f64 {
    let program = env::current_exe().expect("the program has a path");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*measured*"])
        .arg(program)
        .args([COUNTED, shape, view])
        .output()
        .expect("valgrind runs");
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().find_map(|line| line.split_once("Collected : "));
    let all = line.and_then(|(_, number)| number.trim().parse::<f64>().ok());
    let all = all.unwrap_or_else(|| panic!("valgrind did not count: {text}"));
    #[expect(clippy::cast_precision_loss, reason = "it is small")]
    let requests = REQUESTS as f64;
    all / requests
}

/// What is counted.
fn count(shape: &str, view: &str) {
    let shape = Shape::ALL.into_iter().find(|known| known.letter() == shape).expect("a shape");
    let bed = Bed::new(rules(shape, RULES));
    let samples = samples(&bed.rules, REQUESTS);
    if view == "http" {
        measured_http(&bed.router, bed.arrived(), &http_requests(&samples));
    } else {
        let headers: Vec<_> = samples.iter().map(Sample::header_bytes).collect();
        measured_parts(&bed.router, bed.arrived(), &parts(&samples, &headers));
    }
}

// Two functions without parameters of types: valgrind finds them by name.
#[inline(never)]
fn measured_http(router: &Router, arrived: Arrived<'_>, requests: &[http::Request<()>]) {
    each(router, arrived, requests);
}

#[inline(never)]
fn measured_parts(router: &Router, arrived: Arrived<'_>, requests: &[gateway_core::Request<'_>]) {
    each(router, arrived, requests);
}

fn each(router: &Router, arrived: Arrived<'_>, requests: &[impl RequestView]) {
    for request in requests {
        black_box(router.route(arrived, request, 0));
    }
}
