//! The status that policies share.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{Condition, ControllerName, ParentReference};

/// What became of a policy at each ancestor of its targets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyStatus {
    /// One entry for each ancestor and controller, at most 16 (MODEL-PST-01).
    pub ancestors: Vec<PolicyAncestorStatus>,
}

/// What became of a policy at one ancestor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyAncestorStatus {
    /// The ancestor, usually a Gateway (MODEL-PST-02).
    pub ancestor_ref: ParentReference,
    /// Who says so (MODEL-PST-04).
    pub controller_name: ControllerName,
    /// What it says, 1 to 8 (MODEL-PST-03).
    pub conditions: Vec<Condition>,
}
