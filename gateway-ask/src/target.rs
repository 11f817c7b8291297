//! A request on its way: the Gateway and the connection it takes.

use gateway_core::attach::Protocol;
use gateway_core::table::{GatewayTable, ListenerTable};
use gateway_core::{Arrival, Router};

use crate::answer::{Answer, Explanation};
use crate::error::AskError;
use crate::names::list;
use crate::request::RequestSpec;

impl RequestSpec {
    /// What becomes of the request, or of the connection.
    pub fn decide(&self, router: &Router) -> Result<Answer, AskError> {
        let gateway = self.table(router)?;
        let arrived = router.arrive(gateway, &self.arrival(gateway));
        if self.scheme.connection().is_some() {
            return Ok(Answer::Connection(router.connect(arrived, self.draw).report()));
        }
        Ok(self.with_view(|view| Answer::Request(router.route(arrived, view, self.draw).report(view))))
    }

    /// The same, and why.
    pub fn explain(&self, router: &Router) -> Result<Explanation, AskError> {
        let gateway = self.table(router)?;
        let arrival = self.arrival(gateway);
        if self.scheme.connection().is_some() {
            let explanation = router.explain_connection(gateway, &arrival, self.draw);
            return Ok(Explanation::Connection(Box::new(explanation)));
        }
        let explanation = self.with_view(|view| router.explain(gateway, &arrival, view, self.draw));
        Ok(Explanation::Request(Box::new(explanation)))
    }

    /// Where the connection comes in at that Gateway.
    pub fn arrival(&self, gateway: &GatewayTable) -> Arrival<'_> {
        let transport = self.scheme.connection();
        let is_https = |one: &ListenerTable| one.port == self.port && one.protocol == Protocol::Https;
        let guessed = transport.is_none() && gateway.listeners.iter().any(is_https);
        Arrival { port: self.port, sni: self.server_name(guessed), transport: transport.unwrap_or_default() }
    }

    /// The Gateway that was asked for, or the only one, or the only one that listens on the port.
    pub fn table<'r>(&self, router: &'r Router) -> Result<&'r GatewayTable, AskError> {
        let tables: Vec<_> =
            router.gateways().filter_map(|name| router.gateway(&name.namespace, &name.name)).collect();
        let names = |tables: &[&GatewayTable]| list(tables.iter().map(|table| table.name.to_string()));
        if let Some(name) = &self.gateway {
            let (namespace, short) = name.split_once('/').unwrap_or(("default", name));
            let wanted =
                |table: &&&GatewayTable| table.name.namespace == namespace && table.name.name == short;
            let found = tables.iter().find(wanted).copied();
            return found
                .ok_or_else(|| AskError::UnknownGateway { name: name.clone(), known: names(&tables) });
        }
        if let [only] = tables[..] {
            return Ok(only);
        }
        let listening: Vec<_> = tables
            .iter()
            .filter(|table| table.listeners.iter().any(|listener| listener.port == self.port))
            .copied()
            .collect();
        let many = |why, tables: &[&GatewayTable]| AskError::ManyGateways {
            count: tables.len(),
            why,
            port: self.port,
            names: names(tables),
        };
        match listening[..] {
            [only] => Ok(only),
            [] if tables.is_empty() => Err(AskError::NoGateway),
            [] => Err(many("are ours, and none listens on", &tables)),
            _ => Err(many("listen on", &listening)),
        }
    }
}
