//! How long building takes: the index of a table next to matchit inserting the same paths, and all that
//! follows from the objects, with every status.
#![allow(missing_docs, reason = "a benchmark")]

use benches::figures::Figures;
use benches::peers::HostMatchit;
use benches::rounds::{median, time};
use benches::{Bed, Shape, options, rules, snapshot};
use gateway_core::{Profile, Router};

fn main() {
    let mut figures = Figures::of("building");
    for shape in options::shapes() {
        for size in options::sizes(shape).into_iter().filter(|size| *size >= 1_000) {
            one(shape, size, &mut figures);
        }
    }
    figures.write();
}

fn one(shape: Shape, size: usize, figures: &mut Figures) {
    let (bed, profile) = (Bed::new(rules(shape, size)), Profile::default());
    let objects = snapshot(&bed.rules);
    // Patterns are as many automata: nothing like the others, and slow enough to be measured once.
    let runs = match (shape, size) {
        (Shape::Expressions, 100_000) | (_, 1_000_000) => 1,
        (_, 100_000) => 3,
        _ => 9,
    };
    let has_matchit = matches!(shape, Shape::Hosts | Shape::Prefixes);
    let (mut index, mut whole, mut peer) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        index.push(time(1, || bed.index()));
        if has_matchit {
            peer.push(time(1, || HostMatchit::new(&bed.rules)));
        }
        whole.push(time(1, || {
            let router = Router::build(&objects, &profile).expect("within the limits");
            let statuses = router.statuses();
            (router, statuses)
        }));
    }
    let ratios = |one: &[f64]| median(one.iter().zip(&peer).map(|(one, peer)| one / peer).collect());
    let mut add = |what: &str, who: &str, value| figures.add(what, who, shape.letter(), size, value);
    if has_matchit {
        add("ratio", "index build/matchit", ratios(&index));
        add("ratio", "whole build/matchit", ratios(&whole));
        add("ms", "matchit build", median(peer) / 1e6);
    }
    add("ms", "index build", median(index) / 1e6);
    add("ms", "whole build", median(whole) / 1e6);
}
