//! Shares of backends and mirrors: exact over a full period of draws, within three standard deviations
//! for random ones, and the same on every platform (FILT-100, FILT-101, FILT-103, FILT-105, FILT-061, FILT-062).
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod manifest;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gateway_core::act::DecisionReport;
use gateway_core::{Arrival, Profile, Request, Router};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

const GATEWAY: &str = "
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: example}
spec: {controllerName: example.com/ctl}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop}
spec: {gatewayClassName: example, listeners: [{name: http, port: 80, protocol: HTTP}]}
";

/// A share: so many of so many.
type Share = (u64, u64);

/// What is to be shared out: backends `b0`, `b1`, … with these weights, mirrors `m0`, … with these shares.
struct Split {
    weights: &'static [u64],
    mirrors: &'static [Share],
}

/// What one draw decides: the index of the backend, and which mirrors get a copy.
type Outcome = (usize, Vec<bool>);

impl Split {
    fn total(&self) -> u64 {
        self.weights.iter().sum()
    }

    /// After so many draws everything begins anew.
    fn period(&self) -> u64 {
        self.total() * self.mirrors.iter().map(|(_, of)| of).product::<u64>()
    }

    fn router(&self) -> Router {
        let mut text = GATEWAY.to_owned();
        let names = (0..self.weights.len()).map(|index| format!("b{index}"));
        for name in names.chain((0..self.mirrors.len()).map(|index| format!("m{index}"))) {
            writeln!(text, "---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: shop}}\nspec: {{ports: [{{port: 80}}]}}").unwrap();
        }
        text += "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: split, namespace: shop}\n\
                 spec:\n  parentRefs: [{name: gw}]\n  rules:\n  - backendRefs:\n";
        for (index, weight) in self.weights.iter().enumerate() {
            writeln!(text, "    - {{name: b{index}, port: 80, weight: {weight}}}").unwrap();
        }
        text += "    filters:\n";
        for (index, (numerator, denominator)) in self.mirrors.iter().enumerate() {
            let backend = format!("backendRef: {{name: m{index}, port: 80}}");
            writeln!(text, "    - {{type: RequestMirror, requestMirror: {{{backend}, fraction: {{numerator: {numerator}, denominator: {denominator}}}}}}}").unwrap();
        }
        Router::build(&manifest::snapshot(&text), &Profile::every_class()).unwrap()
    }

    /// What each draw decides.
    fn outcomes(&self, draws: impl Iterator<Item = u64>) -> Vec<Outcome> {
        let router = self.router();
        let gateway = router.gateway("shop", "gw").unwrap();
        let arrived = router.arrive(gateway, &Arrival { port: 80, ..Arrival::default() });
        let request = Request { authority: b"a.test", ..Request::default() };
        let outcome = |draw| {
            let DecisionReport::Forward(forward) = router.route(arrived, &request, draw).report(&request)
            else {
                panic!("draw {draw} is not forwarded");
            };
            let sent: Vec<_> = forward.mirrors.iter().map(|mirror| mirror.backend.name.as_str()).collect();
            let mirrored = (0..self.mirrors.len()).map(|index| sent.contains(&format!("m{index}").as_str()));
            (forward.backend.name[1..].parse().unwrap(), mirrored.collect())
        };
        draws.map(outcome).collect()
    }
}

const SPLITS: [Split; 8] = [
    Split { weights: &[70, 30, 0], mirrors: &[] },
    Split { weights: &[1, 1, 1], mirrors: &[] },
    Split { weights: &[0, 5, 0, 1, 0], mirrors: &[] },
    Split { weights: &[7], mirrors: &[(1, 2)] },
    Split { weights: &[3, 1], mirrors: &[(1, 4), (3, 4)] },
    Split { weights: &[2, 2], mirrors: &[(1, 2), (1, 2), (1, 2)] },
    Split { weights: &[9, 0, 1], mirrors: &[(35, 100), (1, 3)] },
    Split { weights: &[1, 4], mirrors: &[(0, 5), (5, 5), (2, 5)] },
];

fn counts(outcomes: Vec<Outcome>) -> BTreeMap<Outcome, u64> {
    let mut counts = BTreeMap::new();
    for outcome in outcomes {
        *counts.entry(outcome).or_default() += 1;
    }
    counts
}

/// Every subset of the mirrors.
fn subsets(mirrors: usize) -> impl Iterator<Item = Vec<bool>> {
    (0..1_usize << mirrors).map(move |bits| (0..mirrors).map(|index| bits >> index & 1 == 1).collect())
}

/// FILT-100, FILT-061, FILT-062: in a full period every combination of a backend and mirrors comes exactly as
/// often as the product of their shares says. So they are independent of each other, too.
#[test]
fn a_period_is_exact() {
    for split in SPLITS {
        // A period is one wherever it begins.
        for start in [0, 1, 12_345, u64::from(u32::MAX) - 5] {
            let counts = counts(split.outcomes((start..).take(usize::try_from(split.period()).unwrap())));
            for (index, weight) in split.weights.iter().enumerate() {
                for subset in subsets(split.mirrors.len()) {
                    let share = |(sent, (yes, of)): (&bool, &Share)| if *sent { *yes } else { of - yes };
                    let expected = weight * subset.iter().zip(split.mirrors).map(share).product::<u64>();
                    let found = counts.get(&(index, subset.clone())).copied().unwrap_or_default();
                    assert_eq!(found, expected, "b{index} of {:?} with {subset:?}", split.weights);
                }
            }
        }
    }
}

/// A count of random events is within three standard deviations of what is expected.
fn assert_near(what: &str, count: usize, draws: usize, probability: f64) {
    #[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
    let (count, draws) = (count as f64, draws as f64);
    let (mean, deviation) = (draws * probability, (draws * probability * (1.0 - probability)).sqrt());
    assert!((count - mean).abs() <= 3.0 * deviation, "{what}: {count}, expected {mean} ± {deviation}");
}

#[allow(clippy::cast_precision_loss, reason = "shares are small numbers")]
fn probability((yes, of): Share) -> f64 {
    yes as f64 / of as f64
}

/// FILT-100, FILT-061: the same for draws from a random generator; what has no share gets nothing at all, what
/// has all of them gets everything (the deviation is zero then).
#[test]
fn random_draws_keep_the_shares() {
    let mut random = ChaCha8Rng::seed_from_u64(20_250_301);
    for split in SPLITS {
        let outcomes = split.outcomes((0..20_000).map(|_| random.random()));
        let count = |fits: &dyn Fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| fits(outcome)).count();
        for (index, weight) in split.weights.iter().enumerate() {
            let what = format!("b{index} of {:?}", split.weights);
            let alone = probability((*weight, split.total()));
            assert_near(&what, count(&|one| one.0 == index), outcomes.len(), alone);
            for (mirror, share) in split.mirrors.iter().enumerate() {
                let both = count(&|one| one.0 == index && one.1[mirror]);
                let what = format!("{what} with m{mirror} of {:?}", split.mirrors);
                assert_near(&what, both, outcomes.len(), alone * probability(*share));
            }
        }
        for (one, first) in split.mirrors.iter().enumerate() {
            let what = format!("m{one} of {:?}", split.mirrors);
            assert_near(&what, count(&|outcome| outcome.1[one]), outcomes.len(), probability(*first));
            for (other, second) in split.mirrors.iter().enumerate().filter(|(other, _)| *other != one) {
                let both = count(&|outcome| outcome.1[one] && outcome.1[other]);
                let expected = probability(*first) * probability(*second);
                assert_near(&format!("{what} with m{other}"), both, outcomes.len(), expected);
            }
        }
    }
}

/// The band of the conformance suite: of 500 requests no backend is off by more than 5 of a hundred, and a
/// weight of zero gets none.
#[test]
fn five_hundred_requests_are_near_enough() {
    let split = Split { weights: &[70, 30, 0], mirrors: &[] };
    for seed in 0..20 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let counts = counts(split.outcomes((0..500).map(|_| random.random())));
        let of = |index: usize| counts.get(&(index, Vec::new())).copied().unwrap_or_default();
        assert!((325..=375).contains(&of(0)) && of(2) == 0, "seed {seed}: {counts:?}");
    }
}

/// FILT-105: what a draw decides, worked out by hand from the documented formula. The backend is the interval
/// of `draw mod 100`; m0 gets a copy if `draw / 100 mod 100 < 20`, m1 if `draw / 10000 mod 3 < 1`.
#[test]
fn golden_draws() {
    let split = Split { weights: &[70, 30, 0], mirrors: &[(20, 100), (1, 3)] };
    let golden: [(u64, usize, bool, bool); 22] = [
        // draw                     b  m0     m1        mod 100, then / 100 mod 100, then / 10000 mod 3
        (0, 0, true, true),                           //  0,  0, 0
        (69, 0, true, true),                          // 69,  0, 0
        (70, 1, true, true),                          // 70,  0, 0
        (99, 1, true, true),                          // 99,  0, 0
        (100, 0, true, true),                         //  0,  1, 0
        (1_999, 1, true, true),                       // 99, 19, 0
        (2_000, 0, false, true),                      //  0, 20, 0
        (9_969, 0, false, true),                      // 69, 99, 0
        (10_000, 0, true, false),                     //  0,  0, 1
        (21_970, 1, true, false),                     // 70, 19, 2
        (29_970, 1, false, false),                    // 70, 99, 2
        (30_000, 0, true, true),                      // a period later, as 0
        (123_456_789, 1, false, true),                // 89, 67, 0
        (1_000_000_007, 0, true, false),              //  7,  0, 1
        (4_294_967_295, 1, false, false),             // 95, 72, 1: 2^32 - 1
        (4_294_967_296, 1, false, false),             // 96, 72, 1: 2^32
        (1_000_000_000_000_000_000, 0, true, false),  //  0,  0, 1
        (2_718_281_828_459_045_235, 0, false, true),  // 35, 52, 0
        (3_141_592_653_589_793_238, 0, false, false), // 38, 32, 2
        (9_223_372_036_854_775_808, 0, false, false), //  8, 58, 2: 2^63
        (12_345_678_901_234_567_890, 1, false, true), // 90, 78, 0
        (18_446_744_073_709_551_615, 0, true, false), // 15, 16, 2: 2^64 - 1
    ];
    let outcomes = split.outcomes(golden.iter().map(|(draw, ..)| *draw));
    for ((draw, backend, m0, m1), outcome) in golden.into_iter().zip(outcomes) {
        assert_eq!(outcome, (backend, vec![m0, m1]), "draw {draw}");
    }
    // Intervals 0..3, 3..4 and 4..6, in the order of the list.
    let split = Split { weights: &[3, 1, 2], mirrors: &[] };
    let golden: [(u64, usize); 12] = [
        (0, 0),
        (2, 0),
        (3, 1),
        (4, 2),
        (5, 2),
        (6, 0),
        (4_294_967_295, 1),              // 3: odd, and divisible by 3
        (4_294_967_296, 2),              // 4
        (9_223_372_036_854_775_808, 0),  // 2
        (12_345_678_901_234_567_890, 0), // 0: even, the sum of its digits is 90
        (18_446_744_073_709_551_615, 1), // 3
        (18_446_744_073_709_551_614, 0), // 2
    ];
    let outcomes = split.outcomes(golden.iter().map(|(draw, _)| *draw));
    for ((draw, backend), outcome) in golden.into_iter().zip(outcomes) {
        assert_eq!(outcome.0, backend, "draw {draw}");
    }
}
