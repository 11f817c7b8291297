//! XBackendTrafficPolicy: its targets and its values (ATT-246).

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::age::Age;
use crate::attach::policy::target::PolicyTarget;
use crate::attach::world::World;
use crate::key::NamespacedName;
use crate::model::{
    CookieLifetimeType, GatewayDuration, ObjectKind, SessionPersistenceType, XBackendTrafficPolicy,
    XBackendTrafficPolicySpec,
};

/// The kinds of backends that the policy applies to.
const TARGETS: [ObjectKind; 3] = [ObjectKind::Service, ObjectKind::ServiceImport, ObjectKind::XBackend];

/// An XBackendTrafficPolicy with everything found out about it.
#[derive(Clone, Debug, PartialEq)]
pub struct TrafficPolicyNode {
    /// Its name.
    pub name: NamespacedName,
    /// The policy.
    pub object: Arc<XBackendTrafficPolicy>,
    /// Its rank among policies that conflict.
    pub age: Age,
    /// One for each targetRef, in order.
    pub targets: Vec<PolicyTarget>,
    /// Values that cannot be carried out.
    pub faults: Vec<ValueFault>,
    /// The Gateways of ours with attached Routes that use a target, by their numbers in the graph.
    pub ancestors: Vec<usize>,
}

/// A value that cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueFault {
    /// The field.
    pub path: String,
    /// The value as written.
    pub value: String,
    /// What would be possible.
    pub remedy: &'static str,
}

/// A policy as it is without the others.
pub(super) fn node(
    world: &World<'_>,
    name: &NamespacedName,
    policy: &Arc<XBackendTrafficPolicy>,
) -> TrafficPolicyNode {
    TrafficPolicyNode {
        name: name.clone(),
        object: Arc::clone(policy),
        age: world.age(&policy.metadata, name),
        targets: targets(world, name, &policy.spec),
        faults: faults(&policy.spec),
        ancestors: Vec::new(),
    }
}

/// The policy in effect for each backend that has one, as an index in the graph.
pub(super) fn in_effect(
    policies: &[Arc<TrafficPolicyNode>],
) -> BTreeMap<(ObjectKind, NamespacedName), usize> {
    let mut found = BTreeMap::new();
    for (index, policy) in policies.iter().enumerate().filter(|(_, policy)| policy.faults.is_empty()) {
        for target in policy.targets.iter().filter(|target| target.problem.is_none()) {
            found.extend(target.kind.map(|kind| ((kind, target.name.clone()), index)));
        }
    }
    found
}

fn targets(
    world: &World<'_>,
    policy: &NamespacedName,
    spec: &XBackendTrafficPolicySpec,
) -> Vec<PolicyTarget> {
    let target = |(index, reference): (usize, &crate::model::LocalPolicyTargetReference)| {
        let written = (&*reference.group, &*reference.kind, &*reference.name);
        let mut target = PolicyTarget::new((index, &policy.namespace), written, &TARGETS);
        target.look_up(world);
        target
    };
    spec.target_refs.iter().enumerate().map(target).collect()
}

fn faults(spec: &XBackendTrafficPolicySpec) -> Vec<ValueFault> {
    let mut faults = Vec::new();
    let mut refuse = |path: &str, value: &str, remedy| {
        faults.push(ValueFault { path: path.to_string(), value: value.to_string(), remedy });
    };
    let unreadable = |duration: &Option<GatewayDuration>| {
        duration.clone().filter(|duration| duration.parse().is_err()).map(|duration| duration.to_string())
    };
    let duration_remedy = "use a duration such as 500ms, 10s or 1h30m";
    if let Some(constraint) = &spec.retry_constraint {
        let budget = constraint.budget.as_ref();
        let percent = budget.and_then(|budget| budget.percent).filter(|percent| !(0..=100).contains(percent));
        if let Some(percent) = percent {
            refuse("spec.retryConstraint.budget.percent", &percent.to_string(), "use 0 to 100");
        }
        if let Some(interval) = budget.and_then(|budget| unreadable(&budget.interval)) {
            refuse("spec.retryConstraint.budget.interval", &interval, duration_remedy);
        }
        let rate = constraint.min_retry_rate.as_ref();
        if let Some(interval) = rate.and_then(|rate| unreadable(&rate.interval)) {
            refuse("spec.retryConstraint.minRetryRate.interval", &interval, duration_remedy);
        }
    }
    if let Some(session) = &spec.session_persistence {
        if let SessionPersistenceType::Other(other) = session.persistence_type() {
            refuse("spec.sessionPersistence.type", &other, "use Cookie or Header");
        }
        let lifetime = "spec.sessionPersistence.cookieConfig.lifetimeType";
        match session.lifetime_type() {
            CookieLifetimeType::Permanent if session.absolute_timeout.is_none() => {
                refuse(lifetime, "Permanent", "add absoluteTimeout, or use Session");
            }
            CookieLifetimeType::Other(other) => refuse(lifetime, &other, "use Session or Permanent"),
            CookieLifetimeType::Permanent | CookieLifetimeType::Session => {}
        }
        if let Some(timeout) = unreadable(&session.absolute_timeout) {
            refuse("spec.sessionPersistence.absoluteTimeout", &timeout, duration_remedy);
        }
    }
    faults
}
