//! What the graph has to say about conditions: the words that their messages are made of, field by field.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::attach::{GatewayNode, GatewayRefusal, Graph, ListenerNode, ListenerSetParent, RouteNode};
use crate::key::{NamespacedName, ObjectKey};
use crate::model::{Condition, ObjectKind, ParentReference};
use crate::status::{
    Advice, address_advice, address_refusal_advice, authority_advice, backend_advice,
    backend_authority_advice, certificate_advice, client_certificate_advice, extension_advice, kinds_advice,
    listener_advice, parameters_advice, rule_advice, stop_advice, target_advice, tls_policy_advice,
    value_advice, x_backend_certificate_advice,
};

/// The part of an object that carries a condition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The object itself.
    Whole,
    /// A ListenerSet towards its Gateway.
    Set,
    /// A listener, by index.
    Listener(usize),
    /// A parentRef, by index; `None` when the object names none such.
    Parent(Option<usize>),
}

impl Part {
    /// The field that stands for the part.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Whole | Self::Parent(None) => String::new(),
            Self::Set => "spec.parentRef".into(),
            Self::Listener(index) => format!("spec.listeners[{index}]"),
            Self::Parent(Some(index)) => format!("spec.parentRefs[{index}]"),
        }
    }
}

fn key_of(kind: ObjectKind, name: &NamespacedName) -> ObjectKey {
    ObjectKey::new(kind, name.namespace.clone(), name.name.clone())
}

/// Everything that the graph can say, by object.
pub(super) struct Known<'g> {
    advice: BTreeMap<ObjectKey, Vec<Advice>>,
    parents: BTreeMap<&'g ObjectKey, Vec<&'g ParentReference>>,
    foreign: BTreeSet<ObjectKey>,
}

impl<'g> Known<'g> {
    pub(super) fn of(graph: &'g Graph) -> Self {
        let mut known = Self { advice: BTreeMap::new(), parents: BTreeMap::new(), foreign: BTreeSet::new() };
        for (name, class) in graph.classes.iter() {
            if let Some(problem) = &class.problem {
                let key = ObjectKey::new(ObjectKind::GatewayClass, "", name.clone());
                known.add(&key, [parameters_advice("spec.parametersRef", problem)]);
            }
        }
        for (index, gateway) in graph.gateways.indexed() {
            let key = key_of(ObjectKind::Gateway, &gateway.name);
            if !gateway.is_owned() {
                known.foreign.insert(key);
                continue;
            }
            known.gateway(&key, gateway);
            for owner in graph.owners_of(index) {
                for listener in graph.listeners(owner) {
                    known.listener(listener);
                }
            }
        }
        for set in graph.listener_sets.iter() {
            if let ListenerSetParent::Unresolved(_) = set.parent {
                known.foreign.insert(key_of(ObjectKind::ListenerSet, &set.name));
            }
        }
        for (name, mesh) in graph.meshes.iter() {
            if let Some(problem) = &mesh.problem {
                let key = ObjectKey::new(ObjectKind::XMesh, "", name.clone());
                known.add(&key, [parameters_advice("spec.parametersRef", problem)]);
            }
        }
        for route in &graph.routes {
            known.route(graph, route);
        }
        known.policies(graph);
        known
    }

    fn add(&mut self, key: &ObjectKey, advice: impl IntoIterator<Item = Advice>) {
        self.advice.entry(key.clone()).or_default().extend(advice);
    }

    fn gateway(&mut self, key: &ObjectKey, gateway: &GatewayNode) {
        let refusal = gateway.refusal.as_ref().map(|refusal| match refusal {
            GatewayRefusal::Parameters(problem) => {
                parameters_advice("spec.infrastructure.parametersRef", problem)
            }
            GatewayRefusal::Address(refusal) => address_refusal_advice(refusal),
        });
        let addresses = gateway.addresses.problems.iter().map(address_advice);
        let certificate = gateway.client_certificate.as_ref();
        let certificate = certificate.and_then(|certificate| client_certificate_advice(key, certificate));
        self.add(key, refusal.into_iter().chain(addresses).chain(certificate));
    }

    fn listener(&mut self, listener: &ListenerNode) {
        let problems = listener.certificates.problems.iter();
        let certificates = problems.map(|problem| certificate_advice(listener, problem));
        let authorities = listener.client_validation.iter().flat_map(|validation| {
            validation.problems.iter().map(|problem| authority_advice(listener, validation, problem))
        });
        let refusal = listener_advice(listener).into_iter();
        let advice = refusal.chain(certificates).chain(authorities).chain(kinds_advice(listener));
        let advice: Vec<_> = advice.collect();
        self.add(&listener.key.owner, advice);
    }

    fn route(&mut self, graph: &'g Graph, route: &'g RouteNode) {
        let mut advice = Vec::new();
        for parent in &route.parents {
            if let Some(stop) = parent.refusal() {
                advice.push(stop_advice(graph, route, parent, stop));
            }
        }
        for rule in route.rule_sets().flatten() {
            advice.extend(rule.problems.iter().map(rule_advice));
            advice.extend(rule.edges().filter_map(|edge| backend_advice(&route.key, edge)));
            advice.extend(rule.extensions.iter().map(extension_advice));
        }
        self.add(&route.key, advice);
        self.parents.insert(&route.key, route.parents.iter().map(|parent| &parent.reference).collect());
    }

    fn policies(&mut self, graph: &'g Graph) {
        for policy in graph.backend_tls_policies.iter() {
            let key = key_of(ObjectKind::BackendTlsPolicy, &policy.name);
            let fault = policy.fault.iter().map(|fault| tls_policy_advice("spec.validation", fault));
            let authorities = policy.authority_problems.iter();
            let authorities =
                authorities.map(|problem| backend_authority_advice(&key, "spec.validation", problem));
            let targets = policy.targets.iter().filter_map(target_advice);
            self.add(&key, targets.chain(fault).chain(authorities));
        }
        for policy in graph.traffic_policies.iter() {
            let targets = policy.targets.iter().filter_map(target_advice);
            let advice = targets.chain(policy.faults.iter().map(value_advice));
            self.add(&key_of(ObjectKind::XBackendTrafficPolicy, &policy.name), advice);
        }
        for backend in graph.x_backends.iter() {
            let key = key_of(ObjectKind::XBackend, &backend.name);
            let path = "spec.tls.validation";
            let fault = backend.validation_fault.iter().map(|fault| tls_policy_advice(path, fault));
            let certificate = backend.client_certificate.iter();
            let certificate = certificate.map(|problem| x_backend_certificate_advice(&key, problem));
            let authorities = backend.authority_problems.iter();
            let authorities = authorities.map(|problem| backend_authority_advice(&key, path, problem));
            let values = backend.faults.iter().map(value_advice);
            self.add(&key, values.chain(fault).chain(certificate).chain(authorities));
        }
    }

    /// Whether the object is not ours to judge: its status is what its manifest carries.
    pub(super) fn is_foreign(&self, key: &ObjectKey) -> bool {
        self.foreign.contains(key)
    }

    /// The pieces of advice that the message of a condition consists of.
    pub(super) fn advice(&self, key: &ObjectKey, condition: &Condition) -> Vec<&Advice> {
        let all = self.advice.get(key).map(Vec::as_slice).unwrap_or_default();
        let said = |advice: &&Advice| {
            condition.message == advice.message || condition.message.contains(&advice.sentence())
        };
        all.iter().filter(said).collect()
    }

    /// The index of a parentRef, given as a status has it: with its defaults.
    pub(super) fn parent(&self, key: &ObjectKey, written: &ParentReference) -> Option<usize> {
        let same = |reference: &&ParentReference| {
            (reference.group(), reference.kind(), &reference.name)
                == (written.group(), written.kind(), &written.name)
                && (&reference.namespace, &reference.section_name, reference.port)
                    == (&written.namespace, &written.section_name, written.port)
        };
        self.parents.get(key)?.iter().position(same)
    }
}
