//! Writes down what was asked and answered, so that the bindings can be asked the same: one file for each
//! test, in the folder that `GATEWAY_CORE_RECORD` names. A line holds either all objects, from then on, or a
//! request as a line of `gateway route --requests` and its decision.

use std::fs;
use std::path::PathBuf;

use gateway_core::Snapshot;
use serde_json::{Value, json};

use crate::arrival::address;
use crate::cluster::{self, Cluster};
use crate::{connections, requests};

/// The lines of one test.
#[derive(Default)]
pub(crate) struct Record {
    lines: Vec<Value>,
    objects: Option<Value>,
}

fn folder() -> Option<PathBuf> {
    std::env::var_os("GATEWAY_CORE_RECORD").map(PathBuf::from)
}

fn objects(snapshot: &Snapshot) -> Value {
    snapshot.keys().map(|key| serde_json::to_value(snapshot.get(&key).unwrap()).unwrap()).collect()
}

/// Where a step's client connects to.
fn place(step: &Value) -> Value {
    let gateway = &step["gateway"];
    let name =
        |one: &Value| format!("{}/{}", one["namespace"].as_str().unwrap(), one["name"].as_str().unwrap());
    let mut line = if gateway.is_object() {
        json!({"gateway": name(gateway), "port": step["port"]})
    } else {
        let service = address(step);
        json!({
            "service": format!("{}/{}", service.namespace, service.name), "port": service.port,
            "clientNamespace": step["source"]["namespace"],
        })
    };
    line["sni"] = step["tls"]["serverName"].clone();
    line
}

impl Record {
    /// Takes down a step and its decision. What a line has no words for is left out.
    pub(crate) fn take(&mut self, cluster: &Cluster, step: &Value) {
        let mut line = place(step);
        let decision = if connections::is_one(step) || connections::carries_request(cluster, step) {
            let client = step["client"].as_str().unwrap();
            let is_udp = matches!(client, "udp" | "dns");
            line["scheme"] = if is_udp { "udp".into() } else { "tcp".into() };
            connections::connect(cluster, step, 0)
        } else {
            let Some(scheme @ ("http" | "https")) = step["scheme"].as_str() else { return };
            line["scheme"] = scheme.into();
            let request = requests::request(step);
            // A line takes such a header for the host; here it is one besides.
            if request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
                return;
            }
            line["method"] = request.method.into();
            line["host"] = request.host.into();
            line["path"] = request.path.into();
            line["headers"] = json!(request.headers);
            requests::decide(cluster, step, 0)
        };
        if folder().is_none() || decision["decision"] == "no such gateway" {
            return;
        }
        let now = objects(cluster.snapshot());
        if self.objects.as_ref() != Some(&now) {
            self.lines.push(json!({"objects": now}));
            self.objects = Some(now);
        }
        self.lines.push(json!({"request": line, "decision": decision}));
    }

    /// Writes a test's lines, under its name and with the features that are switched off.
    pub(crate) fn write(self, name: &str, off: &[&str]) {
        let Some(folder) = folder() else { return };
        fs::create_dir_all(&folder).unwrap();
        let off: serde_json::Map<_, _> = off.iter().map(|name| ((*name).to_owned(), false.into())).collect();
        let profile = json!({
            "preset": "spec", "controller": cluster::CONTROLLER, "features": off,
            "addresses": ["127.0.0.1"], "usableAddresses": [cluster::ADDRESSES[1].1],
        });
        let lines = std::iter::once(json!({"profile": profile})).chain(self.lines);
        let lines: Vec<_> = lines.map(|line| line.to_string()).collect();
        fs::write(folder.join(format!("{name}.jsonl")), lines.join("\n") + "\n").unwrap();
    }
}
