//! Requests made to be slow, next to normal ones of the same configuration.
#![allow(missing_docs, reason = "a benchmark")]

use benches::figures::Figures;
use benches::rounds::{Engine, measure};
use benches::{Bed, RuleSpec, Sample, Shape, parts, rules};

const RULES: usize = 1_000;
/// What servers take as a request's first line, about.
const LONGEST: usize = 8 << 10;

fn main() {
    let mut figures = Figures::of("hostile");
    for shape in Shape::ALL {
        one(shape.letter(), rules(shape, RULES), &mut figures);
    }
    one("deep", deep(), &mut figures);
    figures.write();
}

/// Paths as long and as deep as the API takes them, each below the one before it.
fn deep() -> Vec<RuleSpec> {
    let rule = |number: usize| {
        let path = "/a".repeat(1 + number % 512);
        let host = format!("host-{}.example.com", number / 512);
        RuleSpec { host, example: path.clone(), path, ..RuleSpec::default() }
    };
    (0..1_024).map(rule).collect()
}

/// Names of attacks, and how each changes a request.
type Attack = (&'static str, fn(&mut Sample));

const ATTACKS: [Attack; 5] = [
    ("8 KiB of slashes", |sample| sample.path = "/".repeat(LONGEST)),
    ("8 KiB in one element", |sample| sample.path = format!("/{}", "a".repeat(LONGEST))),
    ("8 KiB below a rule's path", |sample| sample.path += &"/a".repeat(LONGEST / 2)),
    ("near miss", near_miss),
    ("8 KiB of host", |sample| sample.host = "a.".repeat(LONGEST / 2) + &sample.host),
];

/// All elements of a rule's path but for the end of the last one.
fn near_miss(sample: &mut Sample) {
    sample.path.pop();
    sample.path.push('~');
}

fn one(name: &str, specs: Vec<RuleSpec>, figures: &mut Figures) {
    let bed = Bed::new(specs);
    // Of all paths the longest: what follows them the farthest.
    let longest = bed.rules.iter().max_by_key(|spec| spec.example.len()).cloned().unwrap_or_default();
    // As the attacks: one request again and again. Of the configuration's depths the middle one.
    let middle = &bed.rules[bed.rules.len() / 4];
    let normal = vec![middle.sample(middle.example.clone()); 64];
    let mut lists = vec![("normal", normal)];
    for (attack, change) in ATTACKS {
        let mut sample = longest.sample(longest.example.clone());
        change(&mut sample);
        lists.push((attack, vec![sample; 64]));
    }
    let headers: Vec<Vec<_>> =
        lists.iter().map(|(_, list)| list.iter().map(Sample::header_bytes).collect()).collect();
    let arrived = bed.arrived();
    let mut engines: Vec<_> = lists
        .iter()
        .zip(&headers)
        .map(|((attack, list), headers)| {
            let requests = parts(list, headers);
            let router = &bed.router;
            Engine::new(attack, move |number| router.route(arrived, &requests[number % requests.len()], 0))
        })
        .collect();
    let times = measure(&mut engines, 1_024);
    for (number, engine) in engines.iter().enumerate() {
        figures.add("ns", engine.name, name, bed.rules.len(), times.median(number));
        if number > 0 {
            figures.add(
                "ratio",
                &format!("{}/normal", engine.name),
                name,
                bed.rules.len(),
                times.ratio(number, 0),
            );
        }
    }
}
