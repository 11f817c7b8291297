//! What differs between controllers and environments, as data.

mod ambiguities;
mod choices;
mod features;
mod nearest;
mod presets;

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

pub use ambiguities::{AMBIGUITIES, Ambiguity};
pub use choices::{
    BudgetCounting, CHOICES, ChoiceError, ChoiceInfo, ChoiceWord, Choices, CorsOrigin, DeniedAuth,
    ExternalName, FailedHandshake, GrpcWithoutBackends, Hosts, LargeAuthBody, LoneZeroWeight,
    LosingRouteKind, LostSession, MissingTimestamp, PathNormalization, PrefixLength, RegexAnchoring,
    RegexDialect, RegexRank, RelativeReplacement, RepeatedHeaders, RepeatedQueryParams, ReplacedPathQuery,
    ReplacedRoot, RetriedMethods, RetryTarget, TimeoutStatus, UnknownAppProtocol,
};
pub use features::{Feature, FeatureChannel, SupportLevel};
pub use nearest::nearest;
pub use presets::{PRESETS, Preset};

use crate::limits::Limits;
use crate::model::{ControllerName, GatewayStatusAddress, Group, Kind, ObjectKind};

/// Everything beside the objects that an evaluation depends on.
///
/// The default is [`Profile::every_class`].
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The controller whose GatewayClasses are ours (ATT-001). `None`: every class in the input is.
    pub controller: Option<ControllerName>,
    /// What the controller can do (rules 07). What it cannot is told in statuses, never left out
    /// silently (FEAT-R5). Default: all.
    pub features: BTreeSet<Feature>,
    /// What it does where the specification leaves it open (rules 08). Default: the rulebook's choices.
    pub choices: Choices,
    /// Kinds to take as existing, and as permitting, when the input holds no object of them at all:
    /// for repositories that hold only a part of what a cluster does.
    pub assume: BTreeSet<ObjectKind>,
    /// Group and kind of the objects that `parametersRef` may name (ATT-094, ATT-115). A ConfigMap is
    /// looked up; objects of other listed kinds are taken as existing. Default: ConfigMap.
    pub parameter_kinds: Vec<(Group, Kind)>,
    /// Group and kind of the filters that `extensionRef` may name: those that the data plane carries out
    /// itself (REF-42, AMBIG-19). Their objects are taken as existing. Default: none.
    pub extension_kinds: Vec<(Group, Kind)>,
    /// The pool that Gateways get addresses from when they ask for none in particular (ATT-102, ATT-112).
    /// Empty: the addresses are not known, and nothing is said about them.
    pub addresses: Vec<GatewayStatusAddress>,
    /// The requested addresses that can be bound, and blocks of such, as `127.0.0.0/8` (ATT-103). `None`: all
    /// can.
    pub usable_addresses: Option<BTreeSet<String>>,
    /// The bundle versions of the cluster's CRDs, such as `v1.6.1` (ATT-117, ATT-119). Empty: they are
    /// taken as the version of this model.
    pub bundle_versions: Vec<String>,
    /// Whether Gateways can be default Gateways (ATT-200..204, experimental). Default: yes.
    pub default_gateways: bool,
    /// The key of the hashes by which names and paths are looked up. No answer depends on it. Whoever
    /// routes for strangers draws one at random, so that nobody can make up names with equal hashes.
    /// Default: the same always.
    pub hash_key: u64,
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
            features: Feature::all(),
            choices: Choices::default(),
            assume: BTreeSet::new(),
            parameter_kinds: vec![(Group::from(""), Kind::from("ConfigMap"))],
            extension_kinds: Vec::new(),
            addresses: Vec::new(),
            usable_addresses: None,
            bundle_versions: Vec::new(),
            default_gateways: true,
            hash_key: 0,
            limits: Limits::default(),
        }
    }

    /// Whether the data plane carries out filters of a kind.
    pub fn knows_extension(&self, group: &str, kind: &str) -> bool {
        self.extension_kinds.iter().any(|known| known.0.as_str() == group && known.1.as_str() == kind)
    }

    /// Whether the controller can do it.
    pub fn supports(&self, feature: Feature) -> bool {
        self.features.contains(&feature)
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self::every_class()
    }
}
