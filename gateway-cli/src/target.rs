//! A request on its way: the Gateway and the connection it takes.

use gateway_core::act::DecisionReport;
use gateway_core::attach::Protocol;
use gateway_core::explain::RequestExplanation;
use gateway_core::table::GatewayTable;
use gateway_core::{Arrival, Router};

use crate::error::{CliError, list};
use crate::request::RequestSpec;

impl RequestSpec {
    /// What becomes of the request.
    pub fn decide(&self, router: &Router) -> Result<DecisionReport, CliError> {
        let gateway = self.table(router)?;
        Ok(self.with_view(|view| {
            let arrived = router.arrive(gateway, &self.arrival(gateway));
            router.route(arrived, view, self.draw).report(view)
        }))
    }

    /// What becomes of the request, and why.
    pub fn explain(&self, router: &Router) -> Result<RequestExplanation, CliError> {
        let gateway = self.table(router)?;
        Ok(self.with_view(|view| router.explain(gateway, &self.arrival(gateway), view, self.draw)))
    }

    fn arrival(&self, gateway: &GatewayTable) -> Arrival<'_> {
        let here =
            |protocol| gateway.listeners.iter().any(|one| one.port == self.port && one.protocol == protocol);
        Arrival { port: self.port, sni: self.server_name(here(Protocol::Https)) }
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
