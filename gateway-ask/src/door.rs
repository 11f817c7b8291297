//! Where requests come in: a port of a Gateway or of a Service, and what is spoken there.

use gateway_core::act::{Connection, Decision};
use gateway_core::attach::Protocol;
use gateway_core::table::{GatewayTable, ListenerTable, ServiceTable};
use gateway_core::{Arrival, Entrance, RequestView, Router};

use crate::names::{list, namespaced};
use crate::{AskError, RequestSpec, Scheme, ServerName, Text};

/// Where requests come in. Find it once, and ask it about many requests.
#[derive(Clone, Copy, Debug)]
pub struct Door<'r> {
    router: &'r Router,
    entrance: Entrance<'r>,
    scheme: Scheme,
    port: u16,
    /// Whether the listeners of the port speak HTTPS, so that a client that did not say so does.
    https: bool,
}

impl<'r> Door<'r> {
    /// The Gateway by `namespace/name`; without one the only one, or the only one that listens on the port.
    pub fn find(
        router: &'r Router,
        gateway: Option<&str>,
        scheme: Scheme,
        port: u16,
    ) -> Result<Self, AskError> {
        let gateway = match gateway {
            Some(name) => named(router, name)?,
            None => only(router, port)?,
        };
        let is_https = |one: &ListenerTable| one.port == port && one.protocol == Protocol::Https;
        let https = scheme.connection().is_none() && gateway.listeners.iter().any(|one| is_https(one));
        Ok(Self { router, entrance: gateway.into(), scheme, port, https })
    }

    /// Where a request comes in: a Gateway, or a Service of a mesh.
    pub fn of<T: Text>(router: &'r Router, request: &RequestSpec<T>) -> Result<Self, AskError> {
        let (scheme, port) = (request.scheme, request.port);
        match &request.service {
            None => Self::find(router, request.gateway.as_deref(), scheme, port),
            Some(name) => {
                Ok(Self { router, entrance: service(router, name)?.into(), scheme, port, https: false })
            }
        }
    }

    /// The Gateway or Service.
    pub fn entrance(&self) -> Entrance<'r> {
        self.entrance
    }

    /// A connection of a client that asks for a host.
    pub fn arrival<'a>(&self, sni: &'a ServerName, host: &'a str) -> Arrival<'a> {
        let sni = sni.sent(host, self.scheme.is_tls() || self.https);
        let transport = self.scheme.connection().unwrap_or_default();
        Arrival { port: self.port, sni, transport, client_namespace: None }
    }

    /// What becomes of a request.
    pub fn route(&self, arrival: &Arrival<'_>, request: &impl RequestView, draw: u64) -> Decision<'r> {
        self.router.route(self.router.arrive(self.entrance, arrival), request, draw)
    }

    /// What becomes of a connection.
    pub fn connect(&self, arrival: &Arrival<'_>, draw: u64) -> Connection<'r> {
        self.router.connect(self.router.arrive(self.entrance, arrival), draw)
    }
}

fn ours(router: &Router) -> impl Iterator<Item = &GatewayTable> {
    router.gateways().filter_map(|name| router.gateway(&name.namespace, &name.name))
}

fn names<'r>(tables: impl Iterator<Item = &'r GatewayTable>) -> String {
    list(tables.map(|table| table.name.to_string()))
}

fn named<'r>(router: &'r Router, name: &str) -> Result<&'r GatewayTable, AskError> {
    let (namespace, short) = namespaced(name);
    ours(router)
        .find(|table| table.name.namespace == namespace && table.name.name == short)
        .ok_or_else(|| AskError::UnknownGateway { name: name.to_owned(), known: names(ours(router)) })
}

fn service<'r>(router: &'r Router, name: &str) -> Result<&'r ServiceTable, AskError> {
    let (namespace, short) = namespaced(name);
    router.service(namespace, short).ok_or_else(|| AskError::UnknownService {
        name: name.to_owned(),
        known: list(router.services().iter().map(|table| table.name.to_string())),
    })
}

fn only(router: &Router, port: u16) -> Result<&GatewayTable, AskError> {
    let mut all = ours(router);
    match (all.next(), all.next()) {
        (None, _) => return Err(AskError::NoGateway),
        (Some(only), None) => return Ok(only),
        _ => {}
    }
    let listening =
        || ours(router).filter(|table| table.listeners.iter().any(|listener| listener.port == port));
    let many = |why, count, names| AskError::ManyGateways { count, why, port, names };
    let mut found = listening();
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => Err(many("are ours, and none listens on", ours(router).count(), names(ours(router)))),
        _ => Err(many("listen on", listening().count(), names(listening()))),
    }
}
