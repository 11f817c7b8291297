//! Which BackendTLSPolicy governs a port of a Service (ATT-223, ATT-230, FILT-175).

use alloc::collections::BTreeMap;
use alloc::sync::Arc;

use crate::attach::policy::backend_tls::BackendTlsPolicyNode;
use crate::attach::world::World;
use crate::key::NamespacedName;

/// The policy in effect for every port of every Service that has one.
#[derive(Clone, Debug, Default)]
pub struct BackendTls {
    services: BTreeMap<NamespacedName, ServiceTls>,
}

/// The policies of one Service.
#[derive(Clone, Debug, Default)]
struct ServiceTls {
    whole: Option<TlsChoice>,
    ports: BTreeMap<u16, TlsChoice>,
}

/// The policy that governs a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TlsChoice {
    /// Index of the policy in the graph.
    pub policy: usize,
    /// The policy cannot be carried out: traffic to the port fails, it is never sent in plain (ATT-230).
    pub fails_closed: bool,
}

impl BackendTls {
    /// The policies in effect, given all policies with their conflicts resolved.
    pub(crate) fn new(world: &World<'_>, policies: &[Arc<BackendTlsPolicyNode>]) -> Self {
        let mut services: BTreeMap<NamespacedName, ServiceTls> = BTreeMap::new();
        for (index, policy) in policies.iter().enumerate() {
            let choice = TlsChoice { policy: index, fails_closed: policy.fault.is_some() };
            for target in policy.targets.iter().filter(|target| target.problem.is_none()) {
                let tls = services.entry(target.name.clone()).or_default();
                let Some(section) = &target.section else {
                    tls.whole = Some(choice);
                    continue;
                };
                let service = world.all().services.get(&target.name);
                let ports = service.map(|service| service.ports()).unwrap_or_default();
                let named = ports.iter().filter(|port| port.name.as_deref() == Some(section));
                tls.ports.extend(named.filter_map(|port| Some((port.port.as_u16()?, choice))));
            }
        }
        Self { services }
    }

    /// The policy that governs a port of a Service.
    pub fn of(&self, service: &NamespacedName, port: u16) -> Option<TlsChoice> {
        let tls = self.services.get(service)?;
        tls.ports.get(&port).copied().or(tls.whole)
    }
}
