//! What the checks of all kinds of rules share.

use alloc::format;
use alloc::string::{String, ToString};

use crate::attach::backend::{self, ExtensionEdge};
use crate::attach::rule::{RuleFault, RuleNode, RuleProblem, Scope};
use crate::matching::Pattern;
use crate::model::{BackendTarget, GatewayDuration, HttpRequestMirrorFilter, LocalObjectReference};
use crate::profile::Feature;

/// Gathers what there is to say about a rule.
pub(super) struct Checker<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) node: RuleNode,
}

impl<'a> Checker<'a> {
    pub(super) fn new(scope: Scope<'a>) -> Self {
        Self { scope, node: RuleNode::default() }
    }

    /// What was gathered, without room for more: there is one of these for each rule.
    pub(super) fn done(mut self) -> RuleNode {
        self.node.problems.shrink_to_fit();
        for edges in [&mut self.node.backends, &mut self.node.mirrors, &mut self.node.authorizers] {
            edges.shrink_to_fit();
        }
        self.node.extensions.shrink_to_fit();
        self.node
    }

    pub(super) fn problem(&mut self, path: String, fault: RuleFault) {
        self.node.problems.push(RuleProblem { path, fault });
    }

    pub(super) fn unsupported(&mut self, path: String, value: &str, remedy: &str) {
        let fault = RuleFault::Unsupported { value: value.to_string(), remedy: remedy.to_string() };
        self.problem(path, fault);
    }

    pub(super) fn incompatible(&mut self, path: String, what: String) {
        self.problem(path, RuleFault::Incompatible { what });
    }

    /// FEAT-R5: a field that is used needs its feature.
    pub(super) fn needs(&mut self, feature: Feature, used: bool, path: &str) {
        if used && !self.scope.supports(feature) {
            self.problem(path.to_string(), RuleFault::Feature(self.scope.feature(feature)));
        }
    }

    pub(super) fn regex(&mut self, path: String, pattern: &str) {
        if let Err(error) = Pattern::check(pattern, self.scope.world.profile) {
            let fault = RuleFault::Regex { pattern: pattern.to_string(), reason: error.to_string() };
            self.problem(path, fault);
        }
    }

    pub(super) fn duration(&mut self, path: String, duration: Option<&GatewayDuration>) {
        if let Some(duration) = duration.filter(|duration| duration.parse().is_err()) {
            self.unsupported(path, duration, "use a duration such as 500ms, 10s or 1h30m");
        }
    }

    pub(super) fn backend(&mut self, path: String, target: BackendTarget<'_>) {
        self.node.backends.push(backend::resolve(self.scope, path, target));
    }

    pub(super) fn mirror(&mut self, path: &str, mirror: &HttpRequestMirrorFilter) {
        let edge = backend::resolve(self.scope, format!("{path}.backendRef"), mirror.backend_ref.target());
        self.node.mirrors.push(edge);
        if let Some(percent) = mirror.percent.filter(|percent| !(0..=100).contains(percent)) {
            self.unsupported(format!("{path}.percent"), &percent.to_string(), "use 0 to 100");
        }
        if let Some(fraction) = mirror.fraction.as_ref().filter(|fraction| fraction.denominator() < 1) {
            let denominator = fraction.denominator().to_string();
            self.unsupported(format!("{path}.fraction.denominator"), &denominator, "use 1 or more");
        }
    }

    pub(super) fn authorizer(&mut self, path: &str, target: BackendTarget<'_>) {
        let edge = backend::resolve(self.scope, format!("{path}.backendRef"), target);
        self.node.authorizers.push(edge);
    }

    /// REF-42, AMBIG-19: a filter of another kind, unless the data plane knows it.
    pub(super) fn extension(&mut self, path: &str, extension: &LocalObjectReference) {
        if self.scope.world.profile.knows_extension(&extension.group, &extension.kind) {
            return;
        }
        let target = format!("{}.{}/{}", extension.kind, extension.group, extension.name);
        self.node.extensions.push(ExtensionEdge { path: format!("{path}.extensionRef"), target });
    }
}
