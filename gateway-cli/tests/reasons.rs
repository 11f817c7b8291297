//! Every condition type and reason of the Gateway API is written in some case, or listed in
//! `docs/reasons.md` as never written.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

#[path = "cases/files.rs"]
mod files;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gateway_cli::read_profile;
use gateway_core::{Profile, Router};
use gateway_manifest::{Loader, Options};
use serde_json::Value;

/// What stands in a condition: of an object, and of its entries.
type Seen = BTreeMap<&'static str, BTreeSet<String>>;

/// The index of ATT section 16: the object, the condition types, the reasons.
const INDEX: [(&str, &[&str], &[&str]); 2] = [
    (
        "Route",
        &["Accepted", "ResolvedRefs", "PartiallyInvalid"],
        &[
            "Accepted",
            "NotAllowedByListeners",
            "NoMatchingListenerHostname",
            "NoMatchingParent",
            "UnsupportedValue",
            "Pending",
            "IncompatibleFilters",
            "ResolvedRefs",
            "RefNotPermitted",
            "InvalidKind",
            "BackendNotFound",
            "UnsupportedProtocol",
        ],
    ),
    (
        "Policy",
        &["Accepted", "ResolvedRefs"],
        &[
            "Accepted",
            "Conflicted",
            "Invalid",
            "TargetNotFound",
            "NoValidCACertificate",
            "ResolvedRefs",
            "InvalidCACertificateRef",
            "InvalidKind",
        ],
    ),
];

/// The statuses of the objects of a case.
fn statuses(case: &Value) -> Vec<Value> {
    let mut loader = Loader::new(Options::default());
    for include in case["include"].as_array().into_iter().flatten() {
        loader.path(files::testdata().join(include.as_str().unwrap())).unwrap();
    }
    for object in case["objects"].as_array().into_iter().flatten() {
        loader.text("object.json", object.to_string()).unwrap();
    }
    let snapshot = loader.finish().objects.into_iter().map(|loaded| loaded.object).collect();
    let profile = Some(&case["profile"]).filter(|profile| !profile.is_null());
    let profile = profile.map_or_else(Profile::default, |profile| read_profile(profile.clone()).unwrap());
    let router = Router::build(&snapshot, &profile).unwrap();
    match serde_json::to_value(router.statuses()).unwrap() {
        Value::Array(statuses) => statuses,
        other => panic!("no list: {other}"),
    }
}

/// Takes the types and reasons of the entries of a status.
fn take(seen: &mut Seen, object: &'static str, entries: &Value) {
    for condition in
        entries.as_array().into_iter().flatten().flat_map(|entry| entry["conditions"].as_array().unwrap())
    {
        let words = [&condition["type"], &condition["reason"]];
        seen.entry(object).or_default().extend(words.map(|word| word.as_str().unwrap().to_owned()));
    }
}

fn seen() -> Seen {
    let mut seen = Seen::new();
    for file in files::case_files() {
        let name = files::short_name(&file);
        for case in files::documents(&file).unwrap_or_else(|why| panic!("{name}: {why}")) {
            for object in statuses(&case) {
                let kind = object["kind"].as_str().unwrap();
                if kind.ends_with("Route") {
                    take(&mut seen, "Route", &object["status"]["parents"]);
                } else if kind.ends_with("Policy") {
                    take(&mut seen, "Policy", &object["status"]["ancestors"]);
                }
            }
        }
    }
    seen
}

/// The rows of `docs/reasons.md`: object and word.
fn never_written() -> BTreeSet<(String, String)> {
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/reasons.md")).unwrap();
    let row = |line: &str| {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let word = cells.get(2)?.strip_prefix('`')?.strip_suffix('`')?;
        let rule = cells.get(3)?;
        assert!(rule.starts_with("ATT-") || rule.starts_with("AMBIG-"), "no rule in: {line}");
        Some((cells[1].to_owned(), word.to_owned()))
    };
    text.lines().filter_map(row).collect()
}

#[test]
fn every_reason_is_written_or_listed() {
    let (seen, never) = (seen(), never_written());
    let mut wrong = Vec::new();
    for (object, types, reasons) in INDEX {
        for word in types.iter().chain(reasons) {
            let written = seen.get(object).is_some_and(|words| words.contains(*word));
            match (written, never.contains(&(object.to_owned(), (*word).to_owned()))) {
                (false, false) => wrong.push(format!(
                    "{object} {word}: no case writes it, and docs/reasons.md does not say why"
                )),
                (true, true) => wrong.push(format!(
                    "{object} {word}: docs/reasons.md says that it is never written, and a case does"
                )),
                (true, false) | (false, true) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
