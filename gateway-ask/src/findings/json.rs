//! Findings for programs: `docs/lint.md` describes the keys.

use serde::Serialize;

use super::Placed;

/// The page that documents the rules, when no other is named.
pub const DOCS: &str = "docs/lint-rules.md";

/// A finding for programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JsonFinding<'a> {
    rule: &'a str,
    group: &'a str,
    severity: &'a str,
    object: Option<JsonObject<'a>>,
    path: &'a str,
    message: &'a str,
    remedy: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    docs: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct JsonObject<'a> {
    kind: &'a str,
    namespace: &'a str,
    name: &'a str,
}

impl<'a> JsonFinding<'a> {
    /// The finding, with a link into the page that documents the rules.
    pub fn new(finding: &'a Placed, docs: &str) -> Self {
        Self {
            rule: finding.rule,
            group: finding.group.as_str(),
            severity: finding.severity.as_str(),
            object: finding.object.as_ref().map(|key| JsonObject {
                kind: key.kind.kind(),
                namespace: &key.namespace,
                name: &key.name,
            }),
            path: &finding.path,
            message: &finding.message,
            remedy: &finding.remedy,
            file: finding.place.as_ref().map(|at| &*at.file),
            line: finding.place.as_ref().map(|at| at.line),
            column: finding.place.as_ref().map(|at| at.column),
            docs: format!("{docs}#{}", finding.rule.to_ascii_lowercase()),
        }
    }
}
