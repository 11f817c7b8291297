//! Findings as people and programs want them.

mod github;
mod json;
mod sarif;
mod text;

use gateway_manifest::Manifests;

use crate::lint::placed::Placed;

/// The page that documents the rules, when the settings name no other.
const DOCS: &str = "docs/lint-rules.md";

/// What a run found.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    pub(crate) findings: &'a [Placed],
    pub(crate) manifests: &'a Manifests,
    /// The page that documents the rules.
    pub(crate) docs: Option<&'a str>,
}

impl Report<'_> {
    /// The link to the documentation of a rule.
    fn link(&self, rule: &str) -> String {
        let docs = self.docs.unwrap_or(DOCS);
        format!("{docs}#{}", rule.to_ascii_lowercase())
    }

    /// How many findings of each severity there are, in words.
    fn summary(&self) -> String {
        use gateway_core::lint::Severity::{Error, Info, Warning};
        let counts = [(Error, "error", "errors"), (Warning, "warning", "warnings"), (Info, "info", "infos")];
        let counted = counts.iter().filter_map(|(severity, one, many)| {
            let count = self.findings.iter().filter(|finding| finding.severity == *severity).count();
            (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { many }))
        });
        let counted: Vec<_> = counted.collect();
        let objects = self.manifests.objects.len();
        let found = if counted.is_empty() { "nothing found".to_owned() } else { counted.join(", ") };
        format!("{found} in {objects} {}", if objects == 1 { "object" } else { "objects" })
    }
}
