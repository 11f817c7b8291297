//! The run over all kinds.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::crd::{self, Crd};
use crate::evaluator::evaluate;
use crate::generate::Objects;
use crate::tally::{self, Tally};
use crate::{seeds, shared};

/// Objects of each kind, at least.
const CASES: usize = 20_000;
/// Objects of one job.
const CHUNK: usize = 500;

/// `GATEWAY_CORE_ADMISSION_CASES`, for a longer run.
fn cases() -> usize {
    std::env::var("GATEWAY_CORE_ADMISSION_CASES").map_or(CASES, |cases| cases.parse().unwrap())
}

fn runner(crd: usize, chunk: usize) -> TestRunner {
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&(crd as u64).to_le_bytes());
    seed[8..16].copy_from_slice(&(chunk as u64).to_le_bytes());
    let config = Config { failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
}

#[test]
fn generated() {
    let Some(shared) = shared::folder() else { return };
    let started = Instant::now();
    let crds = crd::load(&shared);
    let seeds = seeds::all(&shared);
    let of_kind = |crd: &Crd| seeds.iter().filter(|seed| seed["kind"] == *crd.kind).cloned().collect();
    let objects: Vec<Objects<'_>> = crds.iter().map(|crd| Objects::new(crd, of_kind(crd))).collect();
    let mut jobs = Vec::new();
    for (index, crd) in crds.iter().enumerate() {
        let versions = crds.iter().filter(|other| other.kind == crd.kind).count();
        let chunks = cases().div_ceil(versions).div_ceil(CHUNK);
        jobs.extend((0..chunks).map(|chunk| (index, chunk)));
    }
    println!("prepared in {:?}", started.elapsed());
    let tallies: Vec<Mutex<Tally>> = crds.iter().map(|_| Mutex::default()).collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some((index, chunk)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let mut tally = Tally::default();
                    let mut runner = runner(*index, *chunk);
                    for _ in 0..CHUNK {
                        let object = objects[*index].new_tree(&mut runner).unwrap().current();
                        let verdict = evaluate(&crds[*index], &object, None, &mut tally.fired);
                        tally.compared += 1;
                        tally.valid += usize::from(verdict.problems.is_empty());
                    }
                    tallies[*index].lock().unwrap().add(tally);
                }
            });
        }
    });
    let tallies: Vec<Tally> = tallies.into_iter().map(|tally| tally.into_inner().unwrap()).collect();
    tally::tell(&crds, &tallies);
    for (crd, tally) in crds.iter().zip(&tallies) {
        for silent in tally::silent(crd, tally) {
            println!("{silent}");
        }
    }
    println!("{:?}", started.elapsed());
}
