//! The schema and CEL cases of the Gateway API project: verdict, and every wanted text.
//!
//! They are in a folder beside the workspace, or where `GATEWAY_CORE_SHARED` says; without it there is
//! nothing to run.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use gateway_core::model::Value;
use gateway_core::validate::{Channel, Validator};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Case {
    test: String,
    name: String,
    channel: String,
    valid: bool,
    want_errors: Vec<String>,
    object: Value,
    old_object: Option<Value>,
    operation: Option<String>,
}

fn channels(name: &str) -> Vec<Channel> {
    match name {
        "any" => Channel::ALL.to_vec(),
        "standard" => vec![Channel::Standard],
        "experimental" => vec![Channel::Experimental],
        other => panic!("unknown channel `{other}`"),
    }
}

#[test]
fn the_cases_of_the_gateway_api() {
    let shared = std::env::var_os("GATEWAY_CORE_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    let folder = shared.join("validation");
    if !folder.is_dir() {
        println!("skipped: there are no validation cases in {}", folder.display());
        return;
    }
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let validators = Channel::ALL.map(Validator::new);

    let (mut count, mut wrong) = (0, Vec::new());
    for file in files.into_iter().filter(|file| file.extension().is_some_and(|it| it == "json")) {
        let cases: Vec<Case> = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        for case in cases {
            for channel in channels(&case.channel) {
                count += 1;
                let validator = validators.iter().find(|it| it.channel() == channel).unwrap();
                let validation = match (case.operation.as_deref(), &case.old_object) {
                    (None | Some("update"), Some(old)) => validator.update(old, &case.object),
                    (None | Some("create" | "statusUpdate"), None) => validator.create(&case.object),
                    (operation, _) => panic!("{}: {operation:?} does not fit the objects", case.name),
                };
                let refusal = validation.refusal().unwrap_or_default();
                let missing: Vec<_> =
                    case.want_errors.iter().filter(|want| !refusal.contains(want.as_str())).collect();
                if validation.is_valid() != case.valid || !missing.is_empty() {
                    wrong.push(format!(
                        "{}: {} ({channel}): wanted valid={}, got {refusal:?}, missing {missing:?}",
                        case.test, case.name, case.valid
                    ));
                }
            }
        }
    }
    println!("{count} cases");
    assert!(count > 0, "no cases in {}", folder.display());
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
}
