//! The targets by name.

use std::path::Path;
use std::{env, fs, process};

use crate::seeds::{self, Seed};
use crate::{compiled, manifests, normal_forms, rebuild, redirect_rewrite, regex_limits, validation};

/// A function that takes any bytes and panics when something is wrong.
#[derive(Debug)]
pub struct Target {
    /// Its name, and that of the folder of its corpus.
    pub name: &'static str,
    run: fn(&[u8]),
    seeds: fn() -> Vec<Seed>,
}

/// All targets.
pub const TARGETS: &[Target] = &[
    Target { name: "manifests", run: manifests::run, seeds: seeds::texts },
    Target { name: "validation", run: validation::run, seeds: seeds::objects },
    Target { name: "rebuild", run: rebuild::run, seeds: seeds::changes },
    Target { name: "compiled", run: compiled::run, seeds: seeds::clusters },
    Target { name: "normal_forms", run: normal_forms::run, seeds: seeds::requests },
    Target { name: "redirect_rewrite", run: redirect_rewrite::run, seeds: seeds::rules },
    Target { name: "regex_limits", run: regex_limits::run, seeds: seeds::patterns },
];

impl Target {
    /// The target of that name.
    pub fn named(name: &str) -> &'static Self {
        TARGETS.iter().find(|target| target.name == name).expect("a target of that name")
    }

    /// Runs it once.
    pub fn run(&self, data: &[u8]) {
        (self.run)(data);
    }

    /// What its corpus begins with.
    pub fn seeds(&self) -> Vec<Seed> {
        (self.seeds)()
    }

    /// Before the first run: with `GATEWAY_FUZZ_SEEDS=FOLDER` writes its seeds there, and ends. With
    /// `GATEWAY_FUZZ_EVERY=NUMBER` it writes one in so many.
    pub fn begin(&self) {
        let Ok(folder) = env::var("GATEWAY_FUZZ_SEEDS") else { return };
        let folder = Path::new(&folder);
        fs::create_dir_all(folder).unwrap();
        let every =
            env::var("GATEWAY_FUZZ_EVERY").ok().and_then(|number| number.parse().ok()).unwrap_or(1_usize);
        for seed in self.seeds().iter().step_by(every.max(1)) {
            fs::write(folder.join(&seed.name), &seed.bytes).unwrap();
        }
        process::exit(0);
    }
}
