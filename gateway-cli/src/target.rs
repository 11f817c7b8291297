//! A request on its way: the Gateway or Service, and the connection it takes.

use gateway_core::attach::Protocol;
use gateway_core::table::{GatewayTable, ListenerTable};
use gateway_core::{Arrival, Entrance, Router};

use crate::answer::{Answer, Explanation};
use crate::error::{CliError, list};
use crate::request::RequestSpec;

impl RequestSpec {
    /// What becomes of the request, or of the connection.
    pub fn decide(&self, router: &Router) -> Result<Answer, CliError> {
        let entrance = self.entrance(router)?;
        let arrived = router.arrive(entrance, &self.arrival(entrance));
        if self.scheme.connection().is_some() {
            return Ok(Answer::Connection(router.connect(arrived, self.draw).report()));
        }
        Ok(self.with_view(|view| Answer::Request(router.route(arrived, view, self.draw).report(view))))
    }

    /// The same, and why.
    pub fn explain(&self, router: &Router) -> Result<Explanation, CliError> {
        let entrance = self.entrance(router)?;
        let arrival = self.arrival(entrance);
        if self.scheme.connection().is_some() {
            let explanation = router.explain_connection(entrance, &arrival, self.draw);
            return Ok(Explanation::Connection(Box::new(explanation)));
        }
        let explanation = self.with_view(|view| router.explain(entrance, &arrival, view, self.draw));
        Ok(Explanation::Request(Box::new(explanation)))
    }

    fn arrival(&self, entrance: Entrance<'_>) -> Arrival<'_> {
        let transport = self.scheme.connection();
        let is_https = |one: &ListenerTable| one.port == self.port && one.protocol == Protocol::Https;
        let guessed = match entrance {
            Entrance::Gateway(gateway) => {
                transport.is_none() && gateway.listeners.iter().any(|one| is_https(one))
            }
            Entrance::Service(_) => false,
        };
        Arrival {
            port: self.port,
            sni: self.server_name(guessed),
            transport: transport.unwrap_or_default(),
            client_namespace: self.client_namespace.as_deref(),
        }
    }

    /// The Service that was asked for, or else a Gateway.
    fn entrance<'r>(&self, router: &'r Router) -> Result<Entrance<'r>, CliError> {
        let Some(name) = &self.service else { return Ok(self.table(router)?.into()) };
        let (namespace, short) = name.split_once('/').unwrap_or(("default", name));
        let found = router.service(namespace, short).map(Entrance::from);
        found.ok_or_else(|| CliError::UnknownService {
            name: name.clone(),
            known: list(router.services().iter().map(|table| table.name.to_string())),
        })
    }

    /// The Gateway that was asked for, or the only one, or the only one that listens on the port.
    fn table<'r>(&self, router: &'r Router) -> Result<&'r GatewayTable, CliError> {
        let tables: Vec<_> =
            router.gateways().filter_map(|name| router.gateway(&name.namespace, &name.name)).collect();
        let names = |tables: &[&GatewayTable]| list(tables.iter().map(|table| table.name.to_string()));
        if let Some(name) = &self.gateway {
            let (namespace, short) = name.split_once('/').unwrap_or(("default", name));
            let wanted =
                |table: &&&GatewayTable| table.name.namespace == namespace && table.name.name == short;
            let found = tables.iter().find(wanted).copied();
            return found
                .ok_or_else(|| CliError::UnknownGateway { name: name.clone(), known: names(&tables) });
        }
        if let [only] = tables[..] {
            return Ok(only);
        }
        let listening: Vec<_> = tables
            .iter()
            .filter(|table| table.listeners.iter().any(|listener| listener.port == self.port))
            .copied()
            .collect();
        let many = |why, tables: &[&GatewayTable]| CliError::ManyGateways {
            count: tables.len(),
            why,
            port: self.port,
            names: names(tables),
        };
        match listening[..] {
            [only] => Ok(only),
            [] if tables.is_empty() => Err(CliError::NoGateway),
            [] => Err(many("are ours, and none listens on", &tables)),
            _ => Err(many("listen on", &listening)),
        }
    }
}
