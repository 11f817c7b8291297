//! Every condition type and reason of the Gateway API is written in some case, or listed in
//! `docs/reasons.md` as never written.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

#[path = "cases/files.rs"]
mod files;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gateway_ask::profile::from_value as read_profile;
use gateway_core::{Profile, Router};
use gateway_manifest::{Loader, Options};
use serde_json::Value;

/// What stands in a condition: of an object, and of its entries.
type Seen = BTreeMap<&'static str, BTreeSet<String>>;

/// The index of ATT section 16: the object, the condition types, the reasons.
const INDEX: [(&str, &str, &str); 8] = [
    (
        "GatewayClass",
        "Accepted SupportedVersion",
        "Accepted InvalidParameters Pending Unsupported Waiting SupportedVersion \
         UnsupportedVersion",
    ),
    (
        "Gateway",
        "Programmed InsecureFrontendValidationMode Accepted Scheduled ResolvedRefs Ready",
        "Programmed Invalid NoResources AddressNotAssigned AddressNotUsable ConfigurationChanged \
         Accepted ListenersNotValid Pending UnsupportedAddress InvalidParameters Scheduled \
         NotReconciled ResolvedRefs InvalidClientCertificateRef RefNotPermitted \
         ListenersNotResolved Ready ListenersNotReady",
    ),
    (
        "Listener",
        "Conflicted Accepted Detached ResolvedRefs Programmed OverlappingTLSConfig Ready",
        "HostnameConflict ProtocolConflict NoConflicts Accepted Attached PortUnavailable \
         UnsupportedProtocol NoValidCACertificate UnsupportedValue ResolvedRefs \
         InvalidCertificateRef InvalidRouteKinds RefNotPermitted InvalidCACertificateRef \
         InvalidCACertificateKind Programmed Invalid Pending OverlappingHostnames \
         OverlappingCertificates Ready",
    ),
    (
        "ListenerSet",
        "Programmed Accepted",
        "Programmed Accepted NotAllowed ParentNotAccepted ListenersNotValid Invalid Pending",
    ),
    (
        "ListenerEntry",
        "Conflicted Accepted ResolvedRefs Programmed Ready",
        "HostnameConflict ProtocolConflict ListenerConflict Accepted UnsupportedProtocol \
         TooManyListeners ResolvedRefs InvalidCertificateRef InvalidRouteKinds RefNotPermitted \
         Programmed PortUnavailable Pending Invalid Ready",
    ),
    ("XMesh", "Accepted", "Accepted InvalidParameters Pending"),
    (
        "Route",
        "Accepted ResolvedRefs PartiallyInvalid",
        "Accepted NotAllowedByListeners NoMatchingListenerHostname NoMatchingParent \
         UnsupportedValue Pending IncompatibleFilters ResolvedRefs RefNotPermitted InvalidKind \
         BackendNotFound UnsupportedProtocol",
    ),
    (
        "Policy",
        "Accepted ResolvedRefs",
        "Accepted Conflicted Invalid TargetNotFound NoValidCACertificate ResolvedRefs \
         InvalidCACertificateRef InvalidKind",
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

/// Takes the types and reasons of a list of conditions.
fn take(seen: &mut Seen, object: &'static str, conditions: &Value) {
    for condition in conditions.as_array().into_iter().flatten() {
        let words = [&condition["type"], &condition["reason"]];
        seen.entry(object).or_default().extend(words.map(|word| word.as_str().unwrap().to_owned()));
    }
}

/// Takes those of the conditions of a list of entries.
fn take_entries(seen: &mut Seen, object: &'static str, entries: &Value) {
    for entry in entries.as_array().into_iter().flatten() {
        take(seen, object, &entry["conditions"]);
    }
}

fn seen() -> Seen {
    let mut seen = Seen::new();
    for file in files::case_files() {
        let name = files::short_name(&file);
        for case in files::documents(&file).unwrap_or_else(|why| panic!("{name}: {why}")) {
            for object in statuses(&case) {
                let status = &object["status"];
                match object["kind"].as_str().unwrap() {
                    "GatewayClass" => take(&mut seen, "GatewayClass", &status["conditions"]),
                    "XMesh" => take(&mut seen, "XMesh", &status["conditions"]),
                    "Gateway" => {
                        take(&mut seen, "Gateway", &status["conditions"]);
                        take_entries(&mut seen, "Listener", &status["listeners"]);
                    }
                    "ListenerSet" => {
                        take(&mut seen, "ListenerSet", &status["conditions"]);
                        take_entries(&mut seen, "ListenerEntry", &status["listeners"]);
                    }
                    kind if kind.ends_with("Route") => take_entries(&mut seen, "Route", &status["parents"]),
                    kind if kind.ends_with("Policy") => {
                        take_entries(&mut seen, "Policy", &status["ancestors"]);
                    }
                    _ => {}
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
        for word in types.split_whitespace().chain(reasons.split_whitespace()) {
            let written = seen.get(object).is_some_and(|words| words.contains(word));
            match (written, never.contains(&(object.to_owned(), word.to_owned()))) {
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
