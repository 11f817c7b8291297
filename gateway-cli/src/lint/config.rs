//! The settings of the linter: what the file says, and what the command line says over it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gateway_ask::findings::{Placed, Selection};
use gateway_ask::{assumable, read_values};
use gateway_core::ObjectKey;
use gateway_core::lint::Severity;
use serde::Deserialize;

use crate::args::{ChannelName, FailOn, InputArgs, LintArgs};
use crate::error::CliError;

/// The file that is read when none is named.
const DEFAULT_FILE: &str = ".gateway-lint.yaml";

/// What the file may say; `docs/lint.md` describes it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ConfigFile {
    channel: Option<ChannelName>,
    profile: Option<String>,
    controller: Option<String>,
    #[serde(default)]
    assume: Vec<String>,
    #[serde(default)]
    only: Vec<String>,
    #[serde(default)]
    ignore: Vec<Ignored>,
    #[serde(default)]
    severity: BTreeMap<String, SeverityName>,
    fail_on: Option<FailOn>,
    docs: Option<String>,
}

/// A rule to ignore: everywhere, or at some objects.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Ignored {
    Everywhere(String),
    At(IgnoredAt),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IgnoredAt {
    rule: String,
    /// `KIND/NAMESPACE/NAME`, in which `*` stands for anything.
    object: String,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SeverityName {
    Error,
    Warning,
    Info,
}

/// What holds for this run.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) channel: ChannelName,
    profile: Option<String>,
    controller: Option<String>,
    assume: Vec<String>,
    pub(crate) fail_on: FailOn,
    /// Where the documentation of the rules is, for links.
    pub(crate) docs: Option<String>,
    only: Selection,
    ignore: Selection,
    ignore_at: Vec<(Selection, String)>,
    severity: Vec<(Selection, Severity)>,
}

impl Settings {
    pub(crate) fn read(args: &LintArgs) -> Result<Self, CliError> {
        let file = match &args.config {
            Some(path) => read(path)?,
            None if Path::new(DEFAULT_FILE).is_file() => read(&PathBuf::from(DEFAULT_FILE))?,
            None => ConfigFile::default(),
        };
        let (mut ignore, mut ignore_at) = (args.ignore.clone(), Vec::new());
        for ignored in file.ignore {
            match ignored {
                Ignored::Everywhere(rule) => ignore.push(rule),
                Ignored::At(IgnoredAt { rule, object }) => {
                    ignore_at.push((Selection::read([&rule])?, object));
                }
            }
        }
        let mut severity = Vec::new();
        for (rule, name) in &file.severity {
            let wanted = match name {
                SeverityName::Error => Severity::Error,
                SeverityName::Warning => Severity::Warning,
                SeverityName::Info => Severity::Info,
            };
            severity.push((Selection::read([rule])?, wanted));
        }
        Ok(Self {
            channel: args.channel.or(file.channel).unwrap_or(ChannelName::Experimental),
            profile: file.profile,
            controller: file.controller,
            assume: file.assume,
            fail_on: args.fail_on.or(file.fail_on).unwrap_or(FailOn::Warning),
            docs: file.docs,
            // What the command line asks for is asked for instead of what the file does.
            only: Selection::read(if args.only.is_empty() { &file.only } else { &args.only })?,
            ignore: Selection::read(&ignore)?,
            ignore_at,
            severity,
        })
    }

    /// The input as the command line describes it, with what only the settings say.
    pub(crate) fn over(&self, args: &InputArgs) -> Result<InputArgs, CliError> {
        let mut args = args.clone();
        args.profile = args.profile.or_else(|| self.profile.clone());
        args.controller = args.controller.or_else(|| self.controller.clone());
        for kind in &self.assume {
            let wrong = |why| CliError::Config { name: "assume".to_owned(), why };
            args.assume.push(assumable(kind).map_err(wrong)?);
        }
        Ok(args)
    }

    /// Sets severities and drops what is not wanted.
    pub(crate) fn apply(&self, findings: &mut Vec<Placed>) {
        findings.retain(|finding| {
            let wanted = self.only.wants(finding);
            let at = |(rule, object): &(Selection, String)| {
                rule.holds(finding) && finding.object.as_ref().is_some_and(|key| matches(object, key))
            };
            wanted && !self.ignore.holds(finding) && !self.ignore_at.iter().any(at)
        });
        for finding in findings {
            if let Some((_, severity)) = self.severity.iter().find(|(rule, _)| rule.holds(finding)) {
                finding.severity = *severity;
            }
        }
    }
}

/// Whether `KIND/NAMESPACE/NAME`, in which `*` stands for anything, names the object.
fn matches(pattern: &str, key: &ObjectKey) -> bool {
    let name = key.to_string();
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let mut parts: Vec<_> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

fn read(path: &Path) -> Result<ConfigFile, CliError> {
    let wrong = |why: String| CliError::Config { name: path.display().to_string(), why };
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let mut values = read_values(&path.display().to_string(), &text).map_err(&wrong)?;
    match (values.pop(), values.is_empty()) {
        (None, _) => Ok(ConfigFile::default()),
        (Some(value), true) => ConfigFile::deserialize(value).map_err(|error| wrong(error.to_string())),
        _ => Err(wrong("it must hold exactly one document".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use gateway_core::{ObjectKey, ObjectKind};

    #[test]
    fn patterns_name_objects() {
        let key = ObjectKey::new(ObjectKind::HttpRoute, "shop", "api-v2");
        for pattern in ["*", "HTTPRoute/shop/api-v2", "HTTPRoute/*", "*/shop/*", "HTTPRoute/*/api-*", "*-v2"]
        {
            assert!(super::matches(pattern, &key), "{pattern}");
        }
        for pattern in ["", "HTTPRoute/shop/api", "GRPCRoute/*", "*/shop", "HTTPRoute/*/v3*", "*-v2/"] {
            assert!(!super::matches(pattern, &key), "{pattern}");
        }
    }
}
