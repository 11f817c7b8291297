//! Which GatewayClasses and XMeshes are ours, and whether their parameters resolve (ATT-001, ATT-114..119a).

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::parameters::{self, ParametersProblem};
use crate::attach::world::World;
use crate::key::NamespacedName;
use crate::model::{ControllerName, GatewayClass, ObjectKind, XMesh};
use crate::profile::Feature;

/// The controller name of Gateways whose class is assumed rather than read.
const ASSUMED_CONTROLLER: &str = "gateway-core.invalid/assumed";

/// Bundle versions of this model: every patch of the release, which changes no API.
const BUNDLE: &str = "v1.6.";

/// A GatewayClass of ours.
#[derive(Clone, Debug)]
pub struct ClassNode {
    /// The class.
    pub object: Arc<GatewayClass>,
    /// Why it is not accepted.
    pub problem: Option<ParametersProblem>,
    /// Bundle versions of the cluster's CRDs that we do not know (ATT-119). We serve them as well as
    /// we can, so they refuse nothing (ATT-117).
    pub unknown_versions: Vec<String>,
}

/// An XMesh of ours.
#[derive(Clone, Debug)]
pub struct MeshNode {
    /// The mesh.
    pub object: Arc<XMesh>,
    /// Why it is not accepted.
    pub problem: Option<ParametersProblem>,
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

fn is_ours(world: &World<'_>, controller: &ControllerName) -> bool {
    world.profile.controller.as_ref().is_none_or(|ours| ours == controller)
}

pub(super) fn classes(world: &World<'_>) -> BTreeMap<String, ClassNode> {
    let versions = world.profile.bundle_versions.iter();
    let unknown: Vec<_> = versions.filter(|version| !is_known(version)).cloned().collect();
    let ours = world.all().gateway_classes.iter().filter(|(_, class)| {
        world.profile.supports(Feature::Gateway) && is_ours(world, &class.spec.controller_name)
    });
    ours.map(|(name, class)| {
        let reference = class.spec.parameters_ref.as_ref();
        let node = ClassNode {
            object: Arc::clone(class),
            problem: reference.and_then(|reference| parameters::of_cluster(world, reference)),
            unknown_versions: unknown.clone(),
        };
        (name.name.clone(), node)
    })
    .collect()
}

pub(super) fn meshes(world: &World<'_>) -> BTreeMap<String, MeshNode> {
    let ours = world.all().x_meshes.iter().filter(|(_, mesh)| {
        world.profile.supports(Feature::Mesh) && is_ours(world, &mesh.spec.controller_name)
    });
    ours.map(|(name, mesh)| {
        let reference = mesh.spec.parameters_ref.as_ref();
        let problem = reference.and_then(|reference| parameters::of_cluster(world, reference));
        (name.name.clone(), MeshNode { object: Arc::clone(mesh), problem })
    })
    .collect()
}

pub(super) fn edge(world: &World<'_>, classes: &BTreeMap<String, ClassNode>, name: &str) -> ClassEdge {
    if let Some(class) = classes.get(name) {
        return match class.problem {
            None => ClassEdge::Owned { controller: class.object.spec.controller_name.clone() },
            Some(_) => ClassEdge::NotAccepted,
        };
    }
    if world.assumes(ObjectKind::GatewayClass) && world.profile.supports(Feature::Gateway) {
        let controller = world.profile.controller.clone();
        return ClassEdge::Owned { controller: controller.unwrap_or_else(|| ASSUMED_CONTROLLER.into()) };
    }
    match world.all().gateway_classes.get(&NamespacedName::new("", name)) {
        Some(class) => ClassEdge::NotOurs { controller: class.spec.controller_name.clone() },
        None => ClassEdge::Missing,
    }
}

fn is_known(version: &str) -> bool {
    let patch = version.strip_prefix(BUNDLE).unwrap_or_default();
    !patch.is_empty() && patch.bytes().all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::is_known;

    #[test]
    fn att_119_patches_of_the_release_are_known() {
        for version in ["v1.6.0", "v1.6.1", "v1.6.12"] {
            assert!(is_known(version), "{version}");
        }
        for version in ["v1.5.1", "v1.60.1", "v1.6", "v1.6.", "1.6.1", "v1.6.1-dev", "v2.0.0", ""] {
            assert!(!is_known(version), "{version}");
        }
    }
}
