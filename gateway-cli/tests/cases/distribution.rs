//! How often each outcome is drawn when every draw from 0 to N - 1 is tried once.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::compare;

/// A request that is decided once for each draw, and how often each outcome comes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Distribution {
    #[serde(default)]
    name: String,
    request: Value,
    draws: u64,
    #[serde(default)]
    backends: Tally,
    #[serde(default)]
    answers: Tally,
    #[serde(default)]
    mirrors: Tally,
    #[serde(default)]
    fitting: Vec<Fitting>,
}

/// Decisions that agree with `expect`, and how many they must be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fitting {
    times: u64,
    expect: Value,
}

type Tally = BTreeMap<String, u64>;

/// Adds a line for each outcome that is drawn more or less often than it should be.
pub(crate) fn check(
    distributions: &[Distribution],
    decide: impl Fn(&Value) -> Result<Value, String>,
    wrong: &mut Vec<String>,
) {
    for (index, distribution) in distributions.iter().enumerate() {
        let mut differences = Vec::new();
        if let Err(why) = one(distribution, &decide, &mut differences) {
            differences.push(why);
        }
        if !differences.is_empty() {
            wrong.push(format!("distribution {index} ({}): {}", distribution.name, distribution.request));
            wrong.extend(differences.into_iter().map(|line| format!("  {line}")));
        }
    }
}

fn one(
    asked: &Distribution,
    decide: impl Fn(&Value) -> Result<Value, String>,
    differences: &mut Vec<String>,
) -> Result<(), String> {
    let total: u64 = asked.backends.values().chain(asked.answers.values()).sum();
    if asked.draws == 0 || total != asked.draws {
        return Err(format!("the case itself is wrong: {total} outcomes for {} draws", asked.draws));
    }
    let [mut backends, mut answers, mut mirrors] = <[Tally; 3]>::default();
    let mut fitting = vec![0; asked.fitting.len()];
    for draw in 0..asked.draws {
        let mut request = asked.request.clone();
        request.as_object_mut().ok_or("the request must be a mapping")?.insert("draw".into(), draw.into());
        let decision = decide(&request)?;
        match name(&decision["backend"]) {
            Some(backend) => *backends.entry(backend).or_default() += 1,
            None => *answers.entry(answer(&decision)).or_default() += 1,
        }
        for mirror in decision["mirrors"].as_array().into_iter().flatten() {
            *mirrors.entry(name(&mirror["backend"]).ok_or("a mirror without a name")?).or_default() += 1;
        }
        for (fitting, count) in asked.fitting.iter().zip(&mut fitting) {
            let mut found = Vec::new();
            compare::subset("", &fitting.expect, Some(&decision), &mut found);
            *count += u64::from(found.is_empty());
        }
    }
    tally("backends", &asked.backends, &backends, differences);
    tally("answers", &asked.answers, &answers, differences);
    tally("mirrors", &asked.mirrors, &mirrors, differences);
    for (fitting, count) in asked.fitting.iter().zip(fitting) {
        if fitting.times != count {
            differences.push(format!("{}: expected {} times, got {count}", fitting.expect, fitting.times));
        }
    }
    Ok(())
}

/// `NAMESPACE/NAME` of a backend.
fn name(backend: &Value) -> Option<String> {
    Some(format!("{}/{}", backend["namespace"].as_str()?, backend["name"].as_str()?))
}

/// The reason of an answer, or the status of a redirect.
fn answer(decision: &Value) -> String {
    decision["reason"].as_str().map_or_else(|| decision["status"].to_string(), str::to_owned)
}

fn tally(what: &str, expected: &Tally, found: &Tally, differences: &mut Vec<String>) {
    let names = expected.keys().chain(found.keys().filter(|name| !expected.contains_key(*name)));
    for name in names {
        let of = |tally: &Tally| tally.get(name).copied().unwrap_or_default();
        if of(expected) != of(found) {
            differences.push(format!("{what}.{name}: expected {}, got {}", of(expected), of(found)));
        }
    }
}
