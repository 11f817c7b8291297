//! The statuses that the engine writes, against the oracle's attachments.

use gateway_core::Profile;
use gateway_oracle::Oracle;
use gateway_oracle::generate::Cluster;
use serde_json::Value;

use crate::CONTROLLER;
use crate::engine::Engine;

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn condition(owner: &Value, kind: &str) -> String {
    let found = list(&owner["conditions"]).find(|one| one["type"] == kind);
    found.map_or("-".to_owned(), |one| {
        format!(
            "{}/{}",
            one["status"].as_str().unwrap_or_default(),
            one["reason"].as_str().unwrap_or_default()
        )
    })
}

fn word(word: &Value) -> String {
    let status = if word["status"] == true { "True" } else { "False" };
    format!("{status}/{}", word["reason"].as_str().unwrap_or_default())
}

/// A name for each difference.
pub(crate) fn differences(cluster: &Cluster) -> Vec<String> {
    let (snapshot, profile) = (cluster.snapshot(), Profile::spec(CONTROLLER));
    let ours = serde_json::to_value(Oracle::new(&snapshot, &profile).attachments()).unwrap();
    let theirs = serde_json::to_value(Engine::new(&snapshot, &profile).0.statuses()).unwrap();
    let status = |kind: &Value, one: &Value| {
        let found = list(&theirs).find(|status| {
            status["kind"] == *kind
                && status["metadata"]["namespace"] == one["namespace"]
                && status["metadata"]["name"] == one["name"]
        });
        found.map_or(Value::Null, |found| found["status"].clone())
    };
    let mut told = Vec::new();
    let mut equal = |what: String, ours: String, theirs: String| {
        if ours != theirs {
            told.push(format!("{what}: oracle {ours} engine {theirs}"));
        }
    };
    for route in list(&ours["routes"]) {
        let kind = route["route"]["kind"].as_str().unwrap();
        let found = status(&route["route"]["kind"], &route["route"]);
        let (parents, entries): (Vec<_>, Vec<_>) =
            (list(&route["parents"]).collect(), list(&found["parents"]).collect());
        equal(format!("{kind} entries"), parents.len().to_string(), entries.len().to_string());
        for (parent, entry) in parents.iter().zip(entries) {
            equal(format!("{kind} Accepted"), word(&parent["accepted"]), condition(entry, "Accepted"));
            equal(
                format!("{kind} ResolvedRefs"),
                word(&parent["resolvedRefs"]),
                condition(entry, "ResolvedRefs"),
            );
            let partially =
                parent["partiallyInvalid"].as_str().map_or("-".to_owned(), |one| format!("True/{one}"));
            equal(format!("{kind} PartiallyInvalid"), partially, condition(entry, "PartiallyInvalid"));
        }
    }
    for listener in list(&ours["listeners"]) {
        let name = &listener["listener"];
        let owner = status(&name["kind"], name);
        let Some(found) = list(&owner["listeners"]).find(|one| one["name"] == name["section"]) else {
            // ATT-012: a set that is not allowed has no listeners.
            if listener["accepted"]["reason"] != "NotAllowed" {
                equal("listener".to_owned(), "is there".to_owned(), "is not".to_owned());
            }
            continue;
        };
        if listener["accepted"]["reason"] != "NotAllowed" {
            equal("listener Accepted".to_owned(), word(&listener["accepted"]), condition(found, "Accepted"));
        }
        let counts = (listener["attachedRoutes"].to_string(), found["attachedRoutes"].to_string());
        equal("listener attachedRoutes".to_owned(), counts.0, counts.1);
        let kinds: Vec<_> = list(&listener["supportedKinds"]).collect();
        let others: Vec<_> = list(&found["supportedKinds"]).map(|one| &one["kind"]).collect();
        equal("listener supportedKinds".to_owned(), format!("{kinds:?}"), format!("{others:?}"));
    }
    for (kind, verdicts) in [("Gateway", "gateways"), ("ListenerSet", "listenerSets")] {
        for one in list(&ours[verdicts]) {
            let found = status(&kind.into(), one);
            let status = |word: String| word.split('/').next().unwrap_or_default().to_owned();
            let (mut ours, mut theirs) = (word(&one["accepted"]), condition(&found, "Accepted"));
            // ATT-131: the reason of a set that is accepted with some listeners is open.
            if kind == "ListenerSet" && ours.starts_with("True") {
                (ours, theirs) = (status(ours), status(theirs));
            }
            equal(format!("{kind} Accepted"), ours, theirs);
        }
    }
    told.sort();
    told.dedup();
    told
}
