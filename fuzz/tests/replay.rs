//! Every seed and every finding of the past, once through its target: on any toolchain, without libFuzzer.
//!
//! `GATEWAY_FUZZ_FILE=FILE` with the name of a target as the filter runs that one input instead.

use std::fs;
use std::path::Path;

use gateway_core_fuzz::{TARGETS, Target};

fn replay(name: &str) {
    let target = Target::named(name);
    if let Ok(file) = std::env::var("GATEWAY_FUZZ_FILE") {
        target.run(&fs::read(file).unwrap());
        return;
    }
    let seeds = target.seeds();
    assert!(seeds.len() >= 20, "{} seeds of {name}", seeds.len());
    for seed in &seeds {
        target.run(&seed.bytes);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regressions").join(name);
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut found = 0;
    for entry in entries {
        target.run(&fs::read(entry.unwrap().path()).unwrap());
        found += 1;
    }
    println!("{name}: {} seeds, {found} findings of the past", seeds.len());
}

macro_rules! replays {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            replay(stringify!($name));
        })*

        #[test]
        fn all_are_replayed() {
            let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(names, [$(stringify!($name)),*]);
        }
    };
}

replays! { manifests validation rebuild compiled normal_forms redirect_rewrite regex_limits }
