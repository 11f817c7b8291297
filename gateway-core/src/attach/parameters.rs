//! References to a controller's own settings (ATT-094, ATT-115, ATT-119a, REF-23, REF-24, REF-47).

use alloc::format;
use alloc::string::{String, ToString};

use crate::attach::world::World;
use crate::key::NamespacedName;
use crate::model::{LocalObjectReference, ObjectKind, ParametersReference};

/// Why a `parametersRef` does not resolve (REF-47).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParametersProblem {
    /// A namespaced kind is named without a namespace.
    NamespaceMissing {
        /// What is referred to.
        target: String,
    },
    /// A cluster-scoped kind is named with a namespace (MODEL-R34).
    NamespaceGiven {
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

/// The reference of a cluster-scoped object, which says itself in which namespace (REF-24).
pub(super) fn of_cluster(world: &World<'_>, reference: &ParametersReference) -> Option<ParametersProblem> {
    let namespace = reference.namespace.as_deref().filter(|namespace| !namespace.is_empty());
    let kind = ObjectKind::from_group_kind(&reference.group, &reference.kind);
    let problem = check(world, &reference.group, &reference.kind, namespace, &reference.name);
    if problem.is_none() && namespace.is_some() && kind.is_some_and(|kind| !kind.is_namespaced()) {
        return Some(ParametersProblem::NamespaceGiven {
            target: target(&reference.kind, None, &reference.name),
        });
    }
    problem
}

/// A local reference: its target is in the referrer's namespace (REF-23).
pub(super) fn of_namespaced(
    world: &World<'_>,
    namespace: &str,
    reference: &LocalObjectReference,
) -> Option<ParametersProblem> {
    check(world, &reference.group, &reference.kind, Some(namespace), &reference.name)
}

fn check(
    world: &World<'_>,
    group: &str,
    kind: &str,
    namespace: Option<&str>,
    name: &str,
) -> Option<ParametersProblem> {
    let target = target(kind, namespace, name);
    let mut known = world.profile.parameter_kinds.iter();
    if !known.any(|(known_group, known_kind)| *known_group == *group && *known_kind == *kind) {
        return Some(ParametersProblem::UnsupportedKind { target });
    }
    let known = ObjectKind::from_group_kind(group, kind);
    let Some(namespace) = namespace else {
        // The scope of a kind that is not in the model is not known.
        let namespaced = known.is_some_and(ObjectKind::is_namespaced);
        return namespaced.then_some(ParametersProblem::NamespaceMissing { target });
    };
    if known != Some(ObjectKind::ConfigMap) {
        return None;
    }
    let found = world.config_map(&NamespacedName::new(namespace, name)).is_some()
        || world.assumes(ObjectKind::ConfigMap);
    (!found).then_some(ParametersProblem::NotFound { target })
}

fn target(kind: &str, namespace: Option<&str>, name: &str) -> String {
    let name = match namespace {
        Some(namespace) => NamespacedName::new(namespace, name).to_string(),
        None => name.to_string(),
    };
    format!("{kind} {name}")
}
