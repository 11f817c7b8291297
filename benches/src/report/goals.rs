//! What the figures should be.

use super::Known;

/// One goal.
#[derive(Debug)]
pub(super) struct Goal {
    /// What is compared with the limit.
    pub(super) what: String,
    /// The limit.
    pub(super) limit: f64,
    /// Whether the figure should be at most the limit; else at least.
    pub(super) at_most: bool,
    /// The figure; none where the run has none.
    pub(super) figure: Option<f64>,
}

impl Goal {
    /// Whether it is reached.
    pub(super) fn is_reached(&self) -> Option<bool> {
        self.figure.map(|figure| if self.at_most { figure <= self.limit } else { figure >= self.limit })
    }
}

/// All of them.
pub(super) fn goals(known: &Known) -> Vec<Goal> {
    let mut goals = Vec::new();
    let mut at_most = |what: String, limit, figure| goals.push(Goal { what, limit, at_most: true, figure });
    for shape in ["a", "b"] {
        for (size, limit) in [(10, 1.0), (1_000, 0.6), (10_000, 0.6), (100_000, 0.6)] {
            at_most(
                format!("time next to matchit, {shape}, {size} rules"),
                limit,
                known.get("ratio", "route/matchit", shape, size),
            );
        }
    }
    let times = |shape, size| known.get("ns", "route", shape, size);
    let quotient = |one: Option<f64>, other: Option<f64>| Some(one? / other?);
    for (shape, limit) in [("a", 2.5), ("b", 2.5), ("e", 3.5)] {
        let growth = quotient(times(shape, 100_000), times(shape, 10));
        at_most(format!("growth from 10 to 100,000 rules, {shape}"), limit, growth);
    }
    for (shape, limit) in [("c", 5.0), ("d", 2.5)] {
        let figure = quotient(times(shape, 10_000), times("b", 10_000));
        at_most(format!("time of {shape} next to b, 10,000 rules"), limit, figure);
    }
    at_most(
        "http::Request next to the parts, worst of all".into(),
        2.2,
        worst(known.all("ratio", "http::Request/route").map(|(_, _, value)| value)),
    );
    for attack in [
        "8 KiB of slashes",
        "8 KiB in one element",
        "8 KiB below a rule's path",
        "near miss",
        "8 KiB of host",
    ] {
        let who = format!("{attack}/normal");
        let of_prefixes = known.all("ratio", &who).filter(|(shape, _, _)| *shape != "d");
        let figure = worst(of_prefixes.map(|(_, _, value)| value));
        at_most(format!("{attack} next to a normal request, worst without expressions"), 3.0, figure);
        at_most(
            format!("{attack} next to a normal request, expressions"),
            3.0,
            worst(known.all("ratio", &who).filter(|(shape, _, _)| *shape == "d").map(|(_, _, value)| value)),
        );
    }
    at_most(
        "allocations of a match, worst of all".into(),
        0.0,
        worst(known.all("allocations per match", "route").map(|(_, _, value)| value)),
    );
    for (shape, limit) in [("a", 64.0), ("b", 64.0), ("e", 64.0), ("c", 200.0), ("d", 6_144.0)] {
        let figure = known.get("bytes per rule", "index", shape, 100_000);
        at_most(format!("bytes of the index for a rule, {shape}, 100,000 rules"), limit, figure);
    }
    for shape in ["a", "b", "c", "d", "e", "r"] {
        let figure = known.get("bytes per rule", "snapshot", shape, 100_000);
        at_most(format!("bytes of everything built for a rule, {shape}, 100,000 rules"), 1_536.0, figure);
    }
    for shape in ["a", "b"] {
        for (part, limit) in [("index build", 1.0), ("whole build", 6.0)] {
            let figure = known.get("ratio", &format!("{part}/matchit"), shape, 100_000);
            at_most(format!("{part} next to matchit's, {shape}, 100,000 rules"), limit, figure);
        }
    }
    let mut at_least = |what: String, limit, figure| goals.push(Goal { what, limit, at_most: false, figure });
    for (peer, limit, shapes) in
        [("linear scan", 300.0, &["b", "c", "d"][..]), ("atc-router", 1_000.0, &["a", "b", "c", "d"])]
    {
        for shape in shapes {
            let figure = known.get("ratio", &format!("{peer}/route"), shape, 10_000);
            at_least(format!("{peer} next to us, {shape}, 10,000 rules"), limit, figure);
        }
    }
    let change = known.get("ratio", "full build/one change", "routes", 100_000);
    at_least("full build next to one change, 100,000 Routes".into(), 1_000.0, change);
    goals
}

fn worst(values: impl Iterator<Item = f64>) -> Option<f64> {
    values.reduce(f64::max)
}
