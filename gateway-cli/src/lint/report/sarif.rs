//! Findings as SARIF 2.1.0, the format of code scanning.

use std::collections::BTreeMap;
use std::io::{self, Write};

use gateway_ask::findings::{Placed, rules};
use gateway_core::lint::Severity;
use gateway_core::model::FieldPath;
use gateway_manifest::Location;
use serde_json::{Value, json};

use super::Report;
use crate::output;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

impl Report<'_> {
    pub(crate) fn sarif(&self, out: &mut dyn Write) -> io::Result<()> {
        let rules = rules();
        let index: BTreeMap<_, _> = rules.iter().enumerate().map(|(index, rule)| (rule.id, index)).collect();
        let descriptors: Vec<_> = rules
            .iter()
            .map(|rule| {
                let mut descriptor = json!({
                    "id": rule.id,
                    "shortDescription": {"text": rule.title},
                    "fullDescription": {"text": rule.doc},
                    "help": {"text": format!("{}\n\n{}", rule.doc, self.link(rule.id))},
                    "defaultConfiguration": {"level": level(rule.severity)},
                    "properties": {"tags": [rule.group.as_str()]},
                });
                let link = self.link(rule.id);
                // `helpUri` must be absolute, which the page in the repository is not.
                if link.contains("://") {
                    descriptor["helpUri"] = link.into();
                }
                descriptor
            })
            .collect();
        let results: Vec<_> =
            self.findings.iter().map(|finding| self.result(finding, index.get(finding.rule))).collect();
        let log = json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": "gateway lint",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": descriptors,
                }},
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        });
        output::json(out, &log)
    }

    fn result(&self, finding: &Placed, index: Option<&usize>) -> Value {
        let mut text = finding.line();
        if !finding.remedy.is_empty() {
            text = format!("{text}\n{}", finding.remedy);
        }
        // Code scanning refuses results without a place: what is about the whole input is shown at its
        // first file.
        let first = self.manifests.objects.first().map(|loaded| loaded.positions.locate(&FieldPath::root()));
        let place = finding.place.clone().or(first);
        let mut location = json!({});
        if let Some(at) = &place {
            location["physicalLocation"] = physical(at);
        }
        if let Some(key) = &finding.object {
            let name = match finding.path.as_str() {
                "" => key.to_string(),
                path => format!("{key} {path}"),
            };
            location["logicalLocations"] = json!([{"fullyQualifiedName": name, "kind": "resource"}]);
        }
        let mut result = json!({
            "ruleId": finding.rule,
            "level": level(finding.severity),
            "message": {"text": text},
            "locations": [location],
            "partialFingerprints": {"finding/v1": fingerprint(finding)},
        });
        if let Some(index) = index {
            result["ruleIndex"] = json!(index);
        }
        if let Some(related) = &finding.related {
            result["relatedLocations"] = json!([{"physicalLocation": physical(related)}]);
        }
        result
    }
}

fn physical(at: &Location) -> Value {
    json!({
        "artifactLocation": {"uri": uri(&at.file)},
        "region": {"startLine": at.line, "startColumn": at.column},
    })
}

/// What stays the same when lines move: rule, object, field and message.
fn fingerprint(finding: &Placed) -> String {
    let object = finding.object.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("{}|{object}|{}|{}", finding.rule, finding.path, finding.message)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a URI reference: what may not stand in one is written with `%`.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
    let path = path.strip_prefix("./").unwrap_or(path);
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let escaped = path.bytes().map(|byte| match byte {
        byte if plain(byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    let uri: String = escaped.collect();
    if path.starts_with('/') { format!("file://{uri}") } else { uri }
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_become_uris() {
        assert_eq!(super::uri("./a b/c%.yaml"), "a%20b/c%25.yaml");
        assert_eq!(super::uri("/x/ü:y.yaml"), "file:///x/%C3%BC%3Ay.yaml");
        assert_eq!(super::uri("<stdin>"), "%3Cstdin%3E");
    }
}
