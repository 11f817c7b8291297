//! Conditions of GatewayClasses and XMeshes (ATT-114..119c).

use alloc::format;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use crate::attach::{ClassNode, MeshNode, ParametersProblem};
use crate::model::{
    Condition, ConditionStatus, GatewayClassStatus, ObjectMeta, SupportedFeature, XMeshStatus,
};
use crate::profile::Profile;
use crate::status::conditions::{condition, holds, refused};
use crate::status::reasons;
use crate::status::words::parameters_advice;

pub(crate) fn class_status(class: &ClassNode, profile: &Profile) -> GatewayClassStatus {
    let metadata = &class.object.metadata;
    GatewayClassStatus {
        conditions: Some(vec![
            accepted(metadata, class.problem.as_ref(), "the class is ours"),
            supported_version(class),
        ]),
        supported_features: Some(features(profile)),
    }
}

pub(crate) fn mesh_status(mesh: &MeshNode, profile: &Profile) -> XMeshStatus {
    let accepted = accepted(&mesh.object.metadata, mesh.problem.as_ref(), "the mesh is ours");
    XMeshStatus { conditions: Some(vec![accepted]), supported_features: Some(features(profile)) }
}

fn accepted(metadata: &ObjectMeta, problem: Option<&ParametersProblem>, message: &str) -> Condition {
    match problem {
        None => holds(metadata, reasons::ACCEPTED, message),
        Some(problem) => {
            refused(metadata, reasons::ACCEPTED, &parameters_advice("spec.parametersRef", problem))
        }
    }
}

/// ATT-119: written wherever Accepted is.
fn supported_version(class: &ClassNode) -> Condition {
    let metadata = &class.object.metadata;
    let kind = reasons::SUPPORTED_VERSION;
    if class.unknown_versions.is_empty() {
        return holds(metadata, kind, "the versions of the Gateway API's CRDs are known");
    }
    let message = format!(
        "bundle version {} of the Gateway API's CRDs is not known; it is served as well as possible",
        class.unknown_versions.join(", ")
    );
    condition(metadata, kind, ConditionStatus::False, reasons::UNSUPPORTED_VERSION, message)
}

/// ATT-119b: by name, which is the order of the set.
fn features(profile: &Profile) -> Vec<SupportedFeature> {
    profile.features.iter().map(|feature| SupportedFeature { name: feature.name().to_string() }).collect()
}
