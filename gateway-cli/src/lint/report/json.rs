//! Findings for programs: `docs/lint.md` describes the keys.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use crate::output;

#[derive(Debug, Serialize)]
struct JsonFinding<'a> {
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

#[derive(Debug, Serialize)]
struct JsonObject<'a> {
    kind: &'a str,
    namespace: &'a str,
    name: &'a str,
}

impl Report<'_> {
    pub(crate) fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let findings: Vec<_> = self
            .findings
            .iter()
            .map(|finding| JsonFinding {
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
                docs: self.link(finding.rule),
            })
            .collect();
        output::json(out, &findings)
    }
}
