//! The comparison over all kinds.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value as Json;

use crate::cel::Fired;
use crate::compare::{Difference, Ours};
use crate::crd::{self, Crd};
use crate::generate::{ObjectTree, Objects};
use crate::tally::{self, Tally};
use crate::{cases, seeds, shared};

/// Objects of each kind, at least.
const CASES: usize = 20_000;
/// Objects of each version for every rule it has, at least, so that all are broken in some.
const CASES_FOR_A_RULE: usize = 100;
/// Objects of one job.
const CHUNK: usize = 500;
/// Differences of different kinds that are looked into.
const MOST_DIFFERENCES: usize = 40;

/// The rules that no object can break, with the reason.
const UNBREAKABLE: [(&str, &str, &str); 1] = [(
    "HTTPRoute",
    "type must be one of ['Exact', 'PathPrefix', 'RegularExpression']",
    "another type is no member of the enum, which blocks the rules (VAL-HM-10)",
)];

/// `GATEWAY_CORE_ADMISSION_CASES`, for a longer run.
fn cases() -> usize {
    std::env::var("GATEWAY_CORE_ADMISSION_CASES").map_or(CASES, |cases| cases.parse().unwrap())
}

/// The same chance every time.
fn runner(crd: usize, chunk: usize) -> TestRunner {
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&(crd as u64).to_le_bytes());
    seed[8..16].copy_from_slice(&(chunk as u64).to_le_bytes());
    let config = Config { failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
}

/// The differences found, one of each kind, by what they are.
#[derive(Debug, Default)]
struct Found(Mutex<BTreeMap<String, String>>);

impl Found {
    /// Takes a difference in, when there was none like it, with the smallest object that shows it.
    fn add(&self, difference: &Difference, smallest: impl FnOnce(&str) -> String) {
        let signature = difference.signature();
        let is_new = {
            let mut found = self.0.lock().unwrap();
            let is_new = found.len() < MOST_DIFFERENCES && !found.contains_key(&signature);
            if is_new {
                found.insert(signature.clone(), String::new());
            }
            is_new
        };
        if is_new {
            let report = smallest(&signature);
            self.0.lock().unwrap().insert(signature, report);
        }
    }

    /// Fails with all of them.
    fn conclude(self) {
        let found = self.0.into_inner().unwrap();
        let reports: Vec<&str> = found.values().map(String::as_str).collect();
        assert!(reports.is_empty(), "{} differences:\n{}", reports.len(), reports.join("\n"));
    }
}

/// Objects that others wrote, as they are.
fn compare_as_they_are(what: &str, objects: &[(Json, Option<Json>, &str)]) {
    let Some(shared) = shared::folder() else { return };
    let (crds, ours, found) = (crd::load(&shared), Ours::new(), Found::default());
    let mut compared = 0;
    for (object, old, channel) in objects {
        let fit = |crd: &&Crd| crd.is_of(object) && (*channel == "any" || *channel == crd.channel);
        for crd in crds.iter().filter(fit) {
            compared += 1;
            if let Err(difference) = ours.compare(crd, object, old.as_ref(), &mut Fired::default()) {
                found.add(&difference, |_| difference.report(crd, object, old.as_ref()));
            }
        }
    }
    say!("admission: {what}: compared {compared}");
    assert!(compared >= objects.len() / 2, "{compared} of {} were compared", objects.len());
    found.conclude();
}

#[test]
fn the_official_cases_agree() {
    let Some(shared) = shared::folder() else { return };
    let objects: Vec<_> = cases::load(&shared)
        .into_iter()
        .map(|case| {
            let channel = if case["channel"] == "any" {
                "any"
            } else if case["channel"] == "standard" {
                "standard"
            } else {
                "experimental"
            };
            (case["object"].clone(), case.get("oldObject").cloned(), channel)
        })
        .collect();
    assert!(objects.len() >= 153, "{}", objects.len());
    compare_as_they_are("official cases", &objects);
}

#[test]
fn the_official_manifests_agree() {
    let Some(shared) = shared::folder() else { return };
    let of_gateway_api =
        |object: &Json| object["apiVersion"].as_str().is_some_and(|it| it.contains("gateway."));
    let objects: Vec<_> =
        seeds::all(&shared).into_iter().filter(of_gateway_api).map(|object| (object, None, "any")).collect();
    assert!(objects.len() >= 300, "{}", objects.len());
    compare_as_they_are("manifests", &objects);
}

/// Compares an object and tells a difference with the smallest object that shows it.
fn compare(
    crd: &Crd,
    ours: &Ours,
    tree: &mut ObjectTree,
    old: Option<&Json>,
    found: &Found,
    tally: &mut Tally,
) {
    tally.compared += 1;
    match ours.compare(crd, &tree.current(), old, &mut tally.fired) {
        Ok(agreement) => {
            tally.valid += usize::from(agreement.is_valid);
            tally.departures += agreement.departures;
        }
        Err(difference) => found.add(&difference, |signature| {
            let again = |object: &Json| ours.compare(crd, object, old, &mut Fired::default());
            let shows = |object: &Json| again(object).is_err_and(|other| other.signature() == signature);
            let mut is_smaller = tree.simplify();
            while is_smaller {
                is_smaller = if shows(&tree.current()) {
                    tree.simplify()
                } else {
                    tree.complicate() && tree.simplify()
                };
            }
            let smallest = tree.current();
            again(&smallest)
                .map_or_else(|it| it.report(crd, &smallest, old), |_| difference.report(crd, &smallest, old))
        }),
    }
}

#[test]
fn generated_objects_agree() {
    let Some(shared) = shared::folder() else { return };
    let started = Instant::now();
    let crds = crd::load(&shared);
    let seeds = seeds::all(&shared);
    let of_kind = |crd: &Crd| seeds.iter().filter(|seed| seed["kind"] == *crd.kind).cloned().collect();
    let objects: Vec<Objects<'_>> = crds.iter().map(|crd| Objects::new(crd, of_kind(crd))).collect();
    let mut jobs = Vec::new();
    for (index, crd) in crds.iter().enumerate() {
        let versions = crds.iter().filter(|other| other.kind == crd.kind).count();
        let share = cases() * CASES_FOR_A_RULE / CASES * crd.rules.len();
        let chunks = cases().div_ceil(versions).max(share).div_ceil(CHUNK);
        jobs.extend((0..chunks).map(|chunk| (index, chunk)));
    }
    let (ours, found) = (Ours::new(), Found::default());
    // What few generated objects break is broken by an object of a case; differences there are another test's.
    let of_seeds = |crd: &Crd| {
        let mut tally = Tally::default();
        for seed in seeds.iter().filter(|seed| crd.is_of(seed)) {
            let _ = ours.compare(crd, seed, None, &mut tally.fired);
        }
        Mutex::new(tally)
    };
    let tallies: Vec<Mutex<Tally>> = crds.iter().map(of_seeds).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some((index, chunk)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (crd, objects) = (&crds[*index], &objects[*index]);
            let has_transitions = crd.rules.iter().any(|rule| rule.text.contains("oldSelf"));
            let mut tally = Tally::default();
            let mut runner = runner(*index, *chunk);
            let mut old: Option<Json> = None;
            for _ in 0..CHUNK {
                let mut tree = objects.new_tree(&mut runner).unwrap();
                // Where a rule is about changes, every other object replaces the one before it.
                let before = old.take();
                if before.is_none() && has_transitions {
                    old = Some(tree.current());
                }
                compare(crd, &ours, &mut tree, before.as_ref(), &found, &mut tally);
            }
            tallies[*index].lock().unwrap().add(&tally);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(work);
        }
    });
    let tallies: Vec<Tally> = tallies.into_iter().map(|tally| tally.into_inner().unwrap()).collect();
    tally::tell(&crds, &tallies);
    say!("admission: generated objects: {:?}", started.elapsed());
    found.conclude();
    // What is left out on purpose goes from the list when it is needed no more.
    assert!(tallies.iter().any(|tally| tally.departures > 0), "there is nothing to leave out on purpose");
    silent_rules_are_known(&crds, &tallies);
}

/// Every rule must have held and failed, or be one that cannot.
fn silent_rules_are_known(crds: &[Crd], tallies: &[Tally]) {
    let mut unknown = Vec::new();
    for (crd, tally) in crds.iter().zip(tallies) {
        for silent in tally::silent(crd, tally) {
            match UNBREAKABLE.iter().find(|(kind, message, _)| crd.kind == *kind && silent.contains(message))
            {
                Some((.., reason)) => say!("admission: never broken: {silent}: {reason}"),
                None => unknown.push(silent),
            }
        }
    }
    // A short run need not reach all of them.
    if cases() >= CASES {
        assert!(unknown.is_empty(), "rules that did not both hold and fail:\n{}", unknown.join("\n"));
    }
}
