//! What the graph has to say about conditions: the words that their messages are made of, field by field.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::attach::{GatewayRefusal, Graph, ListenerNode, RouteNode};
use crate::key::{NamespacedName, ObjectKey};
use crate::model::{Condition, ObjectKind, ParentReference};
use crate::status::{
    Advice, backend_advice, ca_advice, certificate_advice, client_certificate_of_backend, extension_advice,
    kinds_advice, listener_advice, parameters_advice, rule_advice, stop_advice, target_advice,
    tls_policy_advice, value_advice,
};

/// The part of an object that carries a condition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The object itself.
    Whole,
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
        for (name, class) in &graph.classes {
            if let Some(problem) = &class.problem {
                let key = ObjectKey::new(ObjectKind::GatewayClass, "", name.clone());
                known.add(&key, [parameters_advice("spec.parametersRef", problem)]);
            }
        }
        for (index, gateway) in graph.gateways.iter().enumerate() {
            let key = key_of(ObjectKind::Gateway, &gateway.name);
            if !gateway.is_owned() {
                known.foreign.insert(key);
                continue;
            }
            if let Some(GatewayRefusal::Parameters(problem)) = &gateway.refusal {
                known.add(&key, [parameters_advice("spec.infrastructure.parametersRef", problem)]);
            }
            for owner in graph.owners_of(index) {
                for listener in graph.listeners(owner) {
                    known.listener(listener);
                }
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

    fn listener(&mut self, listener: &ListenerNode) {
        let problems = listener.certificates.problems.iter();
        let certificates: Vec<_> = problems.map(|problem| certificate_advice(listener, problem)).collect();
        let key = &listener.key.owner;
        self.add(
            key,
            listener_advice(listener).into_iter().chain(certificates).chain(kinds_advice(listener)),
        );
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
        for policy in &graph.backend_tls_policies {
            let fault = policy.fault.iter().map(|fault| tls_policy_advice("spec.validation", fault));
            let targets = policy.targets.iter().filter_map(target_advice);
            let advice = targets.chain(fault).chain(policy.ca_problems.iter().map(ca_advice));
            self.add(&key_of(ObjectKind::BackendTlsPolicy, &policy.name), advice);
        }
        for policy in &graph.traffic_policies {
            let targets = policy.targets.iter().filter_map(target_advice);
            let advice = targets.chain(policy.faults.iter().map(value_advice));
            self.add(&key_of(ObjectKind::XBackendTrafficPolicy, &policy.name), advice);
        }
        for backend in &graph.x_backends {
            let fault = backend.validation_fault.iter();
            let fault = fault.map(|fault| tls_policy_advice("spec.tls.validation", fault));
            let certificate = backend.client_certificate.iter();
            let namespace = &backend.name.namespace;
            let certificate = certificate.map(|problem| client_certificate_of_backend(namespace, problem));
            let authorities = backend.ca_problems.iter().map(ca_advice);
            let values = backend.faults.iter().map(value_advice);
            let advice = values.chain(fault).chain(certificate).chain(authorities);
            self.add(&key_of(ObjectKind::XBackend, &backend.name), advice);
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
