//! What the tests cite: the list of rules of a case, and names and comments of Rust tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::id;

/// The files that cite an id: `status/routes` for cases, a path for Rust.
pub(crate) struct Citations {
    by_id: BTreeMap<String, BTreeSet<String>>,
    /// Ids in cases; a slip of the pen there must not pass for a citation.
    in_cases: BTreeMap<String, BTreeSet<String>>,
}

/// Where the file of a citation is, below the root of the workspace.
pub(crate) fn path(file: &str) -> String {
    let is_rust = Path::new(file).extension().is_some_and(|extension| extension == "rs");
    if is_rust { file.to_owned() } else { format!("testdata/{file}.yaml") }
}

impl Citations {
    /// Reads all tests of the workspace.
    pub(crate) fn find(root: &Path, known: &BTreeSet<String>) -> Self {
        let mut found = Self { by_id: BTreeMap::new(), in_cases: BTreeMap::new() };
        let testdata = root.join("testdata");
        for file in files(&testdata, "yaml") {
            let name = name(&testdata, &file.with_extension(""));
            if !name.starts_with("base/") {
                found.case_file(&name, &fs::read_to_string(&file).unwrap(), known);
            }
        }
        for member in fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()) {
            if member.join("Cargo.toml").is_file() {
                for (folder, all) in [("src", false), ("tests", true)] {
                    for file in files(&member.join(folder), "rs") {
                        found.rust_file(&name(root, &file), &fs::read_to_string(&file).unwrap(), all);
                    }
                }
            }
        }
        found
    }

    fn case_file(&mut self, file: &str, text: &str, known: &BTreeSet<String>) {
        let cases = gateway_ask::read_values(file, text).unwrap_or_else(|why| panic!("{file}: {why}"));
        for case in cases {
            let entries = case["rules"].as_array().into_iter().flatten().filter_map(Value::as_str);
            for id in entries.flat_map(|entry| id::expand(entry, known)) {
                self.in_cases.entry(id.clone()).or_default().insert(file.to_owned());
                self.by_id.entry(id).or_default().insert(file.to_owned());
            }
        }
    }

    fn rust_file(&mut self, file: &str, text: &str, all: bool) {
        // What is here talks about ids, or tests the second reading of the rules alone; admission tests the engine.
        let is_oracle =
            file.starts_with("gateway-oracle") && !file.starts_with("gateway-oracle/tests/admission");
        if is_oracle || file.starts_with("gateway-cli/tests/coverage") {
            return;
        }
        for id in in_tests(text, all) {
            self.by_id.entry(id).or_default().insert(file.to_owned());
        }
    }

    /// The files that cite a rule, sorted.
    pub(crate) fn of(&self, id: &str) -> Vec<String> {
        self.by_id.get(id).into_iter().flatten().cloned().collect()
    }

    /// What cases cite and nobody knows.
    pub(crate) fn unknown(&self, known: &BTreeSet<String>) -> Vec<String> {
        let ids = self.in_cases.iter().filter(|(id, _)| {
            // Findings of the linter that no rule is behind have names of their own.
            id.starts_with(|c: char| c.is_ascii_uppercase()) && id::is_listed(id) && !known.contains(*id)
        });
        ids.map(|(id, files)| format!("there is no rule {id}, cited in {files:?}")).collect()
    }
}

/// The ids of names and comments of test functions: all functions, or those marked as tests.
fn in_tests(text: &str, all: bool) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut above = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("//!") {
            continue;
        }
        if trimmed.starts_with("//") || trimmed.starts_with("#[") {
            above.push(trimmed);
            continue;
        }
        let above = std::mem::take(&mut above);
        let Some(name) = function(trimmed) else { continue };
        if !all && !above.iter().any(|line| line.starts_with("#[test]")) {
            continue;
        }
        ids.extend(id::in_name(name));
        let end = format!("{}}}", &line[..line.len() - trimmed.len()]);
        let mut body = Vec::new();
        if trimmed.ends_with('{') {
            body.extend(lines.by_ref().take_while(|line| *line != end));
        }
        let comments = above.into_iter().chain(body).filter_map(|line| line.split_once("//"));
        ids.extend(comments.flat_map(|(_, comment)| id::in_text(comment)).map(str::to_owned));
    }
    ids
}

/// The name of a function whose first line this is.
fn function(line: &str) -> Option<&str> {
    let rest = line.split_once("fn ")?;
    let is_head = rest.0.split(' ').all(|word| matches!(word, "" | "pub" | "pub(crate)" | "async" | "const"));
    let end = rest.1.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
    is_head.then(|| &rest.1[..end])
}

/// All files of a folder with an extension, sorted.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn name(root: &Path, file: &Path) -> String {
    file.strip_prefix(root).unwrap_or(file).to_string_lossy().replace('\\', "/")
}

#[test]
fn names_and_comments_of_tests_cite() {
    let text = "\
//! ATT-001
/// ATT-002
const A: u8 = 1; // ATT-003

/// ATT-004
#[test]
fn att_005() {
    // ATT-006, not ATT-007..008
    let b = \"ATT-009\"; // ATT-010
}

/// ATT-011
fn helper() {} // ATT-012

fn ref_01() {
    // REF-02
}
";
    let ids = |all| in_tests(text, all).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(ids(false), "ATT-004 ATT-005 ATT-006 ATT-010");
    assert_eq!(ids(true), "ATT-004 ATT-005 ATT-006 ATT-010 ATT-011 REF-01 REF-02");
}
