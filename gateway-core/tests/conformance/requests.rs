//! Request assertions: the decision carried out on paper and compared with what the suite expects
//! the backend or the client to see.

use gateway_core::model::GatewayDuration;
use gateway_core::{Request, Transport};
use serde_json::{Value, json};

use crate::arrival::arrived;
use crate::cluster::Cluster;
use crate::connections;
use crate::handshake;

type Outcome = Result<(), String>;

/// A step's request.
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) host: String,
    /// With its query.
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
}

pub(crate) fn request(step: &Value) -> Asked {
    let request = &step["request"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let path = request["path"].as_str().filter(|path| !path.is_empty()).unwrap_or("/").to_string();
    let host = request["host"].as_str().or(request["authority"].as_str()).unwrap_or("conformance.invalid");
    let is_call = step["client"].as_str().is_some_and(|client| client.ends_with("grpc"));
    let mut headers = Vec::new();
    let listed = ["headers", "metadata"].iter().filter_map(|key| request[*key].as_object()).flatten();
    for (name, value) in listed {
        headers.push((name.clone(), text(value)));
    }
    if is_call {
        headers.push(("content-type".to_string(), "application/grpc".to_string()));
    }
    let method = if is_call { "POST".to_string() } else { text(&request["method"]) };
    Asked { method, host: host.to_string(), path, headers }
}

/// The decision for a step's request, as JSON.
pub(crate) fn decide(cluster: &Cluster, step: &Value, draw: u64) -> Value {
    let Asked { method, host, path, headers } = request(step);
    let (path, query) =
        path.split_once('?').map_or((path.as_str(), None), |(path, query)| (path, Some(query)));
    let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes())).collect();
    let view = Request {
        method: method.as_bytes(),
        scheme: step["scheme"].as_str().map(str::as_bytes),
        authority: host.as_bytes(),
        path: path.as_bytes(),
        query: query.map(str::as_bytes),
        headers: &headers,
    };
    let Some(arrived) = arrived(cluster, step, Transport::Tcp) else {
        return json!({"decision": "no such gateway"});
    };
    serde_json::to_value(cluster.router.route(arrived, &view, draw).report(&view)).unwrap()
}

pub(crate) fn check(cluster: &Cluster, step: &Value) -> Outcome {
    let expect = &step["expect"];
    let decision = decide(cluster, step, 0);
    let fail = |what: &str| Err(format!("{what}: want {expect}, got {decision}"));
    let status = match decision["decision"].as_str().unwrap() {
        "forward" if !handshake::succeeds(&decision) => json!(502),
        "forward" if times_out(&decision) => json!(504),
        "forward" => retried(&decision).unwrap_or(json!(200)),
        _ => decision["status"].clone(),
    };
    match expect["outcome"].as_str().unwrap_or_default() {
        "websocketEcho" => {
            let is_echo = status == 200 && decision["protocol"] == "WS";
            return if is_echo { Ok(()) } else { fail("outcome") };
        }
        "not200" => return if status == 200 { fail("status") } else { Ok(()) },
        "grpc" => {
            let code = if status == 200 { json!(0) } else { decision["grpcStatus"].clone() };
            if code != expect["code"] {
                return fail("gRPC status");
            }
            let reached = expect["backend"].as_str().is_none_or(|wanted| {
                cluster.pods_of(&decision["backend"]).as_deref() == Some(wanted)
                    && decision["backend"]["namespace"] == expect["namespace"]
            });
            let called =
                expect["fullMethod"].is_null() || expect["fullMethod"] == decision["upstream"]["path"];
            return if reached && called { Ok(()) } else { fail("backend") };
        }
        _ => {}
    }
    if !expect["statusCodes"].as_array().unwrap().contains(&status) {
        return fail("status");
    }
    if expect["redirect"].is_object()
        && !redirected(&expect["redirect"], decision["location"].as_str().unwrap_or_default())
    {
        return fail("location");
    }
    if let Some(wanted) = expect["backend"].as_str() {
        let is_named = expect["namespace"].is_string();
        if !cluster.reaches(&decision["backend"], wanted)
            || is_named && decision["backend"]["namespace"] != expect["namespace"]
        {
            return fail("backend");
        }
    }
    if decision["decision"] == "forward" && expect["backendRequest"].is_object() {
        if let Err(what) = upstream(&decision["upstream"], &expect["backendRequest"]) {
            return fail(&what);
        }
        if let Err(what) = handshake::shows(&decision, &expect["backendRequest"]) {
            return fail(&what);
        }
    }
    if let Err(what) = response(&decision, step) {
        return fail(&what);
    }
    mirrored(cluster, &decision, &expect["mirroredTo"])
}

/// The suite's backend answers after `delay`; 504 comes when a timeout is shorter.
fn times_out(decision: &Value) -> bool {
    let query = decision["upstream"]["query"].as_str().unwrap_or_default();
    let Some((_, delay)) = query.split_once("delay=") else { return false };
    let Ok(delay) = GatewayDuration::from(delay).parse() else { return false };
    let timeouts = decision["timeouts"].as_object().unwrap().values().filter_map(Value::as_str);
    timeouts
        .filter_map(|one| GatewayDuration::from(one).parse().ok())
        .any(|timeout| !timeout.is_zero() && timeout < delay)
}

/// The suite's backend fails so often with that status before it succeeds (FILT-130, FILT-131, FILT-134).
fn retried(decision: &Value) -> Option<Value> {
    let query = decision["upstream"]["query"].as_str()?;
    let of = |name: &str| {
        let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        value.and_then(|value| value.parse::<i64>().ok())
    };
    let (code, failures) = (of("responseCode")?, of("succeedAfter")?);
    let retry = &decision["retry"];
    let tries = retry["attempts"].as_i64().unwrap_or(0) + 1;
    let is_listed = retry["codes"].as_array().is_some_and(|codes| codes.contains(&json!(code)));
    let succeeds = failures == 0 || is_listed && failures < tries;
    Some(if succeeds { json!(200) } else { json!(code) })
}

fn redirected(wanted: &Value, location: &str) -> bool {
    let Some((scheme, rest)) = location.split_once("://") else { return false };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let default = if scheme == "https" { "443" } else { "80" };
    let port = if port.is_empty() { default } else { port };
    let equal = |key: &str, found: &str| {
        wanted[key].as_str().is_none_or(|wanted| wanted.is_empty() || wanted == found)
    };
    let wanted_port = wanted["port"].as_str().filter(|port| !port.is_empty()).unwrap_or(default);
    let path = path.split('?').next().unwrap();
    equal("scheme", scheme) && equal("host", host) && equal("path", path) && wanted_port == port
}

fn upstream(found: &Value, wanted: &Value) -> Result<(), String> {
    let path = match found["query"].as_str() {
        Some(query) => format!("{}?{query}", found["path"].as_str().unwrap()),
        None => found["path"].as_str().unwrap().to_string(),
    };
    let equal = |wanted: &Value, found: &str| {
        wanted.as_str().is_none_or(|wanted| wanted.is_empty() || wanted == found)
    };
    if !equal(&wanted["path"], &path) {
        return Err("upstream path".into());
    }
    if !equal(&wanted["host"], found["authority"].as_str().unwrap()) {
        return Err("upstream host".into());
    }
    if !equal(&wanted["method"], found["method"].as_str().unwrap()) {
        return Err("upstream method".into());
    }
    let header = |name: &str| {
        let values: Vec<_> = found["headers"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|pair| pair[0].as_str().unwrap().eq_ignore_ascii_case(name))
            .map(|pair| pair[1].as_str().unwrap())
            .collect();
        (!values.is_empty()).then(|| values.join(","))
    };
    for (name, value) in wanted["headers"].as_object().into_iter().flatten() {
        if header(name).as_deref() != value.as_str() {
            return Err(format!("upstream header {name}"));
        }
    }
    for name in wanted["absentHeaders"].as_array().into_iter().flatten() {
        if header(name.as_str().unwrap()).is_some() {
            return Err(format!("upstream header {name}"));
        }
    }
    Ok(())
}

/// The headers of the gateway's own answer, or the response edits carried out on those that the suite's
/// backend sends.
fn response(decision: &Value, step: &Value) -> Result<(), String> {
    let edits = &decision["response"];
    let sent = step["request"]["backendSetResponseHeaders"].as_object();
    let value_of = |name: &str| {
        let same = |other: &str| other.eq_ignore_ascii_case(name);
        if decision["decision"] == "respond" {
            let own = decision["headers"].as_array().into_iter().flatten();
            let mut own = own.filter(|pair| same(pair[0].as_str().unwrap()));
            return own.next().map(|pair| pair[1].as_str().unwrap().to_string());
        }
        let pair = |list: &str| {
            let pairs = edits[list].as_array()?;
            pairs
                .iter()
                .find(|pair| same(pair[0].as_str().unwrap()))
                .map(|pair| pair[1].as_str().unwrap().to_string())
        };
        if edits["remove"]
            .as_array()
            .is_some_and(|names| names.iter().any(|name| same(name.as_str().unwrap())))
        {
            return None;
        }
        let before = sent
            .and_then(|sent| sent.iter().find(|(other, _)| same(other)))
            .and_then(|(_, value)| value.as_str());
        match (pair("set"), pair("add"), before) {
            (Some(replaced), _, _) => Some(replaced),
            (None, Some(add), Some(before)) => Some(format!("{before},{add}")),
            (None, Some(add), None) => Some(add),
            (None, None, before) => before.map(str::to_string),
        }
    };
    for (name, value) in step["expect"]["responseHeaders"].as_object().into_iter().flatten() {
        if value_of(name).as_deref() != value.as_str() {
            return Err(format!("response header {name}"));
        }
    }
    for (name, values) in step["expect"]["validResponseHeaders"].as_object().into_iter().flatten() {
        let found = value_of(name);
        if !values.as_array().unwrap().iter().any(|value| value.as_str() == found.as_deref()) {
            return Err(format!("response header {name}: {found:?}"));
        }
    }
    for name in step["expect"]["absentResponseHeaders"].as_array().into_iter().flatten() {
        if value_of(name.as_str().unwrap()).is_some() {
            return Err(format!("response header {name}"));
        }
    }
    Ok(())
}

fn mirrored(cluster: &Cluster, decision: &Value, wanted: &Value) -> Outcome {
    for wanted in wanted.as_array().into_iter().flatten() {
        let mut mirrors = decision["mirrors"].as_array().into_iter().flatten();
        let found = mirrors.any(|mirror| {
            cluster.pods_of(&mirror["backend"]).as_deref() == wanted["name"].as_str()
                && mirror["backend"]["namespace"] == wanted["namespace"]
        });
        if !found {
            return Err(format!("not mirrored to {wanted}: {decision}"));
        }
    }
    Ok(())
}

/// The mirror of a request is part of its decision, which the request's own step has checked; here
/// the path of the copy is.
pub(crate) fn mirrored_by_last_request(_: &Cluster, step: &Value) -> Outcome {
    if step["mirroredTo"].as_array().is_some_and(|targets| !targets.is_empty()) {
        Ok(())
    } else {
        Err("nothing to mirror to".into())
    }
}

/// Sends the suite's number of requests with a counter as draw and compares the shares.
pub(crate) fn distribution(cluster: &Cluster, step: &Value) -> Outcome {
    let requests = step["requests"].as_u64().unwrap();
    if step["mirror"].is_object() || step["percent"].is_number() {
        return mirror_distribution(cluster, step, requests);
    }
    if let Some(header) = step["perRequest"]["header"].as_str() {
        // Every answer carries the header that the chosen backend's own filter sets.
        for draw in 0..requests {
            let decision = decide(cluster, step, draw);
            let backend = cluster.pods_of(&decision["backend"]).unwrap_or_default();
            let values: Vec<_> = decision["upstream"]["headers"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|pair| pair[0] == header)
                .collect();
            if values.len() != 1 || !backend.starts_with(values[0][1].as_str().unwrap()) {
                return Err(format!("draw {draw}: {decision}"));
            }
        }
        return Ok(());
    }
    let weights = step["weights"].as_object().ok_or("no weights")?;
    let tolerance = step["tolerance"].as_f64().unwrap_or(0.05);
    let mut counts = std::collections::BTreeMap::<String, f64>::new();
    for draw in 0..requests {
        let decision = if connections::is_one(step) {
            connections::connect(cluster, step, draw)
        } else {
            decide(cluster, step, draw)
        };
        let backend = cluster.pods_of(&decision["backend"]).ok_or(format!("not forwarded: {decision}"))?;
        *counts.entry(backend).or_default() += 1.0;
    }
    #[allow(clippy::cast_precision_loss, reason = "a few hundred requests")]
    let share = |name: &str| counts.get(name).copied().unwrap_or(0.0) / requests as f64;
    for (name, weight) in weights {
        let weight = weight.as_f64().unwrap();
        if (share(name) - weight).abs() > tolerance || (weight == 0.0 && share(name) > 0.0) {
            return Err(format!("{name}: want {weight}, got {}", share(name)));
        }
    }
    Ok(())
}

fn mirror_distribution(cluster: &Cluster, step: &Value, requests: u64) -> Outcome {
    // The request is that of the step before, but for its path.
    let mut request = cluster.last_request.clone().ok_or("no request before")?;
    request["request"]["path"] = step["path"].clone();
    let copies = |draw| decide(cluster, &request, draw)["mirrors"].as_array().map_or(0, Vec::len);
    let count: usize = (0..requests).map(copies).sum();
    let bound = |key: &str| step[key].as_f64().ok_or(format!("no {key}"));
    #[allow(clippy::cast_precision_loss, reason = "a few hundred requests")]
    let within = (bound("minCount")?..=bound("maxCount")?).contains(&(count as f64));
    if within { Ok(()) } else { Err(format!("mirrored {count} times: {step}")) }
}
