//! Status assertions about attachment.

use gateway_core::ObjectKind;
use serde_json::Value;

use crate::cluster::Cluster;
use crate::requests::Outcome;

const ROUTES: [ObjectKind; 5] = [
    ObjectKind::HttpRoute,
    ObjectKind::GrpcRoute,
    ObjectKind::TlsRoute,
    ObjectKind::TcpRoute,
    ObjectKind::UdpRoute,
];

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn word(wanted: &Value, found: &Value) -> bool {
    let status = if found["status"] == true { "True" } else { "False" };
    (wanted["status"].is_null() || wanted["status"] == status)
        && (wanted["reason"].is_null() || wanted["reason"] == found["reason"])
}

/// `None` when the assertion is about something that the oracle does not answer.
pub(crate) fn check(cluster: &Cluster, step: &Value) -> Option<Outcome> {
    let all = serde_json::to_value(cluster.oracle.attachments()).unwrap();
    let target = &step["target"];
    let named = |one: &Value| one["namespace"] == target["namespace"] && one["name"] == target["name"];
    let kind = target["kind"].as_str().unwrap_or_default();
    match step["assert"].as_str().unwrap() {
        "routeParents" | "parentCondition" | "noAcceptedParents" => {
            let kind = ROUTES.into_iter().find(|one| one.kind() == kind)?;
            let route =
                list(&all["routes"]).find(|one| one["route"]["kind"] == kind.kind() && named(&one["route"]));
            Some(route_parents(cluster, step, kind, route.unwrap_or(&Value::Null)))
        }
        "attachedListenerSets" => {
            let gateway = list(&all["gateways"]).find(|one| named(one));
            let count = gateway.map_or(0, |one| one["attachedListenerSets"].as_u64().unwrap());
            Some(if step["count"] == count {
                Ok(())
            } else {
                Err(format!("want {}, got {count}", step["count"]))
            })
        }
        "zeroRoutes" => {
            let mut own = list(&all["listeners"])
                .filter(|one| one["listener"]["kind"] == kind && named(&one["listener"]));
            Some(if own.any(|one| one["attachedRoutes"] != 0) {
                Err("routes are attached".to_owned())
            } else {
                Ok(())
            })
        }
        "listeners" => {
            let own: Vec<_> = list(&all["listeners"])
                .filter(|one| one["listener"]["kind"] == kind && named(&one["listener"]))
                .collect();
            Some(listeners(step, &own))
        }
        _ => None,
    }
}

fn route_parents(cluster: &Cluster, step: &Value, kind: ObjectKind, route: &Value) -> Outcome {
    let target = &step["target"];
    if step["assert"] == "noAcceptedParents" {
        let accepted = list(&route["parents"]).any(|one| one["accepted"]["status"] == true);
        return if accepted { Err(format!("accepted: {route}")) } else { Ok(()) };
    }
    let object = cluster.parent_refs(
        kind,
        target["namespace"].as_str().unwrap_or_default(),
        target["name"].as_str().unwrap_or_default(),
    );
    let references = object.and_then(|one| one["spec"]["parentRefs"].as_array().map(Vec::len)).unwrap_or(0);
    if list(&route["parents"]).count() > references {
        return Err(format!("more entries than parents: {route}"));
    }
    let check = |wanted: &Value, conditions: Vec<&Value>| -> Outcome {
        let own = |reference: &Value| match &reference["namespace"] {
            Value::Null => target["namespace"].clone(),
            namespace => namespace.clone(),
        };
        let same = |found: &&Value| {
            let found = &found["parentRef"];
            found["name"] == wanted["name"] && own(found) == own(wanted)
        };
        let holds = |parent: &Value| {
            conditions.iter().all(|wanted| match wanted["type"].as_str() {
                Some("Accepted") => word(wanted, &parent["accepted"]),
                Some("ResolvedRefs") => word(wanted, &parent["resolvedRefs"]),
                _ => true,
            })
        };
        let found = list(&route["parents"]).filter(same).any(holds);
        if found { Ok(()) } else { Err(format!("want {wanted} {conditions:?}, got {route}")) }
    };
    if step["assert"] == "parentCondition" {
        return check(&step["parent"], vec![&step["condition"]]);
    }
    list(&step["parents"]).try_for_each(|one| check(&one["parentRef"], list(&one["conditions"]).collect()))
}

fn listeners(step: &Value, own: &[&Value]) -> Outcome {
    list(&step["listeners"]).try_for_each(|wanted| {
        let found =
            own.iter().find(|one| one["listener"]["section"] == wanted["name"]).ok_or("no such listener")?;
        let kinds: Vec<_> = list(&wanted["supportedKinds"]).map(|kind| &kind["kind"]).collect();
        let supported: Vec<_> = list(&found["supportedKinds"]).collect();
        let right = found["attachedRoutes"] == wanted["attachedRoutes"]
            && kinds.is_empty() == supported.is_empty()
            && kinds.iter().all(|kind| supported.contains(kind))
            && list(&wanted["conditions"]).all(|condition| match condition["type"].as_str() {
                Some("Accepted") => word(condition, &found["accepted"]),
                Some("Conflicted") if condition["status"] == "True" => {
                    condition["reason"] == found["conflicted"]
                }
                _ => true,
            });
        if right { Ok(()) } else { Err(format!("want {wanted}, got {found}")) }
    })
}
