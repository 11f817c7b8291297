//! Request assertions: the decision carried out on paper.

use std::collections::BTreeMap;

use gateway_core::model::GatewayDuration;
use gateway_oracle::{Arrival, Request, Target};
use serde_json::{Value, json};

use crate::cluster::Cluster;
use crate::connections;

pub(crate) type Outcome = Result<(), String>;

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Where a step's client connects to: a Gateway, or in a mesh the Service that its host names.
pub(crate) fn arrival(step: &Value) -> Arrival {
    let sni = step["tls"]["serverName"].as_str().map(str::to_owned);
    if step["gateway"].is_object() {
        let target = Target::Gateway {
            namespace: text(&step["gateway"]["namespace"]),
            name: text(&step["gateway"]["name"]),
        };
        let port = i32::try_from(step["port"].as_i64().unwrap()).unwrap();
        return Arrival { target, port, sni, client_namespace: None };
    }
    let client = text(&step["source"]["namespace"]);
    let url = step["url"].as_str().map_or_else(|| text(&step["request"]["host"]), str::to_owned);
    let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap();
    // A pod's own address, `{POD_IP:app=..,version=..}`, is no Service: nothing is bound there (MATCH-94).
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, port),
        _ => (authority, "80"),
    };
    let mut labels = host.split('.');
    let name = labels.next().unwrap_or_default().to_owned();
    let namespace = labels.next().map_or_else(|| client.clone(), str::to_owned);
    Arrival {
        target: Target::Service { namespace, name },
        port: port.parse().unwrap(),
        sni,
        client_namespace: Some(client),
    }
}

fn request(step: &Value) -> Request {
    let request = &step["request"];
    let is_call = step["client"].as_str().is_some_and(|client| client.ends_with("grpc"));
    let path = text(&request["path"]);
    let path = if path.is_empty() { "/".to_owned() } else { path };
    let (path, query) =
        path.split_once('?').map_or((path.as_str(), None), |(path, query)| (path, Some(query)));
    let listed = ["headers", "metadata"].iter().filter_map(|key| request[*key].as_object()).flatten();
    let mut headers: Vec<_> = listed.map(|(name, value)| (name.clone(), text(value))).collect();
    if is_call {
        headers.push(("content-type".to_owned(), "application/grpc".to_owned()));
    }
    let host = request["host"].as_str().or(request["authority"].as_str()).unwrap_or("conformance.invalid");
    Request {
        method: if is_call { "POST".to_owned() } else { text(&request["method"]) },
        scheme: None,
        authority: host.to_owned(),
        path: path.to_owned(),
        query: query.map(str::to_owned),
        headers,
    }
}

fn decide(cluster: &Cluster, step: &Value, draw: u64) -> Value {
    serde_json::to_value(cluster.oracle.decide(&arrival(step), &request(step), draw).decision).unwrap()
}

pub(crate) fn check(cluster: &Cluster, step: &Value) -> Outcome {
    let outcome = step["expect"]["outcome"].as_str().unwrap_or_default();
    match (step["client"].as_str().unwrap(), outcome) {
        ("tcp" | "tls" | "udp" | "dns", _) => connections::check(cluster, step),
        (_, "grpc") => call(cluster, step),
        (_, "websocketEcho") => {
            let decision = decide(cluster, step, 0);
            if decision["decision"] == "forward" { Ok(()) } else { Err(decision.to_string()) }
        }
        (_, "not200" | "transportError") => handshake_fails(cluster, step),
        _ if connections::is_passed(cluster, step) => connections::check(cluster, step),
        _ => answered(cluster, step),
    }
}

/// What fails in a handshake is no matter of the decision, but of what it says about it: either there is
/// no listener, or the backend is to be reached over TLS.
fn handshake_fails(cluster: &Cluster, step: &Value) -> Outcome {
    let decision = decide(cluster, step, 0);
    let secured = decision["upstreamTls"].is_object();
    let asked_for_certificate = step["expect"]["outcome"] == "transportError";
    let right =
        secured || asked_for_certificate || decision["decision"] == "respond" && decision["status"] != 200;
    if right { Ok(()) } else { Err(format!("nothing there can fail: {decision}")) }
}

fn call(cluster: &Cluster, step: &Value) -> Outcome {
    let expect = &step["expect"];
    let decision = decide(cluster, step, 0);
    let code = match decision["decision"].as_str() {
        Some("forward") => json!(0),
        _ => decision["grpcStatus"].clone(),
    };
    let reached = expect["backend"].as_str().is_none_or(|wanted| {
        cluster.is_backend(&decision["backend"], wanted)
            || expect["code"] == 0 && decision["backends"].as_array().is_some_and(|all| all.len() > 1)
    });
    if code == expect["code"] && reached { Ok(()) } else { Err(format!("want {expect}, got {decision}")) }
}

fn answered(cluster: &Cluster, step: &Value) -> Outcome {
    let expect = &step["expect"];
    let decision = decide(cluster, step, 0);
    let fail = |what: &str| Err(format!("{what}: want {expect}, got {decision}"));
    let status = match decision["decision"].as_str().unwrap() {
        "forward" if times_out(&decision) => json!(504),
        "forward" => retried(&decision).unwrap_or(json!(200)),
        _ => decision["status"].clone(),
    };
    if !expect["statusCodes"].as_array().unwrap().contains(&status) {
        return fail("status");
    }
    if expect["redirect"].is_object()
        && !redirected(&expect["redirect"], decision["location"].as_str().unwrap_or_default())
    {
        return fail("location");
    }
    if let Some(wanted) = expect["backend"].as_str().filter(|wanted| !wanted.is_empty()) {
        if !cluster.is_backend(&decision["backend"], wanted) {
            return fail("backend");
        }
        let namespace = &expect["namespace"];
        if namespace.as_str().is_some_and(|one| !one.is_empty())
            && *namespace != decision["backend"]["namespace"]
        {
            return fail("namespace");
        }
    }
    if decision["decision"] == "forward"
        && let Err(what) = upstream(&decision, &expect["backendRequest"])
    {
        return fail(&what);
    }
    if let Err(what) = response(&decision, step) {
        return fail(&what);
    }
    for wanted in expect["mirroredTo"].as_array().into_iter().flatten() {
        let name = wanted["name"].as_str().unwrap();
        let mut mirrors = decision["mirrors"].as_array().into_iter().flatten();
        if !mirrors.any(|one| {
            cluster.is_backend(&one["backend"], name) && one["backend"]["namespace"] == wanted["namespace"]
        }) {
            return fail("mirror");
        }
    }
    Ok(())
}

fn parameter(decision: &Value, name: &str) -> Option<String> {
    let query = decision["upstream"]["query"].as_str()?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(one, _)| *one == name).map(|(_, value)| value.to_owned())
}

/// The suite's backend answers after `delay`; 504 comes when a timeout is shorter.
fn times_out(decision: &Value) -> bool {
    let Some(delay) = parameter(decision, "delay") else { return false };
    let Ok(delay) = GatewayDuration::from(delay).parse() else { return false };
    let timeouts = decision["timeouts"].as_object().unwrap().values().filter_map(Value::as_str);
    timeouts
        .filter_map(|one| GatewayDuration::from(one).parse().ok())
        .any(|one| !one.is_zero() && one < delay)
}

/// FILT-130, FILT-131, FILT-134: the suite's backend fails `succeedAfter` times with a code, then succeeds.
fn retried(decision: &Value) -> Option<Value> {
    let retry = &decision["retry"];
    if retry.is_null() {
        return None;
    }
    let of = |name: &str| parameter(decision, name).and_then(|value| value.parse::<i64>().ok());
    let (code, failures) = (of("responseCode")?, of("succeedAfter")?);
    let tries = retry["attempts"].as_i64().unwrap_or(0) + 1;
    let listed = retry["codes"].as_array().is_some_and(|codes| codes.contains(&json!(code)));
    Some(if failures == 0 || listed && failures < tries { json!(200) } else { json!(code) })
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

/// The values of a header, joined.
fn header(found: &Value, name: &str) -> Option<String> {
    let pairs = found.as_array().into_iter().flatten();
    let named = pairs.filter(|pair| pair[0].as_str().unwrap().eq_ignore_ascii_case(name));
    let values: Vec<_> = named.map(|pair| pair[1].as_str().unwrap()).collect();
    (!values.is_empty()).then(|| values.join(","))
}

fn upstream(decision: &Value, wanted: &Value) -> Result<(), String> {
    let found = &decision["upstream"];
    let path = match found["query"].as_str() {
        Some(query) => format!("{}?{query}", found["path"].as_str().unwrap()),
        None => text(&found["path"]),
    };
    let equal = |wanted: &Value, found: &str| {
        wanted.as_str().is_none_or(|wanted| wanted.is_empty() || wanted == found)
    };
    for (what, found) in
        [("path", path), ("host", text(&found["authority"])), ("method", text(&found["method"]))]
    {
        if !equal(&wanted[what], &found) {
            return Err(format!("upstream {what}"));
        }
    }
    if wanted["sni"].is_string() && wanted["sni"] != decision["upstreamTls"]["serverName"] {
        return Err("upstream server name".to_owned());
    }
    let shown = decision["upstreamTls"]["clientCertificate"].as_str();
    let shown = shown.map(|name| format!("<cert of {name}>"));
    if wanted["clientCert"].is_string() && wanted["clientCert"].as_str() != shown.as_deref() {
        return Err("upstream client certificate".to_owned());
    }
    for (name, value) in wanted["headers"].as_object().into_iter().flatten() {
        if header(&found["headers"], name).as_deref() != value.as_str() {
            return Err(format!("upstream header {name}"));
        }
    }
    let mut absent = wanted["absentHeaders"].as_array().into_iter().flatten().filter_map(Value::as_str);
    match absent.find(|name| header(&found["headers"], name).is_some()) {
        Some(name) => Err(format!("upstream header {name}")),
        None => Ok(()),
    }
}

/// The headers that the client sees: those of the answer, or the backend's after the edits.
fn response(decision: &Value, step: &Value) -> Result<(), String> {
    let edits = &decision["response"];
    let sent = step["request"]["backendSetResponseHeaders"].as_object();
    let value_of = |name: &str| -> Option<String> {
        if decision["headers"].is_array() {
            return header(&decision["headers"], name);
        }
        let removed = edits["remove"].as_array().into_iter().flatten().filter_map(Value::as_str);
        if removed.into_iter().any(|one| one.eq_ignore_ascii_case(name)) {
            return None;
        }
        let before = sent.and_then(|sent| sent.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)));
        let before = before.and_then(|(_, value)| value.as_str());
        match (header(&edits["set"], name), header(&edits["add"], name), before) {
            (Some(replaced), ..) => Some(replaced),
            (None, Some(added), Some(before)) => Some(format!("{before},{added}")),
            (None, Some(added), None) => Some(added),
            (None, None, before) => before.map(str::to_owned),
        }
    };
    let expect = &step["expect"];
    for (name, value) in expect["responseHeaders"].as_object().into_iter().flatten() {
        if value_of(name).as_deref() != value.as_str() {
            return Err(format!("response header {name}: {:?}", value_of(name)));
        }
    }
    for (name, values) in expect["validResponseHeaders"].as_object().into_iter().flatten() {
        let found = value_of(name);
        if !values.as_array().unwrap().iter().any(|value| value.as_str() == found.as_deref()) {
            return Err(format!("response header {name}: {found:?}"));
        }
    }
    let mut absent =
        expect["absentResponseHeaders"].as_array().into_iter().flatten().filter_map(Value::as_str);
    match absent.find(|name| value_of(name).is_some()) {
        Some(name) => Err(format!("response header {name}")),
        None => Ok(()),
    }
}

/// Sends the suite's number of requests with a counter as draw and compares the shares.
pub(crate) fn distribution(cluster: &Cluster, step: &Value) -> Outcome {
    let count = step["requests"].as_u64().unwrap();
    if step["mirror"].is_object() || step["percent"].is_number() {
        // The request is that of the step before, but for its path.
        let mut before = cluster.last_request.clone().ok_or("no request before")?;
        before["request"]["path"] = step["path"].clone();
        let copies = |draw| decide(cluster, &before, draw)["mirrors"].as_array().map_or(0, Vec::len);
        #[allow(clippy::cast_precision_loss, reason = "a few hundred requests")]
        let sum = (0..count).map(copies).sum::<usize>() as f64;
        let within = (step["minCount"].as_f64().unwrap()..=step["maxCount"].as_f64().unwrap()).contains(&sum);
        return if within { Ok(()) } else { Err(format!("mirrored {sum} times: {step}")) };
    }
    let connection = matches!(step["client"].as_str(), Some("tcp" | "udp" | "tls"));
    let backend = |draw| {
        if connection {
            connections::backend(cluster, step, draw)
        } else {
            decide(cluster, step, draw)["backend"].clone()
        }
    };
    if let Some(name) = step["perRequest"]["header"].as_str() {
        return (0..count).try_for_each(|draw| {
            let decision = decide(cluster, step, draw);
            let value = header(&decision["upstream"]["headers"], name).unwrap_or_default();
            let right = !value.is_empty() && text(&decision["backend"]["name"]).starts_with(&value);
            if right { Ok(()) } else { Err(format!("draw {draw}: {decision}")) }
        });
    }
    let mut shares = BTreeMap::<String, u64>::new();
    for draw in 0..count {
        *shares.entry(text(&backend(draw)["name"])).or_default() += 1;
    }
    let tolerance = step["tolerance"].as_f64().unwrap_or(0.05);
    for (name, weight) in step["weights"].as_object().ok_or("no weights")? {
        #[allow(clippy::cast_precision_loss, reason = "a few hundred requests")]
        let share = *shares.get(name).unwrap_or(&0) as f64 / count as f64;
        let weight = weight.as_f64().unwrap();
        if (share - weight).abs() > tolerance || weight == 0.0 && share > 0.0 {
            return Err(format!("{name}: want {weight}, got {share} ({shares:?})"));
        }
    }
    Ok(())
}
