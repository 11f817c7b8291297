//! Findings as people and programs want them.

mod github;
mod sarif;
mod text;

use std::io::{self, Write};

use gateway_ask::findings::{JsonFinding, Placed};
use gateway_manifest::Manifests;

use crate::output;

/// What a run found.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    pub(crate) findings: &'a [Placed],
    pub(crate) manifests: &'a Manifests,
    /// The page that documents the rules.
    pub(crate) docs: &'a str,
}

impl Report<'_> {
    /// The link to the documentation of a rule.
    fn link(&self, rule: &str) -> String {
        format!("{}#{}", self.docs, rule.to_ascii_lowercase())
    }

    /// Findings for programs.
    pub(crate) fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let findings: Vec<_> =
            self.findings.iter().map(|finding| JsonFinding::new(finding, self.docs)).collect();
        output::json(out, &findings)
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
