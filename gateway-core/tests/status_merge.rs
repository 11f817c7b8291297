//! Statuses as Kubernetes holds them (ATT-190..199): what a write changes, and what it leaves alone.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use gateway_core::model::{Condition, GatewayStatus, HttpRoute, RouteParentStatus, RouteStatus, Timestamp};
use gateway_core::status::{KindStatus, MergedStatus};
use gateway_core::{Object, ObjectKey, ObjectKind, Profile, Router, Snapshot, StatusChanges};
use proptest::prelude::*;
use serde_json::{Value, json};

const NOW: &str = "2026-01-02T03:04:05Z";
const BEFORE: &str = "2025-01-01T00:00:00Z";

fn object(value: Value) -> Object {
    serde_json::from_value(value).unwrap()
}

fn class(controller: &str) -> Object {
    object(json!({"apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass",
        "metadata": {"name": "example", "generation": 1}, "spec": {"controllerName": controller}}))
}

/// A Gateway of the class with listeners of these names, and the status it holds.
fn gateway(listeners: &[&str], generation: i64, status: Value) -> Object {
    let listeners: Vec<_> = listeners
        .iter()
        .enumerate()
        .map(|(index, name)| json!({"name": name, "port": 80 + index, "protocol": "HTTP"}))
        .collect();
    let mut gateway = json!({"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway",
        "metadata": {"name": "gw", "namespace": "shop", "generation": generation},
        "spec": {"gatewayClassName": "example", "listeners": listeners}});
    if !status.is_null() {
        gateway["status"] = status;
    }
    object(gateway)
}

/// A Route with these parentRefs, and the entries that its status holds.
fn route(parents: &Value, generation: i64, stored: &Value) -> Object {
    object(json!({"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute",
        "metadata": {"name": "api", "namespace": "shop", "generation": generation},
        "spec": {"parentRefs": parents}, "status": {"parents": stored}}))
}

fn condition(kind: &str, status: &str, reason: &str, generation: i64, time: &str) -> Value {
    json!({"type": kind, "status": status, "reason": reason, "message": "", "observedGeneration": generation,
        "lastTransitionTime": time})
}

fn entry(parent: &Value, controller: &str, conditions: &Value) -> Value {
    json!({"parentRef": parent, "controllerName": controller, "conditions": conditions})
}

fn snapshot(objects: impl IntoIterator<Item = Object>) -> Snapshot {
    objects.into_iter().collect()
}

fn written(snapshot: &Snapshot, kind: ObjectKind) -> MergedStatus {
    let router = Router::build(snapshot, &Profile::spec("example.com/ctl")).unwrap();
    let all = router.statuses_onto(snapshot, &Timestamp::from(NOW));
    all.into_iter().find(|one| one.status.key().unwrap().kind == kind).unwrap()
}

/// The status of the Route, written onto what it holds.
fn written_route(parents: &Value, generation: i64, stored: &Value) -> (Vec<RouteParentStatus>, MergedStatus) {
    let objects =
        [class("example.com/ctl"), gateway(&["a", "b"], 1, Value::Null), route(parents, generation, stored)];
    let merged = written(&snapshot(objects), ObjectKind::HttpRoute);
    let KindStatus::Route(RouteStatus { parents }) = &merged.status.status else { panic!("{merged:?}") };
    (parents.clone(), merged)
}

fn written_gateway(listeners: &[&str], generation: i64, status: Value) -> (GatewayStatus, MergedStatus) {
    let objects = [class("example.com/ctl"), gateway(listeners, generation, status)];
    let merged = written(&snapshot(objects), ObjectKind::Gateway);
    let KindStatus::Gateway(status) = &merged.status.status else { panic!("{merged:?}") };
    (status.clone(), merged)
}

fn find<'a>(conditions: &'a [Condition], kind: &str) -> &'a Condition {
    conditions.iter().find(|condition| condition.r#type == *kind).unwrap()
}

fn time(condition: &Condition) -> &str {
    condition.last_transition_time.as_deref().unwrap()
}

fn types(conditions: &[Condition]) -> Vec<&str> {
    conditions.iter().map(|condition| condition.r#type.as_str()).collect()
}

#[test]
fn att_194_time_changes_with_the_status_alone() {
    let own = entry(
        &json!({"name": "gw"}),
        "example.com/ctl",
        &json!([
            condition("Accepted", "True", "OldReason", 1, BEFORE),
            condition("ResolvedRefs", "False", "BackendNotFound", 1, BEFORE)
        ]),
    );
    let (parents, merged) = written_route(&json!([{"name": "gw"}]), 2, &json!([own]));
    let accepted = find(&parents[0].conditions, "Accepted");
    // ATT-190: refreshed with reason and generation, though it has said True all along.
    assert_eq!((time(accepted), accepted.observed_generation), (BEFORE, Some(2)));
    assert_eq!(accepted.reason, "Accepted");
    let resolved = find(&parents[0].conditions, "ResolvedRefs");
    assert_eq!((time(resolved), resolved.status.as_str()), (NOW, "True"));
    assert!(merged.changed && merged.left_out.is_empty());
}

#[test]
fn att_191_a_newer_condition_is_left_alone() {
    let newer = condition("Accepted", "False", "NotAllowedByListeners", 7, BEFORE);
    let own = entry(&json!({"name": "gw"}), "example.com/ctl", &json!([newer]));
    let (parents, _) = written_route(&json!([{"name": "gw"}]), 2, &json!([own]));
    let accepted = find(&parents[0].conditions, "Accepted");
    assert_eq!(serde_json::to_value(accepted).unwrap(), newer);
    assert_eq!(find(&parents[0].conditions, "ResolvedRefs").observed_generation, Some(2));
    // An entry that a newer object wanted is left, too.
    let other = entry(&json!({"name": "gw", "sectionName": "b"}), "example.com/ctl", &json!([newer]));
    let (parents, _) = written_route(&json!([{"name": "gw"}]), 2, &json!([other]));
    assert_eq!(parents.len(), 2);
}

#[test]
fn att_192_and_193_what_others_wrote_stays_in_place() {
    let foreign = condition("example.org/Checked", "True", "Fine", 1, BEFORE);
    let theirs = entry(
        &json!({"name": "gw"}),
        "other.example/ctl",
        &json!([condition("Accepted", "False", "Nope", 1, BEFORE)]),
    );
    let own = entry(
        &json!({"name": "gw"}),
        "example.com/ctl",
        &json!([foreign, condition("Accepted", "True", "Accepted", 1, BEFORE)]),
    );
    let (parents, _) = written_route(&json!([{"name": "gw"}]), 1, &json!([theirs, own]));
    assert_eq!(parents.len(), 2);
    assert_eq!(serde_json::to_value(&parents[0]).unwrap(), theirs);
    assert_eq!(types(&parents[1].conditions), ["example.org/Checked", "Accepted", "ResolvedRefs"]);
    assert_eq!(serde_json::to_value(&parents[1].conditions[0]).unwrap(), foreign);
    // The defaults of a parentRef do not make another entry of it (ATT-151).
    let full = json!({"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "gw"});
    let (parents, _) = written_route(
        &json!([{"name": "gw"}]),
        1,
        &json!([entry(&full, "example.com/ctl", &json!([foreign]))]),
    );
    assert_eq!(parents.len(), 1);
}

#[test]
fn att_195_a_stale_negative_condition_goes() {
    let own = entry(
        &json!({"name": "gw"}),
        "example.com/ctl",
        &json!([
            condition("PartiallyInvalid", "True", "UnsupportedValue", 1, BEFORE),
            condition("Accepted", "True", "Accepted", 1, BEFORE)
        ]),
    );
    let (parents, _) = written_route(&json!([{"name": "gw"}]), 2, &json!([own]));
    assert_eq!(types(&parents[0].conditions), ["Accepted", "ResolvedRefs"]);
}

#[test]
fn att_004_and_203_entries_that_are_not_wanted_go() {
    let gone = entry(&json!({"name": "gone"}), "example.com/ctl", &json!([]));
    let theirs = entry(&json!({"name": "gone"}), "other.example/ctl", &json!([]));
    let (parents, _) = written_route(&json!([{"name": "gw"}]), 1, &json!([gone, theirs]));
    let names: Vec<_> =
        parents.iter().map(|one| (one.parent_ref.name.as_str(), one.controller_name.as_str())).collect();
    assert_eq!(names, [("gone", "other.example/ctl"), ("gw", "example.com/ctl")]);
    // A Route without parents loses all that is ours.
    let (parents, merged) = written_route(&json!([]), 1, &json!([gone]));
    assert!(parents.is_empty() && merged.changed);
}

#[test]
fn att_113_listeners_of_the_spec_alone() {
    let listener = |name: &str| {
        json!({"name": name, "attachedRoutes": 9, "supportedKinds": [], "conditions": [
            condition("Accepted", "True", "Accepted", 1, BEFORE),
            condition("Conflicted", "True", "HostnameConflict", 1, BEFORE)]})
    };
    let stored = json!({"listeners": [listener("old"), listener("b"), listener("a")],
        "addresses": [{"type": "IPAddress", "value": "192.0.2.1"}], "attachedListenerSets": 3});
    let (status, _) = written_gateway(&["a", "b", "c"], 2, stored);
    let listeners = status.listeners.unwrap();
    let names: Vec<_> = listeners.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["b", "a", "c"]);
    let accepted = find(&listeners[0].conditions, "Accepted");
    assert_eq!((time(accepted), listeners[0].attached_routes), (BEFORE, 0));
    // ATT-195: `Conflicted` is optional when it is not true, but must not stay True.
    let conflicted = listeners[0].conditions.iter().find(|one| one.r#type == *"Conflicted");
    assert!(conflicted.is_none_or(|one| one.status.as_str() == "False"));
    assert_eq!(time(find(&listeners[2].conditions, "Accepted")), NOW);
    // An address that is not known here is not one that is gone.
    assert_eq!(status.addresses.unwrap()[0].value, "192.0.2.1");
}

#[test]
fn att_197_full_lists_are_told() {
    let others: Vec<_> = (0..31)
        .map(|index| entry(&json!({"name": format!("p{index}")}), "other.example/ctl", &json!([])))
        .collect();
    let parents = json!([{"name": "gw", "sectionName": "a"}, {"name": "gw", "sectionName": "b"}]);
    let (written, merged) = written_route(&parents, 1, &json!(others));
    assert_eq!(written.len(), 32);
    assert_eq!(written[31].parent_ref.section_name.as_deref(), Some("a"));
    let told: Vec<_> = merged.left_out.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["status.parents is full with 32 entries, so `Gateway gw:b` is not written; remove others from it"]
    );
    let foreign: Vec<_> =
        (0..7).map(|index| condition(&format!("example.org/{index}"), "True", "Fine", 1, BEFORE)).collect();
    let own = entry(&json!({"name": "gw"}), "example.com/ctl", &json!(foreign));
    let (written, merged) = written_route(&json!([{"name": "gw"}]), 1, &json!([own]));
    assert_eq!(written[0].conditions.len(), 8);
    let left: Vec<_> =
        merged.left_out.iter().map(|one| (one.list.as_str(), one.limit, one.entry.as_str())).collect();
    assert_eq!(left, [("status.parents[Gateway gw].conditions", 8, "ResolvedRefs")]);
}

#[test]
fn att_002_what_nobody_here_reconciles_is_left_alone() {
    let stored = json!({"conditions": [condition("Accepted", "True", "Accepted", 1, BEFORE)]});
    let objects = |status: Value| snapshot([class("other.example/ctl"), gateway(&["a"], 2, status)]);
    let merged = written(&objects(stored.clone()), ObjectKind::Gateway);
    assert_eq!(serde_json::to_value(&merged.status.status).unwrap(), stored);
    assert!(!merged.changed);
    // MODEL-R10: the API server's defaults have this time.
    let merged = written(&objects(Value::Null), ObjectKind::Gateway);
    let KindStatus::Gateway(status) = &merged.status.status else { panic!("{merged:?}") };
    let conditions = status.conditions.as_deref().unwrap();
    assert!(
        conditions.iter().all(|one| one.status.as_str() == "Unknown" && time(one) == "1970-01-01T00:00:00Z")
    );
}

#[test]
fn without_a_controller_every_one_of_the_input_is_ours() {
    let gone = entry(&json!({"name": "gone"}), "example.com/ctl", &json!([]));
    let theirs = entry(&json!({"name": "gone"}), "other.example/ctl", &json!([]));
    let world = snapshot([class("example.com/ctl"), route(&json!([]), 1, &json!([gone, theirs]))]);
    let router = Router::build(&world, &Profile::every_class()).unwrap();
    let all = router.statuses_onto(&world, &Timestamp::from(NOW));
    let route = all.iter().find(|one| one.status.kind == "HTTPRoute").unwrap();
    assert_eq!(serde_json::to_value(&route.status.status).unwrap()["parents"], json!([theirs]));
}

#[test]
fn changes_since_another_router() {
    let base = [class("example.com/ctl"), gateway(&["a"], 1, Value::Null)];
    let one = route(&json!([{"name": "gw"}]), 1, &json!([]));
    let build = |objects: Vec<Object>| Router::build(&snapshot(objects), &Profile::every_class()).unwrap();
    let old = build([base.to_vec(), vec![one.clone()]].concat());
    assert_eq!(old.status_changes_since(&old), StatusChanges::default());
    // The Gateway counts the Route, so it changes with it.
    let without = build(base.to_vec());
    let changes = without.status_changes_since(&old);
    let kinds =
        |changes: &StatusChanges| -> Vec<&str> { changes.changed.iter().map(|status| status.kind).collect() };
    assert_eq!(kinds(&changes), ["Gateway"]);
    assert_eq!(changes.removed, [ObjectKey::new(ObjectKind::HttpRoute, "shop", "api")]);
    let back = old.status_changes_since(&without);
    assert_eq!(kinds(&back), ["Gateway", "HTTPRoute"]);
    assert!(back.removed.is_empty());
    // ATT-190: a new generation is news, though nothing else is.
    let bumped = build([base.to_vec(), vec![route(&json!([{"name": "gw"}]), 2, &json!([]))]].concat());
    assert_eq!(kinds(&bumped.status_changes_since(&old)), ["HTTPRoute"]);
}

fn any_condition() -> impl Strategy<Value = Value> {
    let kind = prop::sample::select(vec![
        "Accepted",
        "ResolvedRefs",
        "PartiallyInvalid",
        "example.org/A",
        "example.org/B",
    ]);
    (kind, prop::sample::select(vec!["True", "False", "Unknown"]), 0_i64..5)
        .prop_map(|(kind, status, generation)| condition(kind, status, "Some", generation, BEFORE))
}

fn any_parent() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!({"name": "gw"}),
        json!({"name": "gw", "sectionName": "a"}),
        json!({"name": "gw", "sectionName": "b"}),
        json!({"name": "gw", "namespace": "shop"}),
        json!({"name": "gone"}),
    ])
}

fn any_entry() -> impl Strategy<Value = Value> {
    let controller = prop::sample::select(vec!["example.com/ctl", "other.example/ctl"]);
    (any_parent(), controller, prop::collection::vec(any_condition(), 0..5))
        .prop_map(|(parent, controller, conditions)| entry(&parent, controller, &json!(conditions)))
}

/// The same object with the status that was written.
fn holding(parents: &Value, generation: i64, merged: &[RouteParentStatus]) -> Object {
    let stored = serde_json::to_value(merged).unwrap();
    route(parents, generation, &stored)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn writing_twice_writes_once(
        stored in prop::collection::vec(any_entry(), 0..6),
        parents in prop::collection::hash_set(any_parent().prop_map(|parent| parent.to_string()), 0..4),
        generation in 0_i64..5,
        reversed in any::<bool>(),
    ) {
        let parents: Vec<Value> = parents.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
        let list = json!(parents);
        let (once, _) = written_route(&list, generation, &json!(stored));

        // What others wrote is untouched and in order (ATT-192, ATT-193).
        let theirs = |value: &Value| value["controllerName"] == "other.example/ctl";
        let kept: Vec<Value> =
            once.iter().map(|one| serde_json::to_value(one).unwrap()).filter(theirs).collect();
        let held: Vec<Value> =
            stored.iter().filter(|one| theirs(one)).map(|one| {
                let read: RouteParentStatus = serde_json::from_value(one.clone()).unwrap();
                serde_json::to_value(read).unwrap()
            }).collect();
        prop_assert_eq!(kept, held);

        // Every condition that we want has a time, and its type once (ATT-192); an entry that we do not
        // want is there because somebody newer does.
        let is_wanted = |one: &&RouteParentStatus| {
            let wanted = |parent: &Value| {
                one.parent_ref.name == *parent["name"].as_str().unwrap()
                    && one.parent_ref.namespace.as_deref() == parent["namespace"].as_str()
                    && one.parent_ref.section_name.as_deref() == parent["sectionName"].as_str()
            };
            one.controller_name == *"example.com/ctl" && parents.iter().any(wanted)
        };
        for one in once.iter().filter(is_wanted).filter(|one| one.parent_ref.name == *"gw") {
            prop_assert!(one.conditions.iter().all(|condition| condition.last_transition_time.is_some()));
            for kind in ["Accepted", "ResolvedRefs", "PartiallyInvalid"] {
                prop_assert!(types(&one.conditions).iter().filter(|found| **found == kind).count() <= 1);
            }
        }

        // Once more, with the parentRefs in whatever order: nothing to write.
        let mut again = parents;
        if reversed {
            again.reverse();
        }
        let base = [class("example.com/ctl"), gateway(&["a", "b"], 1, Value::Null)];
        let world = snapshot(base.into_iter().chain([holding(&json!(again), generation, &once)]));
        let twice = written(&world, ObjectKind::HttpRoute);
        prop_assert_eq!(&twice.status.status, &KindStatus::Route(RouteStatus { parents: once }));
        prop_assert!(!twice.changed);
    }
}

#[test]
fn a_status_of_another_kind_counts_as_none() {
    let route = HttpRoute::default();
    assert_eq!(KindStatus::of(&route.into()), None);
}
