//! One rule of a Route: can it be carried out (ATT-174, ATT-175, FILT-006..008), and what does it
//! refer to.

mod checker;
mod grpc;
mod http;
mod http_filters;
mod l4;
mod session;

use alloc::string::String;
use alloc::vec::Vec;

use crate::attach::backend::{BackendEdge, ExtensionEdge};
use crate::attach::policy::BackendTls;
use crate::attach::route_object::RouteObject;
use crate::attach::world::World;
use crate::model::ObjectKind;
use crate::profile::Feature;

/// Who carries the rules of a Route out. It decides which features count, and whether a grant is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The Gateways that the Route is attached to.
    Gateway,
    /// The mesh, for the Services that the Route is attached to.
    Mesh,
}

/// A rule with everything found out about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleNode {
    /// Why the rule is dropped; empty when it is carried out.
    pub problems: Vec<RuleProblem>,
    /// Its backends, in order.
    pub backends: Vec<BackendEdge>,
    /// Backends of its mirror filters, of the rule and then of each backendRef.
    pub mirrors: Vec<BackendEdge>,
    /// Backends of its ExternalAuth filters, in the same order.
    pub authorizers: Vec<BackendEdge>,
    /// Filters of other kinds that it names, and that nobody here knows.
    pub extensions: Vec<ExtensionEdge>,
}

impl RuleNode {
    /// Whether it is carried out.
    pub fn is_valid(&self) -> bool {
        self.problems.is_empty()
    }

    /// Everything it sends requests to: backends, mirrors and authorizers.
    pub fn edges(&self) -> impl Iterator<Item = &BackendEdge> {
        self.backends.iter().chain(&self.mirrors).chain(&self.authorizers)
    }
}

/// Something about a rule that cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleProblem {
    /// The field.
    pub path: String,
    /// What it is.
    pub fault: RuleFault,
}

/// What cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleFault {
    /// A value that is unknown, or not supported in this version.
    Unsupported {
        /// The value as written.
        value: String,
        /// What would be possible.
        remedy: String,
    },
    /// A field of a feature that the controller does not have (FEAT-R5).
    Feature(Feature),
    /// A regular expression that cannot be used.
    Regex {
        /// The expression.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Filters that exclude each other.
    Incompatible {
        /// What clashes.
        what: String,
    },
    /// A rule after the first of a Route that has only one (MATCH-81, AMBIG-29).
    Surplus,
    /// The Service of a backend keeps sessions in its own way (FILT-190). Rejects the whole Route.
    SessionAffinity {
        /// The Service.
        service: String,
    },
}

/// What a rule is checked against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope<'a> {
    pub(crate) world: &'a World<'a>,
    pub(crate) tls: &'a BackendTls,
    pub(crate) side: Side,
    /// The Route's kind.
    pub(crate) kind: ObjectKind,
    /// The Route's namespace.
    pub(crate) namespace: &'a str,
}

impl Scope<'_> {
    /// Whether a feature of HTTPRoutes is there, on this side.
    fn supports(&self, feature: Feature) -> bool {
        self.world.profile.supports(self.feature(feature))
    }

    /// The name of a feature on this side: meshes claim some of them apart (FEAT-46..52).
    fn feature(&self, feature: Feature) -> Feature {
        match (self.side, feature) {
            (Side::Gateway, feature) => feature,
            (_, Feature::HttpRouteBackendRequestHeaderModification) => {
                Feature::MeshHttpRouteBackendRequestHeaderModification
            }
            (_, Feature::HttpRouteNamedRouteRule) => Feature::MeshHttpRouteNamedRouteRule,
            (_, Feature::HttpRouteQueryParamMatching) => Feature::MeshHttpRouteQueryParamMatching,
            (_, Feature::HttpRoutePathRedirect) => Feature::MeshHttpRouteRedirectPath,
            (_, Feature::HttpRoutePortRedirect) => Feature::MeshHttpRouteRedirectPort,
            (_, Feature::HttpRoutePathRewrite) => Feature::MeshHttpRouteRewritePath,
            (_, Feature::HttpRouteSchemeRedirect) => Feature::MeshHttpRouteSchemeRedirect,
            (_, feature) => feature,
        }
    }
}

/// Checks every rule of a Route.
pub(crate) fn check(scope: Scope<'_>, route: &RouteObject) -> Vec<RuleNode> {
    let mut rules: Vec<_> = match route {
        RouteObject::Http(route) => route
            .spec
            .rules()
            .iter()
            .enumerate()
            .map(|(index, rule)| http::check(scope, index, rule))
            .collect(),
        RouteObject::Grpc(route) => {
            let rules = route.spec.rules.iter().flatten().enumerate();
            rules.map(|(index, rule)| grpc::check(scope, index, rule)).collect()
        }
        RouteObject::Tls(route) => l4::check(scope, route.spec.rules.iter().map(|rule| &*rule.backend_refs)),
        RouteObject::Tcp(route) => l4::check(scope, route.spec.rules.iter().map(|rule| &*rule.backend_refs)),
        RouteObject::Udp(route) => l4::check(scope, route.spec.rules.iter().map(|rule| &*rule.backend_refs)),
    };
    session::reject_clashes(scope, route, &mut rules);
    rules
}

/// Whether a Route has a rule to carry out. One without rules matches nothing, which is no fault.
pub(crate) fn is_any_valid(rules: &[RuleNode]) -> bool {
    rules.is_empty() || rules.iter().any(RuleNode::is_valid)
}
