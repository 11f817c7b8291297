//! What differs between controllers and environments, as data.

use alloc::collections::BTreeSet;
use alloc::vec;
use alloc::vec::Vec;

use crate::limits::Limits;
use crate::model::{ControllerName, GatewayStatusAddress, Group, Kind, ObjectKind};

/// Everything beside the objects that an evaluation depends on.
///
/// The default is [`Profile::every_class`].
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The controller whose GatewayClasses are ours (ATT-001). `None`: every class in the input is.
    pub controller: Option<ControllerName>,
    /// Answer 421 when the Host of a request belongs to another HTTPS listener than the SNI of its
    /// connection (MATCH-13). Off: the listener that the SNI chose serves it (MATCH-16).
    pub detect_misdirected: bool,
    /// Kinds to take as existing, and as permitting, when the input holds no object of them at all:
    /// for repositories that hold only a part of what a cluster does.
    pub assume: BTreeSet<ObjectKind>,
    /// Group and kind of the objects that `parametersRef` may name (ATT-094, ATT-115). A ConfigMap is
    /// looked up; objects of other listed kinds are taken as existing. Default: ConfigMap.
    pub parameter_kinds: Vec<(Group, Kind)>,
    /// Addresses that Gateways without `spec.addresses` are bound to (ATT-112).
    pub addresses: Vec<GatewayStatusAddress>,
    /// What a build may use at most.
    pub limits: Limits,
}

impl Profile {
    /// The specification's own choices for one controller.
    pub fn spec(controller: impl Into<ControllerName>) -> Self {
        Self { controller: Some(controller.into()), ..Self::every_class() }
    }

    /// The specification's own choices, with every GatewayClass in the input taken as ours.
    pub fn every_class() -> Self {
        Self {
            controller: None,
            detect_misdirected: true,
            assume: BTreeSet::new(),
            parameter_kinds: vec![(Group::from(""), Kind::from("ConfigMap"))],
            addresses: Vec::new(),
            limits: Limits::default(),
        }
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self::every_class()
    }
}
