//! One case: manifests, requests, and what must come out.

use gateway_ask::profile::from_value as read_profile;
use gateway_ask::{RequestSpec, ServerName};
use gateway_core::model::Listener;
use gateway_core::{Object, ObjectKind, Profile, Snapshot, Transport};
use gateway_manifest::{Loader, Options, Severity};
use gateway_oracle::{Arrival, Oracle, Request, Target};
use serde::Deserialize;
use serde_json::Value;

use crate::distribution::{self, Distribution};
use crate::{compare, files, statuses};

/// Whether a case asks for decisions or statuses.
pub(crate) fn is_ours(case: &Value) -> bool {
    ["requests", "distribution", "statuses"].iter().any(|key| case[key].is_array())
}

/// Runs a case; the error lists everything that is not as expected.
pub(crate) fn run(case: &Value) -> Result<(), String> {
    let snapshot = snapshot(case)?;
    let profile = match &case["profile"] {
        Value::Null => Profile::default(),
        profile => read_profile(profile.clone())?,
    };
    let oracle = Oracle::new(&snapshot, &profile);
    let mut wrong = Vec::new();
    for exchange in statuses::list(&case["requests"]) {
        let mut differences = Vec::new();
        let got = decide(&oracle, &snapshot, &exchange["request"]);
        match &got {
            Ok(got) => compare::subset("", &decided(&exchange["expect"]), Some(got), &mut differences),
            Err(why) => differences.push(why.clone()),
        }
        if !differences.is_empty() {
            wrong.push(format!("request {}", exchange["request"]));
            wrong.extend(differences);
            wrong.extend(got.map(|got| format!("  the decision: {got}")));
        }
    }
    let distributions: Vec<Distribution> = statuses::list(&case["distribution"])
        .map(Distribution::deserialize)
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())?;
    distribution::check(&distributions, |request| decide(&oracle, &snapshot, request), &mut wrong);
    let found = serde_json::to_value(oracle.attachments()).map_err(|error| error.to_string())?;
    statuses::check(&found, &case["statuses"], &mut wrong);
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// What a case expects of the decision itself. The rest follows from it for who carries it out, and the
/// oracle decides nothing there.
fn decided(expect: &Value) -> Value {
    let mut expect = expect.clone();
    if let Some(fields) = expect.as_object_mut() {
        fields.retain(|key, _| {
            !["authRequests", "extensions", "retryPlan", "retryBudget", "session"].contains(&key.as_str())
        });
    }
    expect
}

fn decide(oracle: &Oracle, snapshot: &Snapshot, request: &Value) -> Result<Value, String> {
    let request = RequestSpec::deserialize(request).map_err(|error| error.to_string())?;
    let arrival = Arrival {
        target: target(&request, snapshot).ok_or("no Gateway")?,
        port: i32::from(request.port),
        sni: sni(&request, snapshot),
        client_namespace: request.client_namespace.clone(),
    };
    if let Some(transport) = request.scheme.connection() {
        let connection = oracle.connect(&arrival, transport == Transport::Udp, request.draw);
        return serde_json::to_value(connection).map_err(|error| error.to_string());
    }
    let asked = Request {
        method: request.method.clone(),
        scheme: Some(request.scheme.as_str().to_owned()),
        authority: request.host.clone(),
        path: request.path.clone(),
        query: request.query.clone(),
        headers: request.headers.clone(),
    };
    let decision = oracle.decide(&arrival, &asked, request.draw).decision;
    serde_json::to_value(decision).map_err(|error| error.to_string())
}

/// The Gateway or Service that the case names, or the first Gateway.
fn target(request: &RequestSpec, snapshot: &Snapshot) -> Option<Target> {
    let split = |name: &str| name.split_once('/').map(|(one, other)| (one.to_owned(), other.to_owned()));
    if let Some((namespace, name)) = request.service.as_deref().and_then(split) {
        return Some(Target::Service { namespace, name });
    }
    let first = || snapshot.keys().find(|key| key.kind == ObjectKind::Gateway);
    let (namespace, name) = match &request.gateway {
        Some(name) => split(name)?,
        None => first().map(|key| (key.namespace.clone(), key.name.clone()))?,
    };
    Some(Target::Gateway { namespace, name })
}

/// Where the case names no server name, it is the host on a port that speaks HTTPS.
fn sni(request: &RequestSpec, snapshot: &Snapshot) -> Option<String> {
    match &request.sni {
        ServerName::None => None,
        ServerName::Name(name) => Some(name.clone()),
        ServerName::Host => {
            let speaks_https = |listeners: &[Listener]| {
                listeners
                    .iter()
                    .any(|one| one.protocol.as_str() == "HTTPS" && one.port.0 == i32::from(request.port))
            };
            let is_request = request.scheme.connection().is_none() && request.service.is_none();
            let https = request.scheme.is_tls()
                || is_request
                    && snapshot.keys().filter_map(|key| snapshot.get(&key)).any(|object| match object {
                        Object::Gateway(one) => speaks_https(&one.spec.listeners),
                        Object::ListenerSet(one) => speaks_https(&one.spec.listeners),
                        _ => false,
                    });
            let host = request.host.split(':').next().unwrap_or_default();
            (https && !host.is_empty()).then(|| host.to_owned())
        }
    }
}

fn snapshot(case: &Value) -> Result<Snapshot, String> {
    let mut loader = Loader::new(Options::default());
    for include in statuses::list(&case["include"]).filter_map(Value::as_str) {
        loader.path(files::testdata().join(include)).map_err(|error| error.to_string())?;
    }
    for (index, object) in statuses::list(&case["objects"]).enumerate() {
        loader
            .text(&format!("objects[{index}].json"), object.to_string())
            .map_err(|error| error.to_string())?;
    }
    let manifests = loader.finish();
    match manifests.notes.iter().find(|note| note.severity == Severity::Error) {
        Some(note) => Err(format!("the manifests of the case: {note}")),
        None => Ok(manifests.objects.into_iter().map(|loaded| loaded.object).collect()),
    }
}
