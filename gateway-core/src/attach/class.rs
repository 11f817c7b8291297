//! Which GatewayClasses are ours, and whether their parameters resolve (ATT-001, ATT-115).

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::sync::Arc;

use crate::attach::world::World;
use crate::key::NamespacedName;
use crate::model::{ControllerName, GatewayClass, ObjectKind};

/// The controller name of Gateways whose class is assumed rather than read.
const ASSUMED_CONTROLLER: &str = "gateway-core.invalid/assumed";

/// A GatewayClass of ours.
#[derive(Clone, Debug)]
pub struct ClassNode {
    /// The class.
    pub object: Arc<GatewayClass>,
    /// Why it is not accepted.
    pub problem: Option<ParametersProblem>,
}

/// Why a `parametersRef` does not resolve (REF-47).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParametersProblem {
    /// A namespaced kind is named without a namespace.
    NamespaceMissing {
        /// What is referred to.
        target: String,
    },
    /// The controller does not know this kind of parameters.
    UnsupportedKind {
        /// What is referred to.
        target: String,
    },
    /// The object does not exist.
    NotFound {
        /// What is referred to.
        target: String,
    },
}

/// A Gateway's class, seen from the Gateway (ATT-002).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClassEdge {
    /// The class is ours and accepted.
    Owned {
        /// Its controller.
        controller: ControllerName,
    },
    /// No such class is in the input.
    Missing,
    /// The class belongs to another controller.
    NotOurs {
        /// That controller.
        controller: ControllerName,
    },
    /// The class is ours but not accepted.
    NotAccepted,
}

pub(crate) fn classes(world: &World<'_>) -> BTreeMap<String, ClassNode> {
    let ours = |class: &GatewayClass| match &world.profile.controller {
        None => true,
        Some(controller) => class.spec.controller_name == *controller,
    };
    world
        .snapshot
        .gateway_classes
        .iter()
        .filter(|(_, class)| ours(class))
        .map(|(name, class)| {
            let node = ClassNode { object: Arc::clone(class), problem: parameters_of_class(world, class) };
            (name.name.clone(), node)
        })
        .collect()
}

pub(crate) fn edge(world: &World<'_>, classes: &BTreeMap<String, ClassNode>, name: &str) -> ClassEdge {
    if let Some(class) = classes.get(name) {
        return match class.problem {
            None => ClassEdge::Owned { controller: class.object.spec.controller_name.clone() },
            Some(_) => ClassEdge::NotAccepted,
        };
    }
    if world.assumes(ObjectKind::GatewayClass) {
        let controller = world.profile.controller.clone();
        return ClassEdge::Owned { controller: controller.unwrap_or_else(|| ASSUMED_CONTROLLER.into()) };
    }
    match world.snapshot.gateway_classes.get(&NamespacedName::new("", name)) {
        Some(class) => ClassEdge::NotOurs { controller: class.spec.controller_name.clone() },
        None => ClassEdge::Missing,
    }
}

fn parameters_of_class(world: &World<'_>, class: &GatewayClass) -> Option<ParametersProblem> {
    let reference = class.spec.parameters_ref.as_ref()?;
    let namespace = reference.namespace.as_deref().filter(|namespace| !namespace.is_empty());
    parameters(world, &reference.group, &reference.kind, namespace, &reference.name)
}

/// Resolves a `parametersRef`; `namespace` is the reference's own, or the referrer's for a local one.
pub(crate) fn parameters(
    world: &World<'_>,
    group: &str,
    kind: &str,
    namespace: Option<&str>,
    name: &str,
) -> Option<ParametersProblem> {
    let target = match namespace {
        Some(namespace) => NamespacedName::new(namespace, name).to_string(),
        None => name.to_string(),
    };
    let target = alloc::format!("{kind} {target}");
    let known = world.profile.parameter_kinds.iter();
    if !known.clone().any(|(known_group, known_kind)| *known_group == *group && *known_kind == *kind) {
        return Some(ParametersProblem::UnsupportedKind { target });
    }
    if ObjectKind::from_group_kind(group, kind) != Some(ObjectKind::ConfigMap) {
        return None;
    }
    let Some(namespace) = namespace else { return Some(ParametersProblem::NamespaceMissing { target }) };
    let found = world.snapshot.config_maps.contains_key(&NamespacedName::new(namespace, name))
        || world.assumes(ObjectKind::ConfigMap);
    (!found).then_some(ParametersProblem::NotFound { target })
}
