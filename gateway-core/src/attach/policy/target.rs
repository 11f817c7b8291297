//! What a policy applies to, and which of several policies for one target wins (ATT-222..225, ATT-229).

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::attach::age::Age;
use crate::attach::world::World;
use crate::key::NamespacedName;
use crate::model::{ObjectKind, ServicePort};

/// One `targetRef` of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyTarget {
    /// The field, such as `spec.targetRefs[0]`.
    pub path: String,
    /// The target's kind as written.
    pub written_kind: String,
    /// The target's kind; `None` when the policy does not apply to such objects.
    pub kind: Option<ObjectKind>,
    /// The target: always in the policy's own namespace (REF-19).
    pub name: NamespacedName,
    /// The part of the target that is meant: a port name of a Service.
    pub section: Option<String>,
    /// UDP ports of the Service that the policy leaves alone (ATT-229).
    pub skipped_ports: Vec<String>,
    /// Why the policy has no effect on it.
    pub problem: Option<TargetProblem>,
}

/// Why a policy has no effect on a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetProblem {
    /// Another policy was there before (ATT-222).
    Conflict {
        /// That policy.
        with: NamespacedName,
    },
    /// The policy does not apply to objects of the kind.
    UnsupportedKind,
    /// No such object (ATT-225).
    NotFound,
    /// The Service has no port of that name (ATT-224).
    PortNotFound {
        /// The names it has, for the message.
        ports: String,
    },
    /// TLS over UDP (ATT-229).
    Udp,
}

impl PolicyTarget {
    /// A target in a namespace; `kinds` are those that the policy applies to.
    pub(super) fn new(
        (index, namespace): (usize, &str),
        (group, kind, name): (&str, &str, &str),
        kinds: &[ObjectKind],
    ) -> Self {
        let known = ObjectKind::from_group_kind(group, kind).filter(|known| kinds.contains(known));
        Self {
            path: alloc::format!("spec.targetRefs[{index}]"),
            written_kind: kind.to_string(),
            kind: known,
            name: NamespacedName::new(namespace, name),
            section: None,
            skipped_ports: Vec::new(),
            problem: known.is_none().then_some(TargetProblem::UnsupportedKind),
        }
    }

    /// ATT-225: the target must be there.
    pub(super) fn look_up(&mut self, world: &World<'_>) {
        let Some(kind) = self.kind else { return };
        let there = match kind {
            ObjectKind::Service => world.service(&self.name).is_some(),
            ObjectKind::ServiceImport => world.service_import(&self.name).is_some(),
            ObjectKind::XBackend => world.x_backend(&self.name).is_some(),
            _ => false,
        };
        if !there && !world.assumes(kind) {
            self.problem = Some(TargetProblem::NotFound);
        }
    }

    /// ATT-224, ATT-229: the port must be there, and TCP.
    pub(super) fn check_ports(&mut self, ports: &[ServicePort]) {
        let label = |port: &ServicePort| port.name.clone().unwrap_or_else(|| port.port.to_string());
        let is_udp = |port: &&ServicePort| port.protocol() == "UDP";
        if let Some(section) = &self.section {
            let named = ports.iter().find(|port| port.name.as_deref() == Some(section));
            self.problem = match named {
                None => {
                    let known: Vec<_> = ports.iter().filter_map(|port| port.name.clone()).collect();
                    Some(TargetProblem::PortNotFound { ports: known.join(", ") })
                }
                Some(port) => is_udp(&port).then_some(TargetProblem::Udp),
            };
            return;
        }
        if !ports.is_empty() && ports.iter().all(|port| is_udp(&port)) {
            self.problem = Some(TargetProblem::Udp);
        } else {
            self.skipped_ports = ports.iter().filter(is_udp).map(label).collect();
        }
    }
}

/// ATT-222, ATT-223: of policies for the same part of the same target the oldest wins.
pub(super) fn resolve_conflicts<'p>(
    policies: impl Iterator<Item = (&'p NamespacedName, &'p Age, &'p mut Vec<PolicyTarget>)>,
) {
    let mut policies: Vec<_> = policies.collect();
    policies.sort_by(|one, other| one.1.cmp(other.1));
    let mut taken: BTreeMap<(Option<ObjectKind>, NamespacedName, Option<String>), NamespacedName> =
        BTreeMap::new();
    for (policy, _, targets) in policies {
        for target in targets.iter_mut().filter(|target| target.problem.is_none()) {
            let part = (target.kind, target.name.clone(), target.section.clone());
            let winner = taken.entry(part).or_insert_with(|| policy.clone());
            if *winner != *policy {
                target.problem = Some(TargetProblem::Conflict { with: winner.clone() });
            }
        }
    }
}
