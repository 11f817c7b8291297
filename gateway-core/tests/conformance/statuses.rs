//! Status assertions, with the suite's own leniencies (a null reason is any reason).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::cluster::{CONTROLLER, Cluster, filled};

type Outcome = Result<(), String>;

pub(crate) fn check(cluster: &Cluster, step: &Value) -> Outcome {
    let target = &step["target"];
    if step["assert"] == "generatedResources" {
        return generated(cluster, step);
    }
    let status = cluster.status(target).ok_or("the object has no status")?;
    match step["assert"].as_str().unwrap() {
        "hasAddress" => {
            let addresses = status["addresses"].as_array().map_or(0, Vec::len);
            if addresses > 0 { Ok(()) } else { Err("no address".into()) }
        }
        "condition" => condition(&status["conditions"], &step["condition"]),
        "conditionsAtLatestGeneration" => latest(cluster.generation(target), &status),
        "listenersHaveConditions" => {
            let wanted = step["listenerNames"].as_array();
            let all = status["listeners"].as_array().ok_or("no listeners")?;
            let mut named =
                all.iter().filter(|one| wanted.is_none_or(|wanted| wanted.contains(&one["name"])));
            named.try_for_each(|one| conditions(&one["conditions"], &step["conditions"]))
        }
        "listeners" => listeners(&status, &step["listeners"]),
        "parentCondition" => {
            let parent = parents(&status).find(|parent| {
                parent["parentRef"]["name"] == step["parent"]["name"]
                    && *namespace(&parent["parentRef"], target) == step["parent"]["namespace"]
            });
            condition(&parent.ok_or("no such parent")?["conditions"], &step["condition"])
        }
        "ancestorCondition" => {
            let ancestor = ancestors(&status).find(|one| {
                one["ancestorRef"]["name"] == step["ancestor"]["name"]
                    && *namespace(&one["ancestorRef"], target) == step["ancestor"]["namespace"]
            });
            condition(&ancestor.ok_or("no such ancestor")?["conditions"], &step["condition"])
        }
        "attachedListenerSets" => {
            let found = status["attachedListenerSets"].as_i64().unwrap_or(0);
            if step["count"] == found { Ok(()) } else { Err(format!("want {}, got {found}", step["count"])) }
        }
        "addresses" => addresses(&status, step),
        "routeParents" => route_parents(cluster, &status, step),
        "noAcceptedParents" => {
            let accepted = parents(&status).any(|parent| {
                let mut conditions = parent["conditions"].as_array().unwrap().iter();
                conditions.any(|one| one["type"] == "Accepted" && one["status"] == "True")
            });
            if accepted { Err(format!("accepted: {status}")) } else { Ok(()) }
        }
        "zeroRoutes" => {
            let attached =
                status["listeners"].as_array().unwrap().iter().any(|one| one["attachedRoutes"] != 0);
            if attached { Err(format!("routes attached: {status}")) } else { Ok(()) }
        }
        assertion => Err(format!("no runner for assertion {assertion}")),
    }
}

fn parents(status: &Value) -> impl Iterator<Item = &Value> {
    status["parents"].as_array().into_iter().flatten()
}

fn ancestors(status: &Value) -> impl Iterator<Item = &Value> {
    status["ancestors"].as_array().into_iter().flatten()
}

fn addresses(status: &Value, step: &Value) -> Outcome {
    let found = status["addresses"].as_array().cloned().unwrap_or_default();
    let list = |key: &str| step[key].as_array().cloned().unwrap_or_default();
    let wanted: Vec<Value> =
        list("contains").iter().map(|one| serde_json::from_str(&filled(&one.to_string())).unwrap()).collect();
    let unwanted: Vec<_> = list("notContains").iter().map(|one| filled(one.as_str().unwrap())).collect();
    let right = step["exactCount"] == found.len()
        && wanted.iter().all(|one| found.contains(one))
        && !found.iter().any(|one| unwanted.iter().any(|value| one["value"] == value.as_str()));
    if right { Ok(()) } else { Err(format!("want {step}, got {found:?}")) }
}

/// The suite lists what a controller created; here is what the controller must put on it.
fn generated(cluster: &Cluster, step: &Value) -> Outcome {
    let text = |key: &str| step["target"][key].as_str().unwrap().to_string();
    let generated = cluster.router.generated_metadata(&text("namespace"), &text("name"));
    let generated = generated.ok_or("the Gateway is not ours")?;
    let (name, value) = step["selector"].as_str().unwrap().split_once('=').unwrap();
    if generated.labels.get(name).is_none_or(|found| found != value) {
        return Err(format!("not found by {}: {generated:?}", step["selector"]));
    }
    let carries = |wanted: &Value, found: &BTreeMap<String, String>| {
        let mut wanted = wanted.as_object().into_iter().flatten();
        wanted.all(|(key, value)| found.get(key).map(String::as_str) == value.as_str())
    };
    if carries(&step["labels"], &generated.labels) && carries(&step["annotations"], &generated.annotations) {
        return Ok(());
    }
    Err(format!("want {step}, got {generated:?}"))
}

/// The suite takes an absent namespace as the Route's own.
fn namespace<'a>(reference: &'a Value, route: &'a Value) -> &'a Value {
    if reference["namespace"].is_null() { &route["namespace"] } else { &reference["namespace"] }
}

fn condition(found: &Value, wanted: &Value) -> Outcome {
    let holds = |one: &&Value| {
        one["type"] == wanted["type"]
            && (wanted["status"].is_null() || one["status"] == wanted["status"])
            && (wanted["reason"].is_null() || one["reason"] == wanted["reason"])
    };
    let found = found.as_array().ok_or("no conditions")?;
    match found.iter().find(holds) {
        Some(_) => Ok(()),
        None => Err(format!("want {wanted}, got {}", json!(found))),
    }
}

fn conditions(found: &Value, wanted: &Value) -> Outcome {
    wanted.as_array().into_iter().flatten().try_for_each(|wanted| condition(found, wanted))
}

fn latest(generation: i64, status: &Value) -> Outcome {
    let own = status["conditions"].as_array().into_iter().flatten();
    let entries = parents(status).chain(ancestors(status));
    let of_entries = entries.flat_map(|entry| entry["conditions"].as_array().unwrap());
    match own.chain(of_entries).find(|one| one["observedGeneration"] != generation) {
        None => Ok(()),
        Some(stale) => Err(format!("generation {generation}, got {stale}")),
    }
}

fn listeners(status: &Value, wanted: &Value) -> Outcome {
    let found = status["listeners"].as_array().ok_or("no listeners")?;
    let wanted = wanted.as_array().unwrap();
    if found.len() != wanted.len() {
        return Err(format!("want {} listeners, got {}", wanted.len(), found.len()));
    }
    wanted.iter().try_for_each(|wanted| {
        let one = found.iter().find(|one| one["name"] == wanted["name"]).ok_or("no such listener")?;
        let empty = Vec::new();
        let kinds = one["supportedKinds"].as_array().unwrap_or(&empty);
        let wanted_kinds = wanted["supportedKinds"].as_array().unwrap_or(&empty);
        let supported = |wanted: &Value| kinds.iter().any(|kind| kind["kind"] == wanted["kind"]);
        if wanted_kinds.is_empty() != kinds.is_empty() || !wanted_kinds.iter().all(supported) {
            return Err(format!("want kinds {wanted_kinds:?}, got {kinds:?}"));
        }
        if one["attachedRoutes"] != wanted["attachedRoutes"] {
            return Err(format!(
                "{}: want {} routes, got {}",
                one["name"], wanted["attachedRoutes"], one["attachedRoutes"]
            ));
        }
        conditions(&one["conditions"], &wanted["conditions"])
    })
}

/// Every wanted parent is there, and there are no more entries than the Route has parents: a test may
/// ask for the entry of one Gateway while the Route is attached to two.
fn route_parents(cluster: &Cluster, status: &Value, step: &Value) -> Outcome {
    let own = &step["target"];
    let found: Vec<_> = parents(status).collect();
    if found.len() > cluster.parent_refs(own) {
        return Err(format!("{} entries for {} parents", found.len(), cluster.parent_refs(own)));
    }
    step["parents"].as_array().unwrap().iter().try_for_each(|wanted| {
        let wanted_reference = &wanted["parentRef"];
        let same = |found: &&&Value| {
            let reference = &found["parentRef"];
            let equal =
                |key: &&str| wanted_reference[key].is_null() || reference[key] == wanted_reference[key];
            ["group", "kind", "name"].iter().all(equal)
                && namespace(reference, own) == namespace(wanted_reference, own)
                && found["controllerName"] == CONTROLLER
        };
        let one = found.iter().find(same).ok_or(format!("want {wanted}, got {status}"))?;
        conditions(&one["conditions"], &wanted["conditions"])
    })
}
