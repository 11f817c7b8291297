//! The law of `Router::rebuild`: after any changes of any objects, in batches, the rebuilt router has the
//! statuses, the decisions and the explanations of one that is built from the objects as they are; and
//! `status_changes_since` names exactly what differs.
//!
//! `GATEWAY_REBUILD_CHANGES` says how many changes are made (default 6,000), `GATEWAY_REBUILD_SEED` where
//! to begin.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

#[path = "rebuild/answers.rs"]
mod answers;
mod ask;
#[path = "rebuild/laws.rs"]
mod laws;
#[path = "rebuild/universe.rs"]
mod universe;

use std::collections::BTreeMap;

use gateway_core::{Change, Profile, Router, Snapshot};
use gateway_oracle::generate::{Cluster, connection, exchange, sampler};
use laws::{same_explanations, same_statuses};
use proptest::prelude::*;
use universe::{Step, Universe};

/// Changes of one cluster.
const CHANGES: u64 = 60;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn rebuilt_as_built() {
    let (changes, seed) = (number("GATEWAY_REBUILD_CHANGES", 6_000), number("GATEWAY_REBUILD_SEED", 1));
    let mut sampler = sampler(seed);
    let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
    let mut answers = BTreeMap::new();
    for round in 0..changes.div_ceil(CHANGES) {
        let universe = Universe::draw(&mut sampler);
        let profile = universe::profile(round);
        let mut snapshot: Snapshot = universe.first().into_iter().collect();
        let mut router = Router::build(&snapshot, &profile).unwrap();
        let mut history = Vec::new();
        let mut left = CHANGES;
        while left > 0 {
            let batch = sampler.draw(&prop_oneof![4 => Just(1_u64), 3 => 2_u64..5, 1 => 5_u64..20]).unwrap();
            let batch: Vec<_> =
                (0..batch.min(left)).map(|_| universe.step(&mut sampler, &snapshot)).collect();
            left -= batch.len() as u64;
            let mut made: Vec<Change> = Vec::new();
            for step in batch {
                let change = apply(&mut snapshot, step);
                if let Some(change) = &change {
                    *kinds.entry(format!("{} {:?}", change.key.kind.kind(), change.kind)).or_default() += 1;
                }
                made.extend(change);
            }
            history.push(made.iter().map(|change| change.key.clone()).collect::<Vec<_>>());
            let rebuilt = router.rebuild(&snapshot, &made).unwrap();
            let built = Router::build(&snapshot, &profile).unwrap();
            let context = || format!("seed {seed} round {round}, changes {history:#?}");
            same_statuses(&rebuilt, &built, &router, &context);
            if history.len() % 4 == 0 || left == 0 {
                let cluster = Cluster(snapshot.keys().filter_map(|key| snapshot.get(&key)).collect());
                let (requests, dials) = (exchange(&cluster), connection(&cluster));
                for _ in 0..8 {
                    let exchange = sampler.draw(&requests).unwrap();
                    let (one, other) =
                        (answers::request(&rebuilt, &exchange), answers::request(&built, &exchange));
                    assert_eq!(one, other, "{exchange:?} {}", context());
                    let word = one["decision"]["decision"].as_str().unwrap_or("nobody").to_owned();
                    *answers.entry(word).or_insert(0_u64) += 1;
                    let dial = sampler.draw(&dials).unwrap();
                    let (one, other) =
                        (answers::connection(&rebuilt, &dial), answers::connection(&built, &dial));
                    assert_eq!(one, other, "{dial:?} {}", context());
                }
                same_explanations(&rebuilt, &built, &snapshot, &context);
            }
            router = rebuilt;
        }
    }
    println!("what changed: {kinds:#?}\nwhat was answered: {answers:#?}");
    assert!(kinds.len() >= 3 * 18, "every kind is added, replaced and removed: {kinds:#?}");
    assert!(answers.contains_key("forward") && answers.contains_key("redirect"), "{answers:#?}");
}

fn apply(snapshot: &mut Snapshot, step: Step) -> Option<Change> {
    match step {
        Step::Upsert(object) => Some(snapshot.upsert(*object)),
        Step::Remove(key) => snapshot.remove(&key),
    }
}

/// Two routers that were rebuilt from one: each is right, and so is what they say of each other.
#[test]
fn siblings() {
    let mut sampler = sampler(number("GATEWAY_REBUILD_SEED", 1) + 1_000_000);
    for round in 0..number("GATEWAY_REBUILD_CHANGES", 6_000) / 200 {
        let universe = Universe::draw(&mut sampler);
        let profile = Profile::spec(universe::CONTROLLER);
        let snapshot: Snapshot = universe.first().into_iter().collect();
        let parent = Router::build(&snapshot, &profile).unwrap();
        let mut children = Vec::new();
        for _ in 0..2 {
            let mut snapshot = snapshot.clone();
            let steps: Vec<_> = (0..4).map(|_| universe.step(&mut sampler, &snapshot)).collect();
            let made: Vec<_> = steps.into_iter().filter_map(|step| apply(&mut snapshot, step)).collect();
            let child = parent.rebuild(&snapshot, &made).unwrap();
            children.push((child, Router::build(&snapshot, &profile).unwrap()));
        }
        let context = || format!("round {round}");
        same_statuses(&children[0].0, &children[0].1, &children[1].0, &context);
        same_statuses(&children[1].0, &children[1].1, &children[0].0, &context);
        assert_eq!(parent.statuses(), Router::build(&snapshot, &profile).unwrap().statuses());
    }
}
