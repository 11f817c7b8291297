//! Where a step's client connects to.

use gateway_core::{Arrival, Arrived, Transport};
use serde_json::Value;

use crate::cluster::Cluster;

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The Service that a mesh client's URL names, with its port.
pub(crate) struct Address<'s> {
    pub(crate) namespace: &'s str,
    pub(crate) name: &'s str,
    pub(crate) port: u16,
}

/// Whether a mesh client asks a pod by its own address.
pub(crate) fn is_to_pod(step: &Value) -> bool {
    text(&step["url"]).contains("{POD_IP")
}

/// The Service that a mesh client's step names.
pub(crate) fn address(step: &Value) -> Address<'_> {
    let url = step["url"].as_str().unwrap_or_else(|| text(&step["request"]["host"]));
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    let (host, port) = authority.rsplit_once(':').unwrap_or((authority, "80"));
    let mut labels = host.split('.');
    let name = labels.next().unwrap_or_default();
    let namespace = labels.next().unwrap_or_else(|| text(&step["source"]["namespace"]));
    Address { namespace, name, port: port.parse().unwrap() }
}

/// What the step's connection comes to: at a Gateway, or in a mesh at the Service that its host names.
pub(crate) fn arrived<'c>(cluster: &'c Cluster, step: &Value, transport: Transport) -> Option<Arrived<'c>> {
    let router = &cluster.router;
    let sni = step["tls"]["serverName"].as_str();
    let gateway = &step["gateway"];
    if gateway.is_object() {
        let table = router.gateway(text(&gateway["namespace"]), text(&gateway["name"]))?;
        let port = u16::try_from(step["port"].as_u64().unwrap()).unwrap();
        return Some(router.arrive(table, &Arrival { port, sni, transport, client_namespace: None }));
    }
    let Address { namespace, name, port } = address(step);
    let client_namespace = step["source"]["namespace"].as_str();
    let table = router.service(namespace, name)?;
    Some(router.arrive(table, &Arrival { port, sni, transport, client_namespace }))
}
