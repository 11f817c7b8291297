//! Worlds in YAML, and their findings.

use std::collections::BTreeSet;

use gateway_core::lint::{Finding, Group, Linter, Severity};
use gateway_core::model::Value;
use gateway_core::validate::Channel;
use gateway_core::{ObjectKey, Profile, Router, Snapshot};
use gateway_manifest::{Loader, Options};

/// Objects and what the linter says of them.
pub(crate) struct World {
    pub(crate) snapshot: Snapshot,
    pub(crate) router: Router,
    /// Keys and manifests as written.
    pub(crate) manifests: Vec<(ObjectKey, Value)>,
}

impl World {
    pub(crate) fn new(text: &str) -> Self {
        Self::with(text, &Profile::default())
    }

    pub(crate) fn with(text: &str, profile: &Profile) -> Self {
        let mut loader = Loader::new(Options { keep_manifests: true, ..Options::default() });
        loader.text("world.yaml", text.to_string()).unwrap();
        Self::of(loader, profile)
    }

    pub(crate) fn folder(path: &std::path::Path) -> Self {
        let mut loader = Loader::new(Options { keep_manifests: true, ..Options::default() });
        loader.path(path).unwrap();
        Self::of(loader, &Profile::default())
    }

    fn of(loader: Loader, profile: &Profile) -> Self {
        let read = loader.finish();
        let mut manifests = Vec::new();
        let mut snapshot = Snapshot::new();
        for one in read.objects {
            manifests.push((ObjectKey::of(&one.object), one.manifest.unwrap()));
            snapshot.upsert(one.object);
        }
        assert!(!manifests.is_empty(), "no objects: {:?}", read.notes);
        let router = Router::build(&snapshot, profile).unwrap();
        Self { snapshot, router, manifests }
    }

    /// Everything that is found.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let linter = Linter::new(Channel::Experimental);
        let mut found = linter.objects(&self.snapshot, &self.router);
        for (key, manifest) in &self.manifests {
            found.extend(linter.manifest(key, manifest));
        }
        let known: BTreeSet<_> = Linter::rules().into_iter().map(|rule| rule.id).collect();
        for finding in &found {
            assert!(known.contains(finding.rule), "not in the list of rules: {finding:?}");
            let one_line = |text: &str| !text.contains('\n') && !text.ends_with('.');
            // A message of `validate` is the API server's own.
            assert!(
                finding.message.contains("VAL-") || one_line(&finding.message) || is_validate(finding.rule),
                "{finding:?}"
            );
            assert!(one_line(&finding.remedy), "{finding:?}");
        }
        found
    }

    /// The findings of one group, as `rule object path`.
    pub(crate) fn of_group(&self, group: Group) -> Vec<String> {
        let rules: BTreeSet<_> =
            Linter::rules().into_iter().filter(|rule| rule.group == group).map(|rule| rule.id).collect();
        self.findings().iter().filter(|finding| rules.contains(finding.rule)).map(line).collect()
    }

    /// The findings of one rule, as `rule object path`.
    pub(crate) fn of_rule(&self, rule: &str) -> Vec<String> {
        self.findings().iter().filter(|finding| finding.rule == rule).map(line).collect()
    }

    /// The only finding of a rule.
    pub(crate) fn only(&self, rule: &str) -> Finding {
        let mut found: Vec<_> = self.findings().into_iter().filter(|finding| finding.rule == rule).collect();
        assert_eq!(found.len(), 1, "{rule}: {found:#?}");
        found.remove(0)
    }
}

fn is_validate(rule: &str) -> bool {
    Linter::rules().iter().any(|known| known.id == rule && known.group == Group::Validate)
}

/// A finding as `rule object path`.
pub(crate) fn line(finding: &Finding) -> String {
    let object = finding.object.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("{} {object} {}", finding.rule, finding.path)
}

pub(crate) fn severities(findings: &[Finding], at_least: Severity) -> Vec<String> {
    let bad = findings.iter().filter(|finding| finding.severity >= at_least);
    bad.map(|finding| format!("{} {}: {}", finding.severity, line(finding), finding.message)).collect()
}

/// A class, a Gateway `infra/gw` with an HTTP listener for everything and one for `*.test`, both open to
/// all namespaces, and Services `v1` and `v2` in `shop`.
pub(crate) const BASE: &str = r"
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: example}
spec: {controllerName: example.com/ctl}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: infra}
spec:
  gatewayClassName: example
  listeners:
    - {name: all, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
---
apiVersion: v1
kind: Service
metadata: {name: v1, namespace: shop}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: v2, namespace: shop}
spec: {ports: [{port: 80}]}
---
";

/// An HTTPRoute of `shop` at `infra/gw`, with this text below `spec`.
pub(crate) fn route(name: &str, spec: &str) -> String {
    of_kind("HTTPRoute", name, spec)
}

/// A Route of any kind, of `shop` at `infra/gw`.
pub(crate) fn of_kind(kind: &str, name: &str, spec: &str) -> String {
    let lines: Vec<_> = spec.trim_matches('\n').lines().map(|line| format!("  {line}\n")).collect();
    let spec = lines.concat();
    format!(
        "---\napiVersion: gateway.networking.k8s.io/v1\nkind: {kind}\nmetadata: {{name: {name}, namespace: shop}}\n\
         spec:\n  parentRefs: [{{name: gw, namespace: infra}}]\n{spec}"
    )
}

/// A Gateway of the class of the base.
pub(crate) fn gateway(name: &str, namespace: &str, listeners: &str) -> String {
    format!(
        "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: {name}, namespace: {namespace}}}\n\
         spec:\n  gatewayClassName: example\n  listeners: [{listeners}]\n"
    )
}

/// A file of `testdata/base`.
pub(crate) fn base(name: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata/base").join(name);
    format!("---\n{}", std::fs::read_to_string(path).unwrap())
}
