//! One case: manifests, requests, and what must come out.

use gateway_ask::RequestSpec;
use gateway_ask::profile::from_value as read_profile;
use gateway_core::{Router, Snapshot};
use gateway_manifest::{Loader, Options, Severity};
use serde::Deserialize;
use serde_json::Value;

use crate::distribution::{self, Distribution};
use crate::{compare, files, schema, statuses};

/// A case as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(rename = "name")]
    _name: String,
    rules: Vec<String>,
    #[serde(default, rename = "note")]
    _note: String,
    #[serde(default)]
    include: Vec<String>,
    #[serde(default)]
    objects: Vec<Value>,
    profile: Option<Value>,
    #[serde(default)]
    requests: Vec<Exchange>,
    #[serde(default)]
    distribution: Vec<Distribution>,
    #[serde(default)]
    statuses: Vec<statuses::Expected>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exchange {
    #[serde(default)]
    name: String,
    request: Value,
    expect: Value,
}

/// Runs a case; the error lists everything that is not as expected.
pub(crate) fn run(case: &Value) -> Result<(), String> {
    let case = Case::deserialize(case).map_err(|error| format!("the case itself is wrong: {error}"))?;
    let mut wrong = Vec::new();
    let asks = !(case.requests.is_empty() && case.distribution.is_empty() && case.statuses.is_empty());
    if case.rules.is_empty() || !asks {
        wrong.push("a case needs rules, and requests, a distribution or statuses".to_owned());
    }
    let snapshot = snapshot(&case)?;
    let profile = case.profile.map_or_else(|| Ok(gateway_core::Profile::default()), read_profile);
    let profile = profile.map_err(|error| format!("profile: {error}"))?;
    let router = Router::build(&snapshot, &profile).map_err(|error| error.to_string())?;
    for (index, exchange) in case.requests.iter().enumerate() {
        let got = decide(&router, &exchange.request);
        let mut differences = Vec::new();
        match &got {
            Ok(got) => compare::subset("", &exchange.expect, Some(got), &mut differences),
            Err(why) => differences.push(why.clone()),
        }
        if !differences.is_empty() {
            wrong.push(format!("request {index} ({}): {}", exchange.name, exchange.request));
            wrong.extend(differences.into_iter().map(|line| format!("  {line}")));
            wrong.extend(got.map(|got| format!("  the decision: {got}")));
        }
    }
    distribution::check(&case.distribution, |request| decide(&router, request), &mut wrong);
    statuses::check(&router, &case.statuses, &mut wrong);
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

fn decide(router: &Router, request: &Value) -> Result<Value, String> {
    let request = RequestSpec::deserialize(request).map_err(|error| format!("the request: {error}"))?;
    let decision = request.decide(router).map_err(|error| error.to_string())?;
    let decision = serde_json::to_value(decision).map_err(|error| error.to_string())?;
    schema::check(&decision)?;
    Ok(decision)
}

fn snapshot(case: &Case) -> Result<Snapshot, String> {
    let mut loader = Loader::new(Options::default());
    for include in &case.include {
        loader.path(files::testdata().join(include)).map_err(|error| error.to_string())?;
    }
    for (index, object) in case.objects.iter().enumerate() {
        loader
            .text(&format!("objects[{index}].json"), object.to_string())
            .map_err(|error| error.to_string())?;
    }
    let manifests = loader.finish();
    // Unknown fields and words are what some cases are about.
    match manifests.notes.iter().find(|note| note.severity == Severity::Error) {
        Some(note) => Err(format!("the manifests of the case: {note}")),
        None => Ok(manifests.objects.into_iter().map(|loaded| loaded.object).collect()),
    }
}
