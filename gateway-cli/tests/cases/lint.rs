//! What a case says about the findings of `gateway lint`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Deserialize;
use serde_json::Value;

use crate::files;

/// A case about findings.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Case {
    name: String,
    rules: Vec<String>,
    #[serde(default, rename = "note")]
    _note: String,
    #[serde(default)]
    include: Vec<String>,
    #[serde(default)]
    objects: Vec<Value>,
    profile: Option<Value>,
    channel: Option<String>,
    #[serde(default)]
    assume: Vec<String>,
    /// Groups and rules; all of them when there is none.
    #[serde(default)]
    lint_only: Vec<String>,
    lint: Vec<Expected>,
}

/// A finding, as far as the case names it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Expected {
    rule: String,
    object: Option<String>,
    path: Option<String>,
    severity: Option<String>,
    message_contains: Option<String>,
    remedy_contains: Option<String>,
}

impl Expected {
    fn is_met_by(&self, finding: &Value) -> bool {
        let text = |key: &str| finding[key].as_str().unwrap_or_default();
        let equal = |expected: &Option<String>, found: &str| expected.as_deref().is_none_or(|it| it == found);
        let part = |expected: &Option<String>, found: &str| {
            expected.as_deref().is_none_or(|part| found.contains(part))
        };
        self.rule == text("rule")
            && equal(&self.object, &name(&finding["object"]))
            && equal(&self.path, text("path"))
            && equal(&self.severity, text("severity"))
            && part(&self.message_contains, text("message"))
            && part(&self.remedy_contains, text("remedy"))
    }
}

/// Whether a case is about findings.
pub(crate) fn is_one(case: &Value) -> bool {
    case.get("lint").is_some()
}

/// Runs a case; the error lists everything that is not as expected.
pub(crate) fn run(case: &Value) -> Result<(), String> {
    let case = Case::deserialize(case).map_err(|error| format!("the case itself is wrong: {error}"))?;
    if case.rules.is_empty() {
        return Err("a case needs rules".to_owned());
    }
    let findings = lint(&case)?;
    let mut unexplained: Vec<&Value> = findings.iter().collect();
    let mut wrong = Vec::new();
    for expected in &case.lint {
        match unexplained.iter().position(|finding| expected.is_met_by(finding)) {
            Some(index) => drop(unexplained.remove(index)),
            None => wrong.push(format!("missing: {expected:?}")),
        }
    }
    wrong.extend(unexplained.into_iter().map(|finding| format!("not expected: {finding}")));
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// `KIND/NAMESPACE/NAME`, or `KIND/NAME`.
fn name(object: &Value) -> String {
    let parts = [&object["kind"], &object["namespace"], &object["name"]];
    let parts = parts.into_iter().filter_map(Value::as_str).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("/")
}

/// The findings of the command, as a user gets them.
fn lint(case: &Case) -> Result<Vec<Value>, String> {
    let folder = Folder::new()?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_gateway"));
    command.args(["lint", "--quiet", "-o", "json"]);
    for include in &case.include {
        command.arg("-f").arg(files::testdata().join(include));
    }
    if !case.objects.is_empty() {
        let documents: Vec<_> = case.objects.iter().map(Value::to_string).collect();
        command.arg("-f").arg(folder.write("objects.yaml", &documents.join("\n---\n"))?);
    }
    if let Some(profile) = &case.profile {
        command.arg("--profile").arg(folder.write("profile.json", &profile.to_string())?);
    }
    if let Some(channel) = &case.channel {
        command.args(["--channel", channel]);
    }
    for (option, words) in [("--assume", &case.assume), ("--only", &case.lint_only)] {
        if !words.is_empty() {
            command.arg(option).arg(words.join(","));
        }
    }
    let output = command.output().map_err(|error| error.to_string())?;
    let error = String::from_utf8_lossy(&output.stderr);
    match serde_json::from_slice(&output.stdout) {
        Ok(Value::Array(findings)) => Ok(findings),
        _ => Err(format!("{}: no list of findings: {error}", case.name)),
    }
}

/// A folder that is gone when the case is over.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, String> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("lint-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).map_err(|error| error.to_string())?;
        Ok(Self(path))
    }

    fn write(&self, name: &str, text: &str) -> Result<PathBuf, String> {
        let path = self.0.join(name);
        fs::write(&path, text).map_err(|error| error.to_string())?;
        Ok(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed stays in the build folder, and hurts nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}
