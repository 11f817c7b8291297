//! The status that all five kinds of routes share.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{Condition, ControllerName, ParentReference};

/// What became of a route at each of its parents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RouteStatus {
    /// One entry for each parent and controller, at most 32 (MODEL-RST-01).
    pub parents: Vec<RouteParentStatus>,
}

/// What became of a route at one parent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RouteParentStatus {
    /// The parent, copied from the spec as written (MODEL-RST-04).
    pub parent_ref: ParentReference,
    /// Who says so (MODEL-RST-03).
    pub controller_name: ControllerName,
    /// What it says, 1 to 8 (MODEL-RST-02).
    pub conditions: Vec<Condition>,
}
